# What a maintainer does here. Needs Python 3.11 or newer with pip, and make; all else goes into .tools/.
PYTHON ?= python3
TOOLS := .tools
BIN := $(TOOLS)/bin
NAME ?= My Shop
DEMO := demo

.DEFAULT_GOAL := help
.PHONY: help demo test check laws lint differential suites memory matrix combinations wheel pins verify-catalogue comparison benchmark clean

help:  ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The tools: scaffold itself (editable) and what checks it. Remade when what is declared changes.
$(TOOLS)/done: pyproject.toml
	$(PYTHON) -m venv --clear $(TOOLS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --editable ".[testing]" --group dev --group benchmark
	touch $@

demo: $(TOOLS)/done  ## Make an application on SQLite, start it and print its address
	rm -rf $(DEMO)
	$(BIN)/scaffold new "$(NAME)" --output-dir $(DEMO) --yes --no-git --run

test: check  ## Run everything: also environments, servers, the browser, the wheel
	$(BIN)/python -m pytest -m real -n 2 --dist loadgroup

check: lint  ## Run what needs no environment to install: under a minute
	$(BIN)/python -m pytest -m "not real" -n 2

LAWS := tests/test_laws.py tests/test_laws_of_edits.py tests/test_keyed_laws.py

laws: $(TOOLS)/done  ## Try the laws of changing projects on many examples, others each time (minutes)
	$(BIN)/python -m pytest -n 2 --hypothesis-profile=laws $(LAWS)

lint: $(TOOLS)/done
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m scaffold_cli.testing.pinning --check

differential: $(TOOLS)/done  ## Compare the fast path with stock Flask over 100,000 requests (REQUESTS)
	DIFFERENTIAL_REQUESTS=$(or $(REQUESTS),100000) $(BIN)/python -m pytest tests/test_differential.py tests/test_differential_bugs.py

suites: $(TOOLS)/done  ## Run the extensions' own tests with stock Flask and with App (15 minutes)
	SUITES=all $(BIN)/python -m pytest -n 2 --dist loadgroup tests/test_extension_suites.py

memory: $(TOOLS)/done  ## Look whether memory stays flat over 1,000,000 requests (REQUESTS)
	$(BIN)/python tools/memory.py $(or $(REQUESTS),1000000)

matrix: $(TOOLS)/done  ## Try a project for each pair of choices (SHARD=1/4, MINUTES=20)
	$(BIN)/python tools/matrix.py --shard $(or $(SHARD),1/1) $(if $(MINUTES),--minutes $(MINUTES))

combinations: $(TOOLS)/done  ## Work out anew which rows hold all pairs and triples (minutes)
	$(BIN)/python tools/matrix.py --write

wheel: $(TOOLS)/done  ## Build the wheel and the source distribution into dist/
	$(BIN)/python -m build --installer uv

pins: $(TOOLS)/done  ## Refresh the tested set (needs the package registry)
	$(BIN)/python -m scaffold_cli.testing.pinning

verify-catalogue: $(TOOLS)/done  ## Try every extension with the newest releases (needs the registry)
	$(BIN)/python tools/verify_catalogue.py

comparison: $(TOOLS)/done  ## Tell the stories of docs/comparison.md anew (needs the registry)
	$(BIN)/python tools/comparison --write

benchmark: $(TOOLS)/done wheel  ## Measure, and rewrite the tables in benchmarks/README.md and docs/benchmarks.md
	$(BIN)/python benchmarks/generation.py
	$(BIN)/python benchmarks/rendering.py
	$(BIN)/python benchmarks/changing.py
	$(BIN)/python benchmarks/first_request.py
	$(BIN)/python benchmarks/dispatch.py
	$(BIN)/python benchmarks/talk.py
	$(BIN)/python benchmarks/scaling.py

clean:  ## Remove what is made here
	rm -rf $(TOOLS) dist build $(DEMO)
