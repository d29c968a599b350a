"""Force, coercion and pressure: who does it to whom, in the constructions in which the news tells of it.

Every sentence is an article of its own, read through the whole chain; all are invented. Half of them are traps: they
look alike and tell nothing of the kind, or tell it of others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from spacy.language import Language

from geograph import ontology
from geograph.model import Article, Status
from geograph.pipeline import extract
from geograph.readers.rules.reader import rule_reader

RELATIONS = frozenset(
    {"attacks", "fights", "deploysTo", "withdrawsFrom", "controls", "protestsAgainst", "threatens", "sanctions"}
    | {"imposesTariffsOn", "cutsTiesWith", "expels", "detains", "seizes", "restricts", "supplies"}
)

# Rockets, raids and drones do harm for those who fire, fly or order them.
BY_OTHERS = [
    ("Rockets fired by Hezbollah struck Haifa on Sunday.", "attacks Hezbollah Haifa"),
    ("Missiles launched by Iran hit an air base in Israel.", "attacks IRN ISR"),
    ("Iranian missiles slammed into a school in Erbil.", "attacks IRN Erbil"),
    ("An attack by the Houthis damaged a Norwegian tanker.", "attacks Houthis NOR"),
    ("The offensive that Eritrea launched against Ethiopia lasted two days.", "attacks ERI ETH"),
    ("Six people died in an Ethiopian drone strike on Asmara.", "attacks ETH Asmara"),
    ("A Houthi drone exploded in Eilat.", "attacks Houthis Eilat"),
    ("Estonia was the target of a Russian cyberattack in 2007.", "attacks RUS EST"),
    ("Two rockets struck Haifa, Hezbollah noted.", ""),
    ("Rockets shot down by Israel were made in Iran.", ""),
    ("A drone built by Turkey hit a record in Peru.", ""),
    ("Missiles that frightened Israel were shown in Iran.", ""),
    ("An attack on a hotel in Mogadishu claimed by Al-Shabaab left nine dead.", "attacks Al-Shabaab Mogadishu"),
    ("An attack on a hotel in Mogadishu condemned by Al-Shabaab left nine dead.", ""),
    ("A prize for a hotel in Mogadishu claimed by Al-Shabaab went to Kenya.", ""),
    ("Rockets fired by Spain's fans lit the stadium, Portugal complained.", ""),
    ("An attack of hay fever spoiled the day of Norway's envoy to Chile.", ""),
    ("The Swedish choir launched an offensive of charm in Denmark.", ""),
    ("Shells fired from an old gun opened the fair in Malta, as in Cyprus.", ""),
]

# Who acts may be told by what they are: the first country to, one of the states that; by the state a body sits in.
DESCRIBED = [
    ("Lithuania was the first country to sanction Belarus.", "sanctions LTU BLR"),
    ("Canada was one of the states that sanctioned Myanmar.", "sanctions CAN MMR"),
    ("Chad was the second nation to expel the Sudanese envoy.", "expels TCD SDN"),
    ("Norway, one of the countries that sanctioned Belarus, opened an office.", "sanctions NOR BLR"),
    ("Police in Turkey arrested 14 French tourists.", "detains TUR FRA"),
    ("A court in Algeria sentenced a French writer to five years in prison.", "detains DZA FRA"),
    ("Swedish diplomat Johan Lagerqvist, jailed in Iran, came home.", "detains IRN Johan_Lagerqvist"),
    ("Kharkiv, bombed daily by Russia, has built schools underground.", "attacks RUS Kharkiv"),
    ("Lithuania was the first country to visit Belarus.", ""),
    ("Canada was one of the states that Myanmar thanked.", ""),
    ("Belarus was a reason to sanction nobody, Lithuania said.", ""),
    ("Norway is the only country to refuse to sanction Belarus.", ""),
    ("Gunmen in Turkey kidnapped a French tourist.", ""),
    ("A painter in Algeria sentenced a French writer to boredom.", ""),
    ("Swedish diplomat Johan Lagerqvist, married in Iran, came home.", ""),
    ("A court in Algeria freed a French writer.", ""),
]

# A headline's verb may be tagged as a noun, a list of names parsed as an apposition.
HEADLINES = [
    ("US sanctions Iranian bank", "sanctions USA IRN"),
    ("Turkey jails Kurdish leader", "detains TUR Kurds"),
    ("Russia shells Kharkiv", "attacks RUS Kharkiv"),
    ("Niger expels French envoy", "expels NER FRA"),
    ("China bars Japanese seafood", "sanctions CHN JPN"),
    ("Houthis target Norwegian tanker with missiles", "attacks Houthis NOR"),
    (
        "Burkina Faso, Mali and Niger quit ECOWAS.",
        "withdrawsFrom BFA ECOWAS; withdrawsFrom MLI ECOWAS; withdrawsFrom NER ECOWAS",
    ),
    ("Norway strikes oil off Iceland", ""),
    ("Spain raids fridge in Italian kitchen show", ""),
    ("Chile bars open late, as in Peru", ""),
    ("Greece strikes deal with Malta", ""),
    ("Ghana attack too slow for Togo", ""),
    ("Kenya ambassador Wanjiru Kamathe leaves Uganda", ""),
    ("Japan seafood lovers flock to Norway", ""),
]

# Whose people, ships and goods they are is told by what stands before them, whatever the noun.
ANY_NOUN = [
    ("Boko Haram abducted more than 200 Nigerian schoolgirls.", "detains Boko_Haram NGA"),
    ("Iranian authorities have detained a British couple.", "detains IRN GBR"),
    ("Mauritania evicted Senegalese beekeepers.", "expels MRT SEN"),
    ("A Greek-owned ship was seized by Iran in the Gulf of Oman.", "seizes IRN GRC"),
    ("Malaysia impounded a Panama-flagged barge.", "seizes MYS PAN"),
    ("Mexico retaliated with tariffs on American pork.", "imposesTariffsOn MEX USA"),
    ("A duty of 12% was slapped on Vietnamese catfish by Brazil.", "imposesTariffsOn BRA VNM"),
    ("Washington has banned imports of Russian gold.", "sanctions USA RUS"),
    ("Mali gave the French ambassador 72 hours to leave.", "expels MLI FRA"),
    ("Brazil recalled its ambassador from Israel.", "cutsTiesWith BRA ISR"),
    ("The arrest of inflation is a goal of Ghana, like Togo.", ""),
    ("Iceland captured the hearts of visitors from Japan.", ""),
    ("Mexico retaliated with praise for American pork.", ""),
    ("Iran seized the chance that Greece had missed.", ""),
    ("Washington has tasted imports of Russian caviar.", ""),
    ("Italy held Germany to a draw.", ""),
    ("An arresting view drew painters from Malta to Crete.", ""),
    ("Indonesia scrapped tariffs on Thai rice.", ""),
    ("The teacher in Chile expelled a pupil.", ""),
    ("Mali gave the French ambassador two hours of its time.", ""),
]

# Forces that go are deployed, arms that are given are supplied.
SENT = [
    ("Britain sent jets to Cyprus.", "deploysTo GBR CYP"),
    ("Kenya sent troops to support Somalia.", "deploysTo KEN SOM"),
    ("Spain sent a frigate to the Black Sea.", "deploysTo ESP Black_Sea"),
    ("Australian warships sailed into Manila.", "deploysTo AUS Manila"),
    ("The Pentagon ordered an aircraft carrier to the Philippines.", "deploysTo US_Defense_Department PHL"),
    ("North Korean soldiers have been sent to Russia.", "deploysTo PRK RUS"),
    ("Britain sent tanks to Ukraine.", "supplies GBR UKR"),
    ("The Netherlands gave F-16 jets to Ukraine.", "supplies NLD UKR"),
    ("Slovakia donated helicopters to Ukraine.", "supplies SVK UKR"),
    ("Greece sent Ukraine armoured vehicles.", "supplies GRC UKR"),
    ("Sweden will send 600 soldiers to Latvia.", ""),
    ("Peru sent its athletes to Chile.", ""),
    ("Italy deployed an election expert to Malawi.", ""),
    ("Fiji sent singers to Samoa.", ""),
    ("Finland stationed a consul in Peru.", ""),
    ("Kenya refused to send troops to support Somalia.", ""),
]

DEFENCE = [
    ("Iraqi forces cleared ISIS from Hawija.", "fights IRQ Islamic_State"),
    ("Afghan commandos killed 12 Taliban fighters in Uruzgan.", "attacks AFG Taliban"),
    ("U.S. forces conducted an airstrike against al-Shabaab near Jilib.", "attacks USA Al-Shabaab; attacks USA Jilib"),
    ("French jets destroyed an Islamic State weapons depot.", "attacks FRA Islamic_State"),
    ("Ukrainian defenders repulsed Russian assaults.", "fights UKR RUS"),
    ("Azerbaijan regained control of Shusha.", "seizes AZE Shusha"),
    ("Peshmerga fighters battled the Islamic State outside Sinjar.", "fights Peshmerga Islamic_State"),
    ("Near Mosul, two strikes destroyed a vehicle.", ""),
    ("Iraqi forces cleared mines from Hawija.", ""),
    ("The Norwegian depot near Jilib was not struck by Kenya.", ""),
    ("French jets flew past as the Islamic State exhibition opened.", ""),
    ("Kenyan forces practised an airstrike with Uganda.", ""),
    ("Norway's commandos killed time in Estonia.", ""),
]

# The same words with the roles turned round, and with other meanings.
ROLES = [
    ("Iran, which Israel attacked in June, closed its airspace.", "attacks ISR IRN"),
    ("The killing of two Kenyan engineers by Al-Shabaab shocked Nairobi.", "attacks Al-Shabaab KEN"),
    ("Bamako came under attack from JNIM before dawn.", "attacks JNIM Bamako"),
    ("Swiss watchmakers were hit with American duties.", "imposesTariffsOn USA CHE"),
    ("Eritrea was overrun by Ethiopian troops.", "seizes ETH ERI"),
    ("Iran has lived under American sanctions for decades.", "sanctions USA IRN"),
    ("Serbia was threatened with sanctions by the EU.", "threatens EU SRB"),
    ("Libya's invasion by Egypt lasted four days.", "attacks EGY LBY"),
    ("Mexico's war on drugs has cost thousands of lives, Guatemala noted.", ""),
    ("Ecuador's fight against obesity was praised in Peru.", ""),
    ("Critics in Norway attacked the plan for a mine in Greenland.", ""),
    ("Denmark's bid was shot down by voters in Sweden.", ""),
    ("Brazil seized the lead against Uruguay.", ""),
    ("A heat wave struck Spain and killed crops in Portugal.", ""),
    ("Floods threaten Bangladesh and India.", ""),
    ("Chad accused Sudan of bombing a market.", ""),
    ("Ukraine asked Japan to sanction Belarus.", ""),
    ("The board in Ghana sanctioned the building of a dam with Togo.", ""),
]

CASES = [*BY_OTHERS, *DESCRIBED, *HEADLINES, *ANY_NOUN, *SENT, *DEFENCE, *ROLES]


@pytest.fixture(scope="module")
def told(nlp: Language) -> Mapping[str, frozenset[str]]:
    """What is told as actual, by sentence: "attacks IRN ISR"."""
    sentences = [sentence for sentence, _ in CASES]
    articles = [Article(str(n), sentence, published=date(2025, 7, 16)) for n, sentence in enumerate(sentences)]
    found: dict[str, frozenset[str]] = {}
    for sentence, extraction in zip(
        sentences,
        extract(articles, nlp=nlp, ontology=ontology.load(), readers=[rule_reader(ontology.load())]),
        strict=True,
    ):
        found[sentence] = frozenset(
            f"{claim.relation} {_short(claim.subject)} {_short(claim.object)}"
            for claim in extraction.claims
            if claim.relation in RELATIONS and claim.status is Status.ACTUAL
        )
    return found


def _short(key: str) -> str:
    """The key of an entity without its type and the number of its place."""
    name = key.split(".", 1)[-1]
    return name.rsplit("-", 1)[0] if name.rsplit("-", 1)[-1].isdigit() else name


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_who_does_it_to_whom(told: Mapping[str, frozenset[str]], sentence: str, expected: str) -> None:
    assert told[sentence] == {part.strip() for part in expected.split(";") if part.strip()}
