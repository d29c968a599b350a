"""Frames: who does what to whom, by the grammar of the sentence. All sentences and persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from reading_factory import Actors, make_reading
from spacy.language import Language

from geograph import ontology
from geograph.model import EntityType
from geograph.readers.protocol import Frame
from geograph.readers.rules.frames import find_frames
from geograph.readers.rules.lexicon import Lexicon, compile_lexicon

COUNTRY, PERSON = EntityType.COUNTRY, EntityType.PERSON
ACTORS: Actors = {
    "France": ("FRA", COUNTRY),
    "French": ("FRA", COUNTRY),
    "Norway": ("NOR", COUNTRY),
    "Norwegian": ("NOR", COUNTRY),
    "North Korea": ("PRK", COUNTRY),
    "North Korean": ("PRK", COUNTRY),
    "Kenya": ("KEN", COUNTRY),
    "Kenyan": ("KEN", COUNTRY),
    "Chile": ("CHL", COUNTRY),
    "Chilean": ("CHL", COUNTRY),
    "Japan": ("JPN", COUNTRY),
    "Japanese": ("JPN", COUNTRY),
    "Oman": ("OMN", COUNTRY),
    "Lima": ("Lima", EntityType.PLACE),
    "NATO": ("NATO", EntityType.ORGANIZATION),
    "EU": ("EU", EntityType.ORGANIZATION),
    "Lindqvarn": ("Lindqvarn", PERSON),
    "Otieno Wambasi": ("Wambasi", PERSON),
    "Wambasi": ("Wambasi", PERSON),
    "Havlovska": ("Havlovska", PERSON),
    "its": ("its", COUNTRY),
}

# Relations small enough to be understood at a glance; the words of the engine are those that ship.
CATALOGUE = """
@prefix gg: <https://w3id.org/geograph/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
gg:meets a gg:Relation , gg:Symmetric ; rdfs:label "meets" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ meet OBJ" , "SUBJ meet with OBJ" , "SUBJ and OBJ meet" , "talk|meeting|summit between SUBJ and OBJ" ,
    "SUBJ meet with leader of OBJ" .
gg:visits a gg:Relation ; rdfs:label "visits" ; rdfs:domain gg:Actor ; rdfs:range gg:PlaceOrCountry ;
  gg:trigger "SUBJ visit OBJ" , "SUBJ travel|fly to OBJ" , "SUBJ arrive in OBJ" , "visit|trip of SUBJ to OBJ" .
gg:sanctions a gg:Relation ; rdfs:label "sanctions" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ sanction OBJ" , "SUBJ impose|slap sanction on OBJ" , "SUBJ hit OBJ with sanction" ,
    "sanction of SUBJ on|against OBJ" .
gg:concedesTo a gg:Relation ; rdfs:label "concedes to" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ lift sanction on|against OBJ" .
gg:taxes a gg:Relation ; rdfs:label "taxes" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ slap tariff on OBJ" , "tariff of SUBJ on OBJ" .
gg:attacks a gg:Relation ; rdfs:label "attacks" ; rdfs:domain gg:Actor ; rdfs:range gg:Entity ;
  gg:trigger "SUBJ attack|bomb|strike|kill OBJ" , "attack|strike of SUBJ on|in OBJ" ,
    "invasion|killing of OBJ by SUBJ" .
gg:contacts a gg:Relation , gg:Symmetric ; rdfs:label "contacts" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ speak with OBJ" .
gg:supplies a gg:Relation ; rdfs:label "supplies" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ send|give|provide ITEM:ARMS to OBJ" , "SUBJ supply OBJ with ITEM" ,
    "OBJ receive|buy ITEM:ARMS from SUBJ" , "sale of ITEM:ARMS of SUBJ to OBJ" ,
    "supply|shipment of ITEM:ARMS from SUBJ to OBJ" .
gg:deploysTo a gg:Relation ; rdfs:label "deploys to" ; rdfs:domain gg:Actor ; rdfs:range gg:PlaceOrCountry ;
  gg:trigger "SUBJ send|deploy ITEM:UNIT to|in OBJ" .
