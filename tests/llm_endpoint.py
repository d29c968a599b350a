"""An OpenAI-compatible endpoint on loopback that answers what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One HTTP response; `wait` holds it back until the endpoint closes."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: bool = False


@dataclass(frozen=True)
class Request:
    """One HTTP request as it came in."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def said(self) -> str:
        """All that the messages say."""
        return "\n".join(message["content"] for message in self.body["messages"])


def completion(content: str, read: int | None = 900, written: int = 60, finish: str = "stop") -> Reply:
    """A chat completion with this content."""
    message = {"role": "assistant", "content": content}
    data: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "invented",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
    if read is not None:
        data["usage"] = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    return Reply(body=json.dumps(data).encode())


def claims(*found: Mapping[str, Any]) -> Reply:
    """A chat completion that lists claims."""
    return completion(json.dumps({"claims": found}))


class Endpoint:
    """Answers with its replies in turn, the last one for ever, and keeps the requests."""

    def __init__(self, *replies: Reply | Callable[[Request], Reply]) -> None:
        self.replies = list(replies)
        self.requests: list[Request] = []
        self.closing = threading.Event()
        self.url = ""

    def reply(self, request: Request) -> Reply:
        """The reply to the next request."""
        found = self.replies[min(len(self.requests), len(self.replies) - 1)]
        self.requests.append(request)
        return found if isinstance(found, Reply) else found(request)


@contextmanager
def endpoint(*replies: Reply | Callable[[Request], Reply]) -> Iterator[Endpoint]:
    """An endpoint on a free port of 127.0.0.1."""
    served = Endpoint(*replies)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = served.reply(Request(self.path, headers, body))
            if reply.wait:
                served.closing.wait(20)
                return
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield served
    finally:
        served.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
