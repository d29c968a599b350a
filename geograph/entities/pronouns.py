"""Third person: he, she, it, they and their forms.

A pronoun is what the subjects of the clauses around it name, climbing from its own clause, then the subject of the
sentence before. A subject that is no known entity but would suit ("the airline ... it") ends the search: then nobody is
better than the wrong one. Inside a quotation a pronoun is never its speaker. Whom "she" once meant is a
woman from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from geograph.entities.discourse import BODIES, Discourse, conjuncts, first_conjunct
from geograph.entities.offices import named_beside
from geograph.entities.subjects import clause_subject, is_aside, subjects_before, subjects_here
from geograph.entities.text import singular
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from geograph.syntax import Token

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
        gender = "male" if lower in _HE else "female"
        keys = _he_or_she(discourse, token, gender)
        for key in keys:
            discourse.cast.genders[key] = gender
    elif lower in _IT:
        keys = _it(discourse, token)
    elif lower in _THEY:
        keys = _they(discourse, token)
    else:
        return
    for key in keys:
        yield discourse.read.at(Span(token.idx, token.idx + len(token.text)), discourse.type_of(key), Via.PRONOUN, key)


def _he_or_she(discourse: Discourse, token: Token, gender: str) -> list[str]:
    own = clause_subject(discourse, token) if token.dep_ in ("dobj", "pobj", "dative") else None
    barred = {*_speaker_keys(discourse, token)}
    for actor in (own, *own.children) if own is not None else ():
        if actor is own or actor.dep_ == "appos":
            barred.update(_keys(discourse, actor))

    def fits(key: str) -> bool:
        known = discourse.cast.genders.get(key, "")
        return discourse.type_of(key) is EntityType.PERSON and known in ("", gender) and key not in barred

    beside = _beside(discourse, token)
    if beside is not None and fits(beside):
        return [beside]
    if _told_of_either(discourse, token, fits):
        return []
    for subject in subjects_here(discourse, token):
        if own is not None and subject.i == first_conjunct(own).i:
            continue
        found = _person_at(discourse, subject, fits)
        if found is not None:
            return found
    number = discourse.sentence_of[token.i]
    near = [s.key for s in discourse.before(token, 0) if not s.is_modifier and fits(s.key) and s.sentence == number]
    if near:
        return near[:1]
    for subject in subjects_before(discourse, token, sentences=3):
        found = _person_at(discourse, subject, fits)
        if found is not None:
            return found
    return [s.key for s in discourse.before(token, 1) if not s.is_modifier and fits(s.key)][:1]


def _told_of_either(discourse: Discourse, token: Token, fits: Callable[[str], bool]) -> bool:
    """Whether "X told Y that she" leaves open which of both it means."""
    clause = token.head
    if token.dep_ not in ("nsubj", "nsubjpass") or clause.dep_ != "ccomp":
        return False
    listeners = [c for c in clause.head.children if c.dep_ in ("dobj", "dative") and c.i < token.i]
    speakers = [c for c in clause.head.children if c.dep_ == "nsubj" and c.i < token.i]
    sides = [
        [key for member in side for key in _keys(discourse, member) if fits(key)] for side in (speakers, listeners)
    ]
    return all(sides) and sides[0] != sides[1]


def _person_at(discourse: Discourse, subject: Token, fits: Callable[[str], bool]) -> list[str] | None:
    """The person whom a subject names: none (an empty list) if it is one unknown, None if it is no person at all.

    One who speaks for somebody else speaks of him: "her spokesman said she would resign".
    """
    keys = [key for key in _keys(discourse, subject) if fits(key)]
    if len(keys) == 1:
        return keys
    if discourse.at(subject) or subject.tag_ not in ("NN", "NNP"):
        return None
    if not discourse.person_nouns(subject):
        return [] if _is_somebody(discourse, subject) else None
    beside = named_beside(discourse, subject, Span(subject.idx, subject.idx + len(subject.text)))
    if beside is not None and fits(beside):
        return [beside]
    if subject.lemma_.lower() in discourse.read.gazetteer.words["MOUTHPIECE"]:
        principals = [key for child in subject.lefts if child.dep_ == "poss" for key in discourse.at(child)]
        if len(principals) == 1 and fits(principals[0]):
            return principals
    return []


def _is_somebody(discourse: Discourse, subject: Token) -> bool:
    """Whether a noun means a person because it speaks: "a guard said", not "a statement said"."""
    words = discourse.read.gazetteer.words
    lemma = subject.lemma_.lower()
    said = subject.head.lemma_.lower() in words["REPORTING"] and subject.dep_ == "nsubj"
    named = any(child.dep_ == "det" and child.lower_ in ("a", "an", "one", "another") for child in subject.lefts)
    return said and named and lemma not in words["STATEMENT"] and lemma not in words["BODY_NOUN"]


def _it(discourse: Discourse, token: Token) -> list[str]:
    words = discourse.read.gazetteer.words
    if not _can_refer(token, words):
        return []
    barred = _permitter(discourse, token)

    def fits(key: str) -> bool:
        return discourse.type_of(key) is not EntityType.PERSON and key not in barred

    beside = _beside(discourse, token)
    if beside is not None and fits(beside):
        return [beside]
    quotation = discourse.quotation_at(token.idx)
    belonging = token.dep_ == "poss" and singular(token.head.lower_) in words["BELONGING"]
    for subject in (*subjects_here(discourse, token), None, *subjects_before(discourse, token, sentences=1)):
        if subject is None:
            only = _only_body_here(discourse, token)
            if only is not None and fits(only):
                return [only]
            continue
        if quotation is not None and not quotation.start < subject.idx < quotation.end:
            return []
        keys = [key for key in _keys(discourse, subject) if fits(key)]
        if keys:
            return keys if len(keys) == 1 else []
        if _is_thing(discourse, subject) and not belonging:
            return []
    return []


def _permitter(discourse: Discourse, token: Token) -> list[str]:
    """Who lets "it" act, and so is not it: "Norway allowed it to leave"."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.dep_ != "ccomp" or any(c.dep_ == "mark" for c in verb.children):
        return []
    if verb.head.lemma_.lower() not in discourse.read.gazetteer.words["PERMITTING"]:
        return []
    subject = clause_subject(discourse, verb)
    return _keys(discourse, subject) if subject is not None else []