gg:urges a gg:Relation ; rdfs:label "urges" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ urge OBJ" , "SUBJ call on OBJ" , "SUBJ demand that OBJ" .
gg:threatens a gg:Relation ; rdfs:label "threatens" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ vow to VERB OBJ" .
gg:praises a gg:Relation ; rdfs:label "praises" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ praise|thank OBJ" , "SUBJ welcome decision of OBJ" .
gg:criticizes a gg:Relation ; rdfs:label "criticizes" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ accuse OBJ" .
gg:condemns a gg:Relation ; rdfs:label "condemns" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ condemn OBJ" , "SUBJ question OBJ:DEED" .
gg:marches a gg:Relation ; rdfs:label "marches" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ:UNIT enter OBJ:Country" .
gg:resigns a gg:Relation ; rdfs:label "resigns" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ:Person of OBJ:Country resign" .
gg:awaits a gg:Relation ; rdfs:label "awaits" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ hope that OBJ will|can" , "SUBJ insist on ITEM from OBJ" .
gg:severs a gg:Relation , gg:Symmetric ; rdfs:label "severs" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ and OBJ sever tie" .
gg:aids a gg:Relation ; rdfs:label "aids" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ; gg:trigger "SUBJ help OBJ" .
gg:pledges a gg:Relation ; rdfs:label "pledges" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ commit to VERB OBJ" , "SUBJ agree to VERB OBJ" .
gg:rejects a gg:Relation ; rdfs:label "rejects" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ turn down OBJ" .
gg:withdrawsFrom a gg:Relation ; rdfs:label "withdraws from" ; rdfs:domain gg:Actor ; rdfs:range gg:Entity ;
  gg:trigger "SUBJ pull out of OBJ" , "SUBJ leave OBJ" .
gg:supports a gg:Relation ; rdfs:label "supports" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ back OBJ" .
gg:trades a gg:Relation , gg:Symmetric ; rdfs:label "trades" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ trade with OBJ" , "SUBJ and OBJ trade" .
gg:jails a gg:Relation ; rdfs:label "jails" ; rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ jail NOUN from OBJ" , "jailing of NOUN of|from OBJ by SUBJ" .
gg:memberOf a gg:Relation , gg:State ; rdfs:label "member of" ; rdfs:domain gg:Actor ; rdfs:range gg:Organization ;
  gg:trigger "SUBJ be member of OBJ" , "member of OBJ SUBJ" .
