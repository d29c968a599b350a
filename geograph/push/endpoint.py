"""A SPARQL endpoint that is asked: SELECT and ASK with JSON answers, and what a failure means in one line."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from geograph.errors import PushError
from geograph.push.http import Client, Reply

RESULTS = "application/sparql-results+json"
LONGEST_ADDRESS = 1_500
Row = dict[str, str]


class Endpoint:
    """Where questions go."""

    def __init__(self, client: Client, url: str) -> None:
        self.url = url
        self._client = client

    def refusal(self) -> str | None:
        """Why it cannot be asked, None if a SPARQL endpoint answers."""
        reply = self._client.ask("GET", with_parameter(self.url, query="ASK {}"), accept=RESULTS)
        if not reply.is_good:
            return fault("GET", self.url, reply)
        return None if isinstance((_json(reply) or {}).get("boolean"), bool) else _no_results(self.url)

    def ask(self, sparql: str) -> bool:
        """The answer to an ASK."""
        answer = self._answer(sparql).get("boolean")
        if not isinstance(answer, bool):
            raise PushError(_no_results(self.url))
        return answer

    def select(self, sparql: str) -> list[Row]:
        """The rows of a SELECT: the values of the variables that are bound, as text."""
        try:
            rows = self._answer(sparql)["results"]["bindings"]
            return [{name: str(term["value"]) for name, term in row.items()} for row in rows]
        except (KeyError, TypeError, AttributeError) as error:
            raise PushError(_no_results(self.url)) from error

    def _answer(self, sparql: str) -> dict[str, Any]:
        url = with_parameter(self.url, query=sparql)
        if len(url) <= LONGEST_ADDRESS:
            method, reply = "GET", self._client.ask("GET", url, accept=RESULTS)
        else:
            form = urlencode({"query": sparql}).encode()
            type = "application/x-www-form-urlencoded"
            method, reply = "POST", self._client.ask("POST", self.url, body=form, type=type, accept=RESULTS)
        if not reply.is_good:
            raise PushError(fault(method, self.url, reply))
        answer = _json(reply)
        if answer is None:
            raise PushError(_no_results(self.url))
        return answer


def with_parameter(url: str, **parameters: str) -> str:
    """The address with more query parameters."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(parameters)}"


def fault(method: str, url: str, reply: Reply, size: int = 0) -> str:
    """What an answer that is no success means, and what to do, in one line."""
    match reply.status:
        case 401:
            return (
                f"{url}: asks who you are (401); give --user NAME and set GEOGRAPH_PUSH_PASSWORD, "
                "or set GEOGRAPH_PUSH_TOKEN"
            )
        case 403:
            return f"{url}: these credentials may not {method} here (403); ask for the right to write"
        case 404:
            return f"{url}: nothing is there (404); give the address of a SPARQL endpoint"
        case 405:
            return f"{url}: takes no {method} (405); is it read-only? Name another with --graph-store or --update"
        case 413:
            return f"{url}: refuses {size:,} bytes at once (413); give a smaller --batch"
    said = f": {reply.reason}" if reply.reason else ""
    return f"{url}: answers {reply.status} to {method}{said}"


def _json(reply: Reply) -> dict[str, Any] | None:
    try:
        answer = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _no_results(url: str) -> str:
    return f"{url}: answers no SPARQL results in JSON; is it a SPARQL 1.1 endpoint?"
