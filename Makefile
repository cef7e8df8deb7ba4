# Every target works from a fresh clone: it makes what it needs. `make help` lists them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
ENV ?= local
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
TOOLS := requirements/dev.txt
JOBS ?= 2
# In the order of their folders: what takes long comes first, and the many small ones fill up both processes in the end.
SIDE_BY_SIDE := -n $(JOBS) --no-loadscope-reorder
# One test for each route, all of one name, of which several processes would run the first alone.
FUZZ := tests/proofs/test_api_fuzz.py

.PHONY: help up demo down test check unit lint format policy audit docs package plan deploy bench prove lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: $(READY) ## Bring the local stack up: emulator, Redis, the platform applied, a sample bank
	@$(PY) -m tools.stack up

demo: up ## Post submissions, take quizzes, play one live and practise on the local stack, and show it all
	@$(PY) -m tools.demo

down: $(READY) ## Stop the local stack; everything in it is thrown away
	@$(PY) -m tools.stack down

test: lint ## Run every test: unit, Terraform, the local stack, the proofs
	@$(PY) -m pytest -q $(SIDE_BY_SIDE) --ignore=$(FUZZ)
	@$(PY) -m pytest -q $(FUZZ)

check: $(READY) ## The gate before every commit: format, types, validation, documents, unit tests but the long ones
	@$(MAKE) -j2 lint unit

unit: $(READY)
	@UNIT_PROFILE=gate $(PY) -m pytest -q $(SIDE_BY_SIDE) -m "not long" tests/unit

lint: $(READY)
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/mypy --no-error-summary
	@$(PY) -m tools.terraform fmt -check -recursive
	@$(PY) -m tools.terraform.validate
	@$(PY) -m tools.docs --check

format: $(READY) ## Format Python and Terraform
	@$(VENV)/bin/ruff format --quiet . && $(VENV)/bin/ruff check --fix --quiet .
	@$(PY) -m tools.terraform fmt -recursive

policy: $(READY) ## Scan the code and a plan of it for what checkov calls unsafe
	@$(PY) -m tools.policy

audit: $(READY) ## Ask for known vulnerabilities of everything that is locked
	@$(PY) -m tools.supply audit

docs: $(READY) ## Write the documents that are made from code
	@$(PY) -m tools.docs

package: $(READY) ## Build the functions' zips for AWS into build/lambda, each with a list of what is inside
	@$(PY) -m tools.package --target lambda
	@$(PY) -m tools.supply sbom lambda

plan: $(READY) ## Plan an environment and keep the plan: make plan ENV=development
	@$(PY) -m tools.environment plan $(ENV)

deploy: $(READY) ## Apply the kept plan of an environment: make deploy ENV=development
	@$(PY) -m tools.environment deploy $(ENV)

bench: up ## Measure calls, CPU, cold starts, latency, throughput, growth, sizes: make bench AGAINST=DIR
	@$(PY) -m tools.bench $(if $(AGAINST),--against $(AGAINST))

prove: up ## Play the proofs at full size, which takes more than an hour: make prove SEED=NUMBER
	@$(PY) -m tests.proofs.campaigns $(if $(SEED),--seed $(SEED))

lock: $(READY) ## Pin the newest versions that requirements/*.in allow
	@for name in lambda dev emulator policy; do \
		$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header --output-file requirements/$$name.txt requirements/$$name.in; \
	done

clean: ## Stop the local stack and remove everything that was made
	@if [ -x $(PY) ]; then $(PY) -m tools.stack down; fi
	@rm -rf $(VENV) .local build .terraform .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The .pth file lets every tool and test import the packages under src.
$(READY): $(TOOLS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.13")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "install the venv module of $(PYTHON) (Debian: apt-get install python3-venv)"; exit 1; }
	@echo "making the virtual environment $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV)
	@# What is never imported need not be compiled.
	@$(PY) -m pip install -qq --no-compile --disable-pip-version-check --require-hashes -r $(TOOLS)
	@echo "$(CURDIR)/src" > $$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/quiz-platform.pth
	@touch $@
