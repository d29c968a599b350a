"""The reader: parts of an article are asked for, answers checked, frames made into claims as for every reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from geograph.errors import ReaderError
from geograph.model import Claim, Span
from geograph.ontology import Ontology
from geograph.readers.checks import fault
from geograph.readers.confidence import confidence
from geograph.readers.events import event_claim, trigger_span
from geograph.readers.llm.asking import Answer, Ask, NoAnswer, Question, ask_again
from geograph.readers.llm.budget import Ledger
from geograph.readers.llm.cache import Cache, key_of
from geograph.readers.llm.parts import Part, parts_of
from geograph.readers.llm.prompt import PROMPT_VERSION, instructions, question
from geograph.readers.llm.proposals import Dropped, Seen, Unreadable, proposals_of, seen_in
from geograph.readers.llm.report import Report
from geograph.readers.llm.settings import Settings
from geograph.readers.occasion import on_occasion
from geograph.readers.protocol import Frame, Reading
from geograph.readers.rules.offices import find_offices
from geograph.readers.rules.reader import OFFICE_RELATION, office_claim

_IN_A_ROW = 3
"""Questions without an answer after which nothing more is asked: the fourth would not fare better."""


class LlmReader:
    """Reads claims with a language model. Its claims say `llm`; `report` tells what came of it."""

    name = "llm"

    def __init__(
        self, ontology: Ontology, settings: Settings, ask: Ask, on_error: Callable[[ReaderError], None] | None = None
    ) -> None:
        self.ontology = ontology
        self.settings = settings
        self.report = Report(Ledger(settings))
        self._ask = ask
        self._on_error = on_error
        self._cache = Cache(settings.cache) if settings.cache is not None else None
        self._version = f"{settings.model}, prompt {PROMPT_VERSION}"
        self._stopped: str | None = None
        self._failures = 0

    def read(self, reading: Reading) -> Iterator[Claim]:
        """The claims that the model finds in the article and the text bears out, in text order.

        What could not be asked is told to `on_error` and in `report`. Raises ReaderError where the endpoint answers
        nothing from the beginning: nothing is lost then, and there is something to mend.
        """
        seen: list[Seen] = []
        failure: NoAnswer | None = None
        for part in parts_of(reading, self.settings.part_length):
            try:
                answer = self._answer(question(part, reading.article, self.ontology.relations, self._instructions))
            except NoAnswer as error:
                failure = error
                continue
            self.report.parts += 1
            seen += self._seen(answer, part, reading)
        if failure is not None:
            self._tell(failure, reading.article.document)
        yield from self._claims(seen, reading)

    @cached_property
    def _instructions(self) -> str:
        return instructions(self.ontology.relations)

    def _answer(self, asked: Question) -> Answer:
        """The answer to a question, from the cache where it holds a readable one. Raises NoAnswer."""
        key = key_of(asked, self.settings.model, PROMPT_VERSION)
        kept = self._cache.get(key) if self._cache is not None else None
        if kept is not None and _is_readable(kept):
            self.report.kept += 1
            return kept
        if self._stopped is not None:
            raise NoAnswer(self._stopped)
        try:
            answer = ask_again(lambda: self._request(asked), self.settings.tries)
        except NoAnswer as failure:
            self._notice(failure)
            raise
        self._failures = 0
        if self._cache is not None:
            self._cache.put(key, answer, self.settings.model)
        return answer

    def _request(self, asked: Question) -> Answer:
        """One request, if the budget allows it, entered into the account."""
        ledger = self.report.ledger
        if refusal := ledger.refusal(asked):
            self._stopped = refusal
            raise NoAnswer(refusal)
        ledger.requests += 1
        try:
            answer = self._ask(asked)
        except NoAnswer as failure:
            if failure.spent:
                ledger.enter(asked, failure.answer)
            raise
        ledger.enter(asked, answer)
        if not _is_readable(answer):
            raise NoAnswer(f"{self.settings.endpoint} answered with what is no list of claims", again=True)
        return answer

    def _notice(self, failure: NoAnswer) -> None:
        """Stop asking where it makes no sense to go on. Raises ReaderError if nothing was ever read."""
        if self._stopped is not None:
            return
        self._failures += 1
        if failure.lasting or self._failures >= _IN_A_ROW:
            self._stopped = str(failure)
            if self.report.parts == 0:
                raise ReaderError(f"language model: {failure}") from None

    def _tell(self, failure: NoAnswer, document: str) -> None:
        self.report.unread.append((document, str(failure)))
        if self._on_error is not None:
            self._on_error(ReaderError(f"{document}: not read by the language model, or only in part: {failure}"))

    def _seen(self, answer: Answer, part: Part, reading: Reading) -> Iterator[Seen]:
        for proposal in proposals_of(answer.text):
            found = proposal
            if not isinstance(found, Dropped):
                checked = seen_in(found, part, reading, self.ontology.relations)
                if isinstance(checked, Seen):
                    yield checked
                    continue
                found = checked
            self.report.dropped[found.reason] += 1

    def _claims(self, seen: list[Seen], reading: Reading) -> Iterator[Claim]:
        words, relations = self.ontology.words, self.ontology.relations
        offices = self._offices(seen, reading)
        told: list[tuple[Frame, Claim]] = []
        for each in seen:
            frame, status = each.frame, each.status
            sure = confidence(self.settings.confidence, trigger_span(frame), (frame.subject, frame.object), status)
            claim = event_claim(reading, frame, status, words, confidence=sure, reader=self.name)
            if claim is not None:
                titled = offices.get((claim.relation, claim.subject, claim.object, claim.span))
                told.append((frame, replace(titled, confidence=sure) if titled is not None else claim))
        found: dict[str, Claim] = {}
        for _, claim in on_occasion(told, reading, words):
            if wrong := fault(claim, reading.article, reading.entities, relations):
                self.report.dropped[wrong] += 1
            else:
                found.setdefault(claim.id, replace(claim, version=self._version))
        self.report.claims += len(found)
        yield from sorted(found.values(), key=lambda claim: (claim.span, claim.id))

    def _offices(self, seen: list[Seen], reading: Reading) -> dict[tuple[str, str, str, Span], Claim]:
        """Offices as titles tell them: with the whole title, and whether they are over."""
        if all(each.frame.relation != OFFICE_RELATION for each in seen):
            return {}
        offices = find_offices(reading, self.ontology.words)
        claims = [office_claim(reading, office, reader=self.name) for office in offices]
        return {(claim.relation, claim.subject, claim.object, claim.span): claim for claim in claims}


def llm_reader(
    ontology: Ontology, settings: Settings, *, on_error: Callable[[ReaderError], None] | None = None
) -> LlmReader:
    """A reader that asks the endpoint of `settings`. Raises ReaderError where the extra is not installed.

    `on_error` is told of every article that the model has not read, or only in part, and why.
    """
    try:
        from geograph.readers.llm.adapter import asker
    except ModuleNotFoundError as error:
        raise ReaderError(
            f"reading with a language model needs further packages ({error.name} is missing); "
            "run `pip install 'geograph[llm]'`"
        ) from error
    return LlmReader(ontology, settings, asker(settings), on_error)


def _is_readable(answer: Answer) -> bool:
    try:
        proposals_of(answer.text)
    except Unreadable:
        return False
    return True
