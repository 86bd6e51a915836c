# Two commands do everything: make run, make test. Where there is no make, type
# what "make help" would print (it stands in README.md too).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 7860
# Every process would compile all of the program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test lint eval-check clean

help:
	@echo "make run    install, build the index if needed, serve on http://127.0.0.1:$(PORT)"
	@echo "make test   install and run every test"
	@echo "make lint   install and run the lint and type checks"
	@echo "make eval-check   install and compare the scores of retrieval with those last accepted"
	@echo "Without make, on Linux and macOS:"
	@echo "  python3 -m venv .venv && .venv/bin/pip install -r requirements.txt"
	@echo "  run:  .venv/bin/python -m index build --if-needed; .venv/bin/python -m ui"
	@echo "  test: .venv/bin/python -m pytest"
	@echo "On Windows: py -m venv .venv, then the same with .venv\\Scripts\\ in the place of .venv/bin/"

run: $(VENV)/installed
	@echo "Without make: .venv/bin/python -m index build --if-needed; .venv/bin/python -m ui --port $(PORT)"
	$(BIN)/python -m index build --if-needed || [ $$? -eq 2 ]
	$(BIN)/python -m ui --port $(PORT)

test: $(VENV)/installed
	@echo "Without make: .venv/bin/python -m pytest"
	$(BIN)/python -m pytest

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval-check: $(VENV)/installed
	@echo "Without make: .venv/bin/python -m eval check"
	$(BIN)/python -m eval check

# The stamp is written last, and goes first: an interrupted install is done again, from nothing.
$(VENV)/installed: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, found " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $$([ -e $@ ] || echo --clear) $(VENV)
	rm -f $@
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

clean:
	rm -rf $(VENV) data/index .pytest_cache .mypy_cache .ruff_cache .hypothesis
