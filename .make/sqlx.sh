#!/usr/bin/env bash
# sqlx.sh check|write: asks a fresh database what every query takes and gives, and compares that
# with .sqlx or writes it there.
source "$(dirname "$0")/common.sh"
source .make/debian.sh
source .make/postgres.sh
source .make/schema.sh
source .make/needs.sh
needs toolchain postgres

fresh=$TARGET/sqlx
rm -rf "$fresh"
mkdir -p "$fresh"
mark=$(mktemp)
finish() {
    # Cargo goes by times: with the old one back, the next build need not start over.
    touch -r "$mark" src/lib.rs
    rm -f "$mark"
    stop_private_postgres
}
touch -r src/lib.rs "$mark"
trap finish EXIT

start_private_postgres ""
apply_schema "$PG_URL" >"$LOGS/schema.log" 2>&1 || { cat "$LOGS/schema.log" >&2 && die "a migration failed"; }

# The macros write only when they are compiled.
touch src/lib.rs
task "Ask PostgreSQL about every query" "through sqlx's macros (usually 30 s)" \
    env SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$fresh" DATABASE_URL="$PG_URL" \
    cargo check --locked --features ssr --all-targets

mkdir -p .sqlx
case $1 in
check)
    diff -rq .sqlx "$fresh" || die "The folder .sqlx is not what the queries say. Run: make sqlx, and commit the folder."
    say "  $(find .sqlx -name '*.json' | wc -l) queries are as committed"
    ;;
write)
    find .sqlx -name 'query-*.json' -delete
    find "$fresh" -name 'query-*.json' -exec cp -t .sqlx {} +
    say "  $(find .sqlx -name '*.json' | wc -l) queries written to .sqlx"
    ;;
esac
