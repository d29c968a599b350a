"""The store: exact, incremental, reversible, the same whatever the order, whole after a crash."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from claim_factory import RELATIONS, article, claim, entity, extraction, mention
from hypothesis import given, strategies as st

from geograph.errors import StoreError
from geograph.facts import consolidate
from geograph.model import Article, Claim, Entity, EntityType, Extraction, Mention, Period, Span, Status, Via
from geograph.store import Store, version as store_version
from geograph.vocabulary import Vocabulary


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None, relations=RELATIONS) as fresh:
        yield fresh


def world() -> list[Extraction]:
    """Six articles about two meetings, a plan, a denial and an office."""
    a = article("a", publisher="Daily Lantern", title="Two meet")
    b = article("b", published="2025-07-13", agency="Northwire", url="https://news.example/b?x=1")
    c = article("c", published="2025-08-01")
    d = article("d", published="2025-07-13")
    return [
        extraction(
            a,
            [
                claim(a, "RUS", "meets", "PRK", when="2025-07-12", place="Wonsan"),
                claim(a, "person.Luc_Tavernier", "holdsOfficeIn", "FRA", at=3, item="foreign minister"),
            ],
            [mention(a, "RUS", 0, 6), mention(a, "PRK", 10, 14, Via.PRONOUN)],
        ),
        extraction(b, [claim(b, "PRK", "meets", "RUS", when="2025-07"), claim(b, "RUS", "visits", "PRK", at=2)]),
        extraction(c, [claim(c, "CHN", "visits", "RUS", status=Status.PLANNED, when="2025-09", said_by="CHN")]),
        extraction(d, [claim(d, "RUS", "visits", "PRK", status=Status.DENIED)]),
        extraction(article("empty")),
    ]


def content(store: Store) -> list[str]:
    return [str(quad) for quad in store.dataset_quads()]


def holds(store: Store, sparql: str) -> bool:
    return bool(store.query(sparql))


# Exact


def test_values_come_back_as_they_were_added(store: Store):
    store.add(world())
    assert sorted(store.extractions(), key=lambda e: e.article.document) == world()
    assert [each.id for each in store.articles()] == sorted(each.article.id for each in world())
    assert sorted(each.id for each in store.claims()) == sorted(c.id for each in world() for c in each.claims)


def test_a_value_with_every_field_comes_back_exactly(store: Store):
    text = "«Très» \\ \"quoted\" 'text'\r\nwith\ttabs, \u2028 lines, control \x00\x01\x1b and 🕊 \u0041."
    of = Article(
        document="every field",
        text=text,
        title="",
        published=None,
        publisher="Ünï \n Press",
        url="https://news.example/a path/ü?q=%zz#f",
        agency="  ",
        metadata=(("b", "1"), ("a", "2"), ("a", "")),
    )
    told = Claim(
        article=of.id,
        relation="supplies",
        subject="person.Luc_Tavernier",
        object="PRK",
        status=Status.POSSIBLE,
        span=Span(0, 8),
        quote=text[:8],
        trigger="Très",
        trigger_span=Span(1, 5),
        date=Period("2024-02/2025-03-01"),
        date_span=Span(2, 3),
        place="Ödland",
        place_entity="CHN",
        said_by="JPN",
        item='"oil"',
        subject_span=Span(0, 1),
        object_span=Span(3, 4),
        confidence=0.1234567890123,
        reader="rules",
        version="1; é",
    )
    entities = (
        Entity("CHN", EntityType.COUNTRY, "China", "CHN"),
        Entity("FRA", EntityType.COUNTRY, "France", "FRA"),
        Entity("JPN", EntityType.COUNTRY, "Japan", "JPN"),
        Entity("PRK", EntityType.COUNTRY, "North Korea", "PRK", ("DPRK",), ("iso3166:PRK", "wikidata:Q423")),
        Entity(
            "Wonsan-1877449", EntityType.PLACE, "Wonsan", "PRK", (), ("geonames:1877449",), (39.15278, -1e-07), "rule x"
        ),
        Entity("person.Luc_Tavernier", EntityType.PERSON, "Luc Tavernier", "FRA"),
    )
    mentions = (
        Mention(Span(0, 4), "other words", EntityType.PERSON, Via.TITLE, "person.Luc_Tavernier"),
        Mention(Span(5, 6), text[5:6], EntityType.GROUP, Via.NOMINAL, None),
    )
    whole = Extraction(of, entities, mentions, (told,))
    store.add([whole])
    assert list(store.extractions()) == [whole]
    place = next(each for each in store.entities() if each.type is EntityType.PLACE)
    assert place.coordinates == (39.15278, -1e-07)
    assert place.identifiers == ("geonames:1877449",)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_exactly(text: str, document: str):
    whole = Extraction(Article(document, text, url=document, metadata=((text, document),)))
    with Store.open(None, relations=RELATIONS) as store:
        store.add([whole, extraction(article())])
        store.remove(article().id)  # goes through the transaction that also takes out
        assert list(store.extractions()) == [whole]


def test_facts_are_what_the_claims_make_and_come_back_exactly(store: Store):
    store.add(world())
    articles = {each.id: each for each in store.articles()}
    assert list(store.facts()) == list(consolidate(store.claims(), articles, RELATIONS))


# Shortcuts


def test_a_meeting_is_one_triple_each_way(store: Store):
    store.add(world())
    assert holds(store, "ASK { id:RUS gg:meets id:PRK . id:PRK gg:meets id:RUS }")


def test_plans_and_disputed_facts_have_no_shortcut(store: Store):
    store.add(world())
    assert not holds(store, "ASK { ?a gg:visits ?b }")
    store.remove("d")
    assert holds(store, "ASK { id:RUS gg:visits id:PRK }")
    assert not holds(store, "ASK { id:CHN gg:visits ?b }")


def test_six_copies_of_a_wire_story_are_six_articles_and_one_independent_source_in_whatever_order(store: Store):
    wire = " ".join(f"word{number}" for number in range(120))
    copies = []
    for number in (3, 0, 5, 2, 4, 1):
        of = article(f"copy{number}", text=f"{wire} ending{number}", publisher=f"Paper {number}")
        copies.append(extraction(of, [claim(of, when="2025-07-12")]))
    for each in copies:
        store.add([each])
    (fact,) = store.facts()
    assert (fact.source_count, fact.independent_source_count, len(fact.claims)) == (6, 1, 6)
    store.remove("copy0")
    assert [(fact.source_count, fact.independent_source_count) for fact in store.facts()] == [(5, 1)]


def test_both_sides_of_a_dispute_stay_visible_and_the_shortcut_goes(store: Store):
    yes, no = article("yes"), article("no")
    store.add([extraction(yes, [claim(yes, "RUS", "visits", "PRK", when="2025-07-12")])])
    assert holds(store, "ASK { id:RUS gg:visits id:PRK }")
    denied = claim(no, "RUS", "visits", "PRK", when="2025-07-12", status=Status.DENIED)
    store.add([extraction(no, [denied])])
    assert not holds(store, "ASK { id:RUS gg:visits id:PRK }")
    rows = store.query("SELECT ?s { ?f a gg:Fact ; gg:disputed true ; gg:claim ?c . ?c gg:status ?s } ORDER BY ?s")
    assert [row["s"].value for row in rows] == ["actual", "denied"]


def test_a_state_that_is_over_has_no_shortcut(store: Store):
    a, b = article("a"), article("b")
    member = extraction(a, [claim(a, "JPN", "memberOf", "FRA", when="2010")])
    store.add([member])
    assert holds(store, "ASK { id:JPN gg:memberOf id:FRA }")
    store.add([extraction(b, [claim(b, "JPN", "memberOf", "FRA", when="2020", status=Status.DENIED)])])
    assert not holds(store, "ASK { id:JPN gg:memberOf id:FRA }")


def test_a_former_office_has_no_shortcut_until_a_later_report_says_that_it_holds(store: Store):
    old, new = article("a", published="2024-05-01"), article("b", published="2025-05-01")
    former = replace(claim(old, "JPN", "memberOf", "FRA"), ended=True)
    store.add([extraction(old, [former])])
    assert [each.ended for each in store.claims()] == [True]
    assert [each.ended for each in store.facts()] == [True]
    assert not holds(store, "ASK { id:JPN gg:memberOf id:FRA }")
    store.add([extraction(new, [claim(new, "JPN", "memberOf", "FRA")])])
    assert [each.ended for each in store.facts()] == [False]
    assert holds(store, "ASK { id:JPN gg:memberOf id:FRA }")


# Entities


def test_label_and_country_of_an_entity_are_the_most_frequent(store: Store):
    key = "person.Kim_Do_Yun"

    def names(document: str, label: str, country: str | None) -> Extraction:
        named = (Entity(key, EntityType.PERSON, label, country), *([entity(country)] if country else []))
        return Extraction(article(document), named)

    store.add([names("1", "Kim Do-yun", None), names("2", "Kim Do Yun", "PRK"), names("3", "Kim Do-yun", "JPN")])
    kim = next(each for each in store.entities() if each.key == key)
    assert (kim.label, kim.country) == ("Kim Do-yun", "JPN")
    store.remove("3")
    kim = next(each for each in store.entities() if each.key == key)
    assert (kim.label, kim.country) == ("Kim Do Yun", "PRK")


def test_aliases_are_the_names_by_which_articles_call_an_entity_but_no_pronouns(store: Store):
    of = article(text="Moscow said it would; Muscovy did.")
    store.add([extraction(of, mentions=[mention(of, "RUS", 0, 6), mention(of, "RUS", 12, 14, Via.PRONOUN)])])
    assert next(store.entities()).aliases == ("Moscow",)


def test_an_entity_that_no_article_names_any_more_is_gone(store: Store):
    store.add(world())
    store.remove("c")
    assert "CHN" not in {each.key for each in store.entities()}
    assert not holds(store, "ASK { id:CHN ?p ?o }")


def test_a_claim_about_an_entity_that_its_article_does_not_hold_is_a_bug_and_said_so(store: Store):
    whole = world()[0]
    with pytest.raises(ValueError, match="not among its article's entities"):
        store.add([Extraction(whole.article, (), (), whole.claims)])


# Incremental and reversible


def test_adding_twice_changes_nothing(store: Store):
    first = store.add(world())
    before = content(store)
    second = store.add(world())
    assert (first.new, first.replaced, first.unchanged, first.claims) == (5, 0, 0, 6)
    assert (second.new, second.replaced, second.unchanged, second.claims) == (0, 0, 5, 0)
    assert content(store) == before


def test_removing_keeps_facts_that_others_tell_with_lower_counts(store: Store):
    store.add(world())
    assert store.remove("b") == 1
    meeting = next(fact for fact in store.facts() if fact.relation == "meets")
    assert (meeting.source_count, meeting.date) == (1, Period("2025-07-12"))


@pytest.mark.parametrize("how", ["id", "iri", "document", "url"])
def test_articles_are_removed_by_id_iri_document_or_url(store: Store, how: str):
    store.add(world())
    b = world()[1].article
    selector = {"id": b.id, "iri": Vocabulary().article(b.id), "document": "b", "url": b.url}[how]
    assert store.remove(selector or "") == 1
    assert store.remove(selector or "") == 0
    assert "b" not in {each.document for each in store.articles()}


def test_removing_everything_leaves_nothing_behind(store: Store):
    store.add(world())
    for each in world():
        store.remove(each.article.id)
    assert content(store) == []
    assert list(store.graph_triples()) == []
    assert store.counts() == {"articles": 0, "claims": 0, "facts": 0, "entities": 0}


def test_reading_an_article_anew_replaces_what_it_said(store: Store):
    store.add(world())
    old = world()[0]
    again = extraction(old.article, [claim(old.article, "FRA", "sanctions", "RUS", when="2025-07-12")])
    added = store.add([again])
    assert (added.new, added.replaced, added.claims) == (0, 1, 1)
    with Store.open(None, relations=RELATIONS) as fresh:
        fresh.add([again, *world()[1:]])
        assert content(fresh) == content(store)


def test_same_named_files_of_two_folders_are_two_articles(store: Store):
    store.add([extraction(article("news", text="One.")), extraction(article("news", text="Two."))])
    assert store.counts()["articles"] == 2
    assert store.remove("news") == 2


def test_a_claim_given_twice_is_stored_once(store: Store):
    of = article()
    once = claim(of)
    store.add([extraction(of, [once, once])])
    assert [each.id for each in store.claims()] == [once.id]


def test_no_triple_is_in_two_graphs(store: Store):
    """A query over the union of all graphs would count it twice."""
    store.add(world())
    triples = [quad.triple for quad in store.dataset_quads()]
    assert len(triples) == len(set(triples))


def test_graph_triples_hold_no_text_no_index_and_no_blank_node(store: Store):
    store.add(world())
    triples = list(store.graph_triples())
    local = {triple.predicate.value.rpartition("#")[2] for triple in triples}
    assert not local & {"text", "reading", "page", "tally", "sketch", "storeVersion"}
    assert all(isinstance(triple.subject, pyoxigraph.NamedNode) for triple in triples)
    assert {str(t) for t in triples} == {
        str(q.triple) for q in store.dataset_quads() if q.predicate.value.rpartition("#")[2] not in ("text", "reading")
    }


# Whatever the order


STATUSES = st.sampled_from(Status)
WHEN = st.sampled_from([None, "2025", "2025-07", "2025-07-12", "2025-07-14", "2025-07-10/2025-07-13"])
ENDS = st.sampled_from(["RUS", "PRK", "person.Luc_Tavernier"])


@st.composite
def extractions(draw: st.DrawFn, site: str = "news.example") -> list[Extraction]:
    found = []
    for number in range(draw(st.integers(1, 6))):
        of = article(
            draw(st.sampled_from(["same", f"n{number}"])),
            published=draw(st.sampled_from([None, "2025-07-13", "2025-09-01"])),
            text=f"{number}: " + draw(st.sampled_from(["one text of the wire", "a different report"])),
            url=draw(st.sampled_from([None, f"https://{site}/{number % 2}"])),
        )
        claims = [
            claim(
                of,
                draw(ENDS),
                draw(st.sampled_from(sorted(RELATIONS))),
                draw(ENDS),
                when=draw(WHEN),
                status=draw(STATUSES),
                at=at,
            )
            for at in range(draw(st.integers(0, 3)))
        ]
        found.append(extraction(of, claims, [mention(of, draw(ENDS), 0, 2)]))
    return found


@given(extractions(), st.randoms(use_true_random=False))
def test_any_order_and_any_split_give_the_same_content(found: list[Extraction], shuffler: random.Random):
    with Store.open(None, relations=RELATIONS) as once, Store.open(None, relations=RELATIONS) as parts:
        once.add(found)
        shuffled = list(found)
        shuffler.shuffle(shuffled)
        while shuffled:
            size = shuffler.randint(1, len(shuffled))
            parts.add(shuffled[:size])
            shuffled = shuffled[size:]
        assert content(parts) == content(once)
        articles = {each.id: each for each in once.articles()}
        assert list(once.facts()) == list(consolidate(once.claims(), articles, RELATIONS))


@given(extractions(), extractions("other.example"))
def test_adding_and_then_removing_restores_the_content(kept: list[Extraction], passing: list[Extraction]):
    stay = {each.article.id for each in kept}
    with Store.open(None, relations=RELATIONS) as store:
        store.add(kept)
        before = content(store)
        stored = {each.id for each in store.articles()}
        store.add(each for each in passing if each.article.id not in stay)
        for id in {each.id for each in store.articles()} - stored:
            assert store.remove(id) == 1
        assert content(store) == before


def test_two_files_with_one_url_and_text_are_one_article_in_whatever_order(store: Store):
    first = extraction(article("a", text="Same.", url="https://news.example/x"))
    second = extraction(article("b", text="Same.", url="https://news.example/x"))
    assert first.article.id == second.article.id
    store.add([second])
    store.add([first])
    store.add([second])
    assert [each.document for each in store.articles()] == ["a"]


# Samples and real articles


def test_samples_and_real_articles_never_mix(store: Store):
    sample = extraction(article("sample", sample=True))
    store.add(world())
    with pytest.raises(StoreError, match=r"--store.*--new"):
        store.add([sample])
    store.clear()
    store.add([sample])
    with pytest.raises(StoreError, match=r"--store.*--new"):
        store.add(world())
    with Store.open(None, relations=RELATIONS) as fresh, pytest.raises(StoreError):
        fresh.add([sample, *world()])


# On disk


def test_what_was_added_is_there_when_the_store_is_opened_again(tmp_path: Path):
    with Store.open(tmp_path / "deep" / "store", relations=RELATIONS) as store:
        store.add(world())
        before = content(store)
    with Store.open(tmp_path / "deep" / "store", read_only=True) as store:
        assert content(store) == before
    with Store.open(tmp_path / "deep" / "store", relations=RELATIONS, new=True) as store:
        assert content(store) == []


def test_two_may_read_at_once_even_while_one_writes(tmp_path: Path):
    with Store.open(tmp_path / "s", relations=RELATIONS) as writer:
        writer.add(world()[:2])
        with Store.open(tmp_path / "s", read_only=True) as one, Store.open(tmp_path / "s", read_only=True) as two:
            writer.add(world()[2:])
            assert one.counts() == two.counts()


def test_a_store_in_use_by_another_process_says_so(tmp_path: Path):
    path = tmp_path / "s"
    held = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pyoxigraph; s = pyoxigraph.Store(sys.argv[1]); print(1, flush=True); input()",
            path,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert held.stdin and held.stdout
    with held:
        held.stdout.readline()
        for new in (False, True):
            with pytest.raises(StoreError, match=r"in use by another geograph.*--store") as raised:
                Store.open(path, new=new)
            assert "\n" not in str(raised.value)
        held.stdin.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_of_another_version_says_so(tmp_path: Path, read_only: bool, monkeypatch: pytest.MonkeyPatch):
    with Store.open(tmp_path / "s", relations=RELATIONS) as store:
        store.add(world())
    monkeypatch.setattr(store_version, "STORE_VERSION", "99")
    with pytest.raises(StoreError, match=r"another version.*--new") as raised:
        Store.open(tmp_path / "s", read_only=read_only)
    with Store.open(tmp_path / "s", new=True) as store:  # the refusal holds no lock
        assert store.counts()["articles"] == 0, raised


def test_a_store_of_another_base_says_so(tmp_path: Path):
    Store.open(tmp_path / "s", vocabulary=Vocabulary("https://example.org/")).close()
    with pytest.raises(StoreError, match=r"https://example\.org/.*--new"):
        Store.open(tmp_path / "s")


def test_there_must_be_a_store_to_read(tmp_path: Path):
    with pytest.raises(StoreError, match="build one first: geograph build"):
        Store.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()
    Store.open(tmp_path / "empty").close()
    with pytest.raises(StoreError, match="build one first: geograph build"):
        Store.open(tmp_path / "empty", read_only=True)


def test_a_folder_with_other_files_is_never_touched(tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("mine")
    for new in (False, True):
        with pytest.raises(StoreError, match="holds other files"):
            Store.open(tmp_path, new=new)
    with pytest.raises(StoreError, match="is a file"):
        Store.open(tmp_path / "thesis.txt")
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.txt"]


def test_another_programs_store_is_never_touched(tmp_path: Path):
    other = pyoxigraph.Store(str(tmp_path / "s"))
    other.add(pyoxigraph.Quad(*[pyoxigraph.NamedNode("http://x.example/")] * 3))
    del other
    for new, message in ((False, "no geograph store"), (True, "another program's store")):
        with pytest.raises(StoreError, match=message):
            Store.open(tmp_path / "s", new=new)
    assert len(pyoxigraph.Store.read_only(str(tmp_path / "s"))) == 1


def test_beginning_anew_keeps_what_else_lies_in_the_folder(tmp_path: Path):
    with Store.open(tmp_path / "s", relations=RELATIONS) as store:
        store.add(world())
    (tmp_path / "s" / "notes.txt").write_text("mine")
    with Store.open(tmp_path / "s", relations=RELATIONS, new=True) as store:
        assert store.counts()["articles"] == 0
    assert (tmp_path / "s" / "notes.txt").read_text() == "mine"


def test_a_folder_left_by_a_build_that_was_killed_at_once_can_be_used(tmp_path: Path):
    (tmp_path / "LOCK").touch()
    (tmp_path / "LOG").touch()
    with Store.open(tmp_path, relations=RELATIONS) as store:
        store.add(world())


@pytest.mark.parametrize("damage", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_a_damaged_store_says_so_and_can_be_begun_anew(tmp_path: Path, damage: str):
    path = tmp_path / "s"
    with Store.open(path, relations=RELATIONS) as store:
        store.add(world())
    Store.open(path).close()
    for file in path.glob(damage):
        file.write_bytes(b"damaged " * 20)
    for read_only in (True, False):
        with pytest.raises(StoreError, match=r"damaged.*--new") as raised:
            Store.open(path, read_only=read_only)
        assert "\n" not in str(raised.value)
    with Store.open(path, relations=RELATIONS, new=True) as store:
        store.add(world())
        assert store.counts()["articles"] == 5


# A full disk

FILLER = """
import resource, signal, sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from claim_factory import RELATIONS, article, claim, extraction
from geograph.errors import StoreError
from geograph.store import Store, base
base.BATCH = 2
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    with Store.open(Path(sys.argv[1]), relations=RELATIONS) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        for n in range(200):
            of = article(f"n{n}", text=f"{n} " * 5_000)
            store.add([extraction(of, [claim(of)])])
except StoreError as error:
    print(error)
"""


def test_a_full_disk_is_said_in_one_line_and_what_was_stored_before_stays(tmp_path: Path):
    path = tmp_path / "s"
    command = [sys.executable, "-c", FILLER, str(path), str(Path(__file__).parent)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "the disk is full" in done.stdout and done.stdout.count("\n") == 1, done.stdout + done.stderr
    with Store.open(path, relations=RELATIONS) as store:
        assert store.counts()["articles"] > 0
        articles = {each.id: each for each in store.articles()}
        assert list(store.facts()) == list(consolidate(store.claims(), articles, RELATIONS))
