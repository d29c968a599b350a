"""Status: actual, planned, possible, denied, or no claim at all. Each row: sentence, predicate, trigger words, status."""

from __future__ import annotations

import pytest
from reading_factory import ONTOLOGY, make_frame, make_reading
from spacy.language import Language

from geograph.model import EntityType, Status
from geograph.readers.status import status_of

ACTORS = {
    "France": ("FRA", EntityType.COUNTRY),
    "Iran": ("IRN", EntityType.COUNTRY),
    "Chad": ("TCD", EntityType.COUNTRY),
    "Peru": ("PER", EntityType.COUNTRY),
}
A, P, M, D = Status.ACTUAL, Status.PLANNED, Status.POSSIBLE, Status.DENIED

PLAIN = [
    ("France sanctioned Iran.", "sanctioned", A),
    ("France sanctions Iran over missiles.", "sanctions", A),
    ("France has supplied Iran with jets.", "supplied", A),
    ("Iran was sanctioned by France.", "sanctioned", A),
    ("The ministry said France had attacked Iran.", "attacked", A),
    ("France began supplying Iran with jets.", "supplying", A),
    ("France continued to supply Iran with jets.", "supply", A),
    ("France managed to supply Iran with jets.", "supply", A),
    ("France criticized Peru for attacking Iran.", "attacking", A),
    ("Troops of France, which attacked Iran, left Peru.", "attacked", A),
    ("After visiting Iran, France left Peru.", "visiting", A),
    ("France not only sanctioned Iran but also expelled its envoys.", "sanctioned", A),
    ("France was the first country to sanction Iran.", "sanction", A),
    ("Peru admitted that France attacked Iran.", "attacked", A),
    ("France used drones to attack Iran.", "attack", A),
    ("France reportedly attacked Iran.", "attacked", A),
    ("France did not criticize Peru, which attacked Iran.", "attacked", A),
    ("France, which will visit Peru, attacked Iran.", "attacked", A),
]
PLANNED = [
    ("France will sanction Iran.", "sanction", P),
    ("France is going to sanction Iran.", "sanction", P),
    ("France is to visit Iran.", "visit", P),
    ("France was due to visit Iran.", "visit", P),
    ("France is set to sanction Iran.", "sanction", P),
    ("France is scheduled to visit Iran on Monday.", "visit", P),
    ("France is expected to sanction Iran.", "sanction", P),
    ("France plans to supply Iran with jets.", "supply", P),
    ("France agreed to supply Iran with jets.", "supply", P),
    ("France ordered its troops to attack Iran.", "attack", P),
    ("France decided to sanction Iran.", "sanction", P),
    ("France pledged to defend Iran.", "defend", P),
    ("France is preparing to deploy troops to Iran.", "deploy", P),
    ("The ministry said France would visit Iran later this year.", "visit", P),
    ("France announced plans to sanction Iran.", "sanction", P),
    ("France vowed to visit Peru and punish Iran.", "punish", P),
    ("France will visit Peru and punish Iran.", "punish", P),
    ("France to sanction Iran over missiles", "sanction", P),
    ("France will begin supplying Iran with jets.", "supplying", P),
    ("France intends to leave Iran by the end of January.", "leave", P),
    ("France was due to travel to Peru to meet Iran.", "meet", P),
]
POSSIBLE = [
    ("France may sanction Iran.", "sanction", M),
    ("France could attack Iran.", "attack", M),
    ("France may be preparing to attack Iran.", "attack", M),
    ("France wants to sanction Iran.", "sanction", M),
    ("France is considering sanctioning Iran.", "sanctioning", M),
    ("France threatened to attack Iran.", "attack", M),
    ("Peru urged France to sanction Iran.", "sanction", M),
    ("Peru called on France to sanction Iran.", "sanction", M),
    ("If France attacks Iran, Peru will respond.", "attacks", M),
    ("France will attack Iran unless Peru withdraws.", "attack", M),
    ("France is likely to sanction Iran.", "sanction", M),
    ("France allegedly attacked Iran.", "attacked", M),
    ("France appears to have attacked Iran.", "attacked", M),
    ("Peru accused France of attacking Iran.", "attacking", M),
    ("Peru demanded that France leave Iran.", "leave", M),
    ("Peru fears that France attacked Iran.", "attacked", M),
    ("France may not attack Iran.", "attack", M),
    ("France threatened to visit Peru and attack Iran.", "attack", M),
    ("France did not rule out attacking Iran.", "attacking", M),
    ("Peru made efforts to sanction Iran with France.", "sanction", M),
    ("France would attack Iran if Peru withdrew.", "attack", M),
]
DENIED = [
    ("France did not attack Iran.", "attack", D),
    ("France has never sanctioned Iran.", "sanctioned", D),
    ("France will not sanction Iran.", "sanction", D),
    ("France won't supply Iran with jets.", "supply", D),
    ("France refused to sanction Iran.", "sanction", D),
    ("France failed to supply Iran with jets.", "supply", D),
    ("France declined to meet Iran.", "meet", D),
    ("France denied attacking Iran.", "attacking", D),
    ("France denied having attacked Iran.", "attacked", D),
    ("France denied that it attacked Iran.", "attacked", D),
    ("France denied it had attacked Iran.", "attacked", D),
    ("France dismissed reports that it attacked Iran.", "attacked", D),
    ("Neither France nor Peru sanctioned Iran.", "sanctioned", D),
    ("France left without meeting Iran.", "meeting", D),
    ("France could not agree with Iran.", "agree", D),
    ("France does not plan to visit Iran.", "visit", D),
    ("France has no plans to visit Iran.", "visit", D),
    ("France did not visit Peru or meet Iran.", "meet", D),
    ("France ruled out sanctioning Iran.", "sanctioning", D),
    ("France rejected calls to punish Iran.", "punish", D),
]
NOTHING = [
    ("Did France attack Iran?", "attack", None),
    ("Will France sanction Iran?", "sanction", None),
    ("France neither confirmed nor denied that it attacked Iran.", "attacked", None),
    ("France did not confirm that it attacked Iran.", "attacked", None),
    ("France stopped supplying Iran with jets.", "supplying", None),
    ("Peru asked whether France attacked Iran.", "attacked", None),
    ("France nearly attacked Iran.", "attacked", None),
    ("Peru did not say whether France attacked Iran.", "attacked", None),
]
NOMINAL = [
    ("France imposed sanctions on Iran.", "imposed", ("sanctions",), A),
    ("France imposed sanctions on Iran.", "sanctions", (), A),
    ("The sanctions by France on Iran took effect.", "sanctions", (), A),
    ("Peru condemned the attack by France on Iran.", "attack", (), A),
    ("Peru did not condemn the attack by France on Iran.", "attack", (), A),
    ("Peru spoke after a visit by France to Iran.", "visit", (), A),
    ("France claimed responsibility for the attack on Iran.", "attack", (), A),
    ("Peru called for sanctions by France on Iran.", "sanctions", (), M),
    ("France threatened sanctions on Iran.", "sanctions", (), M),
    ("France proposed talks with Iran.", "talks", (), M),
    ("An alleged attack by France on Iran angered Peru.", "attack", (), M),
    ("Peru warned of an attack by France on Iran.", "attack", (), M),
    ("France plans a visit to Iran.", "visit", (), P),
    ("A visit by France to Iran is planned for Monday.", "visit", (), P),
    ("The talks between France and Iran will take place on Monday.", "talks", (), P),
    ("The upcoming visit of France to Iran matters.", "visit", (), P),
    ("France plans to hold talks with Iran.", "talks", (), P),
    ("Talks between France and Iran are due to begin on Monday.", "Talks", (), P),
    ("France will impose sanctions on Iran.", "sanctions", (), P),
    ("France cancelled a visit to Iran.", "visit", (), D),
    ("France imposed no sanctions on Iran.", "imposed", ("sanctions",), D),
    ("The talks between France and Iran did not take place.", "talks", (), D),
    ("France denied responsibility for the attack on Iran.", "attack", (), D),
    ("France ruled out talks with Iran.", "talks", (), D),
    ("France denied reports of an attack on Iran.", "attack", (), D),
    ("France lifted sanctions on Iran.", "sanctions", (), None),
    ("The sanctions of France on Iran were lifted.", "sanctions", (), None),
    ("France wants to avoid sanctions on Iran.", "sanctions", (), None),
]
SPEECH = [
    ("France threatened to sanction Iran.", "threatened", A),
    ("France did not threaten Iran.", "threaten", D),
    ("Peru urged Iran to leave.", "urged", A),
    ("France plans to criticize Iran.", "criticize", P),
]


@pytest.mark.parametrize(("text", "predicate", "expected"), PLAIN + PLANNED + POSSIBLE + DENIED + NOTHING + SPEECH)
def test_status_of_a_verb(nlp: Language, text: str, predicate: str, expected: Status | None) -> None:
    reading = make_reading(nlp, text, ACTORS)
    subject = next(m.text for m in reading.mentions if m.text != "Iran")
    frame = make_frame(reading, "attacks", predicate, subject, "Iran")
    assert status_of(reading, frame, ONTOLOGY.words) is expected


@pytest.mark.parametrize(("text", "predicate", "trigger", "expected"), NOMINAL)
def test_status_of_an_event_noun(
    nlp: Language, text: str, predicate: str, trigger: tuple[str, ...], expected: Status | None
) -> None:
    reading = make_reading(nlp, text, ACTORS)
    frame = make_frame(reading, "sanctions", predicate, "France", "Iran", trigger=trigger)
    assert status_of(reading, frame, ONTOLOGY.words) is expected
