"""Invented facts for the tests of network and view: a small world of imaginary persons and events.

`demo()` is a world of some forty actors; `many()` one of any size; `fact_about()` one fact with its evidence.
"""

from __future__ import annotations

import calendar
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from geograph.model import Article, Claim, Entity, EntityType, Fact, Period, Span, Status
from geograph.ontology import ACTOR_TYPES, Relation

# name: label, family, colour, symmetric, score, sentences with their trigger in brackets
_RELATIONS: dict[str, tuple[str, str, str, bool, float | None, tuple[str, ...]]] = {
    "meets": (
        "meets",
        "diplomacy",
        "#0072B2",
        True,
        2.0,
        (
            "{s} [met] {o}{place}{when}.",
            "{s} [held talks with] {o}{place}{when}, the ministry said.",
            "Reporters saw {s} [meet] {o}{place}{when} for two hours.",
        ),
    ),
    "visits": (
        "visits",
        "diplomacy",
        "#0072B2",
        False,
        1.9,
        (
            "{s} [visited] {o}{when} at the head of a delegation.",
            "{s} [arrived in] {o}{when}.",
            "It was the first time that {s} [travelled to] {o}.",
        ),
    ),
    "contacts": (
        "contacts",
        "diplomacy",
        "#0072B2",
        True,
        1.0,
        ("{s} [spoke by phone with] {o}{when}.", "{s} [wrote to] {o}{when}, an aide said."),
    ),
    "agreesWith": (
        "agrees with",
        "agreement",
        "#117733",
        True,
        6.5,
        ("{s} and {o} [signed] {item}{place}{when}.", "{s} [reached] {item} with {o}{when}."),
    ),
    "supplies": (
        "supplies",
        "material",
        "#9B5DE5",
        False,
        6.0,
        (
            "{s} [shipped] {item} to {o}{when}.",
            "{s} [supplied] {o} with {item}{when}, officials said.",
            "{s} [delivered] {item} to {o}{when} by rail.",
        ),
    ),
    "aids": (
        "aids",
        "material",
        "#9B5DE5",
        False,
        7.0,
        ("{s} [sent] {item} to {o}{when}.", "{s} [granted] {o} {item}{when}."),
    ),
    "supports": (
        "supports",
        "support",
        "#2A9D8F",
        False,
        3.6,
        ("{s} [backed] {o}{when}.", "{s} [voiced support for] {o}{when}."),
    ),
    "criticizes": (
        "criticizes",
        "pressure",
        "#C48A00",
        False,
        -2.0,
        ("{s} [accused] {o} of bad faith{when}.", "{s} [condemned] {o}{when}."),
    ),
    "urges": (
        "urges",
        "pressure",
        "#C48A00",
        False,
        -0.1,
        ("{s} [called on] {o} to return to the talks{when}.", "{s} [urged] {o} to show restraint{when}."),
    ),
    "threatens": (
        "threatens",
        "pressure",
        "#C48A00",
        False,
        -4.4,
        ("{s} [warned] {o} of consequences{when}.", "{s} [threatened] {o} with a blockade{when}."),
    ),
    "sanctions": (
        "sanctions",
        "coercion",
        "#CC4C02",
        False,
        -8.0,
        (
            "{s} [imposed sanctions on] {o}{when}.",
            "{s} [blacklisted] {o}{when}.",
            "{s} [announced] new [measures against] {o}{when}.",
        ),
    ),
    "expels": ("expels", "coercion", "#CC4C02", False, -5.0, ("{s} [expelled] two diplomats of {o}{when}.",)),
    "attacks": (
        "attacks",
        "conflict",
        "#7A0019",
        False,
        -10.0,
        ("{s} [shelled] positions of {o}{place}{when}.", "{s} [struck] {o}{place}{when}."),
    ),
    "detains": (
        "detains",
        "coercion",
        "#CC4C02",
        False,
        -5.6,
        ("{s} [detained] {o}{place}{when}.", "{s} [arrested] {o}{when}."),
    ),
    "memberOf": (
        "is a member of",
        "state",
        "#555555",
        False,
        None,
        ("{s} [is a member of] {o}.", "{s}, [a member of] {o}, abstained."),
    ),
    "holdsOfficeIn": (
        "holds office in",
        "state",
        "#555555",
        False,
        None,
        ("{s}, [{item} of] {o}, took the floor.", "{s} [is] {item} [of] {o}."),
    ),
}

