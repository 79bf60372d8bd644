# make demo               read our example article: prints the events, leaves demo/page.html and demo/graph
# make demo FILE=x.txt    read your own text (DATE=2025-10-22 if it brings no date)
# make test               build the wheel, install it in a fresh environment, lint, type-check, test that one

PYTHON ?= python3
FILE ?=
DATE ?=
DEMO := .venv
TEST := .venv-test
SOURCES := $(shell find diplograph extract graph ontology examples -type f -not -path '*/__pycache__/*')
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test clean

demo: $(DEMO)/ready
	$(DEMO)/bin/diplograph demo $(if $(FILE),"$(FILE)") $(if $(DATE),--date $(DATE)) --output demo

$(DEMO)/ready: pyproject.toml constraints.txt $(SOURCES)
	$(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/pip install --quiet --constraint constraints.txt .
	touch $@

test:
	rm -rf $(TEST) build dist
	$(PYTHON) -m venv $(TEST)
	$(TEST)/bin/pip install --quiet build
	$(TEST)/bin/python -m build --wheel --outdir dist .
	rm -rf build
	$(TEST)/bin/pip install --quiet --constraint constraints.txt "$$(ls dist/diplograph-*.whl)[test]"
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .
	cd $(TEST) && PYTHONSAFEPATH=1 bin/mypy --config-file ../pyproject.toml -p diplograph
	PYTHONSAFEPATH=1 $(TEST)/bin/pytest

clean:
	rm -rf $(DEMO) $(TEST) build dist demo *.egg-info
