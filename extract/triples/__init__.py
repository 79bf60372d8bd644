"""Triples: subject, relation and object of every proposition of a text, whatever the ontology knows of it."""
