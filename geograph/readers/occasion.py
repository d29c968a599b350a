"""The date and place of claims that belong to an occasion told before: they met in Lima on Monday; she thanked him.

An occasion is a meeting, call or reception that the main clause of a sentence tells with its date or place. What its
participants then said to each other, whom else they also met, and what happened "at the meeting" was there and then,
unless words of time, a tense that steps back, or another dated event lies between. Which relations and words these are
is data (`ontologies/words/circumstances.ttl`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geograph.dates.tense import attachment
from geograph.model import Claim, Entity, EntityType, Period, Status, Via
from geograph.readers.carriers import is_setting
from geograph.readers.clauses import auxiliaries, climb, is_in, is_infinitive, is_verb
from geograph.readers.nominals import is_definite
from geograph.readers.protocol import Frame, Reading
from geograph.readers.quotation import in_quotation
from geograph.syntax import Token

Words = Mapping[str, frozenset[str]]
Told = tuple[Frame, Claim]
_FAR, _NEAR = 6, 3
"""Sentences that may lie between an occasion and what belongs to it."""
_ACTORS = frozenset({EntityType.COUNTRY, EntityType.PERSON})


def on_occasion(told: Sequence[Told], reading: Reading, words: Words) -> Iterator[Told]:
    """The frames with their claims, in text order; a claim that has no date gets those of its occasion."""
    occasions = _Occasions(reading, words)
    for frame, claim in sorted(told, key=lambda each: each[0].predicate.i):
        claim = occasions.placed(frame, claim)
        occasions.notice(frame, claim)
        yield frame, claim


@dataclass(frozen=True)
class _Occasion:
    """A dated or placed meeting, and the sentence that tells it."""

    claim: Claim
    sentence: int


class _Occasions:
    """The occasions of a text so far, the last one first."""

    def __init__(self, reading: Reading, words: Words) -> None:
        self.reading, self.words = reading, words
        self.starts = [sentence.start for sentence in reading.doc.sents]
        self.found: list[_Occasion] = []
        times = list(self._times())
        self.dated = frozenset(self._sentence(verb) for verb, _ in times)
        self.main = [
            (self._sentence(verb), period)
            for verb, period in times
            if period is not None and (verb.head == verb or _is_told(verb, words))
        ]
        self.is_readout = any(
            word in (reading.article.title or "").casefold() for word in words.get("READOUT", frozenset())
        )

    def notice(self, frame: Frame, claim: Claim) -> None:
        """Keep what a claim tells as an occasion, or end those that it contradicts."""
        verb = _teller(frame.predicate, self.words)
        if claim.status is not Status.ACTUAL or verb is None or not (claim.date or claim.place):
            return
        if self._is("ENCOUNTER_RELATION", claim) or self._is_speech(claim):
            self.found.insert(0, _Occasion(claim, self._sentence(verb)))

    def placed(self, frame: Frame, claim: Claim) -> Claim:
        """The claim with the date and place of its occasion, where it has none and belongs to one."""
        if claim.status is not Status.ACTUAL or claim.date is not None or not self.found:
            return claim
        adds = self._adding(frame.predicate)
        verb = adds or _teller(frame.predicate, self.words)
        if verb is None or not _is_plain_past(verb) or self._has_time_of_its_own(verb, frame.predicate):
            return claim
        here = self._sentence(verb)
        for occasion in self.found:
            apart = here - occasion.sentence
            if apart <= 0 or (apart > _FAR and not self.is_readout) or self._is_over(occasion, here):
                continue
            if claim.place is not None and claim.place != occasion.claim.place:
                continue
            went_on = self._is_speech(occasion.claim) and self._goes_on(frame, claim, verb, occasion, apart)
            if went_on or self._belongs(frame, claim, verb, occasion, apart):
                there = occasion.claim
                return replace(
                    claim,
                    date=there.date,
                    date_span=there.date_span,
                    place=claim.place or there.place,
                    place_entity=claim.place_entity if claim.place else there.place_entity,
                )
        return claim

    def _belongs(self, frame: Frame, claim: Claim, verb: Token, occasion: _Occasion, apart: int) -> bool:
        there = occasion.claim
        if not self._is("ENCOUNTER_RELATION", there):
            return False
        ends = (there.subject, there.object)
        if self._is("ENCOUNTER_RELATION", claim):
            same = {claim.subject, claim.object} == set(ends)
            also = any(is_in(child, "ALSO", self.words) for child in verb.children)
            shared = {claim.subject, claim.object} & set(ends)
            others = {claim.subject, claim.object} - set(ends)
            kin = {self._country(key) for key in ends} - {None}
            near = apart == 1 or any(self._country(key) in kin for key in others)
            retold = self._is_known(frame) or (apart == 1 and frame.subject.via is Via.PRONOUN)
            return (same and apart <= _NEAR and retold) or (also and bool(shared) and near)
        if claim.subject not in ends:
            return False
        if apart <= _NEAR and self._is_there(verb):
            return True
        if not (self._is("ON_OCCASION", claim) or (self.is_readout and self._is("ON_READOUT", claim))):
            return False
        partner = ends[1] if claim.subject == ends[0] else ends[0]
        country = self._country(partner)
        kind = self.reading.entities[claim.object].type
        return claim.object == partner or (
            kind in _ACTORS and country is not None and self._country(claim.object) == country
        )

    def _goes_on(self, frame: Frame, claim: Claim, verb: Token, occasion: _Occasion, apart: int) -> bool:
        """Whether the one who spoke goes on: "she added that", "it also urged", "it called on them" right after."""
        there = occasion.claim
        if claim.subject != there.subject or not self._is_speech(claim):
            return False
        if self._adding(frame.predicate) is not None:
            return apart <= _NEAR
        if any(child.dep_ == "poss" and child.pos_ == "PRON" for child in frame.predicate.children):
            return claim.object == there.object  # "her criticism of them"
        also = any(is_in(child, "ALSO", self.words) for child in verb.children)
        return apart == 1 and claim.object == there.object and (also or frame.subject.via is Via.PRONOUN)

    def _adding(self, predicate: Token) -> Token | None:
        """The verb of a main clause by which someone goes on speaking."""
        return next(
            (node for node in climb(predicate) if node.head == node and is_in(node, "ADDING", self.words)), None
        )

    def _is_speech(self, claim: Claim) -> bool:
        return self._is("ON_OCCASION", claim) or self._is("ON_READOUT", claim)

    def _is_known(self, frame: Frame) -> bool:
        """Whether a noun speaks of an event as known: the talks between them."""
        return not is_verb(frame.predicate) and is_definite(frame.predicate, self.words)

    def _is_there(self, verb: Token) -> bool:
        """Whether a clause is set in a known meeting that it does not describe: at the meeting, during the talks."""
        for preposition in verb.children:
            for noun in preposition.children if preposition.dep_ == "prep" else ():
                bare = all(child.dep_ == "det" for child in noun.children)
                if bare and is_definite(noun, self.words) and is_in(noun, "BRIEF_EVENT", self.words):
                    return is_setting(noun, self.words)
        return False

    def _is(self, family: str, claim: Claim) -> bool:
        return claim.relation in self.words.get(family, frozenset())

    def _country(self, key: str) -> str | None:
        entity: Entity | None = self.reading.entities.get(key)
        return entity.country if entity is not None else None

    def _sentence(self, token: Token) -> int:
        return bisect_right(self.starts, token.i)

    def _times(self) -> Iterator[tuple[Token, Period | None]]:
        """The dates of clauses, each with its verb; those of nouns ("the May 3 accident") are left out."""
        for date in self.reading.dates:
            tokens = self.reading.tokens(date.span)
            if tokens is None:
                continue
            for node in climb(attachment(tokens)):
                if is_verb(node):
                    yield node, date.period
                at_noun = node.pos_ == "NOUN" and node not in tokens
                if is_verb(node) or (at_noun and not is_in(node.head, "DURING", self.words)):
                    break  # but "in the 2020 election" dates its verb

    def _is_over(self, occasion: _Occasion, here: int) -> bool:
        """Whether the text has come to another time since."""
        when = occasion.claim.date
        return any(
            occasion.sentence < sentence < here and not (when and (when.covers(period) or period.covers(when)))
            for sentence, period in self.main
        )

    def _has_time_of_its_own(self, verb: Token, predicate: Token) -> bool:
        """Whether a sentence dates a clause, or holds a word that sets its verb apart from what was told before."""
        if self._sentence(verb) in self.dated:
            return True
        return any(is_in(child, "APART", self.words) for word in (verb, predicate) for child in word.children)


def _teller(predicate: Token, words: Words) -> Token | None:
    """The verb of the main clause that tells an event, or None where a lesser clause tells it.

    What a source or speaker is quoted with counts as told by the text: ", the ministry said", "“I thank him,” he said".
    """
    verb = next((node for node in climb(predicate) if is_verb(node)), None)
    if verb is None:
        return None
    first = verb
    while first.dep_ == "conj" and is_verb(first.head):
        first = first.head
    verb = verb if _is_plain_past(verb) else first
    if first.head == first or first.dep_ == "parataxis":
        return verb
    begins = is_in(first.head, "SHARES_DATE", words) or (is_infinitive(first) and is_in(first.head, "GATHER", words))
    if first.dep_ in ("xcomp", "advcl") and first.head.head == first.head and begins:
        return first.head  # "began to thank", "met to discuss"
    if _is_told(first, words):
        return first.head if in_quotation(first) else verb
    return None


def _is_told(verb: Token, words: Words) -> bool:
    """Whether a clause is what the verb of telling above it tells, before or around that verb."""
    head = verb.head
    tells = is_in(head, "REPORTING", words) or not is_verb(head)  # the parser may take a late noun for the root
    return verb.dep_ == "ccomp" and head.head == head and tells and verb.i < head.i


def _is_plain_past(verb: Token) -> bool:
    """Whether a verb tells in the simple past: thanked, was thanked; not had thanked, has thanked, would thank."""
    helpers = auxiliaries(verb)
    if any(helper.lemma_ == "have" or helper.tag_ == "MD" for helper in helpers):
        return False
    return verb.tag_ == "VBD" or any(helper.tag_ == "VBD" for helper in helpers)
