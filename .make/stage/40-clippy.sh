#!/usr/bin/env bash
# Lints of the server
source "$(dirname "$0")/../common.sh"

task "Check server and tests with clippy" "every warning counts (usually 30 s, the first time 7 min)" \
    cargo clippy --locked --features ssr --all-targets -- -D warnings
