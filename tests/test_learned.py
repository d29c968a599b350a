"""The learned reader: what it claims is proven by the text, careful about status, and the same every time."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from spacy.language import Language

from geograph import read
from geograph.annotate import annotate
from geograph.cli.readers import Asked, chosen
from geograph.entities.gazetteer import load as load_gazetteer
from geograph.errors import ReaderError
from geograph.model import Article, Claim, EntityType, Status
from geograph.ontology import load
from geograph.pipeline import extract, understand
from geograph.readers.choice import default_readers, readers_of
from geograph.readers.learned import network, pieces
from geograph.readers.learned.network import FOLDER, is_there
from geograph.readers.learned.reader import LearnedReader
from geograph.readers.protocol import Reader
from geograph.samples import sample_paths
from geograph.training import passages
from geograph.training.occlusion import claimed, losses

pytestmark = pytest.mark.skipif(not is_there(), reason="no trained network beside geograph.readers.learned")

ONTOLOGY = load()
Claims = Callable[..., list[list[Claim]]]
"""The claims of each text, read by the readers of a name, or by those given."""


@pytest.fixture(scope="session")
def claims(nlp: Language) -> Claims:
    def found(*texts: str, by: str | list[Reader] = "learned") -> list[list[Claim]]:
        articles = [Article(f"a{i}", text) for i, text in enumerate(texts)]
        readers = readers_of(by, ONTOLOGY) if isinstance(by, str) else by
        return [list(each.claims) for each in extract(articles, nlp=nlp, ontology=ONTOLOGY, readers=readers)]

    return found


@pytest.fixture(scope="module")
def samples(nlp: Language) -> list[tuple[Article, list[Claim]]]:
    articles = list(read(sample_paths(), on_error=pytest.fail, ontology=ONTOLOGY))
    found = extract(articles, nlp=nlp, ontology=ONTOLOGY, readers=readers_of("learned", ONTOLOGY))
    return [(extraction.article, list(extraction.claims)) for extraction in found]


def test_it_reads_relations_that_the_samples_tell(samples: list[tuple[Article, list[Claim]]]) -> None:
    assert sum(len(found) for _, found in samples) > 50


def test_every_claim_is_proven_by_the_text(samples: list[tuple[Article, list[Claim]]]) -> None:
    for article, found in samples:
        for claim in found:
            assert claim.span.of(article.text) == claim.quote
            assert claim.trigger_span.of(article.text) == claim.trigger
            assert claim.span.covers(claim.trigger_span)
            assert claim.subject_span is not None
            assert claim.span.covers(claim.subject_span)


def test_claims_name_their_reader_and_its_network(samples: list[tuple[Article, list[Claim]]]) -> None:
    for _, found in samples:
        for claim in found:
            assert claim.reader == "learned"
            assert "; network " in claim.version
            assert claim.confidence == round(claim.confidence, 2)
            assert 0 < claim.confidence < 1


@pytest.mark.parametrize(
    ("text", "relation", "status"),
    [
        ("Norway may sanction Ghana.", "sanctions", Status.POSSIBLE),
        ("Kenya is considering whether to send troops to Mali.", "deploysTo", Status.POSSIBLE),
        ("Peru denied that it had supplied Ghana with rockets.", "supplies", Status.DENIED),
        ("Peru did not recall its ambassador from Ghana.", "cutsTiesWith", Status.DENIED),
        ("Norway has not imposed sanctions on Ghana.", "sanctions", Status.DENIED),
        ("Ghana denied that it had attacked Togo.", "attacks", Status.DENIED),
        (
            "Norway will impose sanctions on Ghana next month, Prime Minister Ada Moran said.",
            "sanctions",
            Status.PLANNED,
        ),
        ("Foreign Minister Ada Moran of Norway is to visit Ghana on Friday.", "visits", Status.PLANNED),
        ("Mali will hold talks with Togo in Lima on Monday.", "meets", Status.PLANNED),
    ],
)
def test_what_is_planned_possible_or_denied_is_read_as_such(
    claims: Claims, text: str, relation: str, status: Status
) -> None:
    """With a low bound, as the network is rarely sure of what did not happen."""
    (found,) = claims(text, by=[LearnedReader(ONTOLOGY, network.load(), least=0.1)])
    assert relation in {claim.relation for claim in found}
    assert {claim.status for claim in found if not ONTOLOGY.relations[claim.relation].is_state} == {status}


def test_who_only_says_whose_president_it_is_does_nothing_itself(claims: Claims) -> None:
    (found,) = claims("Norwegian President Ada Moran met Kenya's defence minister, Joseph Mwangi, in Lima on Tuesday.")
    ends = {end for claim in found if claim.relation == "meets" for end in (claim.subject, claim.object)}
    assert ends == {"person.Ada_Moran", "person.Joseph_Mwangi"}


def test_an_article_is_read_alike_whatever_stands_beside_it(claims: Claims) -> None:
    texts = [path.read_text("utf-8") for path in sample_paths()][:4]
    alone = [_said(claims(text)[0]) for text in texts]
    assert sum(map(len, alone)) > 10
    assert [_said(found) for found in claims(*texts)] == alone
    assert [_said(found) for found in claims(*reversed(texts))][::-1] == alone


def _said(found: list[Claim]) -> list[str]:
    """The claims without their article, which is named by its place here."""
    return sorted(str(replace(claim, article="")) for claim in found)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.sampled_from("aZ é.,\n\t“”—{}|<>&;0€\U0001d504"), max_size=200))
def test_no_text_makes_it_fail(claims: Claims, text: str) -> None:
    whole = f"Norway met Ghana.\n\n{text} Peru {text} Kenya"
    (found,) = claims(whole)
    assert "meets" in {claim.relation for claim in found}
    assert all(claim.span.of(whole) == claim.quote for claim in found)


def test_both_readers_together_say_each_thing_once(claims: Claims) -> None:
    (found,) = claims("Norway sanctioned Ghana on Friday.", by="both")
    assert [(claim.relation, claim.reader) for claim in found] == [("sanctions", "rules+learned")]
    (alone,) = claims("Norway sanctioned Ghana on Friday.", by="rules")
    assert found[0].confidence > alone[0].confidence


def test_both_read_by_default() -> None:
    assert [reader.name for reader in default_readers(ONTOLOGY)] == ["rules", "learned"]


def test_a_reader_that_is_none_is_named_with_those_there_are() -> None:
    with pytest.raises(ReaderError, match="'guesses' is no reader; give rules, learned, both"):
        readers_of("rules+guesses", ONTOLOGY)


def test_a_damaged_network_is_refused(tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "pairs.onnx").write_bytes(b"no network")
    with pytest.raises(ReaderError, match=r"pairs\.onnx is not the file that model\.json names"):
        readers_of("learned", ONTOLOGY, network=tmp_path)


@pytest.mark.parametrize("broken", ["[]", "null", '{"relations": []}', "{", '{"files": [], "relations": ["meets"]}'])
def test_a_broken_description_of_a_network_is_refused(tmp_path: Path, broken: str) -> None:
    for path in FOLDER.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "model.json").write_text(broken, "utf-8")
    with pytest.raises(ReaderError, match="no usable network"):
        readers_of("learned", ONTOLOGY, network=tmp_path)


def test_long_lists_claim_nothing_wild_and_hide_nothing(claims: Claims) -> None:
    countries = ["Norway", "Ghana", "Peru", "Chile", "Kenya", "Togo", "Mali", "Chad", "Oman", "Cuba", "Fiji", "Laos"]
    lists = " ".join(f"{', '.join(countries)} and Nepal sent word {n}." for n in range(30))
    (found,) = claims(f"{lists}\n\nNorway sanctioned Ghana.")
    assert "sanctions" in {claim.relation for claim in found}
    assert len(found) < 30


def test_a_sentence_without_end_is_left_out_and_the_next_is_read(claims: Claims) -> None:
    endless = "Norway sanctioned Ghana and " + "then again " * 2500 + "Peru visited Chile."
    (found,) = claims(f"{endless}\n\nNorway sanctioned Ghana.")
    assert [(claim.relation, claim.quote) for claim in found] == [("sanctions", "Norway sanctioned Ghana.")]


@pytest.mark.parametrize("text", ["France lifted sanctions on Iran.", "Did Norway attack Ghana?"])
def test_what_the_rules_refuse_nobody_claims(claims: Claims, text: str) -> None:
    (found,) = claims(text, by="both")
    assert not {claim.relation for claim in found} & {"sanctions", "attacks"}


def test_hardly_a_counter_example_of_the_catalogue_is_told_by_the_network(claims: Claims) -> None:
    """The rules tell none (test_relations.py); it was not taught by these sentences."""
    relations = ONTOLOGY.relations.values()
    known = [(relation.name, text) for relation in relations for text in relation.counter_examples]
    every = claims(*(text for _, text in known), by="both")
    told = [
        claim
        for (name, _), found in zip(known, every, strict=True)
        for claim in found
        if claim.relation == name and claim.status is Status.ACTUAL
    ]
    assert sum(map(len, every)) > len(known) / 4
    assert {claim.reader for claim in told} <= {"learned"}
    assert len(told) <= len(known) / 50


def test_what_training_writes_and_the_reader_reads_are_in_one_order() -> None:
    assert tuple(status.value for status in Status) == passages.STATUSES
    assert tuple(passages.TYPES.values()) == pieces.TYPES
    assert {EntityType(name) for name in pieces.TYPES} == set(EntityType)


def test_the_word_that_is_masked_and_costs_most_is_the_one_that_tells(nlp: Language) -> None:
    reader = LearnedReader(ONTOLOGY, network.load())
    (parsed,) = annotate([Article("a", "On a cold morning Norway sanctioned Ghana.")], nlp)
    reading = understand(*parsed, load_gazetteer(ONTOLOGY), ONTOLOGY, reader)
    (frame,) = claimed(reader, reading)
    lost = losses(reader.network, reading, frame)
    assert {reading.doc[i].text for i in lost} == {"cold", "morning", "sanctioned"}
    assert reading.doc[max(lost, key=lambda i: lost[i])].text == "sanctioned"
    assert lost[frame.predicate.i] > 0


def _explain(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "geograph", "explain", "Norway sanctioned Ghana.", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_without_its_network_the_rules_read_alone_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(network, "FOLDER", tmp_path)
    readers = chosen(None, ONTOLOGY, None, Asked(), pytest.fail)
    assert [reader.name for reader in readers] == ["rules"]
    assert "the rules read alone" in capsys.readouterr().err


@pytest.mark.parametrize("reader", [(), ("--reader", "learned"), ("--reader", "both")])
def test_naming_a_network_that_is_not_there_is_an_error(tmp_path: Path, reader: tuple[str, ...]) -> None:
    done = _explain("--network", str(tmp_path), *reader)
    assert done.returncode == 1
    assert done.stderr.startswith("geograph: the learned reader cannot read: no trained network in")
    assert len(done.stderr.splitlines()) == 1


def test_explaining_tells_who_read_a_claim() -> None:
    done = _explain("--reader", "both")
    assert "read by rules and learned" in done.stdout
