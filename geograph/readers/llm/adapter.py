"""The only module that knows pydantic-ai: one question to an OpenAI-compatible endpoint, one answer.

One call is one HTTP request: tries and budget are counted outside. Nothing is streamed, no tool is offered, no redirect
is followed, and no word of what a server says in an error goes into a message, as servers repeat keys and texts there.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    UnexpectedModelBehavior,
)
from pydantic_ai.messages import ModelRequest, ModelResponse
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings

from geograph.readers.llm.asking import Answer, Ask, NoAnswer, Question
from geograph.readers.llm.settings import KEY, MODEL, Settings

_OPENAI = (".openai.com", ".openai.azure.com")
"""Hosts that want `max_completion_tokens`; every other server knows the older `max_tokens`."""


def asker(settings: Settings) -> Ask:
    """What sends one request to the endpoint of `settings`."""

    def ask(question: Question) -> Answer:
        return _run(settings, question)

    return ask


def _run(settings: Settings, question: Question) -> Answer:
    """The answer, with an event loop of its own; in a thread of its own where one runs already, as in notebooks."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(_ask(settings, question))
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(_ask(settings, question))).result()


async def _ask(settings: Settings, question: Question) -> Answer:
    host = urlsplit(settings.url).hostname or ""
    provider = OpenAICompatibleProvider(
        "geograph",
        base_url=settings.url,
        api_key=settings.key,
        profile=OpenAIModelProfile(
            supports_json_schema_output=True,
            supports_json_object_output=True,
            openai_chat_supports_max_completion_tokens=f".{host}".endswith(_OPENAI),
        ),
    )
    client = provider.client
    # What the client takes from variables that are meant for OpenAI. A request that asks for no retries itself would
    # be sent by a copy of the client, which asks them again.
    client.organization = client.project = client.admin_api_key = None
    client._custom_headers = {}
    client.max_retries = 0
    async with client:
        try:
            response = await model_request(
                OpenAIChatModel(settings.model, provider=provider),
                [ModelRequest.user_text_prompt(question.text, instructions=question.instructions)],
                model_settings=ModelSettings(
                    temperature=0.0,
                    max_tokens=settings.answer_tokens,
                    timeout=settings.timeout,
                    request_timeout=settings.timeout,
                ),
                model_request_parameters=ModelRequestParameters(
                    output_mode="native" if settings.schema else "prompted",
                    output_object=OutputObjectDefinition(json_schema=dict(question.schema), name="claims", strict=True),
                ),
                instrument=False,
            )
        except AgentRunError as error:
            raise _no_answer(error, settings) from None
    return _answer(response)


def _answer(response: ModelResponse) -> Answer:
    usage = response.usage
    answer = Answer(response.text or "", usage.input_tokens or None, usage.output_tokens or None)
    if response.finish_reason == "length":
        raise NoAnswer("the answer was cut off as too long; give shorter parts", spent=True, answer=answer)
    if response.finish_reason == "content_filter":
        raise NoAnswer("a content filter kept the answer back", spent=True, answer=answer)
    return answer


def _no_answer(error: AgentRunError, settings: Settings) -> NoAnswer:
    """What went wrong, in our words alone."""
    endpoint, status = settings.endpoint, f" (HTTP {error.status_code})" if isinstance(error, ModelHTTPError) else ""
    match error:
        case ModelRequestTimeout() | ModelTimeoutError():
            return NoAnswer(f"{endpoint} did not answer within {settings.timeout:g} s", again=True, spent=True)
        case ModelConnectionError(phase="connect" | "pool"):
            return NoAnswer(f"{endpoint} cannot be reached; is it running?", again=True, lasting=True)
        case ModelConnectionError():
            return NoAnswer(f"the connection to {endpoint} broke", again=True, spent=True)
        case ModelAuthenticationError():
            return NoAnswer(f"{endpoint} refused the key{status}; check {KEY}", lasting=True)
        case ModelNotFoundError():
            return NoAnswer(f"{endpoint} knows no model {settings.model!r}{status}; check {MODEL}", lasting=True)
        case ModelQuotaExceededError():
            return NoAnswer(f"the account at {endpoint} is used up{status}", lasting=True)
        case ModelRateLimitError():
            return NoAnswer(f"{endpoint} asks for fewer requests{status}", again=True, wait=error.retry_after)
        case ModelServerError() | ModelUnavailableError():
            return NoAnswer(f"{endpoint} failed{status}", again=True, wait=error.retry_after)
        case ContentFilterError():
            return NoAnswer(f"the content filter of {endpoint} kept the answer back", spent=True)
        case UnexpectedModelBehavior():
            return NoAnswer(f"{endpoint} answered with what is no chat completion", again=True, spent=True)
        case _:
            return NoAnswer(f"{endpoint} rejected the request{status}")
