"""The interactive page: one HTML file that opens from disk without a network."""

from diplograph.graph.view.drawing import Drawing, draw, pyvis_network
from diplograph.graph.view.page import Page, Renderer, render_page

__all__ = ["Drawing", "Page", "Renderer", "draw", "pyvis_network", "render_page"]
