"""The words near what a trigger has matched: what hangs on it and may be its next word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geograph.readers.rules.clauses import Clauses
from geograph.readers.rules.dependencies import (
    PLACE_PREPOSITIONS,
    Tokens,
    complements,
    forms,
    infinitives,
    is_agent,
    is_bare,
    is_measure,
    is_passive,
    is_verb,
    is_where,
    lemma,
    prepositions,
)
from geograph.readers.rules.ends import Ends
from geograph.readers.rules.memory import of_object
from geograph.syntax import Token

_VERB_PARTS = {"prt", "advmod", "oprd", "acomp", "attr", "xcomp", "npadvmod"}
_NOUN_PARTS = {"acomp", "pcomp", "amod", "advmod", "acl"}


@dataclass(frozen=True)
class Near:
    """Finds the words near others in one reading, and what they can be taken for."""

    ends: Ends
    clauses: Clauses

    def is_word(self, token: Token, lemmas: frozenset[str]) -> bool:
        """Whether the token is one of `lemmas`, or counts one ("a round of sanctions")."""
        return not lemmas.isdisjoint(self._names(token))

    @of_object
    def _names(self, token: Token) -> frozenset[str]:
        """All words that the token can be taken for."""
        return forms(token) | (PLACE_PREPOSITIONS if is_where(token) else frozenset()) | forms(self.counted(token))

    def counted(self, noun: Token) -> Token:
        """The noun that a quantity counts ("thousands of soldiers"), or the noun itself."""
        if noun.pos_ == "NUM" or self.clauses.of_class(noun, "QUANTITY"):
            for preposition in prepositions(noun):
                if lemma(preposition) == "of":
                    for inner in self.clauses.prepositional_objects(preposition):
                        return self.counted(inner)
        return noun

    @of_object
    def near(
        self, at: Token, verb: Token, item: Token | None, clause: bool, loose: bool
    ) -> tuple[Tokens, frozenset[str]]:
        """The words that belong to what has matched, and all that they can be taken for."""
        near = tuple(self._hanging(at, verb, item, clause, loose))
        return near, frozenset().union(*map(self._names, near))

    def _hanging(self, at: Token, verb: Token, item: Token | None, clause: bool, loose: bool) -> Iterator[Token]:
        """Words in the same clause that belong to what has matched."""
        clauses = self.clauses
        if at.tag_ == "TO":
            yield at.head
        if at != verb or not is_verb(verb):
            yield from prepositions(at)
            yield from clauses.prepositional_objects(at)
            yield from (child for child in at.children if child.dep_ in _NOUN_PARTS)
        yield from infinitives(at)
        if clause:
            # "hopes that Iran will": the auxiliaries of the clause.
            for verb_of_clause in complements(at):
                yield from (aux for aux in verb_of_clause.children if aux.dep_ == "aux")
                yield verb_of_clause
        if item is not None and item.dep_ == "pobj":
            yield from prepositions(item)
        if not is_verb(verb):
            return
        objects = clauses.objects(verb)
        yield from objects
        agents = verb.dep_ == "acl" and at == verb
        yield from (preposition for preposition in prepositions(verb) if agents or not is_agent(preposition))
        yield from (child for child in verb.children if child.dep_ in _VERB_PARTS or _is_predicate(child))
        yield from infinitives(verb)
        for thing in objects:
            yield from (p for p in prepositions(thing) if lemma(p) != "of" and (p.i > verb.i or is_passive(verb)))
        if loose:
            yield from self._misplaced(verb, objects)

    def _misplaced(self, verb: Token, objects: Tokens) -> Iterator[Token]:
        """Prepositions after the verb that hang on a name or measure before them ("imposed by [the EU on Russia]")."""
        after = self.clauses.prepositional_objects
        nouns = [noun for p in prepositions(verb) for noun in after(p) if noun.i > verb.i]
        nouns += [noun for thing in objects for p in prepositions(thing) for noun in after(p)]
        for noun in nouns:
            if is_measure(noun) or self.ends.is_named(noun):
                yield from (p for p in prepositions(noun) if lemma(p) != "of" and not is_agent(p))


def _is_predicate(token: Token) -> bool:
    """Whether parsers take what an object is called for a clause ("declared the envoy persona non grata")."""
    return token.dep_ == "ccomp" and is_bare(token)
