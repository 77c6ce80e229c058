#!/usr/bin/env bash
# Browser wall
source "$(dirname "$0")/../common.sh"

# On the ordinary target: what the browser must not know fails to compile here, without wasm.
task "Check what the browser gets" "usually 5 s, the first time 1 min" \
    cargo clippy --locked --lib --no-default-features --features hydrate -- -D warnings