_ENTITIES = """
Country|RUS|Russia|RUS|Russian Federation, Moscow|Q159
Country|PRK|North Korea|PRK|DPRK, Pyongyang|Q423
Country|CHN|China|CHN|People's Republic of China, Beijing|Q148
Country|USA|United States|USA|U.S., US, Washington|Q30
Country|JPN|Japan|JPN|Tokyo|Q17
Country|KOR|South Korea|KOR|Seoul, Republic of Korea|Q884
Country|UKR|Ukraine|UKR|Kyiv|Q212
Country|POL|Poland|POL|Warsaw|Q36
Country|TUR|Turkey|TUR|Türkiye, Ankara|Q43
Country|IRN|Iran|IRN|Tehran|Q794
Country|IND|India|IND|New Delhi|Q668
Country|KAZ|Kazakhstan|KAZ|Astana|Q232
Country|SRB|Serbia|SRB|Belgrade|Q403
Country|XKX|Kosovo|XKX|Pristina|Q1246
Country|FRA|France|FRA|Paris|Q142
Country|DEU|Germany|DEU|Berlin|Q183
Country|BRA|Brazil|BRA|Brasília|Q155
Country|ARG|Argentina|ARG|Buenos Aires|Q414
Organization|NATO|NATO||North Atlantic Treaty Organization|Q7184
Organization|European_Union|European Union||EU, Brussels|Q458
Organization|United_Nations|United Nations||UN|Q1065
Organization|ASEAN|ASEAN||Association of Southeast Asian Nations|Q7768
Organization|organization.Norvask_Rail|Norvask Rail|KAZ||
Organization|organization.Halden_Institute|Halden Institute|DEU||
Group|group.Eastern_Dawn|Eastern Dawn|||
Group|group.Veria_Front|Veria Front|SRB||
Place|Wonsan-1877449|Wonsan|PRK||
Place|Gdansk-3099434|Gdańsk|POL|Gdansk|
Person|person.Arkady_Belorin|Arkady Belorin|RUS|Belorin|
Person|person.Han_Myong_Sok|Han Myong Sok|PRK|Han|
Person|person.Lin_Quanyi|Lin Quanyi|CHN|Lin|
Person|person.Dana_Whitcombe|Dana Whitcombe|USA|Whitcombe|
Person|person.Mira_Oleshko|Mira Oleshko|UKR|Oleshko|
Person|person.Zofia_Brandys|Zofia Brandys|POL|Brandys|
Person|person.Emre_Talu|Emre Talu|TUR|Talu|
Person|person.Haruko_Minase|Haruko Minase|JPN|Minase|
Person|person.Seo_Jun_Tak|Seo Jun-tak|KOR|Seo|
Person|person.Claire_Vautrin|Claire Vautrin|FRA|Vautrin|
Person|person.Nader_Farsaneh|Nader Farsaneh|IRN|Farsaneh|
Person|person.Jelena_Markusic|Jelena Markušić|SRB|Markušić|
Person|person.Bruno_Tavares_Lima|Bruno Tavares Lima|BRA|Tavares Lima|
"""

