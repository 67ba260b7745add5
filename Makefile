# On a fresh machine `make run` serves the demo and `make test` runs every test: both set up what they need first.
# A step of the set-up is done again only when what it reads has changed.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
export PYTHON
# The tests start many a process: each would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
PACKAGES := .venv/packages-for-run
DEV_PACKAGES := .venv/packages-for-tests
ASSETS := placements/static/vendor/manifest.json
DEV_ASSETS := .cache/assets-dev/node_modules/.package-lock.json
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard placements/translations/*/LC_MESSAGES/*.po))
SCRIPTS := .ci/run $(wildcard deploy/*.sh)
PEERS := .cache/peers/installed
SENTENCES := .cache/messages.pot
UV := uv==0.13.9
LOCK := .cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.PHONY: setup run test check bench lock golden screenshots translations setup-run setup-test system-run system-test system-bench

setup: setup-test setup-run

run: setup-run
	@deploy/demo.sh

test: setup-test
	$(BIN)/pytest --numprocesses 2 --dist worksteal $(ARGS)

check: $(DEV_PACKAGES)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@for script in $(SCRIPTS); do bash -n $$script; done
	@test -n "$$(find tests -name 'test_*.py' -print -quit)" || { echo "There are no tests." >&2; exit 1; }

bench: setup-run system-bench $(PEERS)
	$(BIN)/python -m bench $(ARGS)

# Resolve the dependencies anew; requirements*.txt and package-lock.json hold hashes and name no registry.
lock:
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/pip install --quiet $(UV)
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) pyproject.toml --extra dev --constraints requirements.txt --no-annotate --output-file requirements-dev.txt
	$(LOCK) --no-annotate requirements-node.in --output-file requirements-node.txt
	$(LOCK) --no-annotate bench/peers/requirements.in --output-file bench/peers/requirements.txt
	npm install --package-lock-only

# Gather the Danish sentences anew. New ones are left empty in each catalogue and obsolete ones go: tests/test_translations.py.
translations: $(DEV_PACKAGES)
	@mkdir -p $(dir $(SENTENCES))
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keywords _l --add-location file --no-wrap \
		--output-file $(SENTENCES) placements
	$(BIN)/pybabel --quiet update --input-file $(SENTENCES) --output-dir placements/translations --no-wrap \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(MAKE) $(CATALOGUES)

# How the samples of the documents look, kept anew once somebody has looked at them: tests/pdf/test_golden.py.
golden: setup-test
	$(BIN)/python -m tests.pdf.golden

# The pictures in the README, from the demonstration.
screenshots: setup-test
	$(BIN)/python docs/take_screenshots.py

# The set-up, step by step.

setup-run: system-run $(PACKAGES) $(ASSETS) $(CATALOGUES)

setup-test: system-test $(DEV_PACKAGES) $(DEV_ASSETS) $(ASSETS) $(CATALOGUES)

system-run system-test system-bench: system-%:
	@deploy/system-packages.sh $*

$(BIN)/python: | system-run
	$(PYTHON) -m venv .venv

$(PACKAGES): requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --require-hashes -r $<
	@touch $@

$(DEV_PACKAGES): requirements-dev.txt | $(BIN)/python
	$(BIN)/pip install --quiet --require-hashes -r $<
	@touch $@ $(PACKAGES)

# Other solvers, which the measurements check ours against: in an environment of their own.
$(PEERS): bench/peers/requirements.txt
	$(PYTHON) -m venv .cache/peers
	.cache/peers/bin/pip install --quiet --require-hashes -r $<
	@touch $@

$(ASSETS) $(DEV_ASSETS): package-lock.json .npmrc placements/assets.py
	@command -v npm >/dev/null || $(BIN)/pip install --quiet --require-hashes -r requirements-node.txt
	$(BIN)/python -m placements.assets $(if $(findstring assets-dev,$@),--dev)
	@touch $@

%.mo: %.po
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
