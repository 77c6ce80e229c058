# shellcheck shell=bash
# What a machine must have before anything slow starts: what only a person can mend comes first,
# and all of it at once. Sourced after common.sh, debian.sh and postgres.sh.

# needs WORD...: toolchain, postgres, browser.
needs() {
    local word
    for word in "$@"; do
        case $word in
        toolchain)
            has cargo || die "Rust is missing. Please install it (rustup.rs explains how), then start again."
            has npm || die "Node.js with npm is missing: wasm-opt and the browser tests come from npm. Please install Node 20 or newer."
            has cc || want build-essential "Some crates hold C code, and there is no C compiler."
            ;;
        postgres)
            find_postgres || want postgresql "Touchstone keeps its data in PostgreSQL, and there is none of version 15 or newer."
            ;;
        browser)
            find_chromium || want chromium "The browser tests need a real Chromium."
            ;;
        esac
    done
    install_wanted
    for word in "$@"; do
        case $word in
        postgres)
            find_postgres || die "The PostgreSQL of this distribution is older than 15. Please install a newer one (postgresql.org/download)."
            ;;
        browser) find_chromium || die "Chromium was installed but cannot be found." ;;
        esac
    done
}

# find_chromium: sets CHROMIUM, which the browser tests start.
find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && CHROMIUM=$(command -v "$name"); then
            export CHROMIUM
            return
        fi
    done
    CHROMIUM=
    return 1
}
