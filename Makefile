# Everything is set up by the target that needs it, in a virtual environment of its own; `make` alone lists the targets.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
NEEDED := import sys; sys.exit(sys.version_info < (3, 11))
# The first Python that is new enough; PYTHON=/path/to/python says which.
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	if $$each -c '$(NEEDED)' >/dev/null 2>&1; then echo $$each; break; fi; done)
# pip compiles one module after the other, which takes half the time of an installation; COMPILE does so on all cores.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
COMPILE := $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib escalation || true
SOURCES := pyproject.toml escalation/version.py

# What was compiled is kept: tests start Python again and again.
unexport PYTHONDONTWRITEBYTECODE

.DELETE_ON_ERROR:
.NOTPARALLEL: # one pip at a time
.PHONY: help venv demo docs test lint format types imports pytest slow search pictures schema-test smoke test-pythons app-test browser test-all bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# ------------------------------------------------------------------------------------------------ setting up

$(BIN)/python:
	@if ! "$(PYTHON)" -c '$(NEEDED)' 2>/dev/null; then \
		echo "Python 3.11 or newer is needed, and none was found as '$(if $(PYTHON),$(PYTHON),python3)'."; \
		echo "Install one, or say where it is: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; fi
	@echo "Making $(VENV) with $$("$(PYTHON)" --version)"
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "This Python cannot make a virtual environment: its modules venv and ensurepip are needed."; exit 1; }

# Without --upgrade: what is there and new enough stays.
$(VENV)/installed: $(SOURCES) | $(BIN)/python
	@echo "Installing the library into $(VENV)"
	@$(PIP) --editable .
	@$(COMPILE)
	@touch $@

$(VENV)/installed-test: $(SOURCES) | $(BIN)/python
	@echo "Installing the library and the tools of its tests into $(VENV)"
	@$(PIP) --editable '.[test]'
	@$(COMPILE)
	@touch $@ $(VENV)/installed

venv: $(VENV)/installed-test ## make the virtual environment for development

# ------------------------------------------------------------------------------------------------ using it

demo: $(VENV)/installed ## the Haniyeh crisis with and without the American warning: sentences and a figure
	$(BIN)/python examples/01_haniyeh_2024.py

# ------------------------------------------------------------------------------------------------ checking it

test: lint types imports pytest ## all checks, and all tests but the slow ones, with coverage, on the Python at hand

lint: $(VENV)/installed-test ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/installed-test ## ruff: mend what it can mend
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

types: $(VENV)/installed-test ## mypy, strict
	$(BIN)/mypy

imports: $(VENV)/installed-test ## import-linter: imports go one way
	$(BIN)/lint-imports

pytest: $(VENV)/installed-test ## tests, and examples in docstrings and prose, with coverage; without the slow ones
	$(BIN)/pytest -m "not slow" --numprocesses=auto --dist=worksteal --cov --cov-report=term

slow: $(VENV)/installed-test ## tests of more than ten seconds: thousand repetitions, brute force, first compilations
	$(BIN)/pytest -m slow --numprocesses=auto --dist=worksteal --no-cov tests

# Each seed is a run of its own. What failed prints what reproduces it, and the next seed follows; whatever else ends a
# run, an interrupt for instance, ends the search.
SEEDS ?= 1
FROM ?= $(shell date +%s)
search: $(VENV)/installed-test ## property tests on examples not tried before: SEEDS=30 for thirty seeds, FROM=7 for the first
	@seed=$(FROM); end=$$(($$seed + $(SEEDS))); failed=; \
	while [ $$seed -lt $$end ]; do \
		echo "seed $$seed; on from here: make search FROM=$$seed SEEDS=$$(($$end - $$seed))"; \
		$(BIN)/pytest -m hypothesis --hypothesis-profile=search --hypothesis-seed=$$seed \
			--numprocesses=auto --dist=worksteal --no-cov --quiet --tb=short tests; status=$$?; \
		[ $$status -le 1 ] || exit $$status; \
		[ $$status = 0 ] || { failed="$$failed $$seed"; echo "seed $$seed failed"; }; \
		seed=$$(($$seed + 1)); \
	done; \
	[ -z "$$failed" ] || { echo "failed:$$failed"; exit 1; }

