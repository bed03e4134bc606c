# Everything a contributor runs. `make help` lists it. Needs Python 3.11 or newer; the rest is
# installed into .venv from the lock files, by wheels only.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
export NO_MKDOCS_2_WARNING := 1

.PHONY: help site check serve ids pack test fix lock clean
.DEFAULT_GOAL := help

help:
	@echo "make site    check everything and build the site into site/"
	@echo "make check   check everything, build nothing"
	@echo "make serve   live preview on http://127.0.0.1:8000"
	@echo "make pack    print a selection: make pack POINTS=1,2 PARTIES=..."
	@echo "make ids     give new claims a short id that stays"
	@echo "make test    lint, types and tests"
	@echo "make fix     put the code's format right"
	@echo "make lock    renew the lock files from the requirements*.in"

site: $(VENV)/.site
	@echo "Checking, building and printing: about a minute the first time, then half of that ..."
	@$(BIN)/mkdocs build --strict

check: $(VENV)/.site
	@PYTHONPATH=hooks $(BIN)/python -m briefing check

serve: $(VENV)/.site
	@$(BIN)/mkdocs serve --livereload

ids: $(VENV)/.site
	@PYTHONPATH=hooks $(BIN)/python -m briefing ids

pack: $(VENV)/.site
	@PYTHONPATH=hooks $(BIN)/python -m briefing pack --points "$(POINTS)" --parties "$(PARTIES)"

test: $(VENV)/.dev
	@echo "Lint, format and types ..."
	@$(BIN)/ruff check hooks tests
	@$(BIN)/ruff format --check hooks tests
	@$(BIN)/mypy
	@echo "Tests, a few minutes ..."
	@$(BIN)/pytest -n auto --dist worksteal

fix: $(VENV)/.dev
	@$(BIN)/ruff check --fix hooks tests
	@$(BIN)/ruff format hooks tests

lock: $(VENV)/.dev
	@$(PIP) install --quiet --only-binary :all: uv
	@for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	    --no-emit-index-url --only-binary :all: --custom-compile-command "make lock" \
	    $$name.in --output-file $$name.txt; done

clean:
	@rm -rf $(VENV) .cache site .site.new .site.old

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Name another: make PYTHON=python3.12 site"; exit 1; }
	@echo "Making the environment .venv (once) ..."
	@$(PYTHON) -m venv --clear $(VENV) \
	  || { echo "Python's venv module is not complete here; on Debian or Ubuntu install python3-venv."; exit 1; }
	@touch $@

$(VENV)/.site: requirements.txt $(VENV)/.python
	@echo "Installing what the site is built with (once, a minute or two) ..."
	@$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.site
	@echo "Installing what the tests need (once) ..."
	@$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch $@
