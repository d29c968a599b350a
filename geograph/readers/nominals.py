"""How certain an event is that a noun names, by where the noun stands: the talks will begin, a visit is unlikely.

What is said of a definite noun ("the attack") presupposes the event; an indefinite one ("an attack", "talks") is as
certain as the clause that it stands in, whatever the verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geograph.model import Status
from geograph.readers.clauses import auxiliaries, is_in, is_past, is_verb, keys
from geograph.readers.modality import VALUES, Step, effect_of, governed, in_itself, is_negated
from geograph.syntax import Token

Words = Mapping[str, frozenset[str]]
NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "attr", "pobj", "compound", "nmod"})
"""Where nouns stand; a word there is one, whatever the tagger takes it for ("claims")."""
_FAMILIES = ("OVER_NOUN", "OVER")
_PREDICATES = ("acomp", "oprd", "attr")
_LOOSE = frozenset({"of", "for", "to", "on", "against"})
_TOPIC = frozenset({"about", "over", "around"})


def from_noun(node: Token, status: Status, words: Words, trigger: frozenset[int]) -> Step:
    """The step up from an event noun."""
    head = node.head
    if node.dep_ in ("dobj", "nsubjpass") and is_in(head, "ANNOUNCE", words) and is_in(node, "TAKES_PLACE", words):
        return Step(in_itself(head, governed(status, "planned"), words), head)
    if head.i in trigger and is_verb(head):
        return Step(in_itself(head, status, words), head)
    match node.dep_:
        case "acomp":
            return Step(in_itself(head, status, words), head)
        case "attr" if aim := next((c for c in head.children if c.dep_ == "nsubj"), None):
            # "our goal remains a treaty"
            said = effect_of(aim, ("PREDICATE", "OVER_THAT", "OVER"), words) or "same"
            return Step(in_itself(head, governed(status, said), words), head)
        case "dobj" | "nsubjpass" if _is_answered(node, head, status, words):
            return Step(status, None)  # a request that is refused was made
        case "dobj" if head.dep_ == "prep" and is_in(head, "PENDING", words):
            return Step(governed(status, "possible"), None)  # "barring an attack"
        case "nsubjpass" if value := _put_where(head, words):
            return Step(governed(status, value), None)
        case "nsubjpass" if _is_other_matter(head, words):
            return _in_clause(node, head, status, words)
        case "dobj" | "dative" | "attr" | "oprd" | "nsubjpass" if is_verb(head) or node.dep_ == "nsubjpass":
            value = "same" if node.dep_ == "attr" else effect_of(head, _FAMILIES, words)
            if value is None:
                return _in_clause(node, head, status, words)
            if value != "same" and was_not_barred(head, words):
                return Step(status, head)
            return Step(in_itself(head, governed(status, value), words), head)
        case "nsubj":
            return _from_subject(node, head, status, words)
        case "pobj":
            return from_preposition(node, status, words, trigger, _FAMILIES)
        case "compound" | "nmod":
            value = effect_of(head, _FAMILIES, words)
            return Step(governed(status, value), head) if value else Step(status, None)
        case _:
            return Step(status, None)


def is_definite(noun: Token, words: Words) -> bool:
    """Whether a noun is spoken of as known: the attack, its attack, Iran's attack."""
    return any(
        child.dep_ == "poss" or (child.dep_ in ("det", "predet") and is_in(child, "DEFINITE", words))
        for child in noun.children
    )


def was_not_barred(verb: Token, words: Words) -> bool:
    """Whether a verb of preventing or failing is denied of the past: did not stop it from attacking, and so it did."""
    bars = is_in(verb, "BARS", words) and is_negated(verb, words)
    helpers = auxiliaries(verb)
    return bars and (is_past(verb) or any(h.lemma_ == "have" for h in helpers)) and all(h.tag_ != "MD" for h in helpers)


