# SmartHub. `make` lists what there is to do; the work itself is in scripts/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run dev test bench fuzz mutants fmt check setup clean

help: ## Lists these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Sets up, builds and serves a hub with invented data at http://127.0.0.1:3000
	@scripts/run.sh

dev: ## The same without optimising, built and loaded again on every change
	@scripts/dev.sh

test: ## Runs every check and test; ends with the count
	@scripts/test.sh

bench: ## Measures speed, memory and size, and writes docs/BENCHMARKS.md
	@scripts/bench.sh

fuzz: ## Feeds the search engine any bytes for a minute each; not part of test
	@scripts/fuzz.sh

mutants: ## Looks whether the tests of domain notice a changed rule; not part of test
	@scripts/mutants.sh

fmt: ## Formats the Rust code
	@. scripts/env.sh && cargo fmt --all

check: ## Only compiles, with clippy: the quickest answer while writing
	@scripts/check.sh

setup: ## Installs what is missing to build, run and test
	@scripts/setup.sh test

clean: ## Removes what was built; ./data stays
	@. scripts/env.sh && cargo clean
