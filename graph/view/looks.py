"""How statuses, classes and kinds of actors look: the same on the network, the timeline, the map and in print."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["CLASSES", "KINDS", "QUADS", "STATUSES", "looks"]


@dataclass(frozen=True, slots=True)
class StatusLook:
    """How a line shows the status of its event.

    Attributes
    ----------
    dashes : lengths on, off ... in pixels; empty for a solid line
    width : of the line, in pixels
    sign : a character that says the same without colour or line
    struck : whether the line is struck through
    """

    dashes: tuple[int, ...]
    width: float
    sign: str
    struck: bool = False


@dataclass(frozen=True, slots=True)
class KindLook:
    """Shape (as vis-network names it) of a kind of actor, and its colours on light and dark paper."""

    shape: str
    sign: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class QuadLook:
    """Colours of a quad class on light and dark paper, each with a contrast of 3 to 1 and more."""

    label: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class ClassLook:
    """Quad class of a class, and what is done in its events, in a few words."""

    quad: str
    gloss: str


STATUSES = {
    "occurred": StatusLook((), 2.5, "●"),
    "ongoing": StatusLook((), 4.5, "▶"),
    "planned": StatusLook((14, 6), 2.0, "◷"),
    "proposed": StatusLook((6, 6), 1.5, "…"),
    "postponed": StatusLook((2, 6), 3.0, "‖"),
    "cancelled": StatusLook((), 2.0, "×", struck=True),
    "refused": StatusLook((10, 3, 2, 3), 2.0, "⊘", struck=True),
    "hypothetical": StatusLook((1, 5), 1.5, "?"),
}
"""The eight statuses, in the order of the legend."""

QUADS = {
    "talk": QuadLook("verbal cooperation", "#2b5fb3", "#79a9f2"),
    "help": QuadLook("material cooperation", "#1b7f4d", "#5cc98f"),
    "words": QuadLook("verbal conflict", "#a85400", "#eda24f"),
    "force": QuadLook("material conflict", "#b3261e", "#f28b82"),
}
"""PLOVER's quad classes: cooperation and conflict, in words and in deeds."""

CLASSES = {
    "CONSULT": ClassLook("talk", "meet, call, visit, hold talks"),
    "AGREE": ClassLook("talk", "agree, sign, promise"),
    "SUPPORT": ClassLook("talk", "praise, defend, recognise"),
    "COOPERATE": ClassLook("help", "act together, exchange, exercise"),
    "AID": ClassLook("help", "give money, arms or relief"),
    "CONCEDE": ClassLook("help", "give way, release, ease, resign"),
    "RETREAT": ClassLook("help", "withdraw, cease fire, disarm"),
    "REQUEST": ClassLook("words", "ask, urge, demand, invite"),
    "ACCUSE": ClassLook("words", "blame, condemn, sue, investigate"),
    "REJECT": ClassLook("words", "refuse, deny, veto"),
    "THREATEN": ClassLook("words", "threaten, warn of a deed"),
    "PROTEST": ClassLook("force", "demonstrate, strike, riot"),
    "SANCTION": ClassLook("force", "embargo, expel, break off, cut"),
    "MOBILIZE": ClassLook("force", "move or prepare troops"),
    "COERCE": ClassLook("force", "arrest, seize, ban, curfew"),
    "ASSAULT": ClassLook("force", "attack, shell, kill"),
}
"""The classes of PLOVER, by quad class."""

KINDS = {
    "person": KindLook("dot", "●", "#3f5a7d", "#a9c1e0"),
    "state": KindLook("square", "■", "#6b4f9e", "#bfa8ec"),
    "organisation": KindLook("diamond", "◆", "#1f7a8c", "#79c9d9"),
    "group": KindLook("triangle", "▲", "#8a6d1f", "#d9bd6b"),
    "region": KindLook("hexagon", "⬢", "#666c75", "#aab1bb"),
    "actor": KindLook("triangleDown", "▼", "#666c75", "#aab1bb"),
}
"""Kinds of actors; the last is for all others."""


def looks() -> dict[str, Any]:
    """Return all of it as the page's script takes it."""
    return {
        "statuses": [{"key": key, **asdict(look)} for key, look in STATUSES.items()],
        "quads": {key: asdict(look) for key, look in QUADS.items()},
        "classes": [{"key": key, **asdict(look)} for key, look in CLASSES.items()],
        "kinds": [{"key": key, **asdict(look)} for key, look in KINDS.items()],
    }
