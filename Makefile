# Every task sets up .venv first, from the locked requirements. Another interpreter than python3:
# make PYTHON=python3.13 TASK

PYTHON = python3
BIN = .venv/bin
ON = 2026-12-01
SEEDS = 0:5000
FUZZ = 2000

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test docs bench fuzz lock clean

demo: .venv/run
	$(BIN)/cloudrules assess scenarios/services/example-saas.yaml --on $(ON)
	$(BIN)/cloudrules explain scenarios/services/example-saas.yaml 1.16 --on $(ON)
	$(BIN)/cloudrules plan scenarios/services/newcomer.yaml --on $(ON)

test: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest

# The pages of the findings of check, from the words of the program.
docs: .venv/run
	$(BIN)/cloudrules rule all --lang en --format markdown --output docs/rules.md --force
	$(BIN)/cloudrules rule all --lang ja --format markdown --output docs/rules.ja.md --force

bench: .venv/dev
	$(BIN)/python bench/commands.py
	$(BIN)/python bench/loading.py
	$(BIN)/python bench/solving.py
	$(BIN)/python bench/scaling.py
	$(BIN)/python bench/interrupted.py
	$(BIN)/python bench/cities.py
	$(BIN)/python bench/checking.py
	$(BIN)/python bench/workbooks.py

fuzz: .venv/dev
	CLOUDRULES_SEEDS=$(SEEDS) CLOUDRULES_FUZZ=$(FUZZ) \
		$(BIN)/python -m pytest tests/test_agreement.py tests/test_conflict.py tests/test_why.py \
		tests/test_evaluation.py tests/test_certificate.py tests/test_check.py \
		tests/test_difference.py tests/test_mutation.py tests/test_coverage.py tests/test_fuzz.py

# Locks the newest releases that pyproject.toml allows. What is locked has no conditions on the
# version of Python, so one lock serves them all.
LOCK = CUSTOM_COMPILE_COMMAND='make lock' build/lock/bin/pip-compile --quiet --upgrade \
	--generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --all-build-deps

lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet pip-tools
	$(LOCK) --extra excel --extra pdf --output-file requirements/run.txt pyproject.toml
	$(LOCK) --extra dev --constraint requirements/run.txt \
		--output-file requirements/dev.txt pyproject.toml

clean:
	rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# .venv/run has what the program needs, for workbooks and PDF too; .venv/dev what its tests need as well.
.venv/run .venv/dev: .venv/%: requirements/%.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
