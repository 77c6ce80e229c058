#!/usr/bin/env bash
# Queries against the schema
# needs: postgres
source "$(dirname "$0")/../common.sh"

bash .make/sqlx.sh check
