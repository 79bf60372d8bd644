"""The vocabulary, the event lexicon, the status rules and the actor table: data, and what reads it.

`extract` and `graph` depend on this package; it depends on neither.
"""
