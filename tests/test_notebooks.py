"""Every notebook runs from top to bottom, and shows what it says it shows."""

from __future__ import annotations

import pytest
from conftest import ROOT

pytestmark = pytest.mark.model


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.name)
def test_notebook_runs(path, tmp_path):
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient").NotebookClient
    notebook = nbformat.read(path, as_version=4)
    client(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    assert not [o for o in outputs if o.output_type == "error"]
    shown = "\n".join(str(o.get("text", "")) + str(o.get("data", "")) for o in outputs)
    assert "<iframe srcdoc=" in shown
    assert "postponed" in shown


def test_saved_notebooks_hold_no_errors():
    nbformat = pytest.importorskip("nbformat")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not [o for o in cell.get("outputs", ()) if o.output_type == "error"], path.name
