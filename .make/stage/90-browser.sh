#!/usr/bin/env bash
# Browser tests
source "$(dirname "$0")/../common.sh"
source .make/debian.sh
source .make/postgres.sh
source .make/runner.sh
source .make/leptos-env.sh

ensure_postgres
source .make/browser.sh
bash .make/build.sh browser
# The server tests built this very program; `cargo build` would compile its dependencies anew,
# because without the tests' own dependencies their features differ.
[ -x "$TARGET/debug/touchstone" ] ||
    task "Compile the server" "usually 1 min, the first time 10 min" cargo test --locked --no-run --features ssr
export TOUCHSTONE_BIN=$TARGET/debug/touchstone

cd end2end
task "Install the browser tests' packages" "from npm, as the lock file says (usually 5 s)" npm ci --no-audit --no-fund
runner browser '^ *[0-9]+ (passed|failed|flaky|skipped|interrupted|did not run)' npx playwright test
