#!/usr/bin/env bash
# make run: sets up what is missing, builds, and becomes the server.
source "$(dirname "$0")/common.sh"
source .make/debian.sh
source .make/postgres.sh
source .make/needs.sh
source .make/leptos-env.sh

if [ -n "${DATABASE_URL:-}" ]; then needs toolchain; else needs toolchain postgres; fi
bash .make/build.sh browser server
exec "$TARGET/release/touchstone" serve --demo --data "${TOUCHSTONE_DATA:-.touchstone}"
