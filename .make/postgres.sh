# shellcheck shell=bash
# PostgreSQL: finds its programs, and runs a private server for a while. Sourced after common.sh.

# find_postgres: sets PG_BIN to the folder of the newest initdb, 15 or newer.
find_postgres() {
    local initdb major best=0
    PG_BIN=
    for initdb in "${TOUCHSTONE_PG_BIN:-}/initdb" "$(command -v initdb || :)" /usr/lib/postgresql/*/bin/initdb \
        /usr/pgsql-*/bin/initdb /usr/local/pgsql/bin/initdb; do
        # What is on PATH may be a link out of the real folder.
        initdb=$(readlink -f "$initdb") || continue
        if [ ! -x "$initdb" ] || [ ! -x "$(dirname "$initdb")/psql" ]; then continue; fi
        major=$("$initdb" --version | grep -oE '[0-9]+' | head -n 1)
        if [ "$major" -ge 15 ] && [ "$major" -gt "$best" ]; then
            best=$major
            PG_BIN=$(dirname "$initdb")
        fi
    done
    [ -n "$PG_BIN" ]
}

# PostgreSQL refuses to run as root: root lends it an account with fewer rights.
# Sets AS_POSTGRES to the words that go before a command.
choose_account() {
    AS_POSTGRES=()
    if is_root; then
        PG_ACCOUNT=${TOUCHSTONE_PG_ACCOUNT:-postgres}
        id "$PG_ACCOUNT" >/dev/null 2>&1 || PG_ACCOUNT=nobody
        AS_POSTGRES=(setpriv --reuid "$PG_ACCOUNT" --regid "$(id -g "$PG_ACCOUNT")" --clear-groups --)
    fi
}

# start_private_postgres FOLDER: starts a server that listens on a Unix socket only and sets
# PG_PID and PG_URL. With an empty FOLDER it is a throw-away one: nothing survives, so nothing is synced.
start_private_postgres() {
    find_postgres || die "PostgreSQL is missing"
    choose_account
    local data=$1 safety=()
    # Short, because the path of a socket must stay under 107 bytes.
    PG_RUN=$(mktemp -d /tmp/touchstone-pg.XXXXXX)
    if [ -z "$data" ]; then
        data=$PG_RUN/data
        safety=(-c fsync=off -c full_page_writes=off -c synchronous_commit=off)
    fi
    mkdir -p "$data"
    if is_root; then chown "$PG_ACCOUNT" "$PG_RUN" "$data"; fi
    chmod 700 "$data"
    if [ ! -e "$data/PG_VERSION" ]; then
        (cd "$PG_RUN" && "${AS_POSTGRES[@]}" "$PG_BIN/initdb" -D "$data" -U touchstone -A trust -E UTF8 --locale=C --no-sync) >"$LOGS/initdb.log" 2>&1 ||
            { cat "$LOGS/initdb.log" >&2 && die "initdb failed"; }
    fi
    : >"$LOGS/postgres.log"
    # The subshell replaces itself, so its pid is the server's own.
    (
        cd "$PG_RUN" || exit
        exec "${AS_POSTGRES[@]}" "$PG_BIN/postgres" -D "$data" -k "$PG_RUN" \
            -c listen_addresses= -c max_connections=300 "${safety[@]}"
    ) >>"$LOGS/postgres.log" 2>&1 </dev/null &
    PG_PID=$!
    # shellcheck disable=SC2034 # read by the scripts that source this
    PG_URL="postgres://touchstone@localhost/postgres?host=$PG_RUN"
    local tries=0
    until grep -qsw ready "$data/postmaster.pid"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 200 ] || ! kill -0 "$PG_PID" 2>/dev/null; then
            cat "$LOGS/postgres.log" >&2
            die "the private PostgreSQL did not start"
        fi
        pause 0.1
    done
}

# stop_private_postgres: by its own pid; SIGINT is its "fast" stop, which rolls back what runs.
stop_private_postgres() {
    if [ -n "${PG_PID:-}" ]; then
        kill -INT "$PG_PID" 2>/dev/null || :
        wait "$PG_PID" 2>/dev/null || :
        PG_PID=
    fi
    if [ -n "${PG_RUN:-}" ]; then rm -rf "$PG_RUN"; fi
}
