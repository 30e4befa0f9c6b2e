# Everything a person or CI runs, in one place. `make help` lists it.
# Needs Python 3.11 or newer, node and npm; `make test` also wants a Chromium.
.DEFAULT_GOAL := help
.PHONY: help env assets words lint format test soak demo bench lock clean

PYTHON ?= python3
BIN := .venv/bin
ENV := .venv/.stamp
VENDOR := schema/static/vendor
FONTS := schema/fonts
NOTO := node_modules/@expo-google-fonts
ASSETS := $(VENDOR)/.stamp
PO := $(wildcard */translations/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
ARGS ?=

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

env: $(ENV) ## make .venv from the hash-pinned lock

assets: $(ASSETS) $(MO) ## fetch the browser's files and the fonts, compile the translations

$(ENV): requirements.lock requirements-data.lock setup.cfg setup.py pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	  -r requirements.lock -r requirements-data.lock
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(ASSETS): package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	mkdir -p $(VENDOR)
	cp node_modules/bootstrap/dist/css/bootstrap.min.css node_modules/bootstrap/dist/css/bootstrap.rtl.min.css \
	   node_modules/htmx.org/dist/htmx.min.js $(VENDOR)/
	cp node_modules/bootstrap/LICENSE $(VENDOR)/bootstrap.LICENSE
	cp node_modules/htmx.org/LICENSE $(VENDOR)/htmx.LICENSE
	mkdir -p $(FONTS)
	cp $(NOTO)/noto-sans/400Regular/NotoSans_400Regular.ttf $(FONTS)/NotoSans-Regular.ttf
	cp $(NOTO)/noto-sans/700Bold/NotoSans_700Bold.ttf $(FONTS)/NotoSans-Bold.ttf
	cp $(NOTO)/noto-sans/LICENSE_FONT $(FONTS)/NotoSans.LICENSE
	cp $(NOTO)/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf $(FONTS)/NotoSansArabic-Regular.ttf
	cp $(NOTO)/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf $(FONTS)/NotoSansArabic-Bold.ttf
	cp $(NOTO)/noto-sans-arabic/LICENSE_FONT $(FONTS)/NotoSansArabic.LICENSE
	touch $@

%.mo: %.po $(ENV)
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

words: env ## bring what the pages say into the translators' catalogues
	mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping babel.cfg --no-location --sort-output \
	   --output build/messages.pot schema server field_client
	$(BIN)/pybabel --quiet update --input-file build/messages.pot --output-dir schema/translations \
	   --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100

format: env ## write the source in the one format
	$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format --quiet

lint: env ## format, rules, import contracts, types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(BIN)/mypy

test: env assets lint ## all that CI runs; ARGS go to pytest
	$(BIN)/python -m pytest -n 2 --dist loadscope $(ARGS)

soak: env ## 10,000 random schedules of the sync; SCHEDULES=N makes them N, ARGS go to pytest
	SCHEDULES=$(or $(SCHEDULES),10000) $(BIN)/python -m pytest -n 2 --dist loadscope tests/sync/test_schedules.py $(ARGS)

demo: env assets ## the main job step by step, then the web UIs; ARGS=--once ends after the walk
	$(BIN)/python -m demo $(ARGS)

bench: env assets ## ratios against floors and peers, in one run
	$(BIN)/python -m bench $(ARGS)

lock: env ## pin what setup.cfg allows, with hashes
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	  --extra server --extra field --extra dev --output-file requirements.lock setup.cfg

clean: ## remove what was built; .venv and the demo stay
	rm -rf build dist *.egg-info node_modules $(VENDOR) $(FONTS) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	rm -f $(MO)
