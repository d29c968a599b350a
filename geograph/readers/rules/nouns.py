"""Noun triggers: the arguments around an event noun ("Quispe's visit to", "talks between", "U.S. sanctions on")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geograph.readers.rules.dependencies import Tokens, is_agent, is_preposition, is_verb, lemma, prepositions, says
from geograph.readers.rules.lexicon import Entry
from geograph.readers.rules.steps import Match, Mentions, State, Steps
from geograph.readers.rules.triggers import AnyVerb, Fill, Slot, Step, That, Word
from geograph.readers.rules.verbs import apposed
from geograph.syntax import Token

_TOGETHER = frozenset({"between", "among", "amongst", "by", "of"})
_WITH = frozenset({"with"})
_INVOLVE = frozenset({"involve"})


@dataclass(frozen=True)
class _Noun:
    """An event noun, the last word of its trigger before the slots, and the verb whose subject acts in it.

    `is_light` tells whether that verb carries the event itself ("paid a visit") or only governs it ("planned a visit").
    """

    token: Token
    anchor: Token
    verb: Token | None
    is_light: bool
    pending: tuple[tuple[Word, Fill], ...]

    def asks_for(self, preposition: str) -> bool:
        """Whether the trigger has the preposition before a slot other than the subject's."""
        return any(preposition in word.lemmas and Slot.SUBJECT not in fill.slots for word, fill in self.pending)


