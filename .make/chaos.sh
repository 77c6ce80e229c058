#!/usr/bin/env bash
# make chaos: breaks lines, processes and disks while people work, and compares what they were told
# with the file of HR. SEED=7 repeats a campaign, ROUNDS=100 makes it longer.
source "$(dirname "$0")/common.sh"
source .make/debian.sh
source .make/postgres.sh
source .make/needs.sh
needs toolchain postgres

export TOUCHSTONE_CHAOS_SEED=${SEED:-$(date +%s)} TOUCHSTONE_CHAOS_ROUNDS=${ROUNDS:-20}
task "Compile the server tests" "the campaign is one of them (usually 1 min, the first time 10 min)" \
    cargo test --locked --no-run --features ssr --test server
say "Seed $TOUCHSTONE_CHAOS_SEED, $TOUCHSTONE_CHAOS_ROUNDS rounds of every fault; a round takes about half a minute." \
    "The negative controls run first: a campaign whose controls pass would be void."
cargo test --locked --features ssr --test server -- --nocapture --test-threads 1 caught chaos::