# subject | relation | object | EDTF date | place | item | status | sources | speaker or mark
_FACTS = """
RUS|supplies|PRK|2025-05|||actual|2|
PRK|supplies|RUS|2025-03||artillery shells|actual|5|person.Dana_Whitcombe
PRK|supplies|RUS|2025-06-18||munitions|actual|3|
RUS|supplies|PRK|2025-08||refined fuel|possible|1|KOR
person.Arkady_Belorin|meets|person.Han_Myong_Sok|2025-07-12|Wonsan||actual|6|
person.Arkady_Belorin|visits|Wonsan-1877449|2025-07-11|||actual|4|
person.Arkady_Belorin|visits|PRK|2025-07-11/2025-07-13|||actual|5|
person.Arkady_Belorin|visits|CHN|2025-07-14|||planned|2|
person.Arkady_Belorin|meets|person.Lin_Quanyi|2025-07-15|||planned|2|
person.Arkady_Belorin|holdsOfficeIn|RUS|||envoy|actual|3|
person.Han_Myong_Sok|holdsOfficeIn|PRK|||minister|actual|3|
person.Lin_Quanyi|holdsOfficeIn|CHN|||minister|actual|2|
person.Dana_Whitcombe|holdsOfficeIn|USA|||envoy|actual|4|
person.Mira_Oleshko|holdsOfficeIn|UKR|||negotiator|actual|2|
person.Zofia_Brandys|holdsOfficeIn|POL|||minister|actual|2|
person.Emre_Talu|holdsOfficeIn|TUR|||minister|actual|2|
person.Haruko_Minase|holdsOfficeIn|JPN|||minister|actual|2|
person.Seo_Jun_Tak|holdsOfficeIn|KOR|||minister|actual|2|
person.Claire_Vautrin|holdsOfficeIn|FRA|||envoy|actual|1|
person.Nader_Farsaneh|holdsOfficeIn|IRN|||negotiator|actual|1|
person.Jelena_Markusic|holdsOfficeIn|SRB|||minister|actual|1|
person.Bruno_Tavares_Lima|holdsOfficeIn|BRA|||minister|actual|1|
PRK|agreesWith|RUS|2025-01-20|Pyongyang|a transport pact|actual|3|
CHN|agreesWith|RUS|2025-02|Beijing|a gas contract|actual|2|
CHN|urges|PRK|2025-07-20|||actual|2|
CHN|criticizes|USA|2025-06-02|||actual|3|
USA|sanctions|RUS|2025-02-24|||actual|4|
USA|sanctions|PRK|2025-04-03|||actual|3|
USA|sanctions|organization.Norvask_Rail|2025-04-03|||actual|2|
USA|sanctions|IRN|2025-05-30|||actual|3|
USA|threatens|CHN|2025-08-01|||possible|1|
USA|aids|UKR|2025-03-11||air defence parts|actual|5|
USA|agreesWith|KOR|2025-05-12|Seoul|a shipbuilding pact|actual|2|
JPN|agreesWith|USA|2025-06-27||a defence pact|planned|2|
JPN|sanctions|PRK|2025-04-09|||actual|2|
JPN|criticizes|PRK|2025-07-13|||actual|2|
KOR|criticizes|RUS|2025-07-14|||actual|2|
KOR|criticizes|PRK|2025-07-13|||actual|3|
KOR|supplies|POL|2025-02||howitzers|actual|3|
person.Haruko_Minase|meets|person.Seo_Jun_Tak|2025-06-05|Tokyo||actual|2|
person.Dana_Whitcombe|meets|person.Seo_Jun_Tak|2025-05-12|Seoul||actual|3|
person.Dana_Whitcombe|meets|person.Lin_Quanyi|2025-06-10|||denied|2|
person.Dana_Whitcombe|visits|JPN|2025-05|||actual|2|
person.Dana_Whitcombe|contacts|person.Mira_Oleshko|2025-07-02|||actual|2|
person.Dana_Whitcombe|meets|person.Arkady_Belorin|2025-09|||planned|3|
RUS|attacks|UKR|2025-03-07|||actual|6|
RUS|attacks|UKR|2025-05-19|||actual|4|
RUS|attacks|UKR|2025-07-04|||actual|5|
UKR|attacks|RUS|2025-06-01|||actual|3|
RUS|threatens|POL|2025-05-22|||actual|2|
RUS|criticizes|NATO|2025-06-25|||actual|3|
RUS|expels|DEU|2025-04-15|||actual|2|
DEU|expels|RUS|2025-04-11|||actual|3|
DEU|aids|UKR|2025-01||generators|actual|2|
POL|supplies|UKR|2025-02-18||ammunition|actual|3|
POL|memberOf|NATO||||actual|2|
DEU|memberOf|NATO||||actual|2|
FRA|memberOf|NATO||||actual|1|
TUR|memberOf|NATO||||actual|2|
POL|memberOf|European_Union||||actual|2|
DEU|memberOf|European_Union||||actual|1|
FRA|memberOf|European_Union||||actual|2|
European_Union|sanctions|RUS|2025-02-24|||actual|5|
European_Union|aids|UKR|2025-04||a loan|actual|2|
European_Union|urges|SRB|2025-03|||actual|2|
European_Union|urges|XKX|2025-03|||actual|2|
NATO|supports|UKR|2025-06-25|||actual|3|
person.Zofia_Brandys|visits|Gdansk-3099434|2025-05-23|||actual|1|
person.Zofia_Brandys|meets|person.Mira_Oleshko|2025-05-23|Gdańsk||actual|3|
person.Emre_Talu|meets|person.Mira_Oleshko|2025-04-29|Ankara||actual|2|
person.Emre_Talu|meets|person.Arkady_Belorin|2025-04-30|Ankara||actual|2|disputed
person.Emre_Talu|meets|person.Nader_Farsaneh|2025-05-06|||actual|1|
TUR|supplies|UKR|2025-01||drones|actual|2|
IRN|supplies|RUS|2024||drones|actual|4|
IRN|supplies|RUS|2025-02||drone engines|denied|2|IRN
IRN|threatens|USA|2025-06-01|||actual|2|
person.Claire_Vautrin|meets|person.Nader_Farsaneh|2025-06-20|Geneva||actual|2|
person.Claire_Vautrin|visits|KAZ|2025-06|||actual|1|
IND|agreesWith|RUS|2024-12||an oil contract|actual|2|
IND|memberOf|United_Nations||||actual|1|
IND|agreesWith|FRA|2025-02-11||a submarine contract|actual|2|
organization.Norvask_Rail|supplies|RUS|2025-03||rail cars|actual|1|
KAZ|memberOf|United_Nations||||actual|1|
United_Nations|urges|RUS|2025-03-08|||actual|3|
United_Nations|criticizes|IRN|2025-05-31|||actual|1|
organization.Halden_Institute|criticizes|group.Eastern_Dawn|2025-05|||actual|1|
group.Eastern_Dawn|attacks|UKR|2025-04-21|||possible|1|
DEU|detains|group.Eastern_Dawn|2025-05-02|||actual|2|
SRB|criticizes|XKX|2025-03-19|||actual|2|
XKX|detains|group.Veria_Front|2025-03-17|||actual|2|
person.Jelena_Markusic|meets|person.Claire_Vautrin|2025-04-02|Belgrade||actual|1|
RUS|supports|SRB|2025-03-21|||actual|2|
person.Bruno_Tavares_Lima|visits|ARG|2025-05-25|||actual|2|
ARG|agreesWith|BRA|2025-05-26|Buenos Aires|a grid pact|actual|2|
CHN|meets|ASEAN|2025-07|||planned|1|
"""