pictures: $(VENV)/installed-test ## draw anew the pictures that figures are compared with; look at them before keeping them
	RENEW_PICTURES=1 $(BIN)/pytest --quiet --no-cov tests/plotting/test_pictures.py

# package.json pins ajv, and the lock file beside it all that ajv needs.
build/ajv/installed: tests/ajv/package.json tests/ajv/package-lock.json
	@command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || { \
		echo "The schema is held to a validator that runs on Node.js: the commands node and npm are needed."; exit 1; }
	@echo "Installing ajv into build/ajv"
	@mkdir -p build/ajv && cp tests/ajv/package.json tests/ajv/package-lock.json build/ajv
	@cd build/ajv && npm ci --silent --no-audit --no-fund
	@touch $@

schema-test: build/ajv/installed $(VENV)/installed-test ## the JSON Schema of scenario files in a strict validator, ajv; needs Node.js
	@cp tests/ajv/check.mjs build/ajv
	$(BIN)/python tests/ajv/files.py >build/ajv/files.json
	node build/ajv/check.mjs <build/ajv/files.json

smoke: $(VENV)/installed-test ## wheel and source archive on every other Python found: the same results from each
	bash .ci/smoke

$(BIN)/nox: | $(BIN)/python
	@$(PIP) nox

test-pythons: $(BIN)/nox ## all tests on every Python found, with the oldest and the newest Mesa; takes long
	$(BIN)/nox

$(VENV)/installed-app-test: $(SOURCES) | $(VENV)/installed-test
	@echo "Installing what the page is served and tested with into $(VENV)"
	@$(PIP) --editable '.[app-test]'
	@$(COMPILE)
	@touch $@

browser:
	@there() { command -v chromium >/dev/null 2>&1 && command -v chromedriver >/dev/null 2>&1; }; \
	if ! there && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing Debian's chromium and chromium-driver"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-driver >/dev/null; \
	fi; \
	there || { echo "The page is tested in a browser: the commands chromium and chromedriver are needed."; \
		echo "On Debian, as root: apt-get install chromium chromium-driver"; exit 1; }

app-test: browser $(VENV)/installed-app-test ## the page, from end to end in headless Chromium; pictures in build/app-test
	rm -rf build/app-test
	ESCALATION_APP_TEST=1 MPLBACKEND=agg $(BIN)/pytest tests/browser
	@echo "Look at build/app-test/*.png"

test-all: test slow smoke ## test, then the slow tests, then smoke

$(VENV)/installed-docs: $(SOURCES) | $(VENV)/installed-test
	@echo "Installing what the documentation is built with into $(VENV)"
	@$(PIP) --editable '.[docs]'
	@$(COMPILE)
	@touch $@

docs: $(VENV)/installed-docs ## the documentation, in docs/_build/html; warnings and broken links are errors
	MPLBACKEND=agg $(BIN)/python -m sphinx -b html -W --keep-going -q docs docs/_build/html
	$(BIN)/python docs/check_built.py docs/_build/html
	@echo "Open docs/_build/html/index.html"

bench: $(VENV)/installed-test ## every benchmark, one after the other; some need AGAINST= (another tree), TABLE= and PAIRS=
	@set -e; for each in benchmarks/*.py; do \
		given=""; needs=""; \
		needed() { if [ -z "$$2" ]; then needs="$$needs $$1="; fi; given="$$given $$3 $$2"; }; \
		if grep -q 'required=True' "$$each"; then needed AGAINST "$(AGAINST)" --against; fi; \
		if grep -q 'add_argument("table"' "$$each"; then needed TABLE "$(TABLE)" ""; fi; \
		if grep -q 'add_argument("pairs"' "$$each"; then needed PAIRS "$(PAIRS)" ""; fi; \
		if [ -n "$$needs" ]; then echo "$$each is left out: it needs$$needs"; continue; fi; \
		echo "$$each"; $(BIN)/python "$$each" $$given; \
	done

clean: ## remove the virtual environment and all that is made
	rm -rf $(VENV) build dist demo docs/_build docs/gallery docs/reference/generated htmlcov .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .nox
	find escalation tests examples benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
