# Sets up and runs the project. Works with GNU make 3.81 (macOS) and later.
#
# Python packages are locked in requirements*.lock and installed into .venv; pip finds its index in
# the machine's own configuration. What pip cannot install comes by apt, where we may use it.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:
MAKEFLAGS += --no-print-directory

PROFILE ?= content/mali-2021
UV := 0.13.9

# Errors only: pip is talkative.
PIP := .venv/bin/python -m pip -qq --disable-pip-version-check --no-input

# The first Python of 3.11 or later; by running it, since pyenv's shims may lead nowhere.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do \
  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  && echo "$$python" && break; done)

.PHONY: report
report: ready-report .venv/program  ## build a profile and print where its PDF is (PROFILE=content/mali-2021)
	@.venv/bin/mgi-report build $(PROFILE)

.PHONY: test
test: ready-tests .venv/tools .venv/bench .tools/html/ready lint  ## check style and types, and run all tests (ARGS='-k pages')
	@.venv/bin/python -m pytest -n auto --dist loadgroup $(ARGS)

.PHONY: bench
bench: ready-tests .venv/bench .tools/bench/ready  ## measure beside other typesetters, for the README (ROUNDS=5)
	@.venv/bin/python -m bench.run --rounds $(or $(ROUNDS),5)

.PHONY: soak
soak: ready-tests .venv/tools  ## hold 500 random edits against builds from nothing, and take in 200 reviews (EDITS=500 SEED=…)
	@MGI_EDITS=$(or $(EDITS),500) MGI_SEED=$(or $(SEED),$$RANDOM) \
	  .venv/bin/python -m pytest -n 0 -q -s tests/test_incremental.py
	@MGI_REVIEWS=$(or $(REVIEWS),200) MGI_SEED=$(or $(SEED),$$RANDOM) \
	  .venv/bin/python -m pytest -n 0 -q -s tests/consult/test_round_trip.py

.PHONY: cases
cases: ready-tests .venv/tools  ## put pages that are hard on the layout into build/hard-cases.pdf
	@.venv/bin/python -m tests.pages.hard_cases
	@echo build/hard-cases.pdf

# Pages of the README: name and folio.
PICTURES := cover:1 contents:5 framework:9 key-findings:10 domain:18 process:30