_PUBLISHERS = (
    "Harbour Wire",
    "The Meridian Post",
    "Northern Dispatch",
    "Polis Daily",
    "Eastline News",
    "Kontor Report",
)
_MONTHS = tuple(calendar.month_name)[1:]


@dataclass
class World:
    """What `view.render` takes."""

    facts: list[Fact] = field(default_factory=list)
    claims: dict[str, Claim] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)

    def add(self, *entities: Entity) -> None:
        """Takes further entities."""
        self.entities.update((entity.key, entity) for entity in entities)


def relation(
    name: str, label: str, family: str, colour: str, symmetric: bool = False, score: float | None = None
) -> Relation:
    """A relation of the catalogue without triggers."""
    return Relation(
        name,
        label,
        f"A {label} B",
        ACTOR_TYPES,
        frozenset(EntityType),
        "event",
        symmetric,
        None,
        None,
        None,
        score,
        colour,
        family,
        (),
        (),
        (),
        frozenset(),
    )


def relations() -> dict[str, Relation]:
    """The relations of the small world."""
    return {
        n: relation(n, label, family, colour, sym, score)
        for n, (label, family, colour, sym, score, _) in sorted(_RELATIONS.items())
    }


def demo() -> World:
    """Some forty actors, ninety facts and two hundred articles."""
    world = World(relations=relations())
    for row in _ENTITIES.strip().splitlines():
        kind, key, label, country, aliases, wikidata = row.split("|")
        identifiers = ((f"iso3166:{key}",) if kind == "Country" else ()) + (
            (f"wikidata:{wikidata}",) if wikidata else ()
        )
        world.add(
            Entity(
                key,
                EntityType(kind),
                label,
                country or None,
                tuple(a.strip() for a in aliases.split(",") if a),
                identifiers,
            )
        )
    for number, row in enumerate(_FACTS.strip().splitlines()):
        s, name, o, when, place, item, status, sources, mark = row.split("|")
        if world.relations[name].symmetric:
            s, o = sorted((s, o))
        add_fact(
            world,
            s,
            name,
            o,
            when=when or None,
            place=place or None,
            item=item or None,
            status=Status(status),
            sources=int(sources),
            disputed=mark == "disputed",
            number=number,
            said_by=mark if mark in world.entities else None,
        )
    return world


