#!/usr/bin/env bash
# Licences and sources of dependencies
source "$(dirname "$0")/../common.sh"

bash .make/tools.sh cargo-deny
task "Check all dependencies" "bans, licences and sources (usually 5 s)" \
    cargo deny --locked --features ssr,hydrate --config .cargo/deny.toml check bans licenses sources
