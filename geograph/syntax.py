"""The parse of an article in plain Python: words with their grammar, the tree over them, sentences and names.

Reading asks the same words for the same things again and again, and spaCy makes a new object for every word and a new
string for every answer. Here both are made once an article. Names and meanings are spaCy's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, count, pairwise, repeat
from typing import TYPE_CHECKING, Any, NamedTuple, overload

if TYPE_CHECKING:
    from spacy.tokens import Doc as Parsed

_STRINGS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
_names: dict[int, str] = {}
"""Strings by the numbers that spaCy has for them, which are the same in all of its vocabularies."""


class Token:
    """A word of an article with its place in the tree. Two are equal only if they are the same."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_type_",
        "head",
        "i",
        "idx",
        "lefts",
        "lemma_",
        "lower_",
        "pos_",
        "rights",
        "tag_",
        "text",
        "whitespace_",
    )

    def __init__(
        self,
        doc: Doc,
        i: int,
        idx: int,
        text: str,
        lower: str,
        lemma: str,
        pos: str,
        tag: str,
        dep: str,
        ent_type: str,
        whitespace: str,
    ) -> None:
        self.doc = doc
        self.i = i
        self.idx = idx
        self.text = text
        self.lower_ = lower
        self.lemma_ = lemma
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.ent_type_ = ent_type
        self.whitespace_ = whitespace
        self.head = self
        self.lefts: tuple[Token, ...] = ()
        self.rights: tuple[Token, ...] = ()
        self.children: tuple[Token, ...] = ()

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def text_with_ws(self) -> str:
        """The word with the space after it."""
        return self.text + self.whitespace_

    @property
    def sent(self) -> Span:
        """The sentence of the word."""
        return self.doc.sentence(self.i)

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins with the word."""
        return self.doc.sentence(self.i).start == self.i

    @property
    def left_edge(self) -> Token:
        """The first word of what hangs on this one, itself if nothing hangs before it."""
        return self.doc[self.doc.parsed[self.i].left_edge.i] if self.children else self

    @property
    def right_edge(self) -> Token:
        """The last word of what hangs on this one, itself if nothing hangs after it."""
        return self.doc[self.doc.parsed[self.i].right_edge.i] if self.children else self

    @property
    def ancestors(self) -> Iterator[Token]:
        """The words above this one, up to the root of its sentence."""
        node = self
        while node.head is not node:
            node = node.head
            yield node

    @property
    def subtree(self) -> Iterator[Token]:
        """The word with all that hangs on it."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The words that this one is coordinated with."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for token in found:
            found.extend(child for child in token.rights if child.dep_ == "conj")
        return tuple(token for token in found if token is not self)

    def nbor(self, distance: int = 1) -> Token:
        """The word so many words on. Raises IndexError where the article has none."""
        if self.i + distance < 0:
            raise IndexError(f"no word {-distance} before {self.text!r}")
        return self.doc[self.i + distance]

    @property
    def is_alpha(self) -> bool:
        """Whether the word is of letters alone."""
        return self.text.isalpha()

    @property
    def is_space(self) -> bool:
        """Whether the word is of white space alone."""
        return self.text.isspace()

    @property
    def is_quote(self) -> bool:
        """Whether the word is a quotation mark."""
        return self.doc.parsed[self.i].is_quote

    @property
    def like_num(self) -> bool:
        """Whether the word is a number, in figures or in letters."""
        return self.doc.parsed[self.i].like_num


class Span:
    """Neighbouring words of an article."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        self.end = end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __getitem__(self, i: int) -> Token:
        return self.doc.tokens[self.start : self.end][i]

    @property
    def start_char(self) -> int:
        """Where the first word begins in the text."""
        return self.doc.starts[self.start]

    @property
    def end_char(self) -> int:
        """Where the last word ends in the text."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words as the article has them."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def root(self) -> Token:
        """The word that heads the others."""
        if self.end == self.start + 1:
            return self.doc.tokens[self.start]
        return self.doc.head_of(self.start, self.end)


class Name(NamedTuple):
    """A name that spaCy's tagger saw."""

    label_: str
    start_char: int
    end_char: int


class Doc:
    """The words of an article, their sentences and the names among them; `parsed` is what spaCy made of it."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        columns = [parsed.to_array(name).tolist() for name in _STRINGS]
        for number in set().union(*columns).difference(_names):
            _names[number] = parsed.vocab.strings[number]
        words, *grammar = (list(map(_names.__getitem__, column)) for column in columns)
        spaces = [" " if spaced else "" for spaced in parsed.to_array("SPACY").tolist()]
        self.text = "".join(chain.from_iterable(zip(words, spaces, strict=True)))
        ends = accumulate(len(word) + len(space) for word, space in zip(words, spaces, strict=True))
        self.starts = [0, *ends][: len(words)]
        self.tokens = list(map(Token, repeat(self), count(), self.starts, words, *grammar, spaces))
        self._link(parsed.to_array("HEAD").astype("int64").tolist())
        self._edges = [*(sentence.start for sentence in parsed.sents), len(words)]
        self._roots: dict[tuple[int, int], Token] = {}

    def _link(self, heads: Sequence[int]) -> None:
        """Hang each word on its head, which is so many words on."""
        tokens = self.tokens
        for token, distance in zip(tokens, heads, strict=True):
            if distance:
                token.head = head = tokens[token.i + distance]
                head.children += (token,)
                if distance > 0:
                    head.lefts += (token,)
                else:
                    head.rights += (token,)

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice[Any, Any, Any]) -> Span: ...
    def __getitem__(self, key: int | slice[Any, Any, Any]) -> Token | Span:
        if isinstance(key, int):
            return self.tokens[key]
        start, end, _ = key.indices(len(self.tokens))
        return Span(self, start, max(start, end))

    @property
    def sents(self) -> Iterator[Span]:
        """The sentences in order."""
        for start, end in pairwise(self._edges):
            yield Span(self, start, end)

    def sentence(self, i: int) -> Span:
        """The sentence of word `i`."""
        number = bisect_right(self._edges, i)
        return Span(self, self._edges[number - 1], self._edges[number])

    def head_of(self, start: int, end: int) -> Token:
        """The word that heads those from `start` to `end`; of the same name each step of reading asks."""
        found = self._roots.get((start, end))
        if found is None:
            found = self._roots[start, end] = self.tokens[self.parsed[start:end].root.i]
        return found

    @property
    def ents(self) -> Iterator[Name]:
        """The names that the tagger saw, in order."""
        for name in self.parsed.ents:
            yield Name(name.label_, name.start_char, name.end_char)

    def touched(self, start: int, end: int) -> Span | None:
        """The words that a stretch of the text touches, None where it begins or ends outside the text.

        White space belongs to the word before it at the end of a stretch, to none at its beginning.
        """
        if start < 0 or end < 1 or max(start, end - 1) >= len(self.text):
            return None
        first, last = (bisect_right(self.starts, offset) - 1 for offset in (start, end - 1))
        token = self.tokens[first]
        return Span(self, first + (start == token.idx + len(token.text)), last + 1)
