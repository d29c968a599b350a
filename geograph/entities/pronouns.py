"""Third person: he, she, it, they and their forms.

A pronoun is what the subjects of the clauses around it name, climbing from its own clause, then the subject of the
sentence before. A subject that is no known entity but would suit ("the airline ... it") ends the search: then nobody is
better than the wrong one. Inside a quotation a pronoun is never its speaker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from geograph.entities.discourse import BODIES, Discourse, conjuncts, first_conjunct, subject_of
from geograph.entities.offices import named_beside
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from spacy.tokens import Token

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_LINKS = frozenset({"and", "or", "in", "for", "over", "on", "about", "of", "with", "at"})
_IT_AFTER = frozenset({"with", "against", "from", "to", "towards"})


def third_person(discourse: Discourse, token: Token) -> Iterator[Mention]:
    """The mention that a pronoun of the third person makes; several if it stands for several."""
    lower = token.lower_
    if lower in _HE or lower in _SHE:
        keys = _he_or_she(discourse, token, "male" if lower in _HE else "female")
    elif lower in _IT:
        keys = _it(discourse, token)
    elif lower in _THEY:
        keys = _they(discourse, token)
    else:
        return
    for key in keys:
        yield discourse.read.at(Span(token.idx, token.idx + len(token.text)), discourse.type_of(key), Via.PRONOUN, key)


def _he_or_she(discourse: Discourse, token: Token, gender: str) -> list[str]:
    speaker = _speaker_keys(discourse, token)
    own = _clause_subject(discourse, token) if token.dep_ in ("dobj", "pobj", "dative") else None
    barred = {*speaker, *(_keys(discourse, own) if own is not None else ())}

    def fits(key: str) -> bool:
        known = discourse.cast.genders.get(key, "")
        return discourse.type_of(key) is EntityType.PERSON and known in ("", gender) and key not in barred

    beside = _beside(discourse, token)
    if beside is not None and fits(beside):
        return [beside]
    for subject in _subjects_here(discourse, token):
        found = _person_at(discourse, subject, fits)
        if found is not None:
            return found
    number = discourse.sentence_of[token.i]
    near = [s.key for s in discourse.before(token, 0) if not s.is_modifier and fits(s.key) and s.sentence == number]
    if near:
        return near[:1]
    for subject in _subjects_before(discourse, token, sentences=3):
        found = _person_at(discourse, subject, fits)
        if found is not None:
            return found
    return [s.key for s in discourse.before(token, 1) if not s.is_modifier and fits(s.key)][:1]


def _person_at(discourse: Discourse, subject: Token, fits: Callable[[str], bool]) -> list[str] | None:
    """The person whom a subject names: none (an empty list) if it is one unknown, None if it is no person at all."""
    keys = [key for key in _keys(discourse, subject) if fits(key)]
    if len(keys) == 1:
        return keys
    if discourse.at(subject) or subject.tag_ not in ("NN", "NNP") or not discourse.person_nouns(subject):
        return None
    beside = named_beside(discourse, subject, Span(subject.idx, subject.idx + len(subject.text)))
    return [beside] if beside is not None and fits(beside) else []


def _it(discourse: Discourse, token: Token) -> list[str]:
    if not _can_refer(token, discourse.read.gazetteer.words):
        return []

    def fits(key: str) -> bool:
        return discourse.type_of(key) is not EntityType.PERSON

    beside = _beside(discourse, token)
    if beside is not None and fits(beside):
        return [beside]
    quotation = discourse.quotation_at(token.idx)
    for subject in (*_subjects_here(discourse, token), None, *_subjects_before(discourse, token, sentences=1)):
        if subject is None:
            only = _only_body_here(discourse, token)
            if only is not None:
                return [only]
            continue
        if quotation is not None and not quotation.start < subject.idx < quotation.end:
            return []
        keys = [key for key in _keys(discourse, subject) if fits(key)]
        if keys:
            return keys if len(keys) == 1 else []
        if _is_thing(discourse, subject):
            return []
    return []


def _only_body_here(discourse: Discourse, token: Token) -> str | None:
    """The one country or body that the sentence has named before a pronoun in a relative clause, asides left out."""
    if not any(ancestor.dep_ in ("relcl", "acl") for ancestor in (token.head, *token.head.ancestors)):
        return None
    found: set[str] = set()
    for said in discourse.before(token, 0):
        head = discourse.read.doc[said.token]
        if not said.is_modifier and discourse.type_of(said.key) in BODIES and not _is_aside(head.head, head):
            found.add(said.key)
    return found.pop() if len(found) == 1 else None


def _can_refer(token: Token, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether "it" can stand for an actor here: not in "it is clear that"; as an object only of few prepositions."""
    if token.dep_ == "expl":
        return False
    if token.lower_ != "it" or token.dep_ == "poss":
        return True
    head = token.head
    if token.dep_ == "pobj":
        return head.lower_ in _IT_AFTER
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    if head.lemma_ in words["IMPERSONAL"]:
        return not any(child.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "acomp", "mark") for child in head.children)
    return not (token.dep_ == "nsubjpass" and any(child.dep_ in ("ccomp", "csubjpass") for child in head.children))