.PHONY: pictures
pictures: ready-tests .venv/program  ## draw the README's pictures of pages anew
	@.venv/bin/mgi-report build content/mali-2021 >/dev/null
	@mkdir -p docs/pictures
	@for picture in $(PICTURES); do \
	  pdftoppm -png -singlefile -scale-to-x 480 -scale-to-y -1 -f $${picture#*:} -l $${picture#*:} \
	    build/mali-2021/en/mali-2021-en.pdf docs/pictures/$${picture%:*}; done

# FOGRA39L as Debian has it; `colprof` is a tool of ArgyllCMS (AGPL), which is run and not shipped.
FOGRA := /usr/share/color/icc/FOGRA39L

.PHONY: press-profile
press-profile:  ## make the colour profile of a press anew (needs Debian's argyll and icc-profiles-free)
	@command -v colprof >/dev/null && test -e $(FOGRA).ti3 || \
	  { echo 'Please run: sudo apt-get install argyll icc-profiles-free' >&2; exit 1; }
	@mkdir -p build && cp $(FOGRA).ti3 build/press.ti3
	@colprof -qm -bm -nc -l300 -L100 -kp 0 .3 .94 1 .5 -dpp -S assets/colour/sRGB2014.icc -cmt \
	  -A mgi-report -M FOGRA39L -D 'mgi-report FOGRA39 coated' \
	  -C 'Made from the characterization data FOGRA39L (Fogra) with ArgyllCMS. CC0 1.0: no rights reserved' \
	  -O assets/colour/FOGRA39-coated.icc build/press
	@sha256sum assets/colour/FOGRA39-coated.icc

.PHONY: lint
lint: ready-python .venv/tools  ## check style and types
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy

.PHONY: format
format: ready-python .venv/tools  ## bring the code into shape
	@.venv/bin/ruff check --fix --select I .
	@.venv/bin/ruff format .

.PHONY: clean
clean:  ## remove all that was made
	@rm -rf .venv .tools build dist .pytest_cache .mypy_cache .ruff_cache
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help:  ## say what there is
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

# Hashes are the index's own, for all platforms: uv does not read pip's configuration, so no wheel
# that was built on this machine gets in.
.PHONY: lock
lock:  ## lock the newest versions that pyproject.toml allows
	@test -x .tools/bin/uv || $(PYTHON) -m venv .tools
	@.tools/bin/python -m pip --quiet --disable-pip-version-check install uv==$(UV)
	@echo 'hatchling>=1.27' > .tools/build.in
	@$(COMPILE) --extra conformance --extra consult --extra preview pyproject.toml .tools/build.in -o requirements.lock
	@$(COMPILE) --extra conformance --extra consult --extra preview --group dev pyproject.toml .tools/build.in \
	  -c requirements.lock -o requirements-dev.lock
	@$(COMPILE) --group bench -c requirements-dev.lock -o requirements-bench.lock

COMPILE := .tools/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
  --generate-hashes --no-annotate --no-emit-index-url --custom-compile-command 'make lock'

# --- The environment --------------------------------------------------------------------------

# The program and all that it needs to run.
.venv/program: requirements.lock pyproject.toml | .venv/bin/python
	@echo 'Installing Python packages into .venv …'
	@$(PIP) install -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# The tools of those who work on it.
.venv/tools: requirements-dev.lock .venv/program
	@$(PIP) install -r requirements-dev.lock
	@touch $@

# Peers that `make bench` measures against. Those in a browser are left out where they cannot be had.
.venv/bench: requirements-bench.lock .venv/program
	@$(PIP) install -r requirements-bench.lock
	@touch $@

# Not `npm ci`: it stops where a registry lacks a package for a platform that is not this one.
.tools/bench/ready: bench/package.json bench/package-lock.json
	@mkdir -p $(@D) && cp bench/package.json bench/package-lock.json $(@D)
	@if ! { command -v npm && command -v chromium; } >/dev/null; then \
	  if [ "$$(id -u)" = 0 ]; then as=; else as='sudo -n'; fi; \
	  echo 'Installing npm chromium …'; \
	  $$as env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
	    npm chromium </dev/null >/dev/null 2>&1 || true; fi
	@echo 'Installing Paged.js and Vivliostyle into .tools/bench …'
	@cd $(@D) && PUPPETEER_SKIP_DOWNLOAD=1 npm install --no-save --loglevel=error --no-audit --no-fund \
	  --ignore-scripts >/dev/null && touch ready || echo 'They cannot be had here; make bench goes on without them.'

# The judge of the portal's HTML; its test is left out where it cannot be had.
.tools/html/ready: tests/portal/package.json tests/portal/package-lock.json
	@mkdir -p $(@D) && cp tests/portal/package.json tests/portal/package-lock.json $(@D)
	@cd $(@D) && if command -v npm >/dev/null && npm install --no-save --loglevel=error --no-audit --no-fund \
	  --ignore-scripts >/dev/null; then touch ready; else echo 'The checker of HTML cannot be had here.'; fi

.venv/bin/python:
	@rm -rf .venv
	@$(or $(PYTHON),python3) -m venv .venv

# --- What pip cannot install --------------------------------------------------------------------
# All that is missing comes at once: by apt as root, or by sudo where it asks for no password.
# Else one line says what to install, and make stops.

# What WeasyPrint loads (Pango, its link to FreeType, HarfBuzz for font subsets), and what the tests
# call: name=Debian's package.
LIBRARIES := libpango-1.0=libpango-1.0-0 libpangoft2-1.0=libpangoft2-1.0-0 \
  libharfbuzz-subset=libharfbuzz-subset0
PROGRAMS := pdftoppm=poppler-utils chromium=chromium soffice=libreoffice-writer-nogui

# LibreOffice's bindings for the system's own Python: the reviewer of tests/consult. Where there is no
# apt, its tests are left out.
OFFICE := /usr/lib/python3/dist-packages/uno.py

.PHONY: ready-python ready-report ready-tests
ready-python ready-report ready-tests:
	@packages=; others=; \
	if [ ! -x .venv/bin/python ]; then \
	  if [ -z "$(PYTHON)" ]; then \
	    packages='python3 python3-venv'; others='Python 3.11 or later, '; \
	  elif ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	    packages=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	    others='venv and ensurepip for $(PYTHON), '; \
	  fi; \
	fi; \
	if [ $@ != ready-python ]; then \
	  here=$$(PATH="$$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null; \
	    ls /opt/homebrew/lib /usr/local/lib /opt/local/lib 2>/dev/null); \
	  for pair in $(LIBRARIES); do case "$$here" in *"$${pair%%=*}."*) ;; *) \
	    packages="$$packages $${pair#*=}"; others="$$others$${pair%%=*}, "; esac; done; \
	fi; \
	if [ $@ = ready-tests ]; then \
	  for pair in $(PROGRAMS); do command -v "$${pair%%=*}" >/dev/null || { \
	    packages="$$packages $${pair#*=}"; others="$$others$${pair%%=*}, "; }; done; \
	fi; \
	if [ $@ = ready-tests ] && [ ! -e $(OFFICE) ] && command -v apt-get >/dev/null; then \
	  packages="$$packages python3-uno"; fi; \
	if [ -z "$$packages" ]; then exit; fi; \
	if ! command -v apt-get >/dev/null; then \
	  echo "Please install $${others%, } (Fedora: dnf install pango harfbuzz poppler-utils;" \
	    "macOS: brew install pango poppler), then run make again." >&2; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then as=; \
	elif sudo -n true 2>/dev/null; then as='sudo -n'; \
	else echo "Please run: sudo apt-get install" $$packages >&2; exit 1; fi; \
	echo "Installing" $$packages "…"; \
	$$as apt-get update -qq || true; \
	$$as env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $$packages \
	  </dev/null >/dev/null || exit; \
	if [ -z "$(PYTHON)" ] && ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	  echo 'Please install Python 3.11 or later, then run make again.' >&2; exit 1; \
	fi
