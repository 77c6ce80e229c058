#!/usr/bin/env bash
# Documentation
source "$(dirname "$0")/../common.sh"

RUSTDOCFLAGS='-D warnings' task "Write the documentation" "a broken link is an error (usually 20 s)" \
    cargo doc --locked --no-deps --lib --features ssr --document-private-items
