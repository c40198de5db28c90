# De opdrachten van de monitor. Alles staat in scripts/; hier staan alleen de namen.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help start reports stop test bench screenshots lint lint-api ci

help: ## toont deze lijst
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

start: ## maakt alles klaar, de drie rapporten ook, en start de monitor op deze computer
	@scripts/prepare.sh && exec scripts/run_in_environment.sh scripts/start.py

reports: ## doet hetzelfde zonder te blijven draaien: de rapporten staan daarna in out/
	@scripts/prepare.sh && exec scripts/run_in_environment.sh scripts/start.py --no-serve

stop: ## stopt een monitor die met make start is gestart
	@exec scripts/run_in_environment.sh scripts/start.py --stop

test: ## draait alle tests, op SQLite en (waar dat kan) op PostgreSQL en Redis
	@scripts/prepare.sh --development && exec scripts/run_in_environment.sh scripts/run_tests.py

bench: ## meet en toont hoe snel rapporten en pagina's zijn
	@scripts/prepare.sh --development && exec scripts/run_in_environment.sh -m pytest tests/bench -m bench -s -q -p no:cacheprovider

screenshots: ## maakt de plaatjes van de schermen in docs/screenshots
	@scripts/prepare.sh --development && MONITOR_SCREENSHOTS=docs/screenshots exec scripts/run_in_environment.sh -m pytest tests/end_to_end/test_screenshots.py -q -p no:cacheprovider

lint: ## stijl, typen, grenzen tussen de onderdelen, migraties, productie en API
	@scripts/prepare.sh --development && exec scripts/lint.sh

lint-api: ## houdt de beschrijving van de API tegen de Nederlandse API Design Rules
	@scripts/prepare.sh --development && exec scripts/lint_api.sh

ci: ## wat de bouwstraat doet
	@exec .ci/run
