"""The forms of date expressions: regular expressions over the words of the ontology, each with a kind."""

from __future__ import annotations

from collections.abc import Iterator

from geograph.dates.lexicon import SPACE, Lexicon

# A clock time or a part of one follows a number that is no year.
NO_CLOCK = rf"(?!{SPACE}(?:UTC|GMT|hours|hrs|[ap]\.?m\b))"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
YEAR = r"(?:19|20)\d\d(?![\w%]|[.,]\d)"
# A year that stands alone: not in 1.2014, $2014, S-2014 or 12/2014.
LONE_YEAR = r"(?:(?<![\w$€£.,/#–-])|(?<=\b[Mm]id-))" + YEAR + NO_CLOCK
DASH = r"[^\S\n]?(?:-|–|—)[^\S\n]?"


def forms(words: Lexicon) -> Iterator[tuple[str, str]]:
    """Each kind of date expression with a regular expression for it; a kind may have several."""

    def some(*families: str) -> str:
        return f"(?i:{words.any_of(*families)})"

    s = SPACE
    month, weekday = rf"(?P<month>{words.name_of('MONTH')})", rf"(?P<weekday>{words.name_of('WEEKDAY')})"
    step, unit = rf"(?P<step>{some('STEP')})", rf"(?P<unit>{some('TIME_UNIT')})"
    number = rf"(?<![\w-])(?:(?P<tens>{some('TENS')})-)?(?P<number>{some('NUMBER', 'TENS')}|\d{{1,3}})"
    year = rf"(?P<year>{YEAR})"
    days = rf"(?P<day>{DAY})(?:(?:{DASH}|{s}(?:to|and|or){s})(?P<last>{DAY}))?"
    daypart = rf"(?:{s}{some('DAYPART')})?"
    on = rf"(?:{weekday}{daypart}(?:,{s}|{s}(?:on{s})?(?:the{s})?|{s}?\())?"

    yield "fixed", rf"\b(?P<word>{words.any_of('DATE')})"
    yield (
        "calendar",
        r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)(?P<sep>[-/])(?P<month>0[1-9]|1[0-2])(?P=sep)(?P<day>[0-2]\d|3[01])(?![\w/-])",
    )
    yield "numeric", r"(?<![\w/.-])(?P<one>\d\d?)(?P<sep>[./])(?P<two>\d\d?)(?P=sep)(?P<year>(?:19|20)\d\d)(?![\w/-])"
    yearstep = rf"(?P<yearstep>{some('STEP')}){s}(?i:year)\b"
    of_year = rf"(?:(?:,|{s}of|,{s}of)?{s}(?:{year}|{yearstep}))?"
    around = rf"(?:(?i:the){s})?(?P<around>{some('AROUND')})"
    yield "around", rf"\b{around}{s}{month}{s}{days}{of_year}"
    yield "around", rf"\b{around}{s}{days}(?:{s}of)?{s}{month}{of_year}"
    piece = rf"(?:(?i:the){s})?(?P<ordinal>{some('ORDINAL')}){s}(?:(?P<piece>{some('PIECE')})|{weekday})"
    yield "piece", rf"\b{piece}{s}(?:of|in){s}{month}(?:,?{s}(?:of{s})?{year})?"
    yield "calendar", rf"\b{on}{month}{s}{days}{of_year}"
    yield "calendar", rf"\b{on}{days}(?:{s}of)?{s}{month}{of_year}"
    yield "calendar", rf"\b{yearstep},?{s}(?:on{s})?{month}{s}{days}(?!,?{s}{YEAR})"
    yield "calendar", rf"\b{month},?{s}(?:of{s})?{year}"
    yield "calendar", rf"\b{month}(?:{s}of)?{s}{yearstep}"
    yield "calendar", rf"\b{step}{s}{month}"
    yield "calendar", rf"\b{month}"
    yield (
        "monthday",
        (
            rf"\b(?i:on){s}the{s}(?P<day>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))"
            rf"(?:{s}of{s}(?:{step}|the){s}month)?(?![^\S\n]*\w)"
        ),
    )
    yield (
        "monthday",
        rf"\b{weekday}{s}(?:the{s})?(?P<day>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?!{s}of\b|{s}{words.name_of('MONTH')})\b",
    )
    yield "weekday", rf"\b(?:{step}{s})?{weekday}{daypart}(?:{s}(?P<week>{some('STEP')}){s}week\b)?"
    yield "weekday", rf"\b(?P<week>{some('STEP')}){s}week(?:{s}on|,{s}on){s}{weekday}"
    yield "years", rf"(?<![\w$€£.,/#-])(?P<year>(?:19|20)\d\d){DASH}(?P<until>(?:19|20)\d\d|\d\d)(?![\w%-]|[.,/]\d)"
    yield "decade", r"(?<![\w$])(?P<year>(?:19|20)\d0)s\b"
    yield "named_decade", rf"\b(?i:the){s}(?:(?i:early|late|mid)(?:{s}|-))?(?P<word>{some('DECADE')})\b"
    yield (
        "fiscal",
        rf"\b(?:(?P<part>{some('PART')}){s}of{s})?(?i:fiscal)(?:{s}(?i:year))?{s}(?:{year}|(?P<part2>{some('PART')}))",
    )
    yield "year", rf"(?P<year>{LONE_YEAR})"
    yield (
        "ago",
        (
            rf"\b(?:(?P<hedge>{some('LESS_THAN', 'MORE_THAN', 'ROUGHLY')}){s})?"
            rf"(?:(?:{number}|(?P<vague>{some('VAGUE_NUMBER')})){s})?{unit}{s}(?i:ago)\b"
        ),
    )
    yield "later", rf"{number}{s}{unit}{s}(?P<way>(?i:later|earlier|afterwards|previously|before(?=[,.;])))\b"
    yield (
        "ahead",
        rf"\b(?P<lead>(?i:in|within)){s}(?:the{s}next{s})?{number}{s}{unit}(?:['’]{s}(?i:time))?\b(?!{s}of\b)",
    )
    yield "ahead", rf"{number}{s}{unit}{s}(?i:from{s}(?:now|today)|hence)\b"
    yield "vague", rf"\b(?i:{words.any_of('VAGUE_NUMBER')}){s}(?=\w+s\b){unit}\b"
    yield "past", rf"\b(?:(?i:the|these|this){s})?{step}{s}{number}(?:{s}|-){unit}\b"
    yield "day", rf"\b(?P<word>{some('DAY')})\b"
    yield "overnight", rf"\b(?P<word>{some('OVERNIGHT')})\b"
    # "the day after the attack" counts from the attack, not from the date told before; "the week before last" from now.
    alone = rf"(?!(?:(?<=after)|(?<=before)){s}(?:last\b|the\b|an?\b|his\b|her\b|its\b|their\b|[A-Z\d]))"
    for which in ("DAY", "WEEK", "MONTH", "YEAR"):
        yield f"that_{which.lower()}", rf"\b(?P<word>{some('THAT_' + which)})\b{alone}"
    yield "before_last", rf"\bthe{s}{unit}{s}before{s}last\b"
    yield "unit", rf"\b(?:(?P<the>(?i:the|this)){s})?{step}{s}{unit}\b"
    yield "unit", rf"\b(?P<edge>(?i:early|late|earlier|later){s}(?:(?i:on){s})?in){s}the{s}{unit}\b"
    edge = r"(?P<edge>(?i:start|beginning|end|middle|close|turn))"
    yield "unit", rf"\b(?:(?i:the){s})?{edge}{s}of{s}(?:the|this){s}{unit}\b"
    yield "weekend", rf"\b(?:{step}|(?i:the)){s}{some('WEEKEND')}\b"
    yield "season", rf"\b{step}{s}(?P<season>{some('SEASON')})\b(?!{s}(?:in|of)\b)"
    yield "season", rf"\b(?P<season>{some('SEASON')})(?:{s}of)?{s}{year}"
    yield (
        "season",
        rf"\b(?P<season>{some('SEASON')})(?:{s}of)?{s}(?P<year>(?:19|20)\d\d)[-–/](?P<until>(?:19|20)\d\d|\d\d)\b",
    )
    yield (
        "season",
        (rf"\b(?i:in|during){s}(?:the{s})?(?:(?i:early|late){s})?(?P<season>{some('SEASON')})\b(?!{s}(?:of|\d))"),
    )
    # "the second half of the match" is no date.
    yield (
        "part",
        rf"\b(?P<part>{some('PART')})\b(?:(?:{s}of)?{s}(?:{year}|{step}{s}(?i:year)\b|the{s}(?i:year)\b)|(?!{s}(?i:of|in)\b))",
    )
    yield "feast", rf"\b(?P<word>{words.any_of('FEAST')})(?:,?{s}{year})?"
