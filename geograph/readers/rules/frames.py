"""Every way in which an article's sentences fill a relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, permutations, product

from geograph.model import Mention
from geograph.readers.protocol import Frame, Reading
from geograph.readers.rules.clauses import Clauses
from geograph.readers.rules.dependencies import PLACE_PREPOSITIONS, is_verb, lemma
from geograph.readers.rules.ends import Ends
from geograph.readers.rules.lexicon import Entry, Lexicon
from geograph.readers.rules.nouns import Nouns
from geograph.readers.rules.steps import Match, Steps
from geograph.readers.rules.verbs import Verbs
from geograph.syntax import Span, Token

_CROWD = 4


def find_frames(reading: Reading, lexicon: Lexicon) -> Iterator[Frame]:
    """Every way in which the sentences fill a relation, in text order, without duplicates.

    Ends are resolved mentions whose types fit the relation, never the same entity. Where two triggers use the same
    words for the same ends, the longer one holds.
    """
    clauses = Clauses(lexicon.words)
    steps = Steps(Ends(reading, clauses), clauses)
    verbs, nouns = Verbs(steps), Nouns(steps)
    for sentence in reading.doc.sents:
        if not _may_tell(reading, sentence):
            continue
        here = words_of(sentence)
        found = [
            frame
            for token in sentence
            if lemma(token) in lexicon.begin or token.lower_ in lexicon.begin
            for entry in _possible(candidates(token, lexicon), here)
            for match in matches(entry, token, verbs, nouns)
            for frame in _frames(entry, match)
        ]
        yield from sorted(_longest(found, lexicon), key=_order)


def _may_tell(reading: Reading, sentence: Span) -> bool:
    """Whether the sentence mentions two entities."""
    here = reading.mentions_between(sentence.start_char, sentence.end_char)
    return len({mention.entity for mention in here} - {None}) > 1


def words_of(sentence: Span) -> frozenset[str]:
    """The words by which the sentence can match a trigger."""
    found = {name for token in sentence for name in (lemma(token), token.lower_)}
    return frozenset(found | PLACE_PREPOSITIONS if "where" in found else found)


def candidates(token: Token, lexicon: Lexicon) -> Iterator[Entry]:
    """The triggers that a word may begin: those of the verb or noun that it is, then those told of somebody by "be"."""
    name, form = lemma(token), token.lower_
    if name in lexicon.verbs and is_verb(token):
        yield from lexicon.verbs[name]
    elif name in lexicon.nouns and token.pos_ in {"NOUN", "PROPN"} and not is_verb(token):
        yield from lexicon.nouns[name]
    for word in (name, form) if form != name else (name,):
        yield from lexicon.copulas.get(word, ())


def matches(entry: Entry, token: Token, verbs: Verbs, nouns: Nouns) -> Iterator[Match]:
    """The ways in which a trigger matches at a word of which it is a candidate."""
    if entry.trigger.is_copula:
        return verbs.copula_matches(entry, token)
    return verbs.matches(entry, token) if entry.trigger.is_verb else nouns.matches(entry, token)


def _possible(among: Iterable[Entry], here: frozenset[str]) -> Iterator[Entry]:
    """The triggers whose words the sentence has."""
    for entry in among:
        for need in entry.needs:
            if need.isdisjoint(here):
                break
        else:
            yield entry


def _frames(entry: Entry, match: Match) -> Iterator[Frame]:
    ends = _pairs(match.subjects, entry) if match.pairs else product(match.subjects, match.objects)
    words = tuple(sorted(match.words, key=lambda token: token.i))
    for subject, object_ in ends:
        if subject.entity == object_.entity:
            continue
        if entry.symmetric and object_.sort_key < subject.sort_key and _fit(entry, object_, subject):
            subject, object_ = object_, subject
        if _fit(entry, subject, object_):
            yield Frame(
                relation=entry.relation,
                predicate=match.predicate,
                subject=subject,
                object=object_,
                trigger=words,
                pattern=entry.trigger.text,
                item=match.item,
            )


def _pairs(mentions: tuple[Mention, ...], entry: Entry) -> Iterator[tuple[Mention, Mention]]:
    """Each two of those who did it together, both ways if it matters; of a crowd nobody says that each met each."""
    if len({mention.entity for mention in mentions}) <= _CROWD:
        yield from combinations(mentions, 2) if entry.symmetric else permutations(mentions, 2)


def _fit(entry: Entry, subject: Mention, object_: Mention) -> bool:
    return subject.type in entry.domain and object_.type in entry.range


def _longest(frames: list[Frame], lexicon: Lexicon) -> list[Frame]:
    """The frames without those whose words another frame of the same ends uses too, and more of them."""
    ranked = sorted(frames, key=_rank)
    kept: list[Frame] = []
    for frame in ranked:
        if not any(_beats(other, frame, lexicon) for other in kept):
            kept.append(frame)
    return kept


def _beats(kept: Frame, frame: Frame, lexicon: Lexicon) -> bool:
    ends = {frame.subject.entity, frame.object.entity}
    if {kept.subject.entity, kept.object.entity} != ends:
        return False
    words, others = {token.i for token in frame.trigger}, {token.i for token in kept.trigger}
    if kept.relation == frame.relation:
        same_way = kept.subject.entity == frame.subject.entity
        return same_way and bool(words & others)
    # An infinitive or gerund below the longer trigger ("vowed to attack") is an event of its own.
    same_event = kept.predicate.i == frame.predicate.i or not is_verb(frame.predicate)
    covered = words < others or (words == others and _knows_more(kept, frame))
    return same_event and covered and not lexicon.keeps_both(kept.relation, frame.relation)


def _knows_more(kept: Frame, frame: Frame) -> bool:
    """Whether the trigger of `kept` names the verb or the kind of an end that the other leaves open."""
    kept_limits, limits = ("SUBJ:" in f.pattern or "OBJ:" in f.pattern for f in (kept, frame))
    kept_any, any_verb = ("VERB" in f.pattern for f in (kept, frame))
    return (kept_limits and not limits) or (any_verb and not kept_any)


def _rank(frame: Frame) -> tuple[int, bool, int, bool, tuple[int, str, int, int]]:
    return (-len(frame.trigger), not is_verb(frame.predicate), -len(frame.pattern), frame.item is None, _order(frame))


def _order(frame: Frame) -> tuple[int, str, int, int]:
    return (frame.predicate.i, frame.relation, frame.subject.span.start, frame.object.span.start)