"""
WORDS = """
@prefix gg: <https://w3id.org/geograph/ns#> .
[] a gg:WordClass ; gg:className "ARMS" ; gg:word "tank" , "missile" , "munition" , "weapon" , "fighter jet" .
[] a gg:WordClass ; gg:className "ACT" ; gg:word "decision" .
[] a gg:WordClass ; gg:className "UNIT" ; gg:word "troop" , "soldier" , "warship" .
[] a gg:WordClass ; gg:className "OFFICE_HEAD" ; gg:word "minister" , "president" .
"""


@pytest.fixture(scope="session")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """The lexicon of the small catalogue above."""
    folder: Path = tmp_path_factory.mktemp("catalogue")
    shipped = ontology.default_folder()
    (folder / "words").mkdir()
    (folder / "relations.ttl").write_text(CATALOGUE, encoding="utf-8")
    (folder / "geograph.ttl").write_text((shipped / "geograph.ttl").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "words" / "own.ttl").write_text(WORDS, encoding="utf-8")
    frames = (shipped / "words" / "frames.ttl").read_text(encoding="utf-8")
    (folder / "words" / "frames.ttl").write_text(frames, encoding="utf-8")
    return compile_lexicon(ontology.Ontology((folder,)))


def frames_of(nlp: Language, lexicon: Lexicon, text: str) -> list[Frame]:
    """The frames of an invented sentence."""
    return list(find_frames(make_reading(nlp, text, ACTORS), lexicon))


def told(frames: list[Frame]) -> set[str]:
    """The frames as "subject relation object"."""
    return {f"{frame.subject.entity} {frame.relation} {frame.object.entity}" for frame in frames}


def check(nlp: Language, lexicon: Lexicon, text: str, expected: str) -> None:
    """The sentence tells exactly what is expected, each once; several are set apart by semicolons."""
    frames = frames_of(nlp, lexicon, text)
    assert told(frames) == {part.strip() for part in expected.split(";") if part.strip()}
    assert len(frames) == len(told(frames))


VERBS = [
    # deeds stand for their authors, never for their victims
    ("France condemned Norway's invasion of Chile.", "FRA condemns NOR; NOR attacks CHL"),
    ("France condemned the Norwegian invasion of Chile.", "FRA condemns NOR; NOR attacks CHL"),
    ("France condemned the decision by Norway to wait.", "FRA condemns NOR"),
    ("France condemned the raid launched by Norway.", "FRA condemns NOR"),
    ("France condemned the way Norway fished.", "FRA condemns NOR"),
    ("France questioned Norway's right to fish.", "FRA condemns NOR"),
    ("France condemned the shelling of Norway.", ""),
    ("France condemned the raid on Norway.", ""),
    ("France condemned a bridge built by Norway.", ""),
    ("France questioned Norway.", ""),
    ("France joined Norway in condemning Chile.", "FRA condemns CHL; NOR condemns CHL"),
    # slots of a class or kind, and the nation of a title
    ("Norwegian soldiers entered Kenya.", "NOR marches KEN"),
    ("Norwegian singers entered Kenya.", ""),
    ("Norwegian soldiers entered Lima.", ""),
    ("Kenyan minister Otieno Wambasi resigned.", "Wambasi resigns KEN"),
    ("Kenya resigned.", ""),
    # clauses and infinitives
    ("France hopes that Norway will wait.", "FRA awaits NOR"),
    ("France hopes that Norway wins.", ""),
    ("France insists on an answer from Norway.", "FRA awaits NOR"),
    ("France helped Norway rebuild.", "FRA aids NOR"),
    ("France committed to training Norway.", "FRA pledges NOR"),
    ("France agreed to lend Norway a ship.", "FRA pledges NOR"),
    # passives without agent
    ("Norway was hit with French sanctions.", "FRA sanctions NOR"),
    ("Norway was hit with sanctions.", ""),
    ("Ties between France and Norway were severed.", "FRA severs NOR"),
    ("Ties were severed in France.", ""),
    # people abroad are of their nation, not of the place
    ("Kenyan soldiers in Chile were attacked by France.", "FRA attacks KEN"),
    # headlines
    ("Norway, Chile meet Oman", "NOR meets OMN; CHL meets OMN"),
    # active and passive
    ("France sanctioned Norway.", "FRA sanctions NOR"),
    ("Norway was sanctioned by France.", "FRA sanctions NOR"),
    ("Norway has been sanctioned by France and Chile.", "FRA sanctions NOR; CHL sanctions NOR"),
    ("Norway was sanctioned on Monday.", ""),
    ("Norway was bombed.", ""),
    ("France did not sanction Norway.", "FRA sanctions NOR"),
    # participles and relative clauses
    ("Sanctions imposed by the EU on Norway hurt farmers.", "EU sanctions NOR"),
    ("The sanctions that France imposed on Norway hurt farmers.", "FRA sanctions NOR"),
    ("The sanctions France imposed on Norway hurt farmers.", "FRA sanctions NOR"),
    ("Troops sent by Chile to Kenya came home.", "CHL deploysTo KEN"),
    ("France, which sanctioned Norway, said nothing.", "FRA sanctions NOR"),
    ("Havlovska, who met Lindqvarn in May, said nothing.", "Havlovska meets Lindqvarn"),
    ("Lindqvarn, whom Havlovska met in May, said nothing.", "Lindqvarn meets Havlovska"),
    ("Norway, sanctioned by France last year, said nothing.", "FRA sanctions NOR"),
    ("France-backed Oman said nothing.", "FRA supports OMN"),
    # coordination
    ("France and Chile sanctioned Norway.", "FRA sanctions NOR; CHL sanctions NOR"),
    ("France sanctioned Norway, Oman and Chile.", "FRA sanctions NOR; FRA sanctions OMN; FRA sanctions CHL"),
    ("Havlovska met and praised Lindqvarn.", "Havlovska meets Lindqvarn; Havlovska praises Lindqvarn"),
    ("France sanctioned Norway and praised Oman.", "FRA sanctions NOR; FRA praises OMN"),
    ("Norway was praised by France and was sanctioned by Chile.", "FRA praises NOR; CHL sanctions NOR"),
    # particles and prepositions
    ("France pulled out of Norway.", "FRA withdrawsFrom NOR"),
    ("France turned down Norway.", "FRA rejects NOR"),
    ("France turned Norway down.", "FRA rejects NOR"),
    ("France called on Norway to wait.", "FRA urges NOR"),
    ("France struck down Norway.", ""),
    # light verbs
    ("France imposed sanctions on Norway.", "FRA sanctions NOR"),
    ("France slapped a new round of sanctions on Norway.", "FRA sanctions NOR"),
    ("Lindqvarn paid a visit to Kenya.", "Lindqvarn visits KEN"),
    ("Lindqvarn held talks with Havlovska.", "Lindqvarn meets Havlovska"),
    ("Chile launched an attack on Oman.", "CHL attacks OMN"),
    ("An attack launched by Chile on Oman failed.", "CHL attacks OMN"),
    # items
    ("France sent 20 tanks to Norway.", "FRA supplies NOR"),
    ("France sent Norway munitions.", "FRA supplies NOR"),
    ("Norway was given tanks by France.", "FRA supplies NOR"),
    ("Tanks were sent to Norway by France.", "FRA supplies NOR"),
    ("Norway received thousands of missiles from France.", "FRA supplies NOR"),
    ("France supplied Norway with trucks.", "FRA supplies NOR"),
    ("France provided fighter jets to Norway.", "FRA supplies NOR"),
    ("France provided a statement to Norway.", ""),
    ("France provided food and missiles to Norway.", "FRA supplies NOR"),
    # control, raising, gerunds
    ("France urged Chile to attack Oman.", "FRA urges CHL; CHL attacks OMN"),
    ("Chile was urged by France to attack Oman.", "FRA urges CHL; CHL attacks OMN"),
    ("France wants Chile to attack Oman.", "CHL attacks OMN"),
    ("France agreed to send troops to Kenya.", "FRA deploysTo KEN"),
    ("France appears to have attacked Oman.", "FRA attacks OMN"),
    ("France is ready to send tanks to Norway.", "FRA supplies NOR"),
    ("France sent troops to attack Oman.", "FRA attacks OMN"),
    ("Before travelling to Kenya, Havlovska praised Oman.", "Havlovska visits KEN; Havlovska praises OMN"),
    ("Havlovska praised Oman after sending troops to Kenya.", "Havlovska praises OMN; Havlovska deploysTo KEN"),
    ("France accused Chile of attacking Oman.", "FRA criticizes CHL; CHL attacks OMN"),
    ("France thanked Chile for sending tanks to Norway.", "FRA praises CHL; CHL supplies NOR"),
    ("France demanded that Chile leave Oman.", "FRA urges CHL; CHL withdrawsFrom OMN"),
    ("France vowed to punish Chile.", "FRA threatens CHL"),
    ("France asked whether Chile was bigger.", ""),
    # copula and apposition
    ("France is a member of NATO.", "FRA memberOf NATO"),
    ("France, a member of NATO, said nothing.", "FRA memberOf NATO"),
    ("NATO member Norway said nothing.", "NOR memberOf NATO"),
    # possessor of a noun that the trigger names
    ("France welcomed Norway's decision on herring.", "FRA praises NOR"),
    ("France welcomed the decision of Norway on herring.", "FRA praises NOR"),
    ("France rejected Norway's ally.", ""),
    # whose deed it is
    ("Lindqvarn was killed in a Chilean raid.", "CHL attacks Lindqvarn"),
    ("Lindqvarn was killed in a raid.", ""),
    ("A Chilean strike killed Lindqvarn.", "CHL attacks Lindqvarn"),
    ("Chilean strikes left Lindqvarn homeless.", ""),
    ("Chile killed Lindqvarn in a strike on Oman.", "CHL attacks Lindqvarn; CHL attacks OMN"),
    ("Lindqvarn died in a strike on Oman.", ""),
    ("Norway bought French tanks.", "FRA supplies NOR"),
    ("Norway urged Chile to wait and praised France.", "NOR urges CHL; NOR praises FRA"),
    ("Oman, where Chilean forces launched an attack, waited.", "CHL attacks OMN"),
    # what a neighbour in the sentence is not
    (
        "Chile's attack on Oman was condemned by France and Norway.",
        "CHL attacks OMN; FRA condemns CHL; NOR condemns CHL",
    ),
    (
        "Lindqvarn, speaking after a meeting with Havlovska, praised Kenya.",
        "Lindqvarn meets Havlovska; Lindqvarn praises KEN",
    ),
    ("Unlike Norway, France backs Kenya.", "FRA supports KEN"),
    ("France, like Norway, backs Kenya.", "FRA supports KEN"),
    ("France blamed Oman, and Chile was attacked.", ""),
    ("Neither Chile nor Kenya sanctioned Oman.", "CHL sanctions OMN; KEN sanctions OMN"),
    ("The attack on Oman, which Norway condemned, killed nine.", ""),
    ("Oman received French tanks.", "FRA supplies OMN"),
    ("Norway to send tanks to Kenya", "NOR supplies KEN"),
    (
        "France and Norway left NATO and Oman has praised Kenya.",
        "FRA withdrawsFrom NATO; NOR withdrawsFrom NATO; OMN praises KEN",
    ),
    # a verb with an object that the trigger does not speak of is another verb
    ("Chile flew planes to Oman.", ""),
]

ANY_NOUN = [
    ("Norway jailed a juggler from Chile.", "NOR jails CHL"),
    ("Norway jailed a Chilean juggler.", "NOR jails CHL"),
    ("Two Chilean jugglers were jailed by Norway.", "NOR jails CHL"),
    ("The Chilean jugglers whom Norway jailed went home.", "NOR jails CHL"),
    ("The jailing of a Kenyan juggler by Norway surprised Chile.", "NOR jails KEN"),
    ("Norway jailed thousands of Kenyan jugglers.", "NOR jails KEN"),
    ("Norway jailed a juggler.", ""),
    ("Norway jailed a juggler of Chile's age.", ""),
    ("Norway jailed a juggler in Chile.", ""),
    ("Norway jailed a juggler who had met Chile.", ""),
    ("A Chilean juggler jailed nobody, like Norway.", ""),
    ("The jailing of a juggler by Norway surprised Chile.", ""),
]

# Who acts is told by the noun that a clause describes; a headline verb or a list that the parser misread.
DESCRIBED = [
    ("France was the first country to sanction Oman.", "FRA sanctions OMN"),
    ("France was one of the states that sanctioned Oman.", "FRA sanctions OMN"),
    ("France, one of the states that sanctioned Oman, left.", "FRA sanctions OMN"),
    ("Oman was one of the states that France sanctioned.", "FRA sanctions OMN"),
    ("Lima, attacked daily by France, is calm.", "FRA attacks Lima"),
    ("The attack that France launched on Oman failed within days.", "FRA attacks OMN"),
    ("Kenya, Chile and Japan attacked Oman.", "KEN attacks OMN; CHL attacks OMN; JPN attacks OMN"),
    ("France attacks Lima", "FRA attacks Lima"),
    ("France was the reason to sanction nobody, Oman said.", ""),
    ("France was one of the states that Oman sold.", ""),
    ("Oman, one of the states, sanctioned nobody in France.", ""),
    ("France's attacks, Oman and Chile were discussed.", ""),
    ("France was a country; Oman was sanctioned.", ""),
    ("Norway minister Lindqvarn", ""),
]

NOUNS = [
    ("Lindqvarn's visit to Kenya ended.", "Lindqvarn visits KEN"),
    ("The visit of Lindqvarn to Kenya ended.", "Lindqvarn visits KEN"),
    ("A visit by Lindqvarn to Kenya took place in May.", "Lindqvarn visits KEN"),
    ("The visit to Kenya ended.", ""),
    ("French sanctions on Norway hurt farmers.", "FRA sanctions NOR"),
    ("France's sanctions against Norway hurt farmers.", "FRA sanctions NOR"),
    ("A Chilean strike on Oman killed nine.", "CHL attacks OMN"),
    ("The killing of Lindqvarn by Chile shocked farmers.", "CHL attacks Lindqvarn"),
    ("Chile's invasion of Oman went on.", "CHL attacks OMN"),
    ("The invasion of Oman went on.", ""),
    ("The Lindqvarn-Havlovska summit ended.", "Lindqvarn meets Havlovska"),
    ("The Norway-EU summit ended.", "NOR meets EU"),
    ("The North Korea-Chile talks ended.", "PRK meets CHL"),
    ("Talks between France and Norway began.", "FRA meets NOR"),
    ("Talks between France, Norway and Chile began.", "FRA meets NOR; FRA meets CHL; NOR meets CHL"),
    ("Lindqvarn's talks with Havlovska began.", "Lindqvarn meets Havlovska"),
    ("Lindqvarn arrived in Lima for talks with Havlovska.", "Lindqvarn visits Lima; Lindqvarn meets Havlovska"),
    ("Lindqvarn spoke during a visit to Kenya.", "Lindqvarn visits KEN"),
    ("Lindqvarn spoke during Havlovska's visit to Kenya.", "Havlovska visits KEN"),
    ("The sale of French missiles to Norway was delayed.", "FRA supplies NOR"),
    ("Talks mediated by Oman between France and Norway went on.", "FRA meets NOR"),
    ("Farmers were hurt in Chilean strikes on Oman overnight, doctors said.", "CHL attacks OMN"),
    ("Lindqvarn, in Lima for talks with Kenya, said nothing.", "Lindqvarn meets KEN"),
    ("Sanctions target Norway.", ""),
    ("Supplies of weapons from France to Norway grew.", "FRA supplies NOR"),
    ("Shipments of cheese from France to Norway grew.", ""),
    ("Kenya planned a visit to Oman.", "KEN visits OMN"),
]

TOGETHER = [
    ("France and Norway met in Lima.", "FRA meets NOR"),
    ("France and Norway met Chile.", "FRA meets CHL; NOR meets CHL"),
    ("France and Norway met with Chile.", "FRA meets CHL; NOR meets CHL"),
    ("France met with Norway and Chile.", "FRA meets NOR; FRA meets CHL"),
    ("France and Norway held talks.", "FRA meets NOR"),
    ("France and Norway held talks with Chile.", "FRA meets CHL; NOR meets CHL"),
    ("France, Norway and Chile met on Monday.", "FRA meets NOR; FRA meets CHL; NOR meets CHL"),
    ("France and Norway trade with each other.", "FRA trades NOR"),
    ("France and Norway have attacked each other.", "FRA attacks NOR; NOR attacks FRA"),
    ("France and Norway traded insults.", ""),
    ("France, Norway, Chile, Kenya and Oman met in Lima.", ""),
    ("France met.", ""),
]

ENDS = [
    ("Norwegian forces attacked Oman.", "NOR attacks OMN"),
    ("Forces of Norway attacked Oman.", "NOR attacks OMN"),
    ("Thousands of Norwegian soldiers attacked Oman.", "NOR attacks OMN"),
    ("A group of officials from Norway met Lindqvarn.", "NOR meets Lindqvarn"),
    ("France slapped tariffs on Norwegian goods.", "FRA taxes NOR"),
    ("France slapped tariffs on its goods.", "FRA taxes its"),
    ("Chile struck the city of Lima.", "CHL attacks Lima"),
    ("Chile struck targets in Oman.", "CHL attacks OMN"),
    ("The Kenyan defence minister, Otieno Wambasi, met Lindqvarn.", "Wambasi meets Lindqvarn"),
    ("Otieno Wambasi, the defence minister, met Lindqvarn.", "Wambasi meets Lindqvarn"),
    ("French and Norwegian officials met Lindqvarn.", "FRA meets Lindqvarn; NOR meets Lindqvarn"),
    ("The foreign ministers of France and Norway met.", "FRA meets NOR"),
    ("France sanctioned dozens of entities, including Norway and Oman.", "FRA sanctions NOR; FRA sanctions OMN"),
    ("France urged allies such as Norway to wait.", "FRA urges NOR"),
    ("French-led forces attacked Oman.", ""),
    ("Presidents Wambasi of Kenya and Havlovska of Chile met in Lima.", "Wambasi meets Havlovska"),
    ("Norwegian cheese met Lindqvarn.", ""),
    ("North Korean troops were sent to Kenya.", "PRK deploysTo KEN"),
    ("Thousands of North Korean troops were deployed in Kenya.", "PRK deploysTo KEN"),
    ("Troops were sent to Kenya.", ""),
    ("Lindqvarn visited Havlovska.", ""),
    ("France attacked France.", ""),
    ("The ally of France attacked Oman.", ""),
    ("Norwegian rebels attacked Oman.", ""),
    ("NATO members praised Kenya.", "NATO praises KEN"),
]


@pytest.mark.parametrize(("text", "expected"), [*ANY_NOUN, *DESCRIBED])
def test_loose_nouns(nlp: Language, lexicon: Lexicon, text: str, expected: str) -> None:
    check(nlp, lexicon, text, expected)


@pytest.mark.parametrize(("text", "expected"), VERBS)
def test_verbs(nlp: Language, lexicon: Lexicon, text: str, expected: str) -> None:
    check(nlp, lexicon, text, expected)


@pytest.mark.parametrize(("text", "expected"), NOUNS)
def test_nouns(nlp: Language, lexicon: Lexicon, text: str, expected: str) -> None:
    check(nlp, lexicon, text, expected)


@pytest.mark.parametrize(("text", "expected"), TOGETHER)
def test_things_done_together(nlp: Language, lexicon: Lexicon, text: str, expected: str) -> None:
    check(nlp, lexicon, text, expected)


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_words_that_stand_for_an_actor(nlp: Language, lexicon: Lexicon, text: str, expected: str) -> None:
    check(nlp, lexicon, text, expected)


def test_a_longer_trigger_of_another_relation_beats_a_shorter_one(nlp: Language, lexicon: Lexicon) -> None:
    check(nlp, lexicon, "France lifted sanctions on Norway.", "FRA concedesTo NOR")


def test_the_longest_trigger_of_a_relation_holds(nlp: Language, lexicon: Lexicon) -> None:
    (frame,) = frames_of(nlp, lexicon, "France met with leaders of Norway.")
    assert frame.pattern == "SUBJ meet with leader of OBJ"


def test_a_frame_says_its_predicate_its_words_and_its_item(nlp: Language, lexicon: Lexicon) -> None:
    (frame,) = frames_of(nlp, lexicon, "France sent 20 tanks to Norway.")
    assert frame.predicate.text == "sent"
    assert [token.text for token in frame.trigger] == ["sent", "to"]
    assert frame.item is not None
    assert frame.item.text == "tanks"


def test_the_light_verb_is_the_predicate(nlp: Language, lexicon: Lexicon) -> None:
    (frame,) = frames_of(nlp, lexicon, "Chile launched an attack on Oman.")
    assert frame.predicate.text == "launched"
    assert [token.text for token in frame.trigger] == ["launched", "attack", "on"]


def test_a_verb_that_only_governs_the_event_is_not(nlp: Language, lexicon: Lexicon) -> None:
    (frame,) = frames_of(nlp, lexicon, "Kenya cancelled a visit to Oman.")
    assert frame.predicate.text == "visit"


def test_frames_come_in_text_order(nlp: Language, lexicon: Lexicon) -> None:
    text = "Chile attacked Oman. France sanctioned Norway and praised Chile. Lindqvarn visited Kenya."
    frames = frames_of(nlp, lexicon, text)
    assert [frame.relation for frame in frames] == ["attacks", "sanctions", "praises", "visits"]
    again = frames_of(nlp, lexicon, text)
    assert [(f.relation, f.subject, f.object, f.pattern) for f in frames] == [
        (f.relation, f.subject, f.object, f.pattern) for f in again
    ]


def test_the_ends_of_a_symmetric_relation_stand_in_text_order(nlp: Language, lexicon: Lexicon) -> None:
    (frame,) = frames_of(nlp, lexicon, "Lindqvarn, whom Havlovska met, said nothing.")
    assert frame.subject.entity == "Lindqvarn"
    assert frame.subject.span < frame.object.span


def test_a_text_without_trigger_words_has_no_frames(nlp: Language, lexicon: Lexicon) -> None:
    assert frames_of(nlp, lexicon, "France and Norway are in Europe. Lindqvarn slept.") == []


PIECES = (
    *("France", "Norway", "Oman", "Lindqvarn", "and", ",", "which", "where", "each other", "including", "'s"),
    *("met", "sent tanks to", "was sanctioned", "attacked", "urged", "talks", "visit to"),
    *("with", "by", "between", "on", "of", "to", "for"),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=3, max_size=14))
def test_whatever_the_words_frames_are_sound(nlp: Language, lexicon: Lexicon, pieces: list[str]) -> None:
    reading = make_reading(nlp, " ".join(pieces) + ".", ACTORS)
    frames = list(find_frames(reading, lexicon))
    assert frames == list(find_frames(reading, lexicon))
    assert [frame.predicate.sent.start for frame in frames] == sorted(frame.predicate.sent.start for frame in frames)
    for frame in frames:
        assert frame.subject.entity != frame.object.entity
        assert frame.subject in reading.mentions
        assert frame.object in reading.mentions
        assert frame.predicate in frame.trigger
        assert [token.i for token in frame.trigger] == sorted({token.i for token in frame.trigger})
