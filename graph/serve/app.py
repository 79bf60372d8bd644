"""The ASGI application: HTTP in, worker's answer out."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from diplograph.graph.serve import page
from diplograph.graph.serve.negotiation import DESCRIPTIONS, PAGE, RESULTS, TRIPLES, choose, wants_json
from diplograph.graph.serve.protocol import Query, Refusal, from_form, from_text, from_url
from diplograph.graph.serve.workers import ENDING, Answer, Pool

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from diplograph.graph.serve.settings import Settings

__all__ = ["make_app"]

_ALLOW = "GET, HEAD, POST, OPTIONS"
_LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}
_CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_FORM, _SPARQL, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


def make_app(settings: Settings, pool: Pool) -> Starlette:
    """Return the application over a pool that has been started.

    Parameters
    ----------
    settings : Settings
    pool : Pool

    Returns
    -------
    Starlette
    """
    endpoint = _Endpoint(settings, pool).respond
    methods = ["GET", "HEAD", "POST", "OPTIONS"]
    middleware = [Middleware(_Guard, settings=settings)]
    if settings.allow_origin:
        middleware.append(
            Middleware(
                CORSMiddleware, allow_origins=[settings.allow_origin], allow_methods=methods, allow_headers=["*"]
            )
        )
    return Starlette(
        routes=[
            Route("/", endpoint, methods=methods),
            Route("/sparql", endpoint, methods=methods),
            *(Route(f"/assets/{name}", _file, methods=["GET"]) for name in page.files()),
        ],
        middleware=middleware,
        exception_handlers={Refusal: _refused, HTTPException: _http_error},
    )


class _Guard:
    """Refuses requests under another name than this machine's (DNS rebinding); adds the headers of safety."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._names = _LOCAL_NAMES | {settings.host} if settings.is_loopback else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        host = Headers(scope=scope).get("host", "")
        if self._names is not None and _host_name(host) not in self._names:
            refusal = Refusal(
                421,
                f"this endpoint is not {host or 'without a name'}",
                remedy="call it localhost, or serve with --host",
            )
            return await _refused(Request(scope), refusal)(scope, receive, send_safely)
        return await self._app(scope, receive, send_safely)


class _Endpoint:
    """The SPARQL endpoint, which is also the query page for browsers."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings, self._pool = settings, pool

    async def respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": _ALLOW})
        query = await self._query(request)
        if query is None:
            return self._front(request)
        accept = request.headers.get("accept")
        results, triples = choose(accept, RESULTS), choose(accept, TRIPLES)
        if results is None and triples is None:
            raise Refusal(406, "no format of an answer is accepted", remedy="accept one of " + ", ".join(RESULTS))
        answer = await self._answer(request, query, results, triples)
        if answer is None:
            return Response(status_code=499)
        return Response(answer.body, headers={"Content-Type": _with_charset(answer.media), "Vary": "Accept"})

    async def _query(self, request: Request) -> Query | None:
        query_string = request.scope["query_string"]
        if request.method != "POST":
            return from_url(query_string, self._settings)
        media, _, parameters = request.headers.get("content-type", "").lower().partition(";")
        media = media.strip()
        if media == _UPDATE:
            raise Refusal(403, "updates are not served", remedy="change the graph with diplograph build")
        if media not in {_FORM, _SPARQL}:
            raise Refusal(415, f"{media or 'no'} content type", remedy=f"send {_SPARQL} or {_FORM}")
        if "charset=" in parameters and "utf-8" not in parameters:
            raise Refusal(415, f"the character set is not UTF-8:{parameters}", remedy="send UTF-8")
        body = await self._body(request)
        read = from_form if media == _FORM else from_text
        return read(body, query_string, self._settings)

    async def _body(self, request: Request) -> bytes:
        limit = self._settings.body_bytes
        body = bytearray()
        try:
            async with asyncio.timeout(self._settings.timeout):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > limit:
                        raise Refusal(413, f"the request has more than {limit} bytes", remedy="send a shorter query")
        except TimeoutError:
            raise Refusal(
                408,
                f"the request took longer than {self._settings.timeout:g} seconds to arrive",
                remedy="send it again",
            ) from None
        except asyncio.CancelledError:
            raise ENDING from None
        except ClientDisconnect:
            raise Refusal(400, "the request ended early", remedy="send it again") from None
        return bytes(body)

    def _front(self, request: Request) -> Response:
        """What a request without a query gets: the page, or the service description."""
        media = choose(request.headers.get("accept"), [PAGE, *DESCRIPTIONS])
        if media is None:
            raise Refusal(400, "no query= parameter", remedy="send exactly one query= parameter")
        if media == PAGE:
            body = page.files()["page.html"][1]
        else:
            address = str(request.url.replace(path="/sparql", query=""))
            body = page.description(address, media)
        return Response(body, headers={"Content-Type": _with_charset(media), "Vary": "Accept"})

    async def _answer(self, request: Request, query: Query, results: str | None, triples: str | None) -> Answer | None:
        """Ask the pool; None if the client left meanwhile, and then the query is stopped."""
        asking = asyncio.create_task(self._pool.ask(query, results=results, triples=triples))
        leaving = asyncio.create_task(_gone(request))
        try:
            done, _ = await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking in done else None
        finally:
            leaving.cancel()
            asking.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _file(request: Request) -> Response:
    """One of the page's files; the routes name them all, so that no other can be asked for."""
    media, body = page.files()[request.url.path.rpartition("/")[2]]
    return Response(body, headers={"Content-Type": _with_charset(media)})


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    return _error(request, refusal.status, refusal.line, {"Retry-After": "5"} if refusal.status == 503 else {})


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    allowed = dict(error.headers or {})
    line = {404: "there is nothing here (the endpoint is /sparql)", 405: f"not this method (use {_ALLOW})"}
    return _error(request, error.status_code, line.get(error.status_code, error.detail), allowed)


def _error(request: Request, status: int, line: str, headers: dict[str, str]) -> Response:
    if wants_json(request.headers.get("accept")):
        body = json.dumps({"status": status, "detail": line}, ensure_ascii=False)
        return Response(body, status, {"Content-Type": "application/problem+json", **headers})
    return Response(f"{line}\n", status, {"Content-Type": "text/plain; charset=utf-8", **headers})
