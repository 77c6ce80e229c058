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
# What items claim was run is run again: the tests write down what they had to skip.
export TOUCHSTONE_EVIDENCE=$LOGS/evidence.txt
rm -f "$TOUCHSTONE_EVIDENCE"
cargo_tests server --features ssr
[ ! -e "$TOUCHSTONE_EVIDENCE" ] || cat "$TOUCHSTONE_EVIDENCE" >>"$SUMMARY"
