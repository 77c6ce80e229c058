#!/usr/bin/env bash
# Server on a real PostgreSQL
# needs: postgres
source "$(dirname "$0")/../common.sh"
source .make/postgres.sh
source .make/runner.sh

trap stop_private_postgres EXIT
start_private_postgres ""
# Every test makes a database of its own on this server.
export TOUCHSTONE_TEST_DATABASE_URL=$PG_URL
COMPILE_HINT='usually 1 min, the first time 10 min'
cargo_tests server --features ssr
