#!/usr/bin/env bash
# Byte budget of the pages
source "$(dirname "$0")/../common.sh"

bash .make/build.sh browser
node .make/budget.mjs target/site
