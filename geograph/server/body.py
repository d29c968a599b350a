"""The body of a request, as long as it may be and no longer than it may take."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from geograph.server.gate import LONGEST_BODY

SLOWEST = 20.0


async def read_body(request: Request) -> bytes:
    """The body. Raises HTTPException: 413 for one that is too long, 408 for one that does not come."""
    too_long = HTTPException(413, f"the body is longer than {LONGEST_BODY} bytes", headers={"connection": "close"})
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > LONGEST_BODY:
        raise too_long
    if "content-encoding" in request.headers:
        raise HTTPException(415, "send the body as it is, without Content-Encoding")
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST):
            async for part in request.stream():
                body += part
                if len(body) > LONGEST_BODY:
                    raise too_long
    except TimeoutError as error:
        raise HTTPException(408, "the body did not come in time", headers={"connection": "close"}) from error
    except ClientDisconnect as error:
        raise HTTPException(400, "the body ended early") from error
    return bytes(body)
