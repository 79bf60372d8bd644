"""The page itself: one HTML file with everything in it, in a template of our own.

pyvis's template fetches scripts from the web and lets texts execute; ours fetches nothing and treats
every text as hostile: the data stand in JSON blocks with ``<``, ``>``, ``&`` escaped, the scripts put
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
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from diplograph.errors import InputError
from diplograph.extract.records import Extraction
from diplograph.graph.events import MergedEvent
from diplograph.graph.view.contents import Contents, contents
from diplograph.graph.view.drawing import Drawing, draw, pyvis_network
from diplograph.graph.view.looks import CLASSES, KINDS, QUADS, looks
from diplograph.ontology.places import land

__all__ = ["Page", "Renderer", "json_block", "render_page"]

Renderer = Literal["vis", "sigma"]

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_VIEWS = tuple((name.lower(), name) for name in ("Network", "Timeline", "Map", "Documents", "Table"))
_BEFORE = ("core", "tabs", "filters", "search", "details", "network")
_AFTER = ("timeline", "map", "marks", "documents", "table", "output", "main")
_LARGE = (2000, 5000)
"""Up to so many nodes and lines vis-network draws every event as a line of its own; sigma.js has the others."""
_MOST = 100_000
"""Nodes of the largest drawing; the lightest actors are left out of a larger one, and the page says so."""


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

    def __repr__(self) -> str:
        return f"<Page of {len(self.html.encode('utf-8')) / 1e6:.1f} MB; save(path) writes it>"

    def _repr_html_(self) -> str:
        source = escape(self.html, quote=True)
        return (
            f'<iframe srcdoc="{source}" sandbox="allow-scripts allow-downloads" width="100%" '
            f'height="{self.height}" title="diplograph"></iframe>'
        )


def render_page(
    events: Sequence[MergedEvent],
    records: Iterable[Extraction],
    *,
    title: str = "diplograph",
    renderer: Renderer | None = None,
) -> str:
    """Return the page as HTML (UTF-8).

    Parameters
    ----------
    events : sequence of MergedEvent
    records : iterable of Extraction
        The documents; their texts are shown with what was read in them.
    title : str
        Title of the page.
    renderer : "vis" or "sigma", optional
        What draws the network: vis-network, with a line for each event, or sigma.js, which holds large graphs
        and counts the lines of a pair. By default sigma.js from 2,000 nodes or 5,000 lines on.

    Raises
    ------
    InputError
        If there is no such renderer.
    """
    drawing = draw(events, most=_MOST)
    if renderer is None:
        large = len(drawing.nodes) > _LARGE[0] or len(drawing.links) > _LARGE[1]
        renderer = "sigma" if large else "vis"
    if renderer not in ("vis", "sigma"):
        raise InputError(f"no renderer {renderer!r}", remedy="vis or sigma")
    found = contents(events, records)
    blocks = {
        "graph": {
            "actors": _table(found.actors),
            "places": found.places,
            "stories": found.stories,
            "events": _table(found.events),
            "count": len(found.documents),
            "single": all(len(e.participants) < 2 for e in events),
            "fingerprint": _fingerprint(found),
            "looks": looks(),
            "network": _network(drawing, found, renderer),
        },
        "evidence": {
            **_table([step for one in found.evidence for step in one["steps"]]),
            "moves": {n: one["moves"] for n, one in enumerate(found.evidence) if one["moves"]},
            "disagreements": {n: one["disagreements"] for n, one in enumerate(found.evidence) if one["disagreements"]},
        },
        "documents": found.documents,
    }
    scripts = _scripts(renderer)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=title,
            version=version("diplograph"),
            views=_VIEWS,
            classes=CLASSES,
            blocks=[*((key, json_block(block)) for key, block in blocks.items()), ("land", land())],
            scripts=scripts,
            style=_style(),
            hashes=" ".join(f"'sha256-{_digest(text)}'" for text in scripts),
        )
    )


def _network(drawing: Drawing, found: Contents, renderer: Renderer) -> dict[str, Any]:
    """Nodes and links by number; with them, for vis-network, what pyvis makes of them."""
    number = {node.key: n for n, node in enumerate(drawing.nodes)}
    actor = {a["id"]: n for n, a in enumerate(found.actors)}
    event = {e["id"]: n for n, e in enumerate(found.events)}
    network: dict[str, Any] = {
        "nodes": _table(
            [
                {"x": n.x, "y": n.y, "size": n.size, "actor": actor.get(n.key), "event": n.event and event[n.event.id]}
                for n in drawing.nodes
            ]
        ),
        "links": [[number[link.one], number[link.other], event[link.event.id]] for link in drawing.links],
        "counted": renderer == "sigma",
        "left": drawing.left,
    }
    if renderer == "vis":
        drawn = pyvis_network(drawing)
        network["vis"] = [{key: vis[key] for key in ("shape", "size", "x", "y")} for vis in drawn.nodes]
        network["edges"] = [{k: v for k, v in e.items() if k not in {"from", "to", "color"}} for e in drawn.edges]
    return network


def _table(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Objects of the same keys, the keys once."""
    return {"keys": list(rows[0]) if rows else [], "rows": [list(row.values()) for row in rows]}


def json_block(data: Any) -> str:
    """Return JSON that cannot end the script element it stands in.

    >>> json_block("</script><img src=x>")
    '"\\\\u003c/script\\\\u003e\\\\u003cimg src=x\\\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for raw, safe in _ESCAPED.items():
        text = text.replace(raw, safe)
    return text


def _fingerprint(found: Contents) -> str:
    """What tells a graph from others, so that a coder's marks are kept for it alone."""
    return hashlib.sha256("\n".join(d["id"] for d in found.documents).encode("utf-8")).hexdigest()[:16]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("diplograph.graph.view", "assets"), autoescape=True, undefined=StrictUndefined
    )


def _scripts(renderer: Renderer) -> list[str]:
    library = _vis() if renderer == "vis" else _own("vendor/sigma.min.js")
    return [library, *(_own(f"{name}.js") for name in (*_BEFORE, f"network-{renderer}", *_AFTER))]


@cache
def _style() -> str:
    """The style sheet with the colours of `looks`."""
    colours = {
        theme: " ".join(
            [f"--quad-{key}: {getattr(look, theme)};" for key, look in QUADS.items()]
            + [f"--kind-{key}: {getattr(look, theme)};" for key, look in KINDS.items()]
        )
        for theme in ("light", "dark")
    }
    style = _own("page.css").replace("{{ light }}", colours["light"]).replace("{{ dark }}", colours["dark"])
    classes = [f".quad-{key} {{ color: var(--quad-{key}); }}" for key in QUADS]
    classes += [f".kind-{key} {{ color: var(--kind-{key}); }}" for key in KINDS]
    return "\n".join([style, *classes])


@cache
def _vis() -> str:
    """vis-network as pyvis bundles it (licence: Apache-2.0 or MIT)."""
    return files("pyvis").joinpath("templates", "lib", "vis-9.1.2", "vis-network.min.js").read_text(encoding="utf-8")


@cache
def _own(name: str) -> str:
    return files("diplograph.graph.view").joinpath("assets", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
