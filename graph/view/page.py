"""The page itself: pyvis's data and vis-network's script in a template of our own.

pyvis's template fetches scripts from the web and lets texts execute; ours fetches nothing and treats
every text as hostile: the data stand in a JSON block with ``<``, ``>``, ``&`` escaped, the script puts
texts on the page as text only, and a content security policy allows the page's own scripts by their
hash and no connection at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from diplograph.extract.records import Extraction
from diplograph.graph.events import MergedEvent
from diplograph.graph.view.drawing import CLASSES, STATUSES, draw

__all__ = ["Page", "json_block", "render_page"]

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page that notebooks display: in a frame of its own, without access to the notebook or the network."""

    html: str
    height: int = 760

    def save(self, path: str | Path) -> Path:
        """Write the page to a file and return its path."""
        target = Path(path)
        target.write_text(self.html, encoding="utf-8")
        return target

    def _repr_html_(self) -> str:
        source = escape(self.html, quote=True)
        return f'<iframe srcdoc="{source}" sandbox="allow-scripts" width="100%" height="{self.height}"></iframe>'


def render_page(events: Sequence[MergedEvent], records: Iterable[Extraction], *, title: str = "diplograph") -> str:
    """Return the page as HTML (UTF-8).

    Parameters
    ----------
    events : sequence of MergedEvent
    records : iterable of Extraction
        The documents; their titles, dates and outlets are shown beside the sentences.
    title : str
        Title of the page.
    """
    drawing = draw(events, records)
    data = {
        "nodes": drawing.nodes,
        "edges": drawing.edges,
        "events": drawing.events,
        "documents": drawing.documents,
        "statuses": [
            {"key": k, "label": s.label, "sign": s.sign, "dashes": list(s.dashes), "width": s.width}
            for k, s in STATUSES.items()
        ],
        "classes": [{"key": k, "color": c} for k, c in CLASSES.items()],
    }
    library, script = _library(), _own("page.js")
    template = _environment().get_template("page.html.j2")
    return template.render(
        title=title,
        data=json_block(data),
        library=library,
        script=script,
        style=_own("page.css"),
        hashes=" ".join(f"'sha256-{_digest(text)}'" for text in (library, script)),
    )


def json_block(data: Any) -> str:
    """Return JSON that cannot end the script element it stands in.

    >>> json_block("</script><img src=x>")
    '"\\\\u003c/script\\\\u003e\\\\u003cimg src=x\\\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for raw, safe in _ESCAPED.items():
        text = text.replace(raw, safe)
    return text


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("diplograph.graph.view", "assets"), autoescape=True, undefined=StrictUndefined
    )


@cache
def _library() -> str:
    """vis-network as pyvis bundles it (licence: Apache-2.0 or MIT)."""
    return files("pyvis").joinpath("templates", "lib", "vis-9.1.2", "vis-network.min.js").read_text(encoding="utf-8")


@cache
def _own(name: str) -> str:
    return files("diplograph.graph.view").joinpath("assets", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
