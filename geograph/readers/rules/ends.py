"""From an argument of a predicate to the actors and places that it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from geograph.model import EntityType, Mention, Via
from geograph.readers.protocol import Reading
from geograph.readers.rules.clauses import Clauses
from geograph.readers.rules.dependencies import Tokens, coordinated, is_verb, lemma, prepositions
from geograph.readers.rules.memory import of_object
from geograph.syntax import Token

_NATIONS = {"amod", "compound", "nmod", "npadvmod", "nsubj"}
_OF, _FROM, _BY = frozenset({"of"}), frozenset({"from"}), frozenset({"by"})
_BETWEEN = frozenset({"between", "among"})
_DEEDS = ("DEED", "ACT", "OFFER")
_IN, _FOR = frozenset({"in"}), frozenset({"for"})
_WORKING = {"working", "acting"}
_WHERE = frozenset({"in", "inside", "near", "at", "across", "around", "outside"})
_BODIES = frozenset({EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.GROUP})
_HYPHENS = {"-", "–", "/"}
_DEPTH = 4


@dataclass(frozen=True)
class Ends:
    """Finds the resolved mentions that arguments stand for, in one reading."""

    reading: Reading
    clauses: Clauses

    @cached_property
    def _inside(self) -> dict[int, tuple[Mention, ...]]:
        """Mentions by every token that they cover, the longer first."""
        found: dict[int, list[Mention]] = {}
        for mention in self.reading.mentions:
            span = self.reading.tokens(mention.span)
            if mention.entity is not None and span is not None:
                for token in span:
                    found.setdefault(token.i, []).append(mention)
        return {i: tuple(m for m in mentions if m.span == mentions[0].span) for i, mentions in found.items()}

    @of_object
    def of(self, tokens: Tokens, types: frozenset[EntityType], *, acting: bool) -> tuple[Mention, ...]:
        """The mentions that the arguments mean, in text order, of the given types.

        `acting` is true where the argument does something: then goods and soil do not stand for their country.
        """
        found: dict[Mention, None] = {}
        others = (person for token in tokens if self._is_person(token) for person in self._other_persons(token))
        for token in (*tokens, *others):
            for mention in self._of(token, types, acting, _DEPTH):
                found.setdefault(mention)
        return tuple(sorted(found, key=lambda mention: mention.sort_key))

    def at(self, token: Token) -> tuple[Mention, ...]:
        """The mentions whose head is the token, or that the token is a part of where the parse split a name."""
        return self.reading.mentions_at(token) or self._inside.get(token.i, ())

    def is_named(self, noun: Token) -> bool:
        """Whether the noun is a name or has one in apposition."""
        tokens = (noun, *(child for child in noun.children if child.dep_ == "appos"))
        return any(mention.via is Via.NAME for token in tokens for mention in self.at(token))

    @of_object
    def owners(self, noun: Token) -> Tokens:
        """Whose an act is: its possessors, else the nations and names before it ("the Danish offer")."""
        return _before(noun, {"poss"}) or _before(noun, _NATIONS)

    @of_object
    def nations(self, noun: Token) -> Tokens:
        """Whose people or things are: the nations and names before the noun, else its possessors."""
        return _before(noun, _NATIONS) or _before(noun, {"poss"})

    def bodies(self, person: Token) -> Tokens:
        """What stands around a person for the nation or body served: "Danish minister X", "X of Chile"."""
        titles = tuple(child for child in person.children if child.dep_ == "appos")
        nations = tuple(nation for title in titles for nation in (*self.nations(title), *self._after(title, _OF)))
        return (*self.nations(person), *self._after(person, _OF), *nations)

    def hyphened(self, noun: Token) -> tuple[Mention, ...]:
        """The two actors of "the Peru-Chile summit", none if the noun has no such modifier."""
        left = [token for token in noun.lefts for token in token.subtree]
        for token in left:
            if token.text in {"-", "–", "/"} and 0 < token.i < noun.i - 1:
                before, after = self.at(token.nbor(-1)), self.at(token.nbor(1))
                if before and after and before[0].span != after[0].span:
                    return before[0], after[0]
        return ()

    def _of(self, token: Token, types: frozenset[EntityType], acting: bool, depth: int) -> tuple[Mention, ...]:
        if depth == 0:
            return ()
        for found in self._candidates(token, types, acting, depth):
            fitting = tuple(mention for mention in found if mention.type in types)
            if fitting:
                return fitting
        return ()

    def _candidates(
        self, token: Token, types: frozenset[EntityType], acting: bool, depth: int
    ) -> Iterator[tuple[Mention, ...]]:
        def joined(tokens: Tokens) -> tuple[Mention, ...]:
            return tuple(mention for inner in tokens for mention in self._of(inner, types, acting, depth - 1))

        here = self.at(token)
        if here and here[0].via is Via.NOMINAL:
            # "ministers of Kenya and Ethiopia", "Indian and Pakistani troops": one noun, several nations.
            for nations in (joined(self._after(token, _OF)), joined(_before(token, _NATIONS))):
                if len(nations) > 1 and here[0].entity in {mention.entity for mention in nations}:
                    yield nations
        named = tuple(name for child in token.children if child.dep_ == "appos" for name in coordinated(child))
        if self.clauses.of_class(token, "ACTING"):
            named = named or self._other_persons(token)
        if here and here[0].via is not Via.NAME:
            yield tuple(mention for token in named for mention in self.at(token) if mention.via is Via.NAME)
        yield here
        yield joined(named)
        if token.dep_ == "appos":
            yield tuple(m for m in self.at(token.head) if m.type in types)
        clauses = self.clauses
        yield joined(self.marked(token))
        if clauses.of_class(token, "QUANTITY") or token.pos_ in {"NUM", "DET", "PRON"}:
            yield joined(self._after(token, _OF))
        is_place = clauses.of_class(token, "PLACE_NOUN")
        if is_place:
            yield joined(self._after(token, _OF))
        if any(clauses.of_class(token, name) for name in ("ACTING", "RELATIONAL", "PLACE_NOUN", "QUANTITY")):
            yield joined(self.examples(token))
        if clauses.of_class(token, "MILITANT"):
            bodies = types & {EntityType.GROUP, EntityType.ORGANIZATION}
            for inner in (*self.nations(token), *self._after(token, _OF), *self._after(token, _FROM)):
                yield self._of(inner, bodies, acting, depth - 1)
        stands_for = clauses.of_class(token, "ACTING") or clauses.of_class(token, "FORCES")
        if not acting:
            stands_for = stands_for or is_place or clauses.of_class(token, "BELONGING")
        if not acting and any(clauses.of_class(token, name) for name in _DEEDS):
            yield joined(self.owners(token))
            yield joined(self.authors(token))
        if not acting and clauses.of_class(token, "PACT"):
            yield joined(self._after(token, _BETWEEN))
        if stands_for:
            yield joined(self.nations(token))
            yield joined(self._after(token, _OF))
            yield joined(self._after(token, _FROM))
        if acting:
            yield joined(self._senders(token))
        if not acting and not clauses.of_class(token, "RELATIONAL"):
            bodies = types & _BODIES
            owners = _before(token, {"poss"})
            yield tuple(mention for owner in owners for mention in self._of(owner, bodies, acting, depth - 1))
        if not acting and clauses.of_class(token, "LOCATED"):
            yield joined(self._after(token, _WHERE) or self._beside(token, _WHERE))

    def authors(self, deed: Token) -> Tokens:
        """Whose a deed or word is by what follows it: the decision by X, the charges made by X, the way X acted."""
        made = [child for child in deed.children if child.dep_ in {"acl", "relcl"} and is_verb(child)]
        named = (token for verb in made for tokens in self.clauses.subjects(verb) for token in tokens if token != deed)
        return (*self._after(deed, _BY), *named)

    def marked(self, noun: Token) -> Tokens:
        """Whose a noun is by its mark: "a Panama-flagged tanker", "a Greek-owned ship"."""
        marks = (child for child in noun.lefts if child.dep_ == "amod" and self.clauses.of_class(child, "MARK"))
        return tuple(name for mark in marks for name in mark.lefts if name.dep_ in _NATIONS)

    def _senders(self, noun: Token) -> Tokens:
        """Who acts by others: those who fired the rockets, whom hackers work for, in whose country a court sits."""
        clauses = self.clauses
        if clauses.of_class(noun, "STATE_BODY"):
            return self._after(noun, _IN)
        if clauses.of_class(noun, "FORCES"):
            made = [child for child in noun.children if child.dep_ in {"acl", "relcl"}]
            fired = (verb for verb in made if clauses.of_class(verb, "FIRING"))
            return tuple(name for verb in fired for names in clauses.subjects(verb) for name in names if name != noun)
        if clauses.of_class(noun, "ACTING"):
            works = [child for child in noun.children if child.dep_ == "acl" and child.lower_ in _WORKING]
            return tuple(name for verb in works for name in self._after(verb, _FOR))
        return ()

    def claimants(self, deed: Token) -> Tokens:
        """Who owns up to a deed, wherever the parser hung it: "an attack on a hotel in Aden claimed by X"."""
        said = (t for t in deed.subtree if t.i > deed.i and t.dep_ in {"acl", "relcl"} and t.lower_ == "claimed")
        return tuple(name for verb in said for names in self.clauses.subjects(verb) for name in names)

    def examples(self, noun: Token) -> Tokens:
        """The names after "including" or "such as"."""
        found = [p for p in prepositions(noun) if p.lower_ == "including" or (p.lower_ == "as" and _such(p))]
        names = (name for preposition in found for name in preposition.children if name.dep_ == "pobj")
        return tuple(token for name in names for token in coordinated(name))

    def _other_persons(self, token: Token) -> Tokens:
        """The persons whom parsers join to the place before them ("X of Norway and Y of Chile")."""
        joined = self._after(token, _OF)
        if not joined or self._is_person(joined[0]):
            return ()
        # Parsers hang "the manager of X, Ana Quispe" on X.
        beside = (child for noun in joined for child in noun.children if child.dep_ == "appos")
        return tuple(other for other in (*joined, *beside) if self._is_person(other))

    def _is_person(self, token: Token) -> bool:
        found = self.at(token)
        return bool(found) and found[0].type is EntityType.PERSON

    def _beside(self, noun: Token, lemmas: frozenset[str]) -> Tokens:
        """What follows a preposition right after a noun that hangs on its verb ("struck [targets] [in X]")."""
        edge = noun.right_edge.i + 1
        found = [p for p in prepositions(noun.head) if p.i == edge and lemma(p) in lemmas]
        return tuple(token for prep in found for token in self.clauses.prepositional_objects(prep))

    def _after(self, noun: Token, lemmas: frozenset[str]) -> Tokens:
        found = [preposition for preposition in prepositions(noun) if lemma(preposition) in lemmas]
        return tuple(token for prep in found for token in self.clauses.prepositional_objects(prep))


def _before(noun: Token, deps: set[str]) -> Tokens:
    """The modifiers of these kinds before a noun; not the first half of "U.S.-led"."""
    found = [child for child in noun.lefts if child.dep_ in deps and child.nbor(1).text not in _HYPHENS]
    if deps is _NATIONS:
        # "an Islamic State weapons depot": parsers hang the name on the noun in between.
        inner = [child for child in found if child.dep_ == "compound" and child.pos_ == "NOUN"]
        found += [
            name for child in inner for name in child.lefts if name.dep_ in deps and name.pos_ in {"PROPN", "ADJ"}
        ]
    return tuple(token for child in found for token in coordinated(child))


def _such(preposition: Token) -> bool:
    return any(child.lower_ == "such" for child in preposition.children)
