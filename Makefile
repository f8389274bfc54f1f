# The commands of this project. They need Python 3.11 or newer with venv, and make; nothing else.
#
#   make demo    set up, load the Qinhuangdao ledger and a made-up city, serve on 127.0.0.1:8000
#   make test    set up and run every check
#   make setup   only set up what the checks need
#   make lock    resolve the dependencies anew and write requirements/*.txt
#   make clean   remove what set-up and checks wrote; data in var/ stays

BIN = .venv/bin
# The checks have an installation of their own, and no warning passes.
TAIZHANG = TAIZHANG_HOME=.venv/checks $(BIN)/python -W error $(BIN)/taizhang
UV_COMPILE = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command 'make lock' \
	pyproject.toml requirements/build.in

.PHONY: demo test setup checks lock clean

demo:
	@sh tools/setup.sh run
	@$(BIN)/taizhang demo

setup:
	@sh tools/setup.sh dev

test: setup checks
	$(BIN)/pytest -n auto --dist loadgroup

checks:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python tools/messages.py check
	$(TAIZHANG) check
	$(TAIZHANG) makemigrations --check --dry-run

lock: setup
	$(UV_COMPILE) --output-file requirements/run.txt
	$(UV_COMPILE) --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt

clean:
	rm -rf .venv build dist src/*.egg-info
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -type f -exec rm -f {} +
