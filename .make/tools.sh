#!/usr/bin/env bash
# tools.sh NAME...: makes sure that these tools are there, in the versions of versions.sh:
# cargo-leptos, wasm-bindgen, wasm-opt, cargo-deny.
source "$(dirname "$0")/common.sh"
source .make/versions.sh
mkdir -p "$TOOLS/bin"

# Two clones that set themselves up at the same time must not install over each other.
exec {lock}>"$TOOLS/.lock"
flock -n "$lock" || { say "Another run is installing tools; waiting for it." && flock "$lock"; }

# reports WORDS COMMAND...: whether the command's output holds exactly this version.
reports() {
    local words=$1
    shift
    "$@" 2>/dev/null | head -n 1 | grep -qwF "$words"
}

# install_crate CRATE VERSION MINUTES FLAG...: prebuilt where cargo-binstall is at hand, else built.
install_crate() {
    local crate=$1 version=$2 minutes=$3
    shift 3
    if has cargo-binstall; then
        if task "Install $crate $version" "a prebuilt program, through cargo-binstall (usually 20 s)" \
            cargo binstall --no-confirm --force --disable-strategies compile --root "$TOOLS" "$crate@$version"; then return; fi
    fi
    # Builds that are quick to make: these tools wait for compilers, nobody waits for them.
    task "Build $crate $version" "from source; once per machine (usually $minutes min on 2 cores)" \
        env -u RUSTFLAGS CARGO_TARGET_DIR="$CACHE/tools-build" CARGO_PROFILE_RELEASE_LTO=false \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
        cargo install --force --root "$TOOLS" "$crate" --version "=$version" "$@"
    rm -rf "$CACHE/tools-build"
}

for tool in "$@"; do
    case $tool in
    cargo-leptos)
        reports "$CARGO_LEPTOS" cargo-leptos --version || install_crate cargo-leptos "$CARGO_LEPTOS" 11 --locked
        ;;
    wasm-bindgen)
        # Without --locked: the lock file it ships does not build with this compiler.
        reports "$WASM_BINDGEN" wasm-bindgen --version || install_crate wasm-bindgen-cli "$WASM_BINDGEN" 5
        ;;
    cargo-deny)
        reports "$CARGO_DENY" cargo-deny --version || install_crate cargo-deny "$CARGO_DENY" 8 --locked
        ;;
    wasm-opt)
        grep -qs "\"version\": \"$BINARYEN\"" "$TOOLS/node_modules/binaryen/package.json" ||
            task "Install wasm-opt $BINARYEN" "it makes the pages' wasm small (usually 10 s)" \
                npm install --silent --no-audit --no-fund --prefix "$TOOLS" --save-exact "binaryen@$BINARYEN"
        ;;
    *) die "tools.sh knows no tool called $tool" ;;
    esac
done