def from_preposition(
    node: Token, status: Status, words: Words, trigger: frozenset[int], families: tuple[str, ...]
) -> Step:
    """The step up from a noun or gerund behind a preposition, to the word that the preposition hangs on."""
    preposition, governor = node.head, node.head.head
    if any(is_in(word, "WITHOUT", words) for word in (preposition, governor, *preposition.children)):
        return Step(governed(status, "denied"), None)
    if any(is_in(word, "PENDING", words) for word in (preposition, governor)):
        return Step(governed(status, "possible"), None)
    if governor.i in trigger:
        return Step(in_itself(governor, status, words), governor)
    if is_in(governor, "SHARE", words) and any(agents(node)):
        return Step(status, None)  # "denied a part in the attack by another": the attack stands
    value = effect_of(governor, families, words, preposition) if governor != preposition else None
    things = [child for child in governor.children if child.dep_ == "dobj" and governor.i < child.i < preposition.i]
    if value is None and things and is_in(things[-1], "THING_FOR", words) and preposition.lower_ == "for":
        return Step(in_itself(governor, governed(status, "possible"), words), governor)  # "laid the groundwork for"
    if value is not None and _effect_is_of(governor, preposition, node, families, words):
        if value != "same" and is_verb(governor) and was_not_barred(governor, words):
            return Step(status, governor)
        return Step(in_itself(governor, governed(status, value), words), governor)
    if ahead := _on_the_way(preposition, governor, families, words):
        return Step(in_itself(governor, governed(status, ahead), words), governor)
    if is_in(preposition, "DONE_BEFORE", words):
        return Step(status, None)
    gerund = node.dep_ == "pcomp" and is_verb(node)
    if gerund and value != "same" and not is_in(preposition, "DONE_WITH", words):
        # "looks forward to hosting", "interested in buying", "talk of joining": to be done, if ever.
        return Step(in_itself(governor, governed(status, value or "possible"), words), governor)
    if is_verb(governor) and (gerund or (is_in(node, "TAKES_PLACE", words) and not is_definite(node, words))):
        return Step(in_itself(governor, status, words, soft=True), governor)
    return Step(status, None)


def _on_the_way(preposition: Token, verb: Token, families: tuple[str, ...], words: Words) -> str | None:
    """What a noun between a verb and a preposition makes of what follows: is on course for talks, paved the way for."""
    noun = preposition.nbor(-1) if preposition.i > preposition.sent.start else verb
    phrase = noun.head if noun.dep_ == "pobj" else noun
    if not is_verb(verb) or noun == verb or phrase.head != verb or noun.dep_ not in ("pobj", "dobj"):
        return None
    pair = f"{noun.lemma_} {preposition.lower_}"
    return next((v for f in families for v in VALUES if v != "same" and pair in words.get(f"{f}.{v}", ())), None)


def agents(noun: Token) -> Iterator[Token]:
    """The phrases of an event noun that name who did it: by another, another's."""
    return (c for c in noun.children if c.dep_ == "poss" or (c.dep_ in ("prep", "agent") and c.lower_ == "by"))


def _effect_is_of(governor: Token, preposition: Token, node: Token, families: tuple[str, ...], words: Words) -> bool:
    """Whether the effect lies in the word with its preposition, or the word is a noun or adjective."""
    pairs = {key for key in keys(governor, preposition) if " " in key}
    names = (f"{family}.{value}" for family in families for value in VALUES)
    if any(pairs & words.get(name, frozenset()) for name in names):
        return True
    topic = preposition.lower_ in _TOPIC and not is_definite(node, words)
    return not is_verb(governor) and (preposition.lower_ in _LOOSE or topic)


def without_verb(noun: Token, status: Status, words: Words) -> Status | None:
    """The status of an event noun that a headline says something of without a verb: summit in doubt."""
    phrases = [
        noun
        for child in noun.children
        if child.dep_ == "prep" and child.lower_ in ("in", "on")
        for noun in child.children
    ]
    values = [value for phrase in phrases if (value := effect_of(phrase, ("PREDICATE",), words))]
    return governed(status, values[0]) if values and not is_verb(noun) else status


def _is_answered(request: Token, verb: Token, status: Status, words: Words) -> bool:
    """Whether a request is itself the event, and is refused or heeded: what it asks for is another matter."""
    return status is Status.ACTUAL and is_in(request, "REQUESTED", words) and is_in(verb, "ANSWERED", words)


def _put_where(verb: Token, words: Words) -> str | None:
    """What the place to which an event is put makes of it: put on ice, held in abeyance."""
    phrases = (noun for c in verb.children if c.dep_ == "prep" and c.lower_ in ("on", "in") for noun in c.children)
    values = (effect_of(noun, ("PUT",), words) for noun in phrases)
    return next((value for value in values if value), None)


def _begins_first(clause: Token, words: Words) -> bool:
    """Whether a clause says that its verb's subject ended before it began."""
    begins = clause.dep_ in ("advcl", "pcomp") and is_in(clause, "BEGINS", words)
    return (
        begins
        and any(child.lower_ == "before" for child in clause.children)
        and any(child.lower_ in ("it", "they") for child in clause.children if child.dep_ in ("nsubj", "nsubjpass"))
    )


