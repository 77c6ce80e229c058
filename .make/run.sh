#!/usr/bin/env bash
# make run: sets up what is missing, builds, and becomes the server.
source "$(dirname "$0")/common.sh"
source .make/debian.sh
source .make/toolchain.sh
source .make/postgres.sh
source .make/leptos-env.sh

# What only a person can mend comes first, before anything slow.
need_toolchain
if [ -z "${DATABASE_URL:-}" ]; then ensure_postgres; fi
bash .make/build.sh browser server
exec "$TARGET/release/touchstone" serve --demo --data "${TOUCHSTONE_DATA:-.touchstone}"
