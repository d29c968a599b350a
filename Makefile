# Every target does its own set-up in .venv; nothing outside it is changed but missing system packages (scripts/venv).
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
GOLD ?= ../shared/gold

.DEFAULT_GOAL := help
.PHONY: help venv graph sample test lint format score coreference bench-extraction bench-store train wheel lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

venv: $(READY) ## Set up .venv with the newest usable Python, all packages and the language models

$(READY): pyproject.toml requirements/lock.txt requirements/models.txt scripts/venv
	scripts/venv
	@touch $@

graph: $(READY) ## Build the graph of the sample articles: exports/graph.html and exports/graph.ttl
	$(BIN)/geograph build --sample
	@for file in exports/graph.html exports/graph.ttl; do \
		[ -s $$file ] && echo "$(CURDIR)/$$file" || { echo "$$file was not written"; exit 1; }; done

sample: $(READY) ## Write exports/sample.ttl anew: the graph of one sample article
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && set -e; \
	$(BIN)/geograph build --store $$folder/store geograph/samples/2031-03-05-wind-power-deal.md; \
	cp $$folder/graph.ttl exports/sample.ttl

test: $(READY) ## Run all tests (PYTEST="-k name" chooses some)
	$(BIN)/python -m pytest $(PYTEST)

lint: $(READY) ## Check format, style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY) ## Format the code and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

score: $(READY) ## Build the gold documents beside the checkout and score their claims (READER=rules: by rules alone)
	@[ -f $(GOLD)/score.py ] || { echo "no gold documents in $(GOLD): make score GOLD=FOLDER"; exit 1; }
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && set -e; \
	$(BIN)/geograph build --store $$folder/store --out $$folder $(READER:%=--reader %) $(GOLD)/dev/*.txt; \
	$(BIN)/geograph export --store $$folder/store --format jsonl --out $$folder/claims.jsonl; \
	$(BIN)/python $(GOLD)/score.py $$folder/claims.jsonl $(GOLD)/dev $(SCORE)

coreference: $(READY) ## Score pronouns and other words that refer back on tests/coreference (SCORE=-v lists errors)
	$(BIN)/python tests/coreference_score.py $(SCORE)

bench-extraction: $(READY) ## Time extraction against spaCy's bare parse (BENCH="--json FILE --rounds 9")
	$(BIN)/python benchmarks/extraction.py $(BENCH)

bench-store: $(READY) ## Compare the store with rdflib at a million quads (BENCH="--quads 20000 --json FILE")
	$(BIN)/python benchmarks/store.py $(BENCH)

train: $(READY) ## Train the learned reader on training/corpus and put its network into the package (TRAIN="--resume")
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(BIN)/python -m geograph.training.train --run build/learned $(TRAIN)
	$(BIN)/python -m geograph.training.export --run build/learned --out geograph/readers/learned/network

wheel: $(READY) ## Build the source archive and the wheel into dist/
	rm -rf dist
	$(BIN)/python -m build --no-isolation

lock: $(READY) ## Resolve the packages again and write requirements/lock.txt
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --output-file requirements/lock.txt

clean: ## Remove .venv, dist and caches; what lies in exports/ stays
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
