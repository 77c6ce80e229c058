#!/usr/bin/env bash
# make db: a database for development, on our schema, until Ctrl-C. Its data stays in .touchstone/dev.
source "$(dirname "$0")/common.sh"
source .make/debian.sh
source .make/postgres.sh
source .make/schema.sh
source .make/needs.sh
needs toolchain postgres

trap stop_private_postgres EXIT
start_private_postgres "$ROOT/.touchstone/dev"
psql=("$PG_BIN/psql" -X -q -At)
# Named after the migrations: when one is added, a new database appears and the old one stays.
name=dev_$(cat migrations/*.sql | sha256sum | cut -c 1-8)
url=${PG_URL/\/postgres\?/\/$name?}
if [ -z "$("${psql[@]}" "$PG_URL" -c "select 1 from pg_database where datname = '$name'")" ]; then
    "${psql[@]}" "$PG_URL" -c "create database $name"
    apply_schema "$url"
fi
say "" "DATABASE_URL='$url'" "psql:        $PG_BIN/psql '$url'" "" "Ctrl-C stops it."
trap exit INT TERM
wait "$PG_PID"
