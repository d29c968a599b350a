"""Serving a store until told to stop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

import uvicorn

from geograph.errors import GeographError
from geograph.server.app import application
from geograph.server.pool import Pool
from geograph.server.settings import Settings
from geograph.store import Store

_MOST_CONNECTIONS = 256
_LAST_WORDS = 3


class _Server(uvicorn.Server):
    """uvicorn's server, with workers that start before it does and end before it waits for open requests."""

    def __init__(self, config: uvicorn.Config, pool: Pool, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._pool = pool
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await self._pool.start()
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._pool.close()
        await super().shutdown(sockets)


def serve(settings: Settings, host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Serves until SIGINT (raised as KeyboardInterrupt) or SIGTERM; `ready` is given the address when it answers.

    Raises StoreError for a store that cannot be read, GeographError for an address that cannot be had.
    """
    Store.open(settings.store, read_only=True).close()
    listening = listen(host, port)
    pool = Pool(settings)
    config = uvicorn.Config(
        application(settings, pool),
        http="h11",
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_LAST_WORDS,
    )
    address = url(listening)
    # uvicorn stops at SIGTERM and then raises it again, for the handler that was there before.
    before = signal.signal(signal.SIGTERM, lambda number, frame: None)
    try:
        _Server(config, pool, lambda: ready(address)).run([listening])
    finally:
        signal.signal(signal.SIGTERM, before)
        pool.kill()
        listening.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address; port 0 takes any free one. Raises GeographError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise GeographError(f"--host {host}: no such address; give one of this machine") from error
    found = socket.socket(family, kind, protocol)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)
    except OSError as error:
        found.close()
        reason = error.strerror or str(error)
        raise GeographError(f"{host}:{port} cannot be served ({reason}); give another --port or --host") from error
    return found


def url(listening: socket.socket) -> str:
    """The address under which the socket is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def is_loopback(listening_host: str) -> bool:
    """Whether only this machine can reach that address."""
    import ipaddress

    try:
        return ipaddress.ip_address(listening_host).is_loopback
    except ValueError:
        return listening_host == "localhost"
