# Two commands: `make demo` sets everything up and scores the samples; `make test` sets everything up and runs all checks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
DATA ?= ../shared/datasets

.PHONY: setup demo test lint types unit fix train evaluate gate pages benchmark fuzz lock docs screenshots clean

# Pinned versions with digests from requirements.txt; the project itself is installed in place, without fetching anything.
$(VENV)/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

setup: $(VENV)/ready

# What only tests of scorer.spark and scorer.datatrove need: half a gigabyte, too much for a look at the samples.
$(VENV)/cluster: requirements-cluster.txt $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-cluster.txt
	touch $@

demo: setup
	$(BIN)/score data/samples
	$(BIN)/score data/samples/s1_tabloid_pool_gas.txt

test: lint types unit

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

unit: setup $(VENV)/cluster
	$(BIN)/pytest -n 2 --dist loadgroup -r s

fix: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

train: setup
	$(BIN)/scorer train --data $(DATA)

evaluate: setup
	$(BIN)/scorer evaluate --data $(DATA)

gate: setup
	$(BIN)/scorer evaluate --data $(DATA) --gate models/default/floors.json
	$(BIN)/scorer evaluate-pages --data $(DATA) --gate benchmarks/pages_floors.json

# The figures of the parsing of pages, into the docs; pins what `make gate` holds them to.
pages: setup
	$(BIN)/scorer evaluate-pages --data $(DATA) --write docs/pages.md --gate benchmarks/pages_floors.json --update

# All of it takes 20 minutes of two cores that do nothing else; `make benchmark PARTS="peers cold"` renews some of it.
benchmark: setup $(PEERS)/ready
	$(BIN)/python benchmarks/run.py $(if $(PARTS),--only $(PARTS))

# The programs we measure ourselves against, in an environment of their own.
$(PEERS)/ready: benchmarks/peers.txt benchmarks/peers_data.txt benchmarks/nltk_data.py
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--requirement benchmarks/peers.txt --requirement benchmarks/peers_data.txt
	$(PEERS)/bin/python benchmarks/nltk_data.py
	touch $@

# Seconds for each target of tests/fuzz. With atheris (pip install -e .[fuzz]) guided by coverage, else by hypothesis.
FUZZ_SECONDS ?= 60
fuzz: setup
	$(BIN)/python tests/fuzz/run.py --seconds $(FUZZ_SECONDS)

docs: setup
	$(BIN)/python docs/make.py

screenshots: setup
	$(BIN)/python docs/screenshots.py

# Renew the pinned versions. Digests, and no download address, so that it installs from any index.
PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
lock: setup
	$(BIN)/python -m pip install --quiet uv
	$(PIN) --extra dev --extra web --extra browser --extra notebooks pyproject.toml --output-file requirements.txt
	$(PIN) --extra spark --extra datatrove --constraint requirements.txt pyproject.toml --output-file requirements-cluster.txt
	$(PIN) benchmarks/peers.in --output-file benchmarks/peers.txt

clean:
	rm -rf $(VENV) $(PEERS) dist build .pytest_cache .mypy_cache .ruff_cache