@dataclass(frozen=True)
class Nouns:
    """Matches noun triggers in one reading."""

    steps: Steps

    def matches(self, entry: Entry, token: Token) -> Iterator[Match]:
        """The ways in which a noun trigger matches at a noun of its lemma."""
        if token.dep_ in {"compound", "nmod"} or not says(token, entry.trigger.head.lemmas):
            return
        state = State(token, token, (token,))
        pending: list[tuple[Word, Fill]] = []
        previous: Step = entry.trigger.head
        steps = entry.trigger.steps
        for index, step in enumerate(steps):
            following: State | None = state
            if isinstance(step, Fill) and isinstance(previous, Word) and index:
                pending.append((previous, step))
            elif isinstance(step, Fill) and not isinstance(previous, AnyVerb | That):
                following = next(self.steps.filled(step, apposed(token), state, entry), None)
            elif not isinstance(step, Word) or index + 1 == len(steps) or not isinstance(steps[index + 1], Fill):
                following = next(self.steps.step(step, state, entry), None)
            if following is None:
                return
            state, previous = following, step
        yield from self._filled(entry, state, _Noun(token, state.at, *self._governor(token), tuple(pending)))

    def _governor(self, token: Token) -> tuple[Token | None, bool]:
        """The verb whose subject acts in the event, and whether it is a light verb."""
        clauses = self.steps.clauses
        verb = clauses.governor(token)
        if verb is None:
            return None, False
        is_light = clauses.of_class(verb, "LIGHT")
        return (verb if is_light or clauses.of_class(verb, "GOVERNING") else None), is_light

    def _filled(self, entry: Entry, state: State, noun: _Noun) -> Iterator[Match]:
        for word, fill in noun.pending:
            if len(fill.slots) > 1:
                yield from (
                    self._involved(entry, state, noun) if word.lemmas & _INVOLVE else self._together(entry, state, noun)
                )
                return
            if fill.slots[0] is Slot.SUBJECT and word.lemmas & {"of", "by"}:
                continue
            filled = self._complement(entry, state, noun, word, fill)
            if filled is None:
                return
            state = filled
        if state.subjects:
            yield Match(state.words, state.subjects, state.objects, state.item)
        else:
            yield from self._acted(entry, state, noun)

    def _complement(self, entry: Entry, state: State, noun: _Noun, word: Word, fill: Fill) -> State | None:
        """The state with the slot after a preposition filled, None where nothing fits."""
        token, clauses = noun.token, self.steps.clauses
        if token.dep_ == "nsubj" and is_verb(token.head) and says(token.head, word.lemmas):
            said = state._replace(words=(*state.words, token.head))
            return next(self.steps.filled(fill, clauses.objects(token.head), said, entry), None)
        for preposition in self._around(noun, word.lemmas):
            for filled in self.steps.filled(fill, clauses.prepositional_objects(preposition), state, entry):
                return filled._replace(words=(*filled.words, preposition))
        if "of" not in word.lemmas:
            return None
        if fill.slots[0] is Slot.ITEM:
            compounds = tuple(child for child in token.children if child.dep_ in {"compound", "nmod"})
            return next(self.steps.filled(fill, compounds, state, entry), None)
        owners = self.steps.ends.owners(noun.anchor)
        if noun.anchor == token:
            # "Kyiv's bombardment by Russia", "Russia's Ukraine invasion": the one that is not the actor.
            owned = bool(owners) and owners[0].dep_ == "poss"
            if self._after(noun, {"by"}) or noun.verb is not None:
                owners = tuple(owner for owner in owners if owner.pos_ != "ADJ")
            else:
                names = tuple(name for name in self.steps.ends.nations(token) if name.pos_ == "PROPN")
                owners = tuple(name for name in names if name.dep_ != "poss") if owned else ()
        return next(self.steps.filled(fill, owners, state, entry), None)

    def _acted(self, entry: Entry, state: State, noun: _Noun) -> Iterator[Match]:
        """The match with the subject of a noun: by-phrase, possessor, demonym, of-phrase, from-phrase, light verb."""
        own = [self._after(noun, {"by"}), self.steps.ends.owners(noun.token)]
        own += [self._after(noun, {word}) for word in ("of", "from") if not noun.asks_for(word)]
        own.append(self.steps.ends.claimants(noun.token))
        for tokens in own:
            subjects = self._acting(tokens, entry, state)
            if subjects:
                yield Match(state.words, subjects, state.objects, state.item)
                return
        for verb, alternatives in self._shared(noun):
            for tokens in alternatives:
                subjects = self._acting(tokens, entry, state)
                if subjects:
                    words = (verb, *state.words) if verb is not None and noun.is_light else state.words
                    yield Match(words, subjects, state.objects, state.item)
                    return
        if state.item is not None:
            # "The sale of French submarines to India": whose they are.
            subjects = self._acting(self.steps.ends.nations(self.steps.counted(state.item)), entry, state)
            if subjects:
                yield Match(state.words, subjects, state.objects, state.item)

    def _acting(self, tokens: Tokens, entry: Entry, state: State) -> Mentions:
        taken = {mention.entity for mention in state.objects}
        found = self.steps.ends.of(tokens, entry.domain, acting=True)
        return tuple(mention for mention in found if mention.entity not in taken)

    def _shared(self, noun: _Noun) -> Iterator[tuple[Token | None, Iterator[Tokens]]]:
        """The verbs whose subject is the noun's too: a light verb, or that of "arrived for talks with"."""
        clauses = self.steps.clauses
        if noun.verb is not None:
            yield noun.verb, clauses.subjects(noun.verb)
            return
        outer = clauses.outermost(noun.token)
        owners = [child for child in noun.token.children if child.dep_ == "poss"]
        # An owner that resolves was tried before; a pronoun that does not is the subject of the clause.
        if outer.dep_ != "pobj" or any(owner.pos_ != "PRON" or self.steps.ends.at(owner) for owner in owners):
            return
        preposition, above = outer.head, outer.head.head
        of_class = clauses.of_class
        name = "SHARED_FRAME" if of_class(noun.token, "SHARED_FRAME") else "SHARED_SUBJECT"
        if of_class(noun.token, name) and of_class(preposition, f"{name}_PREPOSITION"):
            while not is_verb(above) and above.dep_ not in {"nsubj", "nsubjpass", "ROOT"}:
                above = above.head
            if is_verb(above):
                yield None, clauses.surface_subjects(above)
            elif above.dep_ != "ROOT":
                yield None, iter([(above,)])
        elif lemma(preposition) == "in" and of_class(noun.token, "RAID") and of_class(above, "HARM"):
            yield None, clauses.subjects(above)

    def _involved(self, entry: Entry, state: State, noun: _Noun) -> Iterator[Match]:
        """The matches of what several share by a verb: "a project involving A and B", "a pipe that links A and B"."""
        clauses = self.steps.clauses
        for verb in noun.token.children:
            objects = clauses.objects(verb) if clauses.of_class(verb, "INVOLVING") and is_verb(verb) else ()
            both = self.steps.ends.of(objects, entry.domain & entry.range, acting=True)
            if len(both) > 1 and noun.token not in objects:
                yield Match((*state.words, verb), both, both, pairs=True)

    def _together(self, entry: Entry, state: State, noun: _Noun) -> Iterator[Match]:
        """The matches of a reciprocal noun: "talks between A and B", "A's talks with B", "A-B talks"."""
        types = entry.domain & entry.range
        ends, clauses = self.steps.ends, self.steps.clauses
        for preposition in self._around(noun, _TOGETHER):
            both = ends.of(clauses.prepositional_objects(preposition), types, acting=True)
            if len(both) > 1:
                yield Match((*state.words, preposition), both, both, pairs=True)
                return
        pair = ends.hyphened(noun.token)
        if pair and all(mention.type in types for mention in pair):
            yield Match(state.words, pair, pair, pairs=True)
            return
        for preposition in self._around(noun, _WITH):
            partners = ends.of(clauses.prepositional_objects(preposition), entry.range, acting=True)
            if partners:
                state = state._replace(objects=partners, words=(*state.words, preposition))
                yield from self._acted(entry, state, noun)
                return
        both = ends.of(ends.owners(noun.token), types, acting=True)
        if len(both) > 1:
            yield Match(state.words, both, both, pairs=True)
        elif noun.verb is None and any(clauses.of_class(child, "JOINT") for child in noun.token.children):
            # "In a joint statement, A and B deplored"
            for _, alternatives in self._shared(noun):
                for both in (ends.of(tokens, types, acting=True) for tokens in alternatives):
                    if len(both) > 1:
                        yield Match(state.words, both, both, pairs=True)
                        return
        elif noun.verb is not None:
            for tokens in clauses.subjects(noun.verb):
                both = ends.of(tokens, types, acting=True)
                if len(both) > 1:
                    words = (noun.verb, *state.words) if noun.is_light else state.words
                    yield Match(words, both, both, pairs=True)
                    return

    def _around(self, noun: _Noun, lemmas: frozenset[str]) -> Iterator[Token]:
        """The prepositions that belong to a noun: its own, its quantity's, its light verb's, those of a neighbour."""
        token, verb, clauses = noun.token, noun.verb, self.steps.clauses
        places = [token, noun.anchor, clauses.outermost(token), *token.conjuncts[:1]]
        if verb is not None:
            places.append(verb)
            places += [agent for tokens in clauses.subjects(verb) for agent in tokens if agent.i > verb.i]
        elif token.dep_ in {"dobj", "nsubj", "nsubjpass"}:
            places.append(token.head)
        for made in (child for child in token.children if child.dep_ == "acl" and child.tag_ == "VBN"):
            places += [made, *(agent for tokens in clauses.subjects(made) for agent in tokens)]
        places += [inner for p in prepositions(token) for inner in clauses.prepositional_objects(p) if inner.i > p.i]
        seen: set[int] = set()
        for preposition in (*(p for place in places for p in self._of_place(place, noun)), *_beside(token)):
            if preposition.i not in seen and is_preposition(preposition, lemmas):
                seen.add(preposition.i)
                yield preposition

    @staticmethod
    def _of_place(place: Token, noun: _Noun) -> Iterator[Token]:
        """The prepositions of a word that may be the noun's: after a verb only, and "of" only on the noun itself."""
        own = place in (noun.token, noun.anchor)
        follows = not is_verb(place) or place.dep_ in {"acl", "relcl"}
        for preposition in prepositions(place):
            if is_agent(preposition) or not (own or lemma(preposition) != "of"):
                continue
            if follows or preposition.i > noun.token.i:
                yield preposition

    def _after(self, noun: _Noun, lemmas: set[str]) -> Tokens:
        """What stands after one of the prepositions of a noun; "by" may hang on a neighbour ("killing of [X by Y]")."""
        found = [preposition for preposition in prepositions(noun.token) if lemma(preposition) in lemmas]
        if not found and lemmas == {"by"}:
            found = list(self._around(noun, frozenset(lemmas)))
        return tuple(token for preposition in found for token in self.steps.clauses.prepositional_objects(preposition))


def _beside(noun: Token) -> Iterator[Token]:
    """A preposition right after a noun that hangs on a verb above it ("killed in [strikes] [on Gaza]")."""
    above, edge = noun.head, noun.right_edge.i + 1
    while above.pos_ == "ADP" and above.head != above:
        above = above.head
    if is_verb(above):
        yield from (preposition for preposition in prepositions(above) if preposition.i == edge)
