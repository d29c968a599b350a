"""Small facts about spaCy's tokens and dependencies."""

from __future__ import annotations

from collections.abc import Iterator

from geograph.readers.rules.memory import of_token
from geograph.syntax import Token

Tokens = tuple[Token, ...]

_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"}
_CLAUSES = {"ROOT", "ccomp", "advcl", "relcl", "conj"}
PLACE_PREPOSITIONS = frozenset({"in", "at", "on", "to", "into"})
_INFINITIVES = {"xcomp", "ccomp", "acl", "advcl", "relcl"}
_TELLING = {"that", "for"}
_HEADLINE = {"nsubj", "compound", "nmod", "amod"}
_BEFORE_VERB = {"aux", "auxpass", "neg", "advmod"}
_TIMES = {"DATE", "TIME"}
_MEASURES = _TIMES | {"MONEY", "QUANTITY", "PERCENT", "CARDINAL"}


def lemma(token: Token) -> str:
    """The lemma in lower case; a plural in capitals ("Talks") is brought to its singular."""
    found = token.lemma_.lower()
    return found[:-1] if token.tag_ == "NNPS" and found.endswith("s") else found


@of_token
def forms(token: Token) -> frozenset[str]:
    """The lemma of a token, alone and with its particle ("carry out") or the word before it."""
    name, found = lemma(token), {lemma(token)}
    for child in token.children:
        if child.dep_ in {"prt", "compound", "amod"}:
            found.add(f"{lemma(child)} {name}" if child.i < token.i else f"{name} {lemma(child)}")
    return frozenset(found)


def says(token: Token, words: frozenset[str]) -> bool:
    """Whether the token is one of `words` in one of its forms."""
    return not words.isdisjoint(forms(token))


def is_verb(token: Token) -> bool:
    """Whether the token heads a clause; a noun with a subject is a verb that the tagger missed."""
    if token.pos_ in {"VERB", "AUX"}:
        return True
    if token.pos_ != "NOUN" or token.dep_ not in _CLAUSES:
        return False
    return any(child.dep_ == "nsubj" for child in token.lefts) or is_headline(token)


def is_headline(noun: Token) -> bool:
    """Whether the noun is the verb of a headline between its two ends ("US sanctions Iranian bank")."""
    if noun.dep_ != "ROOT":
        return False
    after = (child for child in noun.rights if child.dep_ == "appos" and child.left_edge.i == noun.i + 1)
    return any(after) and any(child.dep_ in _HEADLINE for child in noun.lefts)


def is_nominal(token: Token) -> bool:
    """Whether the token may head a noun phrase."""
    return token.pos_ in _NOMINAL


def is_relative(token: Token) -> bool:
    """Whether the token is a relative pronoun; taggers often take "that" for a conjunction."""
    if token.tag_ in {"WDT", "WP"}:
        return True
    return (
        token.lower_ == "that" and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"} and token.head.dep_ == "relcl"
    )


def is_time(token: Token) -> bool:
    """Whether the token is an expression of time, which parsers sometimes take for an object ("met Monday")."""
    return token.ent_type_ in _TIMES


def is_measure(token: Token) -> bool:
    """Whether the token is an expression of time, money or quantity."""
    return token.ent_type_ in _MEASURES


def is_infinitive(verb: Token) -> bool:
    """Whether the verb has "to" before it."""
    return any(child.tag_ == "TO" for child in verb.children)


def has_object(verb: Token) -> bool:
    """Whether the verb has a direct object of its own."""
    return any(child.dep_ == "dobj" for child in verb.children)


def own_subjects(verb: Token) -> list[Token]:
    """The subjects that a clause has itself; those of a headline verb that was taken for a noun stand before it."""
    own = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if not own and verb.pos_ == "NOUN":
        own = [child for child in verb.lefts if child.dep_ in _HEADLINE]
    return own


def direct_objects(verb: Token) -> list[Token]:
    """What stands as an object of the verb, or is said of its subject."""
    direct = [child for child in verb.children if child.dep_ in {"dobj", "oprd", "attr", "acomp"}]
    if verb.pos_ == "NOUN":
        direct += [child for child in verb.rights if child.dep_ == "appos"]
    return direct or [child for child in verb.rights if is_bare_object(child)]


def is_bare_object(name: Token) -> bool:
    """Whether a name right after its verb, as in a headline, was taken for a measure ("Russia shells Kharkiv")."""
    return (
        name.dep_ == "npadvmod" and name.pos_ == "PROPN" and name.left_edge.i == name.head.i + 1 and not is_time(name)
    )


def is_bare(verb: Token) -> bool:
    """Whether the verb is an infinitive without "to" ("helped Kenya rebuild")."""
    return verb.tag_ == "VB" and not any(child.dep_ in {"aux", "mark"} for child in verb.children)


def is_each_other(token: Token) -> bool:
    """Whether the token heads "each other" or "one another"."""
    before = token.nbor(-1).lower_ if token.i > 0 else ""
    return (before, token.lower_) in {("each", "other"), ("one", "another")}


def is_where(token: Token) -> bool:
    """Whether the token is the "where" of a relative clause."""
    return token.tag_ == "WRB" and token.lower_ == "where" and token.head.dep_ == "relcl"


def is_preposition(token: Token, lemmas: frozenset[str]) -> bool:
    """Whether the preposition is one of `lemmas`; a relative "where" may be any preposition of place."""
    return lemma(token) in lemmas or (is_where(token) and not lemmas.isdisjoint(PLACE_PREPOSITIONS))


