#!/usr/bin/env bash
# Browser tests
# needs: postgres browser
source "$(dirname "$0")/../common.sh"
source .make/postgres.sh
source .make/needs.sh
source .make/runner.sh

find_chromium
bash .make/build.sh browser
# The server tests built this very program; `cargo build` would compile its dependencies anew,
# because without the tests' own dependencies their features differ.
task "Compile the server" "done already after the server tests (usually 2 s, the first time 10 min)" \
    cargo test --locked --no-run --features ssr --test server
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 TOUCHSTONE_BIN=$TARGET/debug/touchstone
# A port that is free, so that a server which somebody left running does not take part.
TOUCHSTONE_TEST_PORT=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
# A folder that the database's account can enter.
TOUCHSTONE_TEST_DATA=$(mktemp -d /tmp/touchstone-e2e-XXXXXX)
chmod 755 "$TOUCHSTONE_TEST_DATA"
trap 'rm -rf "$TOUCHSTONE_TEST_DATA"' EXIT
export TOUCHSTONE_TEST_PORT TOUCHSTONE_TEST_DATA

cd end2end
task "Install the browser tests' packages" "from npm, as the lock file says (usually 5 s)" npm ci --no-audit --no-fund
task "Check the types of the browser tests" "usually 3 s" npm run --silent check
runner browser '^ *[0-9]+ (passed|failed|flaky|skipped|interrupted|did not run)' npx playwright test
