"""The interactive page: one HTML file that opens from disk without a network."""

from diplograph.graph.view.page import Page, render_page

__all__ = ["Page", "render_page"]