def _is_other_matter(word: Token, words: Words) -> bool:
    """Whether a word has an infinitive that presupposes the event: sanctions that are unlikely to be lifted."""
    return any(
        child.dep_ == "xcomp" and not (is_in(child, "HAPPEN", words) or is_in(child, "OVER_NOUN.same", words))
        for child in word.children
    ) or any(
        child.dep_ == "advcl" and child.i > word.i and any(mark.lower_ == "for" for mark in child.children)
        for child in (*word.children, *word.head.children)  # "is open for others to join"
    )


def _in_clause(noun: Token, verb: Token, status: Status, words: Words) -> Step:
    """The step from a noun to a verb that changes nothing by itself: what is not yet known may not have happened."""
    if verb.tag_ == "VBG" and is_in(verb, "ARRANGES", words) and is_in(noun, "MEETING_NOUN", words):
        return Step(in_itself(verb, governed(status, "planned"), words), verb)
    part = is_in(verb, "TAKES_PART", words) and is_in(noun, "MEETING_NOUN", words)
    if is_definite(noun, words) and not part:
        return Step(status, None)
    return Step(in_itself(verb, status, words, soft=True), verb)


def _from_subject(noun: Token, verb: Token, status: Status, words: Words) -> Step:
    """An event noun as subject: the talks will begin, a visit is likely, the visit would improve ties."""
    said = [child for child in verb.children if child.dep_ in _PREDICATES]
    phrases = [noun for child in verb.children if child.dep_ == "prep" for noun in child.children]
    far = (
        [child for child in verb.children if child.dep_ == "advmod" and child.i > verb.i] if verb.lemma_ == "be" else []
    )
    for word in (*said, *far, *(phrases if verb.lemma_ == "be" else ())):
        if _is_other_matter(word, words):
            return _in_clause(noun, verb, status, words)
        # "was important" praises a visit that was made, "is important" asks for one.
        bare = word.dep_ in ("attr", "pobj", "advmod") or is_past(verb)
        value = effect_of(word, ("PREDICATE",) if bare else ("PREDICATE", "OVER_TO", "OVER"), words)
        if value is None:
            continue
        if is_negated(verb, words):
            return Step(status if is_in(word, "DOUBT", words) else None, None)
        return Step(in_itself(verb, governed(status, value), words), verb)
    if verb.lemma_ == "be" and said and is_negated(verb, words):
        # "was no success" tells of a visit that was made; "is not final" leaves a deal open.
        return Step(status if said[0].dep_ == "attr" else None, None)
    if any(_begins_first(child, words) for child in verb.children):
        return Step(governed(status, "denied"), None)  # "broke down before they began"
    came = not any(child.dep_ == "xcomp" for child in verb.children)
    if came and verb.tag_ == "VBD" and is_in(verb, "COLLAPSE", words) and is_in(noun, "TRIED", words):
        return Step(status, None)  # "the attack failed"
    if verb.tag_ in ("VBD", "VBN") and not auxiliaries(verb) and not any(c.dep_ == "dobj" for c in verb.children):
        value = effect_of(verb, _FAMILIES, words) if not is_in(verb, "GOES_ON", words) else None
        if value not in (None, "same"):
            return Step(governed(status, value or "same"), None)  # "attack on port thwarted", "talks planned"
    if is_in(verb, "AMOUNTS_TO", words) and verb.tag_ in ("VBZ", "VBP") and not is_definite(noun, words):
        return Step(governed(status, "possible"), None)  # "an attack on it means war"
    if is_in(verb, "COMES_TO_NOTHING", words):
        return Step(governed(status, "denied"), None)
    if is_in(verb, "COLLAPSE", words) and is_in(noun, "PACT", words):
        return Step(None, None)
    if any(child.dep_ == "xcomp" and is_in(child, "HAPPEN", words) for child in verb.children):
        value = effect_of(verb, ("OVER_TO", "OVER"), words)
        return Step(in_itself(verb, governed(status, value or "same"), words), verb)
    duty = any(is_in(helper, "MODAL_DUTY", words) for helper in auxiliaries(verb))
    if is_in(verb, "GOES_ON", words) and (duty or is_in(noun, "LONG_EVENT", words)):
        return Step(status, None)  # what may end, or must stop, goes on
    if is_in(verb, "HAPPEN", words):
        return Step(in_itself(verb, status, words), verb)
    if is_in(noun, "TAKES_PLACE", words) or not is_definite(noun, words):
        return Step(in_itself(verb, status, words, soft=True), verb if not is_definite(noun, words) else None)
    return Step(status, None)
