# shellcheck shell=bash
# What every script of this folder shares: where things are, and how a long step talks.
# Sourced, never run.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/touchstone
TOOLS=$CACHE/tools
TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")
LOGS=$TARGET/logs
mkdir -p "$LOGS"

# Tools that we install live in the user's cache folder, so the repository stays clean and
# a second clone needs nothing.
export PATH="$TOOLS/bin:$TOOLS/node_modules/.bin:$PATH:$HOME/.cargo/bin"
# An ordinary build needs no database: the shapes of all queries are committed in .sqlx.
export SQLX_OFFLINE=${SQLX_OFFLINE:-true}

if [ -t 1 ]; then BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' PLAIN=$'\e[0m'; else BOLD='' DIM='' RED='' PLAIN=''; fi

say() { printf '%s\n' "$@"; }
die() {
    printf "$RED%s$PLAIN\\n" "$@" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ]; }

# clock SECONDS: "4 s" or "3 min 04 s".
clock() {
    if [ "$1" -lt 60 ]; then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

# pause SECONDS without a child process, so that nobody waits for a forgotten `sleep`.
pause() { read -rt "$1" <><(:) || :; }

# heartbeat LOG PID: says now and then what the newest line of the log is, while PID lives.
heartbeat() {
    local log=$1 of=$2 begun=$SECONDS every=30 last
    if [ -t 1 ]; then every=1; fi
    while pause "$every" && kill -0 "$of" 2>/dev/null; do
        last=$(tail -c 2000 "$log" 2>/dev/null | tr '\r' '\n' | sed $'s/\e\\[[0-9;]*[A-Za-z]//g' |
            grep -v '^[[:space:]]*$' | tail -n 1 | sed 's/^[[:space:]]*//' | cut -c 1-70) || :
        if [ -t 1 ]; then
            printf '\r\e[K%s  … %s: %s%s' "$DIM" "$(clock $((SECONDS - begun)))" "$last" "$PLAIN"
        else
            printf '  … %s: %s\n' "$(clock $((SECONDS - begun)))" "$last"
        fi
    done
}

# task WHAT WHY COMMAND...: one long step. Says what and why before, shows that it lives, and
# tells the time after. Its output goes to a log, of which the end is shown when it fails.
# COMMAND must be a program, not a function of ours (a function would lose `set -e` here).
task() {
    local what=$1 why=$2 begun=$SECONDS code=0 beat log
    shift 2
    log=$LOGS/$(printf '%s' "$what" | tr -cs 'A-Za-z0-9.' '-' | cut -c 1-60).log
    say "${BOLD}▸ $what${PLAIN}: $why"
    : >"$log"
    heartbeat "$log" $$ &
    beat=$!
    "$@" >"$log" 2>&1 </dev/null || code=$?
    kill "$beat" 2>/dev/null || :
    wait "$beat" 2>/dev/null || :
    if [ -t 1 ]; then printf '\r\e[K'; fi
    if [ "$code" != 0 ]; then
        tail -n 150 "$log" >&2
        if grep -q 'SQLX_OFFLINE=true. but there is no cached data' "$log"; then
            say "${BOLD}A query is missing in the folder .sqlx. Run: make sqlx, and commit the folder.${PLAIN}" >&2
        fi
        say "${RED}✗ $what failed after $(clock $((SECONDS - begun)))${PLAIN} (whole log: $log)" >&2
        return "$code"
    fi
    say "${DIM}  done in $(clock $((SECONDS - begun)))${PLAIN}"
}
