"""E-mail newsletters (.eml) -> articles. Subject, sender and date say what the page inside leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources.charset import html_text
from geograph.sources.decode import clean
from geograph.sources.front_matter import Fields
from geograph.sources.html import PAGE_LIMIT, read_html
from geograph.sources.phrases import Boilerplate
from geograph.sources.text import read_body

# The parser of the standard library meets broken headers with whatever its code happens to raise.
_BROKEN = (MessageError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_MAIL_LIMIT = 50_000_000


def read_mail(
    data: bytes,
    *,
    name: str,
    document: str,
    phrases: Boilerplate,
    on_error: Callable[[SourceError], None] | None = None,
) -> Iterator[Article]:
    """The articles of a message: of its HTML part, else of its text. Attachments are not read.

    Raises SourceError that begins with `name` for what is no message or has no article.
    """
    if len(data) > _MAIL_LIMIT:
        raise SourceError(f"{name}: over {_MAIL_LIMIT // 1_000_000} MB; save the message without attachments")
    try:
        message = message_from_bytes(data, policy=policy.default)
        fields = _fields(message)
        part = message.get_body(("html", "plain"))
        payload = part.get_payload(decode=True) if part is not None else None
        kind, charset = (part.get_content_type(), part.get_content_charset()) if part is not None else ("", None)
    except (*_BROKEN, RecursionError):
        raise SourceError(f"{name}: no e-mail message, or a broken one; save it again as .eml") from None
    if not isinstance(payload, bytes) or not payload.strip():
        raise SourceError(f"{name}: no text in this message; save it as .eml with its body")
    if kind == "text/html":
        yield from read_html(
            payload,
            name=name,
            document=document,
            phrases=phrases,
            encoding=charset,
            known=fields,
            on_error=on_error,
        )
        return
    try:
        text = html_text(payload[:PAGE_LIMIT], charset)
    except SourceError as error:
        raise SourceError(f"{name}: {error}") from None
    found = list(read_body(text, fields, document=document, phrases=phrases))
    if not found:
        raise SourceError(f"{name}: no article in this message; give one of at least one sentence")
    yield from found


def _fields(message: EmailMessage) -> Fields:
    sender, address = parseaddr(_header(message, "From") or "")
    day = _day(_header(message, "Date"))
    return Fields(
        title=_header(message, "Subject"),
        publisher=sender.strip() or address or None,
        page_date=(day, "mail Date") if day else None,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return " ".join(clean(str(message.get(name, ""))).split()) or None
    except _BROKEN:
        return None


def _day(text: str | None) -> date | None:
    try:
        return parsedate_to_datetime(text).date() if text else None
    except (ValueError, OverflowError):
        return None
