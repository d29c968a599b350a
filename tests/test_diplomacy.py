"""Verbal, diplomatic and cooperative relations in many constructions, each with sentences that look alike and are not.

A sentence tells what stands beside it, `relation subject > object`; what begins with "no" it must not tell as a fact.
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

REFUSALS = [
    ("Peru will not accept Chile's offer.", "rejects PER > CHL"),
    ("Serbia does not recognise Kosovo.", "rejects SRB > XKX"),
    ("Spain has never recognised Kosovo.", "rejects ESP > XKX"),
    ("Kosovo is not recognised by Serbia.", "rejects SRB > XKX"),
    ("Hungary would not agree to Poland's terms.", "rejects HUN > POL"),
    ("Indonesia said it would not bow to Malaysia's demands.", "rejects IDN > MYS"),
    ("Malta refused to let the Italian ship in.", "rejects MLT > ITA"),
    ("Bolivia ruled out a deal with Chile.", "rejects BOL > CHL"),
    ("Ignoring Thailand's protests, Cambodia kept digging.", "rejects KHM > THA"),
    ("Peru accepted Chile's offer.", "no rejects"),
    ("Peru should not accept Chile's offer.", "no rejects"),
    ("Peru must not recognise Kosovo.", "no rejects"),
    ("Peru may not accept Chile's offer.", "no rejects"),
    ("Norway refused to comment on reports from Sweden.", "no rejects"),
    ("Serbia recognised Kosovo.", "no rejects"),
    ("If Peru does not accept Chile's offer, the talks will end.", "no rejects"),
    ("The machine does not recognise coins from Peru in Chile.", "no rejects"),
]
BLAME = [
    ("Kenya holds Somalia responsible for the raid on the market.", "criticizes KEN > SOM"),
    ("Ecuador said Colombia was behind the cyberattack.", "criticizes ECU > COL"),
    ("Finland says Russia is behind the jamming.", "criticizes FIN > RUS"),
    ("Blaming Niger for the outage, Mali shut the line.", "criticizes MLI > NER"),
    ("Ethiopia came under fire from Egypt for filling the dam.", "criticizes EGY > ETH"),
    ("Uganda filed a complaint against Rwanda with the United Nations.", "criticizes UGA > RWA"),
    ("Ecuador said Colombia was behind schedule.", "no criticizes"),
    ("Kenya holds shares in Somalia's responsible bank.", "no criticizes"),
    ("Ecuador said Colombia was beyond the river.", "no criticizes"),
    ("Kenya did not blame Somalia.", "no criticizes"),
    ("The critic from Mali wrote about Nigerien films.", "no criticizes"),
    ("Uganda and Rwanda filed in, one behind the other.", "no criticizes"),
    ("Kenya may hold Somalia responsible.", "no criticizes"),
]
DUTIES = [
    ("Ghana told Togo that it must return the stolen vehicles.", "urges GHA > TGO"),
    ("Lithuania said Belarus should release the pilots at once.", "urges LTU > BLR"),
    ("Kazakhstan said Kyrgyzstan must repay the loan.", "urges KAZ > KGZ"),
    ("Italy challenged Malta to prove its claim.", "urges ITA > MLT"),
    ("Vietnam turned to Laos for help with the fires.", "urges VNM > LAO"),
    ("Peru was urged by Chile to ratify the fisheries treaty.", "urges CHL > PER"),
    ("Zambia joined Malawi in urging Mozambique to share the maps.", "urges MWI > MOZ"),
    ("Ghana told Togo that it had returned the vehicles.", "no urges"),
    ("Lithuania said Belarus had released the pilots.", "no urges"),
    ("Lithuania said Belarus would release the pilots.", "no urges"),
    ("Vietnam turned to Laos with a smile.", "no urges"),
    ("Portugal asked whether Spain would share its maps.", "no urges"),
    ("The urge to swim from Denmark to Sweden is old.", "no urges"),
]
SINGLED_OUT = [
    ("Costa Rica was the first country to recognise Panama.", "supports CRI > PAN"),
    ("Ghana became the first African country to recognise Kosovo.", "supports GHA > XKX"),
    ("Qatar was the latest country to call on Yemen to reopen the airport.", "urges QAT > YEM"),
    ("Ghana, the only country to back Togo, left early.", "supports GHA > TGO"),
    ("Fiji was the last nation to condemn Samoa.", "criticizes FJI > WSM"),
    ("Ghana wants to be the first country to recognise Kosovo.", "no supports"),
    ("Ghana may become the first country to recognise Kosovo.", "no supports"),
    ("Ghana was not the first country to recognise Kosovo.", "no rejects"),
    ("Ghana is a fine country to visit Togo from.", "no visits"),
    ("Kenya is a country to watch, Ghana said.", "no supports"),
    ("It is time for a country to recognise Kosovo, Ghana said.", "no supports"),
    ("Ghana asked for a country to recognise Kosovo.", "no supports"),
]
FRAMES = [
    ("Under an agreement with Kenya, Uganda pays half.", "agreesWith KEN > UGA"),
    ("Under a treaty with Egypt, Jordan receives gas.", "agreesWith EGY > JOR"),
    ("In cooperation with Austria, Slovenia built a tunnel.", "cooperatesWith AUT > SVN"),
    ("In a joint statement, Fiji and Samoa deplored the spill.", "agreesWith FJI > WSM"),
    ("Projects involving Norway, Sweden and Finland were shown.", "cooperatesWith NOR > SWE"),
    ("The pipeline, which links Norway and Poland, opened.", "cooperatesWith NOR > POL"),
    ("Japan and Mongolia struck a deal on copper.", "agreesWith JPN > MNG"),
    ("Kenya hopes for an agreement with Uganda.", "no agreesWith"),
    ("Kenya held talks on cooperation with Uganda.", "no cooperatesWith"),
    ("In a statement, Fiji and Samoa were praised.", "no agreesWith"),
    ("Without an agreement with Kenya, Uganda pays half.", "no agreesWith"),
    ("Under pressure, Kenya and Uganda paid.", "no agreesWith"),
    ("The film involving Norway and Sweden was dull.", "no cooperatesWith"),
    ("A pipeline linking Norway and Poland may be built.", "no agreesWith"),
]
ROLES = [
    ("Poland took delivery of 20 tanks from South Korea.", "supplies KOR > POL"),
    ("India bought 30 locomotives from Spain.", "supplies ESP > IND"),
    ("Vietnam was promised two ships by Japan.", "pledgesTo JPN > VNM"),
    ("Nepal received congratulations from Bhutan.", "praises BTN > NPL"),
    ("Azerbaijan enjoys the support of Turkey.", "supports TUR > AZE"),
    ("Angola was the guest of Namibia for two days.", "hosts NAM > AGO"),
    ("Tunisia attended a summit hosted by Algeria.", "hosts DZA > TUN"),
    ("Haiti received emergency food from Mexico.", "aids MEX > HTI"),
    ("Peru provided a statement to Chile.", "no supplies"),
    ("Belgium delivered a speech to Kenya.", "no supplies"),
    ("France has offered Lebanon its help.", "no aids"),
    ("Rwanda hosted a host of problems, Burundi joked.", "no hosts"),
    ("The support beam from Italy reached Malta.", "no supports"),
    ("Turkey gave Somalia no answer.", "no supplies"),
    ("The storm put paid to a visit by Latvia to Norway.", "no visits"),
    ("The criteria were met by Ghana, Togo said.", "no meets"),
    ("Ana Quispe is a longtime friend of Chile.", "no cooperatesWith"),
]
CONTACTS = [
    ("Letters from Kenya and Uganda reached the African Union.", "contacts African_Union > KEN"),
    ("Nepal informed India of the landslide.", "contacts IND > NPL"),
    ("Denmark rang Estonia late at night.", "contacts DNK > EST"),
    ("Over the phone, Finland told Estonia of the find.", "contacts EST > FIN"),
    ("Contacts between Cyprus and Turkey have resumed.", "contacts CYP > TUR"),
    ("Malaysia notified Singapore of the spill.", "contacts MYS > SGP"),
    ("A phone call between Egypt and Qatar settled the matter.", "contacts EGY > QAT"),
    ("The call of the wild drew Norway's hikers to Sweden.", "no contacts"),
    ("The informed public of Nepal and India was glad.", "no contacts"),
    ("Kenya will inform Uganda.", "no contacts"),
    ("Denmark did not call Estonia by phone.", "no contacts"),
    ("The phone from Finland sells well in Estonia.", "no contacts"),
    ("Norway's ring road reaches Sweden.", "no contacts"),
]
MEMBERS = [
    ("As a member of NATO, Albania pays its share.", "memberOf ALB > NATO"),
    ("Slovakia is part of the European Union.", "memberOf SVK > EU"),
    ("NATO admitted Finland in 2023.", "memberOf FIN > NATO"),
    ("Gabon is the smallest member of OPEC.", "memberOf GAB > OPEC"),
    ("Croatia became the 28th member of the European Union.", "memberOf HRV > EU"),
    ("NATO members Portugal and Spain sent planes.", "memberOf ESP > NATO"),
    ("Switzerland is not in the European Union.", "no memberOf"),
    ("Serbia wants to be part of the European Union.", "no memberOf"),
    ("As a friend of NATO, Georgia pays its share.", "no memberOf"),
    ("Japan met members of the European Union.", "no memberOf"),
    ("Serbia joined criticism of NATO.", "no memberOf"),
    ("Slovakia is part of the European Union.", "no controls"),
]
UTTERANCES = [
    ("The European Union and Japan issued a joint statement condemning North Korea.", "criticizes JPN > PRK"),
    ("Kenya sent a letter urging Uganda to pay.", "urges KEN > UGA"),
    ("Fiji adopted a resolution praising Samoa.", "praises FJI > WSM"),
    ("Malaysia's request that Singapore lower the toll was refused.", "urges MYS > SGP"),
    ("Romania has repeatedly refused to accept Hungary's demand that the road be moved.", "rejects ROU > HUN"),
    ("Turkey took part in exercises with Azerbaijan.", "cooperatesWith AZE > TUR"),
    ("Swiss doctors were sent to Nepal.", "aids CHE > NPL"),
    ("Azerbaijani gas is pumped to Bulgaria.", "supplies AZE > BGR"),
    ("Kenya read a letter condemning Uganda.", "no criticizes"),
    ("Kenya plans to issue a statement urging Uganda to pay.", "no urges"),
    ("The European Union will adopt a resolution condemning Belarus.", "no criticizes"),
    ("Malaysia withdrew plans for a request to Singapore.", "no urges"),
    ("The letter from Kenya was read by guests condemning Uganda.", "no urges"),
    ("Swiss doctors were asked about Nepal.", "no aids"),
    ("Azerbaijani gas is popular in Bulgaria.", "no supplies"),
]
CASES = [*UTTERANCES, *REFUSALS, *BLAME, *DUTIES, *SINGLED_OUT, *FRAMES, *ROLES, *CONTACTS, *MEMBERS]


@pytest.fixture(scope="module")
def told(nlp: Language) -> Mapping[str, frozenset[str]]:
    """What each sentence tells as a fact, in one run."""
    articles = [Article(text, text, published=date(2025, 7, 14)) for text in dict.fromkeys(text for text, _ in CASES)]
    found = {}
    for extraction in extract(articles, nlp=nlp, ontology=ontology.load(), readers=[rule_reader(ontology.load())]):
        claims = [claim for claim in extraction.claims if claim.status is Status.ACTUAL]
        symmetric = {r.name for r in ontology.load().relations.values() if r.symmetric}
        found[extraction.article.text] = frozenset(
            f"{c.relation} {a} > {b}"
            for c in claims
            for a, b in [sorted((c.subject, c.object)) if c.relation in symmetric else (c.subject, c.object)]
        )
    return found


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_sentence_tells_what_it_says_and_no_more(
    told: Mapping[str, frozenset[str]], text: str, expected: str
) -> None:
    if expected.startswith("no "):
        assert not [fact for fact in told[text] if fact.split()[0] == expected.split()[1]]
    else:
        assert expected in told[text]
