# Everything a machine needs to run, try, test and check the portal. `make help` lists the targets.

VENV := .venv
PY := $(VENV)/bin/python
UV_VERSION := 0.13.9
TEST_PACKAGES := chromium libreoffice-calc poppler-utils fonts-noto-cjk

ADDRESS := 127.0.0.1:8000
RUN_DIR := $(or $(PORTAL_DATA_DIR),var)
DEMO_DIR := var/demo
STATIC_SOURCES := static pairing_portal/static_files.py $(VENV)/run.stamp

export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo run test check check-format check-types check-templates check-django
.PHONY: screens manual bench lock tools

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

# -- set-up, made once and again when a lock changes ---------------------------------------------------

define install
	@echo "Installing $(1)"
	@$(PY) -m pip install --quiet --quiet --no-deps --require-hashes -r $(1)
	@touch $@
endef

$(PY):
	@.ci/venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt | $(PY)
	$(call install,$<)

$(VENV)/dev.stamp: requirements/dev.txt | $(PY)
	$(call install,$<)

$(VENV)/bench.stamp: requirements/bench.txt | $(VENV)/dev.stamp
	$(call install,$<)

tools: $(VENV)/dev.stamp
	@.ci/debian $(TEST_PACKAGES)

# -- running ---------------------------------------------------------------------------------------------

run demo: export PORTAL_BIND ?= $(ADDRESS)
run: export PORTAL_MODE := production
run: export PORTAL_HTTPS ?= false
demo: export PORTAL_MODE := demo
demo: export PORTAL_DATA_DIR := $(CURDIR)/$(DEMO_DIR)
# The demo never touches a real portal's database, keys or names, whatever the shell has set.
demo: FORGET := env -u PORTAL_HTTPS -u PORTAL_HOSTS -u PORTAL_KEYS_DIR -u DATABASE_URL

define prepare
	@$(FORGET) $(PY) -m pairing_portal.set_up
	@$(FORGET) $(PY) manage.py migrate --verbosity 0
	@manifest=$(1)/static/staticfiles.json; \
	if [ ! -e $$manifest ] || [ -n "$$(find $(STATIC_SOURCES) -newer $$manifest -print -quit)" ]; then \
	  echo "Collecting static files" && $(FORGET) $(PY) manage.py collectstatic --no-input --clear --verbosity 0; \
	fi
endef

run: $(VENV)/run.stamp ## an empty portal for real use, on this machine; prints the first administrator's code
	$(call prepare,$(RUN_DIR))
	@$(FORGET) $(PY) manage.py first_administrator
	@echo "http://$$PORTAL_BIND/  (plain http, so this machine only; see README for serving others)"
	@exec $(FORGET) $(VENV)/bin/gunicorn -c pairing_portal/gunicorn_conf.py

demo: $(VENV)/run.stamp ## a made-up district to try; prints one sign-in per role
	$(call prepare,$(DEMO_DIR))
	@$(FORGET) $(PY) manage.py demo
	@echo "http://$$PORTAL_BIND/"
	@exec $(FORGET) $(VENV)/bin/gunicorn -c pairing_portal/gunicorn_conf.py

# -- tests -------------------------------------------------------------------------------------------------

test: tools ## every test; with CI=true a missing browser or LibreOffice is a failure
	@status=0; \
	$(PY) -m pytest -m "not browser" -n 2 --dist loadfile || status=1; \
	$(PY) -m pytest -m browser -p no:xdist || status=1; \
	exit $$status

# -- checks ------------------------------------------------------------------------------------------------

check: check-format check-types check-templates check-django ## format, lint, types, templates, migrations, production settings

check-format: $(VENV)/dev.stamp
	$(VENV)/bin/ruff format --check --output-format concise .
	$(VENV)/bin/ruff check --output-format concise .

check-types: export PORTAL_MODE := test
check-types: $(VENV)/dev.stamp
	$(VENV)/bin/mypy --no-error-summary

check-templates: $(VENV)/dev.stamp
	$(VENV)/bin/djlint --check --lint templates

check-django: $(VENV)/dev.stamp
	@.ci/check-django $(PY)

screens: tools ## a screenshot of every page as every role, wide and narrow, into .screens/
	$(PY) -m tests.screens .screens

manual: tools ## the pictures of the manual, taken anew
	$(PY) -m tests.manual_pictures

bench: $(VENV)/bench.stamp ## speed against its peers, as ratios
	$(PY) -m benchmarks

lock: $(VENV)/dev.stamp ## resolve the dependencies of pyproject.toml anew, with hashes
	@$(PY) -m pip install --quiet uv==$(UV_VERSION)
	@.ci/lock $(VENV)/bin/uv
