# The contract's commands. Everything installs itself into .venv, node_modules and build; nothing else is needed than
# Python 3.11+ and make. Every step leaves a stamp when it is done, so calling one again is quick, and a step that was
# interrupted is done again.

UV_VERSION := 0.13.9
PORT ?= 8000
ARGS ?=

# The first Python on this machine that is new enough; `make PYTHON=/path/to/python` overrides.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

BIN := .venv/bin
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
export UV_PYTHON_DOWNLOADS := never

INSTALLED := .venv/.installed
PACKAGES := node_modules/.installed
PAGES := build/.built
COLLECTED := build/.collected
CATALOGUES := build/.catalogues

# A demonstration knows nothing of this machine's own settings: no database, no mail gateway, no files of theirs.
DEMO_DIR := $(CURDIR)/var/demo
DEMO := env -i PATH="$$PATH" HOME="$$HOME" LANG="$${LANG:-C.UTF-8}" TERM="$${TERM:-dumb}" CUNLIAN_DEMO=1 \
	CUNLIAN_VAR=$(DEMO_DIR) PUBLIC_URL=http://127.0.0.1:$(PORT) $(BIN)/cunlian

# One worker a processor; a file's tests stay together, because they share what they set up.
PYTEST := $(BIN)/pytest -n auto --dist loadfile $(ARGS)

.PHONY: help setup demo test check bench messages roles clean-demo
.DEFAULT_GOAL := help

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(INSTALLED) $(PACKAGES) $(PAGES) $(COLLECTED) $(CATALOGUES) ## Install all that Cunlian needs into this folder

$(INSTALLED): pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "Cunlian needs Python 3.11 or newer; none was found on this machine."; exit 2; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf .venv && $(PYTHON) -m venv .venv; } \
		|| { rm -rf .venv; echo "This Python cannot make a virtual environment; on Debian: apt-get install python3-venv."; exit 2; }
	@$(BIN)/uv --version 2>/dev/null | grep -q "^uv $(UV_VERSION) " || $(BIN)/python -m pip install --quiet "uv==$(UV_VERSION)"
	$(BIN)/uv sync --frozen --inexact --quiet
	@touch $@

# The machine's own npm where there is one; else PyPI's copy of Node.js, installed beside the rest.
$(PACKAGES): package.json package-lock.json | $(INSTALLED)
	@if npm --version >/dev/null 2>&1; then npm=npm; \
	else $(BIN)/uv sync --frozen --inexact --quiet --group node && npm=$(BIN)/npm; fi; \
	PATH="$(CURDIR)/$(BIN):$$PATH" $$npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Templates and code name the icons that go into the sprite.
$(PAGES): tools/build_frontend.py $(PACKAGES) $(shell find src/cunlian -name '*.html' -o -name '*.py' -o -path '*/static/*' -type f 2>/dev/null) | $(INSTALLED)
	$(BIN)/python tools/build_frontend.py
	@mkdir -p build && touch $@

# What production serves: every file under a name that carries its digest, and compressed.
$(COLLECTED): $(PAGES) $(INSTALLED)
	@env -u CUNLIAN_DEMO -u DEBUG DATABASE_URL= SECRET_KEY=only-for-collecting \
		DJANGO_SETTINGS_MODULE=cunlian.config.settings.base $(BIN)/django-admin collectstatic --noinput --clear --verbosity 0
	@touch $@

$(CATALOGUES): tools/messages.py $(shell find src/cunlian -name '*.po' 2>/dev/null) | $(INSTALLED)
	@$(BIN)/python tools/messages.py --compile
	@mkdir -p build && touch $@

# Built in one transaction: it is there wholly or not at all, and a second call keeps what was clicked in it.
demo: setup ## Open the demonstration district on http://127.0.0.1:8000 (PORT=… overrides)
	@$(DEMO) migrate --quiet
	@$(DEMO) demo hengkou
	@$(DEMO) serve --port $(PORT)

clean-demo: ## Throw the demonstration away, so that the next `make demo` builds it anew
	rm -rf $(DEMO_DIR)

# On two databases the browser journeys run on PostgreSQL, and the main loop on SQLite as well.
test: setup ## Run the tests on SQLite, and on PostgreSQL too when DATABASE_URL points to one
	@case "$$DATABASE_URL" in \
	postgres*) \
		echo "== Tests on SQLite" && DATABASE_URL= $(PYTEST) -m "not browser or main_loop" && \
		echo "== Tests on PostgreSQL" && $(PYTEST) ;; \
	"" | sqlite*) \
		echo "== Tests on SQLite" && DATABASE_URL= $(PYTEST) ;; \
	*) echo "DATABASE_URL must begin with postgres:// (or be unset)."; exit 2 ;; \
	esac

check: setup ## Lint, types, layers, migrations, translations, sizes
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djlint --lint --quiet src
	$(BIN)/mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=cunlian.config.settings.test DATABASE_URL= $(BIN)/django-admin makemigrations --check --dry-run
	$(BIN)/python tools/messages.py --check
	$(BIN)/python tools/sizes.py
	$(BIN)/python tools/roles.py --check

messages: $(INSTALLED) ## Bring the catalogues of translations up to date with the code, and compile them
	$(BIN)/python tools/messages.py
	$(BIN)/python tools/messages.py --compile

roles: $(INSTALLED) ## Write docs/roles.md anew from the table of permissions
	$(BIN)/python tools/roles.py

bench: setup ## Run the benchmarks; the results are explained in docs/performance.md
	CUNLIAN_DEMO=1 $(BIN)/cunlian bench $(ARGS)