def _only_body_here(discourse: Discourse, token: Token) -> str | None:
    """The one country or body that the sentence has named before a pronoun in a relative clause, asides left out."""
    if not any(ancestor.dep_ in ("relcl", "acl") for ancestor in (token.head, *token.head.ancestors)):
        return None
    found: set[str] = set()
    for said in discourse.before(token, 0):
        head = discourse.read.doc[said.token]
        if not said.is_modifier and discourse.type_of(said.key) in BODIES and not is_aside(head.head, head):
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
        if any(c.dep_ == "acomp" and c.lower_ in words["PERSONAL_ADJECTIVE"] for c in head.children):
            return True
        return not any(child.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "acomp", "mark") for child in head.children)
    return not (token.dep_ == "nsubjpass" and any(child.dep_ in ("ccomp", "csubjpass") for child in head.children))


def _beside(discourse: Discourse, token: Token) -> str | None:
    """The actor just before a possessive: "Peru and its allies", "thanked Peru for its aid", "Emir X and his team".

    Not the troops in "Peruvian troops on its soil", nor who is told of something; Peru in "Peru's way to its aim".
    """
    if token.dep_ != "poss" or token.i < 2 or token.nbor(-1).lower_ not in _LINKS:
        return None
    link = token.nbor(-1)
    joint = link.lower_ in ("and", "or")
    informing = discourse.read.gazetteer.words["INFORMING"]
    for said in discourse.before(token, 0):
        if said.is_modifier or said.mention.span.end < link.idx - 1:
            break
        told = discourse.read.doc[said.token].head.lemma_.lower() in informing
        return said.key if joint or not (said.mention.via is Via.NOMINAL or told) else None
    if not joint and link.head.pos_ == "NOUN" and link.i == link.head.i + 1:
        owners = [key for child in link.head.lefts if child.dep_ == "poss" for key in discourse.at(child)]
        return owners[0] if len(owners) == 1 else None
    first = first_conjunct(token.head)
    keys = _keys(discourse, first) if first.i < token.i and joint else []
    return keys[0] if len(keys) == 1 else None


