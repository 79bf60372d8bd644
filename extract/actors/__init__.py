"""Who is named and who is meant: names, titles, persons; pronouns and role nouns."""
