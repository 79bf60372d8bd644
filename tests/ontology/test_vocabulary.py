"""The page of the vocabulary is made from the ontology."""

from __future__ import annotations

import re
import subprocess
import sys

from conftest import ROOT
from rdflib import RDF, SKOS, Graph, URIRef

from diplograph.ontology.vocabulary import vocabulary_page


def test_the_page_is_up_to_date():
    done = subprocess.run([sys.executable, "-m", "diplograph.ontology.vocabulary"], capture_output=True, check=True)
    assert done.stdout.decode() == (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8"), (
        "python -m diplograph.ontology.vocabulary > docs/vocabulary.md"
    )


def test_every_term_is_on_the_page_once():
    ontology = Graph().parse(ROOT / "ontology" / "diplograph.ttl")
    rows = re.findall(r"^\| (?:\d+ \| )?`dg:(\w+)`", vocabulary_page(), re.M)
    assert len(rows) == len(set(rows))
    schemes = set(ontology.subjects(RDF.type, SKOS.ConceptScheme))
    own = {s for s in ontology.subjects() if isinstance(s, URIRef) and "/ontology#" in str(s)} - schemes
    assert set(rows) == {str(s).rpartition("#")[2] for s in own} - {"cameo", "plover"}


def test_every_row_has_as_many_cells_as_its_head():
    tables = re.findall(r"(?:^\|.*\n)+", vocabulary_page(), re.M)
    assert len(tables) == 7
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