def _beside(discourse: Discourse, token: Token) -> str | None:
    """The actor just before a possessive: "Peru and its allies", "thanked Peru for its aid", "Emir X and his team"."""
    if token.dep_ != "poss" or token.i < 2 or token.nbor(-1).lower_ not in _LINKS:
        return None
    link = token.nbor(-1)
    for said in discourse.before(token, 0):
        if said.is_modifier or said.mention.span.end < link.idx - 1:
            break
        return said.key
    first = first_conjunct(token.head)
    keys = _keys(discourse, first) if first.i < token.i and link.lower_ in ("and", "or") else []
    return keys[0] if len(keys) == 1 else None


def _they(discourse: Discourse, token: Token) -> list[str]:
    speaker = _speaker_keys(discourse, token)
    for subject in (*_subjects_here(discourse, token), *_subjects_before(discourse, token, sentences=1)):
        keys = [key for key in _keys(discourse, subject) if discourse.type_of(key) is not EntityType.PLACE]
        if len(keys) > 1 and not set(keys) & set(speaker):
            return keys
        if subject.tag_ in ("NNS", "NNPS", "CD"):
            return keys if keys and keys != speaker else []
        if keys and all(discourse.type_of(key) in BODIES for key in keys) and token.dep_ != "poss":
            return []
    return []


def _keys(discourse: Discourse, subject: Token) -> list[str]:
    """The entities that a subject and what is coordinated with it refer to."""
    found = [key for member in conjuncts(subject) for key in discourse.at(member)]
    return list(dict.fromkeys(found))


def _speaker_keys(discourse: Discourse, token: Token) -> list[str]:
    quotation = discourse.quotation_at(token.idx)
    return discourse.at(quotation.speaker) if quotation is not None and quotation.speaker is not None else []


def _clause_subject(discourse: Discourse, token: Token) -> Token | None:
    verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
    return _actor_of(discourse, verb) if verb is not None else None


def _actor_of(discourse: Discourse, verb: Token) -> Token | None:
    """Who does what a verb says: its subject; of "urged X to VERB" and "called on X to VERB" it is X."""
    if (
        verb.dep_ in ("xcomp", "ccomp", "advcl")
        and verb.head.pos_ == "VERB"
        and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    ):
        governor = verb.head
        if governor.lemma_.lower() not in discourse.read.gazetteer.words["SUBJECT_CONTROL"]:
            for child in governor.children:
                if child.dep_ == "dobj" and child.i < verb.i and verb.dep_ == "xcomp":
                    return child
                if child.dep_ == "prep" and child.lower_ == "on" and governor.lemma_ == "call":
                    return next((c for c in child.children if c.dep_ == "pobj"), None)
        return _actor_of(discourse, governor) if verb.dep_ != "ccomp" else None
    if (
        verb.dep_ == "conj"
        and verb.head.pos_ == "VERB"
        and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    ):
        return _actor_of(discourse, verb.head)
    return subject_of(verb)


def _subjects_here(discourse: Discourse, token: Token) -> Iterator[Token]:
    """The subjects of the clauses that hold a pronoun, innermost first, then of those before it in the sentence."""
    seen: set[int] = set()
    for verb in token.ancestors:
        if verb.pos_ not in ("VERB", "AUX", "NOUN"):
            continue
        subject = _actor_of(discourse, verb)
        if subject is None or subject.i >= token.i or subject.i in seen or _is_aside(verb, subject):
            continue
        seen.add(subject.i)
        yield first_conjunct(subject)
    number = discourse.sentence_of[token.i]
    yield from reversed([s for s in _clause_subjects(discourse, number) if s.i < token.i and s.i not in seen])


def _subjects_before(discourse: Discourse, token: Token, sentences: int) -> Iterator[Token]:
    """The subjects of the sentences before, the nearest first."""
    number = discourse.sentence_of[token.i]
    for distance in range(1, min(sentences, number) + 1):
        subject = subject_of(discourse.roots[number - distance])
        if subject is not None:
            yield first_conjunct(subject)


def _clause_subjects(discourse: Discourse, number: int) -> list[Token]:
    root = discourse.roots[number]
    return [
        t
        for t in root.sent
        if t.dep_ in ("nsubj", "nsubjpass") and t.pos_ in ("NOUN", "PROPN") and not _is_aside(t.head, t)
    ]


def _is_aside(verb: Token, subject: Token) -> bool:
    """Whether a clause is put in between commas: "Rasmussen, the ministry said, also thanked them"."""
    if subject.i == 0 or verb.dep_ not in ("parataxis", "ccomp", "ROOT", "advcl"):
        return False
    left = min(subject.left_edge.i, verb.i)
    before = verb.doc[left - 1].text if left else ""
    after = verb.doc[max(verb.i, subject.i) + 1].text if max(verb.i, subject.i) + 1 < len(verb.doc) else ""
    return before == "," and after == ","


def _is_thing(discourse: Discourse, subject: Token) -> bool:
    """Whether an unknown subject could be what "it" stands for: a singular noun that means no person."""
    return subject.tag_ in ("NN", "NNP") and not discourse.person_nouns(subject) and not discourse.at(subject)
