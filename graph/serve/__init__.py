"""A read-only SPARQL 1.1 endpoint with a query page, safe against strangers.

`Settings` says what is served and within which limits; `diplograph.graph.serve.app.make_app` makes
the ASGI application, `diplograph.graph.serve.server.serve` runs it.
"""

from diplograph.graph.serve.settings import Settings

__all__ = ["Settings"]