def add_fact(
    world: World,
    s: str,
    name: str,
    o: str,
    *,
    when: str | None = None,
    place: str | None = None,
    item: str | None = None,
    status: Status = Status.ACTUAL,
    sources: int = 1,
    disputed: bool = False,
    said_by: str | None = None,
    number: int = 0,
) -> Fact:
    """Adds a fact with one claim and one article a source."""
    period = Period(when) if when else None
    told = period.latest if period else date(2025, 3, 1) + timedelta(days=number % 120)
    ids = []
    sentences = _RELATIONS.get(name, ("", "", "", False, None, ("{s} [acted on] {o}{place}{when}.",)))[5]
    for i in range(sources):
        text, spans = _sentence(
            sentences[i % len(sentences)], world.entities[s].label, world.entities[o].label, place, item, period, status
        )
        published = told + timedelta(days=i % 3)
        article = Article(
            f"demo-{number:04d}-{i}",
            f"({i}) {text}",
            f"{world.entities[s].label} and {world.entities[o].label}: report {i + 1}",
            published,
            _PUBLISHERS[(number + i) % len(_PUBLISHERS)],
            f"https://news.example/{number:04d}/{i}",
            sample=True,
        )
        start = len(f"({i}) ")
        at = {kind: Span(a + start, b + start) for kind, (a, b) in spans.items()}
        claim = Claim(
            article.id,
            name,
            s,
            o,
            status,
            Span(start, start + len(text)),
            text,
            at["t"].of(article.text),
            at["t"],
            date=period,
            date_span=at.get("d"),
            place=place,
            said_by=said_by,
            item=item,
            subject_span=at["s"],
            object_span=at["o"],
            confidence=0.7 + (number * 7 + i * 3) % 30 / 100,
        )
        world.articles[article.id] = article
        world.claims[claim.id] = claim
        ids.append(claim.id)
    fact = Fact(
        name,
        s,
        o,
        status,
        tuple(sorted(ids)),
        period,
        place,
        None,
        item,
        max(world.claims[c].confidence for c in ids),
        sources,
        max(1, sources - number % 2),
        told,
        told + timedelta(days=min(2, sources - 1)),
        disputed,
    )
    world.facts.append(fact)
    return fact


def _sentence(
    template: str, s: str, o: str, place: str | None, item: str | None, period: Period | None, status: Status
) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence and where its subject, trigger, object and date stand."""
    day = period.earliest if period else None
    when = ""
    if period and day:
        precise = len(period.edtf) == 10
        when = (
            f" on {day.day} {_MONTHS[day.month - 1]}"
            if precise
            else f" in {_MONTHS[day.month - 1]} {day.year}"
            if len(period.edtf) == 7
            else f" in {day.year}"
        )
    prefix = {
        Status.ACTUAL: "",
        Status.PLANNED: "As planned, ",
        Status.POSSIBLE: "It may be that ",
        Status.DENIED: "It is not true that ",
    }[status]
    text, spans = prefix, {}
    filled = template.replace("{item}", item or "goods")
    mark = 0
    i = 0
    while i < len(filled):
        if filled.startswith(("{s}", "{o}"), i):
            kind = filled[i + 1]
            name = s if kind == "s" else o
            spans[kind] = (len(text), len(text) + len(name))
            text += name
            i += 3
        elif filled.startswith("{place}", i):
            text += f" in {place}" if place else ""
            i += 7
        elif filled.startswith("{when}", i):
            if when:
                spans["d"] = (len(text) + len(when.split(" ", 2)[1]) + 2, len(text) + len(when))
            text += when
            i += 6
        elif filled[i] == "[":
            mark = len(text) if "t" not in spans else mark
            i += 1
        elif filled[i] == "]":
            spans["t"] = (mark, len(text))
            i += 1
        else:
            text += filled[i]
            i += 1
    return text, spans


def many(nodes: int, facts: int, seed: int = 1) -> World:
    """A world of any size in which few actors have most of the facts, as in the news."""
    rng = random.Random(seed)
    world = World(relations=relations())
    kinds = list(EntityType)
    for i in range(nodes):
        kind = kinds[(i * 7) % 5]
        world.add(Entity(f"{kind.lower()}.Actor_{i}", kind, f"Actor {i}", None))
    keys = list(world.entities)
    names = list(world.relations)
    for i in range(facts):
        a = keys[i % nodes] if i < nodes else keys[int(nodes * rng.random() ** 3)]
        b = a
        while b == a:
            b = keys[int(nodes * rng.random() ** 3)]
        name = rng.choice(names)
        if world.relations[name].symmetric:
            a, b = sorted((a, b))
        day = date(2024, 1, 1) + timedelta(days=i % 600)
        add_fact(
            world,
            a,
            name,
            b,
            when=day.isoformat(),
            status=rng.choices(list(Status), (8, 1, 1, 1))[0],
            sources=1 + (i % 4 == 0),
            number=i,
        )
    return world


def only(world: World, facts: Iterable[Fact]) -> World:
    """The same world with these facts alone."""
    return World(list(facts), world.claims, world.entities, world.articles, world.relations)
