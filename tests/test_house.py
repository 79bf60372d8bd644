"""The house itself: what is packaged, what is public, what is documented."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import tomllib
from importlib.resources import files

import pytest
from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["setuptools"]["packages"]


def test_every_sub_package_is_listed():
    found = {"diplograph", "diplograph.commands"}
    for room in ("extract", "graph", "ontology", "examples"):
        for init in (ROOT / room).rglob("__init__.py"):
            found.add(".".join(["diplograph", *init.parent.relative_to(ROOT).parts]))
    assert found == set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_import(package):
    importlib.import_module(package)


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("diplograph", "py.typed"),
        ("diplograph.examples", "summit.txt"),
        ("diplograph.extract", "record.schema.json"),
        ("diplograph.extract.model", "en/network.onnx"),
        ("diplograph.graph.view", "assets/core.js"),
        ("diplograph.graph.view", "assets/vendor/sigma.min.js"),
        ("diplograph.ontology", "places/land.json"),
        ("diplograph.ontology", "diplograph.ttl"),
        ("diplograph.ontology", "lexicon/consult.toml"),
        ("diplograph.ontology", "actors/hand/names.csv"),
        ("diplograph.ontology", "places/places.csv"),
    ],
)
def test_data_are_packaged(package, name):
    assert files(package).joinpath(name).is_file()


def test_public_names_are_frozen():
    """A name that is lost or added on purpose is changed in public_names.json too."""
    frozen = json.loads((ROOT / "tests" / "public_names.json").read_text(encoding="utf-8"))
    actual = {}
    for package in PACKAGES:
        module = importlib.import_module(package)
        if names := getattr(module, "__all__", None):
            actual[package] = sorted(names)
            assert not [name for name in names if inspect.ismodule(getattr(module, name))]
    assert actual == frozen["names"]
    project = PROJECT["project"]
    assert {g: sorted(v) for g, v in project["entry-points"].items()} == frozen["entry_points"]


def test_rooms_do_not_know_each_other():
    """extract knows no RDF, graph no spaCy, ontology no spaCy and no store; they meet in the records."""
    forbidden = {
        "extract": ("rdflib", "pyoxigraph", "networkx", "diplograph.graph"),
        "graph": ("spacy", "diplograph.extract.pipeline", "diplograph.extract.layers", "onnxruntime"),
        "ontology": ("spacy", "pyoxigraph", "diplograph.extract", "diplograph.graph"),
    }
    for room, names in forbidden.items():
        for path in (ROOT / room).rglob("*.py"):
            lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
            imports = [line for line in lines if line.startswith(("import ", "from "))]
            bad = [line for line in imports for name in names if line.split()[1].startswith(name)]
            assert not bad, f"{path.relative_to(ROOT)}: {bad}"


def test_modules_stay_readable():
    long = {
        str(path.relative_to(ROOT)): n
        for room in ("diplograph", "extract", "graph", "ontology")
        for path in (ROOT / room).rglob("*.py")
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_errors_are_documented():
    from diplograph import errors

    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    for name in errors.__all__:
        assert getattr(errors, name).code in text


@pytest.mark.parametrize("row", ["october november december", "friday saturday sunday", "ten eleven twelve"])
def test_months_weekdays_and_numbers_are_listed_in_one_place(row):
    listed = re.compile(r"\W+".join(row.split()), re.IGNORECASE)
    paths = [path for room in ("diplograph", "extract", "graph", "ontology") for path in (ROOT / room).rglob("*.py")]
    paths += (ROOT / "ontology").glob("*.toml")
    found = [path.name for path in paths for _ in listed.finditer(path.read_text(encoding="utf-8"))]
    assert found == ["times.toml"]
