# One command each. Every one first sets up what it needs (bin/setup), which takes no time when nothing is missing.

# Our own modules are compiled once, not at every start of each of the many processes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check bench soak

run:
	@bin/setup
	@exec .venv/bin/jiangjian run

test:
	@bin/setup dev
	.venv/bin/pytest -n 3 --dist worksteal

check:
	@bin/setup dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict bot dialogs forms storage
	.venv/bin/lint-imports
	.venv/bin/jiangjian check --catalogues

bench:
	@bin/setup bench
	@for file in bench/[a-z]*.py; do \
		echo "== $$file"; .venv/bin/python -m "bench.$$(basename "$$file" .py)" || exit 1; \
	done

soak:
	@bin/setup dev
	.venv/bin/python -m tests.soak
