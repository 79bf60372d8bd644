"""Every notebook runs from top to bottom, and shows what it says it shows."""

from __future__ import annotations

import json
from functools import cache

import pytest
from browsing import chromium, until
from conftest import ROOT

nbformat = pytest.importorskip("nbformat")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

SHOWN = {
    "quickstart": (
        "<iframe srcdoc=",
        ">postponed</span>",
        '"Serious preparation is needed before the presidents can meet,"',
        "event by the trained reader",
        "2018-05-14</td>",
    ),
    "sparql_cookbook": (
        "who-called-whom",
        "Ine Marie Eriksen Søreide",
        "UsageError: [D600] the query failed",
        "'moved-to-another-date': 1",
        "doc:aurora-1",
        "announced<span style=",
    ),
    "corpus": (
        "5 read",
        "2018-06",
        "image/png",
        "Erna Solberg",
        "held          False",
        "still planned",
        "'events.parquet'",
        "Uhuru Kenyatta",
    ),
    "own_actors_and_events": (
        "0 mentions of events",
        "Strider -> ['Aragorn']",
        "the king of Gondor -> ['Aragorn']",
        "['mine.moot:moot', 'mine.fealty:swear']",
        "CONSULT/moot",
        "event by mine.fealty:swear",
        "('fealty', 'Rohan', 'Gondor')",
    ),
    "comparing_sources": (
        "Sources disagree on the date",
        "Sources disagree on the place",
        "Porto",
        "2024-02-20",
        "Tagus Daily",
        "image/png",
        "same event:",
    ),
    "network_analysis": (
        "MultiDiGraph with",
        "betweenness",
        "-5.0   1  Ukraine – Russia",
        "Kenya – Norway",
        "events.gexf",
        "image/png",
        "<iframe srcdoc=",
    ),
    "checking_the_machine": (
        "correct,participants,opposition (agent); Kenya (target)",
        ",reject,,,no talks",
        "0 refused",
        "participants by a coder&#x27;s mark",
        "before",
        "the meeting in Oslo",
        "0.85 (0.64 to 0.95)",
    ),
}
"""What must be among the outputs of each notebook."""


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Return a function that runs a notebook, once, and gives it with its outputs."""
    client = pytest.importorskip("nbclient").NotebookClient

    @cache
    def run(path):
        notebook = nbformat.read(path, as_version=4)
        where = {"metadata": {"path": str(tmp_path_factory.mktemp(path.stem))}}
        client(notebook, timeout=300, kernel_name="python3", resources=where).execute()
        return notebook

    return run


@pytest.mark.model
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs(path, executed):
    notebook = executed(path)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in cells:
        faulty = "raises-exception" in cell.metadata.get("tags", ())
        assert faulty or not [o for o in cell.outputs if o.output_type == "error" or o.get("name") == "stderr"]
    shown = "\n".join(
        o["text"] if o.output_type == "stream" else "\n".join(f"{kind}\n{data}" for kind, data in o["data"].items())
        for cell in cells
        for o in cell.outputs
    )
    assert not [text for text in SHOWN[path.stem] if text not in shown]
    assert cells[-1].outputs, "a notebook ends with something to look at"


@pytest.mark.model
@pytest.mark.browser
def test_figures_are_seen_in_a_browser(executed, tmp_path):
    """Notebooks saved as HTML, in another folder, offline: pictures have a size, and the pages in them are drawn."""
    html = pytest.importorskip("nbconvert").HTMLExporter()
    shown = {}
    for path in NOTEBOOKS:
        shown[path.stem] = tmp_path / f"{path.stem}.html"
        shown[path.stem].write_text(html.from_notebook_node(executed(path))[0], encoding="utf-8")
    with chromium() as browser:
        for name, path in shown.items():
            page = browser.new_page()
            page.goto(path.as_uri(), wait_until="commit")
            page.locator(".jp-Notebook, .jp-Cell").last.wait_for()
            pictures = page.locator(".jp-OutputArea img").evaluate_all("all => all.map(one => one.naturalWidth)")
            assert all(width > 200 for width in pictures), name
            assert bool(pictures) == ("image/png" in SHOWN[name]), name
            frames = page.locator("iframe").all()
            assert bool(frames) == ("<iframe srcdoc=" in SHOWN[name]), name
            for frame in frames:
                frame.scroll_into_view_if_needed()  # a frame out of sight is not painted
                until(frame.element_handle().content_frame(), "document.documentElement.dataset.drawn")
            page.close()


@pytest.mark.model
def test_a_corpus_of_the_user(tmp_path, monkeypatch):
    """The notebook takes another corpus, without dates and without events."""
    client = pytest.importorskip("nbclient").NotebookClient
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text("Emmanuel Macron met Friedrich Merz in Paris.", encoding="utf-8")
    (tmp_path / "texts" / "two.txt").write_text("The river was calm, and the birds sang.", encoding="utf-8")
    monkeypatch.setenv("DIPLOGRAPH_CORPUS", str(tmp_path / "texts"))
    notebook = nbformat.read(ROOT / "notebooks" / "corpus.ipynb", as_version=4)
    client(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    assert not [o for o in outputs if o.get("name") == "stderr"]
    shown = json.dumps(outputs)
    assert "no event has a date" in shown
    assert "2 read" in shown
    assert "Germany" in shown


def test_each_notebook_has_its_test():
    assert {path.stem for path in NOTEBOOKS} == SHOWN.keys()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_saved_notebook_is_clean(path):
    """No outputs, a title, a purpose, text between the cells, and a line in docs/notebooks.md."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert not [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]
    title, purpose = notebook.cells[0].source.split("\n\n")[:2]
    assert title.startswith("# ")
    assert len(purpose) > 80
    assert sum(cell.cell_type == "markdown" for cell in notebook.cells) >= 5
    assert path.name in (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8")
    assert path.stat().st_size < 20_000