def _they(discourse: Discourse, token: Token) -> list[str]:
    speaker = _speaker_keys(discourse, token)
    if token.dep_ == "poss" and token.i and token.nbor(-1).lower_ == "for":
        said = next(iter(discourse.before(token.nbor(-1), 0)), None)
        thanked = _keys(discourse, discourse.read.doc[said.token]) if said is not None else []
        if said is not None and len(thanked) > 1 and said.mention.span.end == token.nbor(-1).idx - 1:
            return thanked
    before = list(subjects_before(discourse, token, sentences=1))
    for subject in (*subjects_here(discourse, token), *before):
        keys = _acting(discourse, subject)
        if len(keys) > 1 and not set(keys) & set(speaker):
            return keys
        if len(keys) == 1 and _is_plural_by_use(discourse, keys[0]) and keys != speaker:
            return keys
        if subject.tag_ in ("NNS", "NNPS", "CD"):
            by_name = all(said.mention.via is Via.NAME for said in discourse.said_at(subject))
            return keys if keys and keys != speaker and not by_name else []
        if len(keys) == 1 and subject in before and (both := _met(discourse, subject)):
            return both
        if keys and all(discourse.type_of(key) in BODIES for key in keys) and token.dep_ != "poss":
            return []
    return []


def _acting(discourse: Discourse, subject: Token) -> list[str]:
    """The entities that a subject names; a place only beside an actor ("Iceland and Greenland agreed")."""
    keys = _keys(discourse, subject)
    if any(discourse.type_of(key) is not EntityType.PLACE for key in keys) and len(keys) > 1:
        return [key for key in keys if discourse.type_of(key) is not EntityType.PLACE or discourse.cast.country_of(key)]
    return [key for key in keys if discourse.type_of(key) is not EntityType.PLACE]


def _is_plural_by_use(discourse: Discourse, key: str) -> bool:
    """Whether a body is called "they": an armed group."""
    return "militia" in discourse.read.gazetteer.kinds.get(key, ()) or discourse.type_of(key) is EntityType.GROUP


def _met(discourse: Discourse, subject: Token) -> list[str]:
    """The two persons of a sentence that says that they met or spoke with each other, none if it names others too."""
    verb = subject.head
    if verb.lemma_.lower() not in discourse.read.gazetteer.words["TOGETHER"]:
        return []
    number = discourse.sentence_of[subject.i]
    found: dict[str, None] = {}
    for said in discourse.before(verb.sent[-1], 0):
        if said.sentence == number and discourse.type_of(said.key) is EntityType.PERSON:
            found.setdefault(said.key)
    plural = any(t.tag_ == "NNS" and discourse.person_nouns(t) for t in verb.sent)
    return sorted(found) if len(found) == 2 and not plural else []


def _keys(discourse: Discourse, subject: Token) -> list[str]:
    """The entities that a subject and what is coordinated with it refer to."""
    found = [key for member in conjuncts(subject) for key in discourse.at(member)]
    return list(dict.fromkeys(found))


def _speaker_keys(discourse: Discourse, token: Token) -> list[str]:
    quotation = discourse.quotation_at(token.idx)
    return discourse.at(quotation.speaker) if quotation is not None and quotation.speaker is not None else []


def _is_thing(discourse: Discourse, subject: Token) -> bool:
    """Whether an unknown subject could be what "it" stands for: a singular noun that means no person."""
    return subject.tag_ in ("NN", "NNP") and not discourse.person_nouns(subject) and not discourse.at(subject)
