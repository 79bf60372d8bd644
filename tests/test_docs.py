"""What the documents show is what the program does."""

from __future__ import annotations

import doctest
import importlib
import json
import pkgutil
import re

import pytest
from conftest import ROOT

import diplograph
from diplograph.extract.records import Extraction
from diplograph.ontology.lexicon import load_lexicon

MODULES = sorted(m.name for m in pkgutil.walk_packages(diplograph.__path__, "diplograph."))


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_the_example_record_is_a_record():
    text = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    record = Extraction.from_dict(json.loads(block))
    assert record.events
    assert record.triples


def test_the_example_of_own_words_is_a_lexicon(tmp_path):
    text = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "own.toml").write_text(block, encoding="utf-8")
    assert list(load_lexicon([tmp_path / "own.toml"]).own) == ["mine.vaccines:donate", "mine.demarche:demarche"]


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda p: p.name
)
def test_links_between_documents_hold(path):
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
