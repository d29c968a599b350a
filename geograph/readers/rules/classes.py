"""Words by the classes of the ontology: what is of which class, what counts something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geograph.readers.rules.dependencies import is_nominal, lemma, says
from geograph.syntax import Token


@dataclass(frozen=True)
class Classes:
    """Knows the word classes of `ontologies/words/frames.ttl`."""

    words: Mapping[str, frozenset[str]]

    def of_class(self, token: Token, name: str) -> bool:
        """Whether the token is a word of the class."""
        return says(token, self.words.get(name, frozenset()))

    def outermost(self, noun: Token) -> Token:
        """The noun, or the quantity that it is counted in ("a series of attacks"); the first of joined nouns."""
        head = noun.head
        if noun.dep_ == "conj" and is_nominal(head):
            return self.outermost(head)
        if noun.dep_ == "pobj" and lemma(head) == "of" and self.of_class(head.head, "QUANTITY"):
            return self.outermost(head.head)
        return noun
