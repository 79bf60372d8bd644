"""Where a graph lives: Oxigraph in this process, or any SPARQL 1.1 store by its address.

Both answer with pyoxigraph's own terms, and both take a change as one SPARQL update, which they carry out
whole or not at all.
"""

from diplograph.graph.backends.base import Backend
from diplograph.graph.backends.embedded import Embedded, check_place, forget
from diplograph.graph.backends.remote import Remote

__all__ = ["Backend", "Embedded", "Remote", "check_place", "forget"]
