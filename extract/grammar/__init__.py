"""What the grammar of a sentence tells, whatever it is about: relations, clauses, who does what to whom."""
