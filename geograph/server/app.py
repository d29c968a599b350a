"""The addresses of the server and what they answer. Nothing is evaluated here: whatever reads the store is a job."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from functools import partial
from importlib.metadata import version
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from geograph.query import named
from geograph.server import pages, protocol
from geograph.server.body import read_body
from geograph.server.cache import PageCache
from geograph.server.description import FORMATS, describe
from geograph.server.gate import Gate
from geograph.server.negotiation import HTML, MediaType, choose
from geograph.server.pool import Pool
from geograph.server.settings import Settings
from geograph.server.snapshot import state_of
from geograph.server.wire import Answer, Job

_JSON = MediaType("json", "application/json")
_QUERY_POLICY = (
    "default-src 'none'; script-src 'self'; "
    # The one style sheet that the editor's table writes into the page.
    "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The view's own policy stands in its head and names the scripts that may run.
_VIEW_POLICY = "frame-ancestors 'none'"
_GONE = 499


def application(settings: Settings, pool: Pool) -> Starlette:
    """The server of one store as an ASGI application; the pool's workers answer."""
    site = _Site(settings, pool)
    routes = [
        Route("/", site.home),
        Route("/query", site.query_page),
        Route("/queries", site.queries),
        Route("/queries/{name}", site.named_query),
        Route("/sparql", site.sparql, methods=["GET", "POST"]),
        Route("/sparql/", site.sparql, methods=["GET", "POST"]),
        Route("/view", site.view),
        Route("/entity", site.find),
        Route("/entity/{key}", site.entity),
        Route("/health", site.health),
        Mount("/static", StaticFiles(directory=pages.FOLDER / "static")),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Gate, settings=settings)],
        exception_handlers={HTTPException: _told},
    )


class _Site:
    """The answers to each address."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings = settings
        self._pool = pool
        self._cache = PageCache()

    async def home(self, request: Request) -> Response:
        answer = await self._counts(request)
        held = json.loads(answer.body) if answer.status == 200 else None
        problem = None if held else answer.body.decode()
        return Response(pages.home(held, problem), 200 if held else answer.status, media_type=HTML.header)

    async def query_page(self, request: Request) -> Response:
        return _page(pages.query_page(), _QUERY_POLICY)

    async def queries(self, request: Request) -> Response:
        chosen = choose(request.headers.get("accept"), (HTML, _JSON))
        if chosen is None:
            raise HTTPException(406, "the list can be had as text/html, application/json")
        if chosen is HTML:
            return _page(pages.queries(named()), vary=True)
        return Response(json.dumps(pages.as_json(named())), media_type=_JSON.type, headers={"vary": "Accept"})

    async def named_query(self, request: Request) -> Response:
        name = request.path_params["name"]
        if all(each.name != name for each in named()):
            raise HTTPException(404, "no such query; /queries lists them")
        values = {key: value for key, value in request.query_params.items() if value and key != "format"}
        job: Job = {"job": "named", "name": name, "values": values, **_wanted(request)}
        return _response(await self._run(request, job))

    async def sparql(self, request: Request) -> Response:
        query_string = request.scope["query_string"]
        try:
            if request.method == "POST":
                body = await read_body(request)
                asked = protocol.from_post(request.headers.get("content-type"), query_string, body)
            elif (found := protocol.from_get(query_string)) is None:
                return self._description(request)
            else:
                asked = found
        except protocol.ProtocolError as error:
            raise HTTPException(error.status, str(error)) from error
        job: Job = {
            "job": "sparql",
            "query": asked.query,
            "default_graphs": asked.default_graphs,
            "named_graphs": asked.named_graphs,
            "accept": request.headers.get("accept"),
        }
        return _response(await self._run(request, job))

    def _description(self, request: Request) -> Response:
        """What this service is, for programs; for people, the page to ask it from."""
        chosen = choose(request.headers.get("accept"), (*FORMATS, HTML))
        if chosen is None:
            raise HTTPException(406, f"the description can be had as {', '.join(each.type for each in FORMATS)}")
        if chosen is HTML:
            up = "../" if request.url.path.endswith("/") else "./"
            return RedirectResponse(f"{up}query", 303, headers={"vary": "Accept"})
        endpoint = str(request.url.replace(query="", fragment=""))
        return Response(describe(endpoint, chosen), media_type=chosen.header, headers={"vary": "Accept"})

    async def view(self, request: Request) -> Response:
        return _unless_known(request, await self._cached(request, {"job": "view"}), _VIEW_POLICY)

    async def find(self, request: Request) -> Response:
        name = request.query_params.get("name", "").strip()
        if not name:
            raise HTTPException(400, "give a name: /entity?name=Peru")
        answer = await self._run(request, {"job": "find", "name": name})
        if answer.status != 200:
            return _response(answer)
        return RedirectResponse(f"./entity/{quote(answer.body.decode(), safe='')}", 303)

    async def entity(self, request: Request) -> Response:
        job: Job = {"job": "entity", "key": request.path_params["key"], **_wanted(request)}
        return _unless_known(request, await self._cached(request, job))

    async def health(self, request: Request) -> Response:
        answer = await self._counts(request)
        if answer.status == 200:
            return _response(answer)
        told = json.dumps({"status": "failing", "reason": answer.body.decode().strip()}) + "\n"
        return Response(told, answer.status, media_type=_JSON.type, headers=dict(answer.headers))

    async def _counts(self, request: Request) -> Answer:
        return await self._cached(request, {"job": "counts"})

    async def _cached(self, request: Request, job: Job) -> Answer:
        key = json.dumps(job, sort_keys=True)
        state = await asyncio.to_thread(state_of, self._settings.store)
        return await self._cache.get(key, state, partial(self._run, request, job))

    async def _run(self, request: Request, job: Job) -> Answer:
        return await _while_wanted(request, self._pool.run(job))


async def _while_wanted(request: Request, answering: Awaitable[Answer]) -> Answer:
    """The answer; if its client leaves before, the work for it is given up."""
    working = asyncio.ensure_future(answering)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        return Answer(_GONE, "text/plain", b"")
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _wanted(request: Request) -> Job:
    return {"accept": request.headers.get("accept"), "format": request.query_params.get("format")}


def _page(html: bytes, policy: str | None = None, *, vary: bool = False) -> Response:
    headers = {"content-security-policy": policy} if policy else {}
    return Response(html, media_type=HTML.header, headers={**headers, **({"vary": "Accept"} if vary else {})})


def _response(answer: Answer, headers: dict[str, str] | None = None) -> Response:
    return Response(
        answer.body,
        answer.status,
        headers={"vary": "Accept", **answer.headers, **(headers or {}), "content-type": answer.type},
    )


def _unless_known(request: Request, answer: Answer, policy: str | None = None) -> Response:
    """The page, or 304 for a client that has it already; it is asked for again each time, as the store may change."""
    headers = {"content-security-policy": policy} if policy else {}
    if answer.status != 200:
        return _response(answer)
    kind = answer.type.partition(";")[0].replace("/", ".")
    tag = f'"{answer.state}.{version("geograph")}.{kind}"'
    headers |= {"etag": tag, "cache-control": "no-cache"}
    if answer.state and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"vary": "Accept", **headers})
    return _response(answer, headers)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers=error.headers)
