# `make` lists the targets. Settings come from the environment or .env: `make run PORT=8001`.
# A checkout needs make and Python 3.11 or newer; everything else goes into .venv.
.DEFAULT_GOAL := help
.PHONY: help install run test lint ingest shell train weights evaluate bench bench-extract bench-seed bench-pages soak
SHELL := /bin/bash

BIN := .venv/bin
# Twice quiet, so that only errors are said: older pips warn that lxml has no extra html_clean, which requirements.txt mends.
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON = $(shell for p in python3.13 python3.12 python3.11 python3; do $$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)
# Where the evaluation documents and training corpora lie, for the targets and tests that need them.
export DIPLOMACY_DATA ?= $(abspath ../shared)

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 15

install: .venv/installed  ## make the environment in .venv, and nothing else
	@echo 'The environment .venv is ready. Next: make run'

run: .venv/installed  ## serve the app with a database of its own on http://127.0.0.1:8000 (PORT=…)
	@$(BIN)/python manage.py serve

test: .venv/installed-dev  ## the whole test suite, with real PostgreSQL, spaCy and browser
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: .venv/installed-dev  ## check the style of code and templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +

ingest: .venv/installed  ## read documents in: make ingest FILES="folder file.pdf archive.zip"
	@if [ -z '$(FILES)' ]; then echo 'Say what to read: make ingest FILES=folder'; exit 2; fi
	@$(BIN)/python manage.py ingest $(FILES)

shell: .venv/installed  ## a Python shell with the models at hand
	@$(BIN)/python manage.py shell

train: .venv/installed  ## train the shipped pipeline anew (training/README.md)
	cd training && OMP_NUM_THREADS=1 ../$(BIN)/python -m spacy project run all . --vars.data "$(DIPLOMACY_DATA)"

evaluate: .venv/installed-dev  ## measure the extraction on the evaluation documents, in folds, and write docs/results.md
	$(BIN)/python bench/evaluate.py

bench-extract: .venv/installed  ## what the extraction costs beside the trained components alone
	@$(BIN)/python bench/bench_extract.py

bench-seed: .venv/installed  ## two synthetic collections to measure pages on, each in a database of its own (25,000 and DOCUMENTS=250000)
	@$(BIN)/python bench/seed.py --documents 25000
	@$(BIN)/python bench/seed.py --documents $(or $(DOCUMENTS),250000)

bench-pages: .venv/installed  ## what every kind of page costs on them, with the same SQL run bare beside it
	@$(BIN)/python bench/bench_pages.py --documents 25000
	@$(BIN)/python bench/bench_pages.py --documents $(or $(DOCUMENTS),250000)

weights: .venv/installed-dev  ## fit the weights of the linear models anew on the evaluation documents
	$(BIN)/python training/scripts/fit_weights.py "$(DIPLOMACY_DATA)/eval"

bench: .venv/installed  ## run the benchmarks
	@for script in bench/bench_extract.py bench/bench_workers.py bench/bench_linear.py; do echo "$$script"; $(BIN)/python "$$script" || exit; done

soak: .venv/installed-dev  ## the long trials that `make test` only samples
	@$(BIN)/python -m pytest -m soak

.venv/bin/python:
	@if [ -z '$(PYTHON)' ]; then echo 'Python 3.11 or newer is needed, and none was found as python3.' >&2; exit 1; fi
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo 'The environment could not be made. On Debian and Ubuntu: sudo apt-get install python3-venv' >&2; exit 1; }

.venv/installed: requirements.txt constraints.txt | .venv/bin/python
	@echo 'Installing what requirements.txt lists (once, some minutes) …'
	@$(PIP) --requirement requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@$(PIP) --requirement requirements-dev.txt
	@touch $@
