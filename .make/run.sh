#!/usr/bin/env bash
# make run: sets up what is missing, builds, and becomes the server.
source "$(dirname "$0")/common.sh"
source .make/debian.sh
source .make/postgres.sh
source .make/needs.sh

if [ -n "${DATABASE_URL:-}" ]; then needs toolchain; else needs toolchain postgres; fi
bash .make/build.sh browser server

# What cargo-leptos would tell the server if it had started it.
export LEPTOS_OUTPUT_NAME=touchstone LEPTOS_SITE_ROOT="$ROOT/target/site" LEPTOS_SITE_PKG_DIR=pkg
export LEPTOS_SITE_ADDR=${TOUCHSTONE_LISTEN:-127.0.0.1:3000} LEPTOS_ENV=PROD
# Somebody is watching.
export TOUCHSTONE_LOG=${TOUCHSTONE_LOG:-text}
exec "$TARGET/release/touchstone" serve --demo
