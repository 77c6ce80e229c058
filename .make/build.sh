#!/usr/bin/env bash
# build.sh browser|server...: builds these parts of the release, unless they are already built
# from what lies here. (cargo alone is not enough: cargo-leptos runs wasm-opt every time.)
source "$(dirname "$0")/common.sh"

# All that a build reads. Contents, not times: a fresh clone is as good as the old one.
fingerprint() {
    {
        rustc --version
        find .make/versions.sh Cargo.toml Cargo.lock .cargo .sqlx src style public migrations -type f -print0 2>/dev/null |
            sort -z | xargs -0 sha256sum
    } | sha256sum
}
now=$(fingerprint || :)
site=target/site

for part in "$@"; do
    case $part in
    browser)
        stamp=$site.stamp
        if [ -e $site/pkg/touchstone.js ] && [ "$(cat $stamp 2>/dev/null)" = "$now" ]; then continue; fi
        bash .make/wasm-std.sh
        bash .make/tools.sh cargo-leptos wasm-bindgen wasm-opt
        rm -f $stamp
        task "Build the browser part" "wasm, script and stylesheet, small and compressed (usually 1 min, the first time 5 min)" \
            cargo leptos build --release --frontend-only --precompress --cargo-locked
        ;;
    server)
        stamp=$TARGET/release/touchstone.stamp
        if [ -x "$TARGET/release/touchstone" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then continue; fi
        bash .make/tools.sh cargo-leptos
        rm -f "$stamp"
        task "Build the server" "optimised (usually 3 min, the first time 10 min)" \
            cargo leptos build --release --server-only --cargo-locked
        ;;
    *) die "build.sh knows no part called $part" ;;
    esac
    echo "$now" >"$stamp"
done
