#!/usr/bin/env bash
# Formatting
source "$(dirname "$0")/../common.sh"

cargo fmt --check -- -l || die "These files are not formatted. Run: cargo fmt"
