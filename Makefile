# The few commands that people type. What they do is written in .make.
.DEFAULT_GOAL := help
.PHONY: help run test check chaos db sqlx clean-tools

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

run: ## set up what is missing, build, and start with demo data on http://127.0.0.1:3000
	@exec bash .make/run.sh

test: ## everything that CI runs, set up from nothing; ONLY="fmt clippy" runs single stages
	@exec bash .make/test.sh

check: ## the quick part of it, for while you write: formatting, rules, walls, lints
	@ONLY="fmt pure wall clippy" exec bash .make/test.sh

chaos: ## break lines, processes and disks while people answer; SEED=7 ROUNDS=100 repeats or lengthens it
	@exec bash .make/chaos.sh

db: ## a database for development, until Ctrl-C
	@exec bash .make/db.sh

sqlx: ## write .sqlx anew after a query or a migration changed
	@exec bash .make/sqlx.sh write

clean-tools: ## remove the build tools that this folder has installed for you
	@rm -rf "$${XDG_CACHE_HOME:-$$HOME/.cache}/touchstone/tools" "$${XDG_CACHE_HOME:-$$HOME/.cache}/touchstone/tools-build"
