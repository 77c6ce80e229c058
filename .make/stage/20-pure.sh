#!/usr/bin/env bash
# Pure rules
source "$(dirname "$0")/../common.sh"
source .make/runner.sh

# Without features nothing of the server or the browser exists, so nothing of them can be used.
COMPILE_HINT='usually 10 s, the first time 1 min'
cargo_tests pure --lib --no-default-features
