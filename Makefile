# Every target works on a machine with nothing but Python 3.11+ and make: it makes its own virtual environment.

PYTHON ?= python3
VENV ?= .venv
DEMO_VENV ?= .venv-demo
BENCH ?=

DEV := $(VENV)/.installed-dev
BENCHED := $(VENV)/.installed-bench
DEMO := $(DEMO_VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test lint proto docs bench clean

help: ## show the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

demo: $(DEMO) ## start the service, check the example templates through gRPC, print the verdicts, stop the service
	$(DEMO_VENV)/bin/python examples/check_templates.py

test: $(DEV) ## run all tests, on all cores
	$(VENV)/bin/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

lint: $(DEV) ## check style, types, layers and the contract
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/mypy proto/generate.py
	$(VENV)/bin/lint-imports
	cd proto && $(abspath $(VENV))/bin/buf lint
	cd proto && $(abspath $(VENV))/bin/buf format --diff --exit-code

proto: $(DEV) ## write the stubs of moderation/v1 from the contract
	$(VENV)/bin/python proto/generate.py

docs: $(DEV) ## write the pages of the rules, settings, profiles and performance
	$(VENV)/bin/python docs/generate.py

bench: $(BENCHED) ## measure; BENCH="--data DIR" for real SMS, --quick; the service is measured by h2load, from nghttp2
	$(VENV)/bin/python bench/report.py $(BENCH)

clean: ## remove what the other targets made
	rm -rf $(VENV) $(DEMO_VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(DEV): pyproject.toml
	$(call install,$(VENV),.[dev])

$(BENCHED): $(DEV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

$(DEMO): pyproject.toml
	$(call install,$(DEMO_VENV),.)

define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 or newer is needed; set PYTHON=python3.11 (or newer)' >&2; exit 1; }
	$(PYTHON) -m venv $(1)
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --editable '$(2)'
	@touch $@
endef