def is_agent(preposition: Token) -> bool:
    """Whether the preposition is the "by" of a passive: what follows it is the subject."""
    if preposition.dep_ == "agent":
        return True
    return preposition.lower_ == "by" and is_verb(preposition.head) and is_passive(preposition.head)


def stolen_subject(verb: Token) -> Token | None:
    """The noun right before a joined verb, if the parser joined it to a noun ("left [NATO and Oslo] spoke")."""
    parts = [child.i for child in verb.lefts if child.dep_ in _BEFORE_VERB]
    before = verb.doc[max(min([verb.i, *parts]) - 1, 0)]
    return before if before.dep_ == "conj" and is_nominal(before) and before.head != verb else None


@of_token
def coordinated(token: Token) -> Tokens:
    """The token with the nouns that are joined to it by "and", "or" or commas, in text order."""
    found = [token]
    for child in token.children:
        if (child.dep_ == "conj" and is_nominal(child) and not _is_stolen(child)) or _is_listed(token, child):
            found.extend(coordinated(child))
    return tuple(found)


def _is_listed(name: Token, other: Token) -> bool:
    """Whether parsers take a list of names for an apposition ("Chad, Mali and Niger")."""
    if other.dep_ != "appos" or not name.pos_ == other.pos_ == "PROPN":
        return False
    parts = list(other.children)
    joins_name = any(child.dep_ == "conj" and child.pos_ == "PROPN" for child in parts)
    return joins_name and not any(child.dep_ == "appos" for child in parts)


def _is_stolen(noun: Token) -> bool:
    """Whether a joined noun is rather the subject of the joined verb after it."""
    if noun.i + 1 >= len(noun.doc):
        return False
    after = noun.nbor(1)
    verb = after.head if after.dep_ in _BEFORE_VERB else after
    if verb.dep_ != "conj" or verb.i < noun.i or not is_verb(verb) or not is_verb(verb.head):
        return False
    return not any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.lefts)


def marks(clause: Token) -> set[str]:
    """The words that open a subordinate clause: that, whether, because."""
    return {lemma(child) for child in clause.children if child.dep_ == "mark"}


def complements(token: Token) -> Tokens:
    """The clauses that complement a verb or noun."""
    return tuple(
        child
        for child in token.children
        if (child.dep_ == "ccomp" and not marks(child) - _TELLING)
        or (child.dep_ in {"acl", "advcl", "relcl"} and not _TELLING.isdisjoint(marks(child)))
    )


def are_adjacent(verb: Token, other: Token) -> bool:
    """Whether nothing but "and" and adverbs stands between two joined verbs, so that they share an object."""
    between = verb.doc[verb.i + 1 : other.i]
    return all(token.dep_ in {"cc", "punct", "advmod", "aux", "auxpass", "neg", "preconj"} for token in between)


def listed_before(subject: Token) -> Tokens:
    """The name before a comma that a headline puts for "and" ("Ghana, Togo join"), which parsers hang on the verb."""
    if subject.left_edge.i - 2 < subject.sent.start or subject.left_edge.nbor(-1).text != ",":
        return ()
    before = subject.left_edge.nbor(-2)
    is_listed = before.dep_ in {"npadvmod", "dep"} and before.head == subject.head and before.pos_ == "PROPN"
    return (before,) if is_listed and before.left_edge.i == subject.sent.start else ()


@of_token
def prepositions(token: Token) -> Tokens:
    """The prepositions that hang on a verb or noun, and those that hang on these ("from A to B", "on A and on B")."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ in {"prep", "agent"} or (child.dep_ in {"dative", "prt", "advmod"} and child.pos_ == "ADP"):
            found.append(child)
            has_object = any(more.dep_ == "pobj" for more in child.children)
            for more in child.children:
                if more.pos_ == "ADP" and (more.dep_ == "conj" or (more.dep_ == "prep" and has_object)):
                    found.append(more)
        elif is_where(child):
            found.append(child)
    return tuple(found)


def nouns_after(verb: Token) -> Iterator[Token]:
    """The objects and prepositional objects of a verb that follow it."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ in {"dobj", "oprd"}:
            yield child
        elif child.dep_ in {"prep", "dative"} and child.pos_ == "ADP":
            yield from (noun for noun in child.children if noun.dep_ == "pobj")


def relative_noun(verb: Token) -> Token | None:
    """The noun that the verb's relative clause describes."""
    while verb.dep_ in {"conj", "xcomp", "ccomp"} and is_verb(verb.head):
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" and is_nominal(verb.head) else None


def infinitives(token: Token) -> Iterator[Token]:
    """The "to" of the infinitives below a verb or noun."""
    for child in token.children:
        if child.dep_ in _INFINITIVES:
            yield from (mark for mark in child.children if mark.tag_ == "TO")


@of_token
def is_passive(verb: Token) -> bool:
    """Whether the surface subject of the verb is its logical object."""
    deps = {child.dep_ for child in verb.children}
    if deps & {"nsubjpass", "auxpass"}:
        return True
    if "agent" in deps and verb.tag_ in {"VBN", "VBD"} and "aux" not in deps:
        # Parsers give a subject to the participle of "Oslo, bombed by X, fell silent", or take it for a past tense.
        return True
    if verb.tag_ != "VBN" or deps & {"nsubj", "aux"}:
        return False
    if verb.dep_ in {"acl", "amod", "advcl", "relcl"}:
        return True
    return verb.dep_ == "conj" and is_verb(verb.head) and is_passive(verb.head)
