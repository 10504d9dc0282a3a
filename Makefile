# The two commands of the README, and what the gate and the benches call. Windows without make: see README.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
YEAR := 2020

.PHONY: report test quick lint proof bench bench-nation clean

report: $(VENV)/runtime
	$(BIN)/make-report build -y $(YEAR)

test: $(VENV)/test
	sh tests/install_tools.sh
	$(MAKE) lint
	$(BIN)/pytest -n auto --dist worksteal

quick: $(VENV)/test
	$(BIN)/pytest -n auto --dist worksteal -m "not office and not browser"

lint: $(VENV)/test
	$(BIN)/lint-imports --no-logo
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# The large proofs in full: every input cell of both editions, many more random cases.
proof: $(VENV)/test
	MAKE_REPORT_PROOF=full $(BIN)/pytest -n auto --dist worksteal

# Us and what others would use, in turn; writes the table of tests/benchmarks/README.md. BENCH="--only docx --pairs 9"
bench: $(VENV)/test
	PYTHONPATH=tests:tools:. $(BIN)/python -m benchmarks $(BENCH)

# 30,000 agencies in one run: minutes, and 2 GB of disk.
bench-nation: $(VENV)/test
	PYTHONPATH=tests:tools:. $(BIN)/python -m benchmarks --nation $(BENCH)

$(VENV)/runtime: setup.cfg pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

$(VENV)/test: setup.cfg pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,bench]'
	touch $(VENV)/runtime $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
