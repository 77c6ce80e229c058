#!/usr/bin/env bash
# Makes sure that Rust can build for the browser (its standard library for wasm32).
source "$(dirname "$0")/common.sh"

target=wasm32-unknown-unknown
sysroot=$(rustc --print sysroot)
libs=$sysroot/lib/rustlib/$target/lib

present() { compgen -G "$libs/libstd-*.rlib" >/dev/null; }
if present; then exit 0; fi

if has rustup; then
    task "Add Rust's standard library for the browser" "the pages' wasm needs it (usually 10 s)" \
        timeout 300 rustup target add "$target" || say "  rustup has no way to it; building it from source instead"
    if present; then exit 0; fi
fi

[ -w "$sysroot/lib/rustlib" ] ||
    die "Rust's folder $sysroot belongs to somebody else. Please add the target $target there, then start again."

# No prebuilt library to be had: build it with this very compiler from the sources that Debian
# packages. Works for any user, installs no package.
version=$(rustc --version | cut -d ' ' -f 2)
source_link=$sysroot/lib/rustlib/src/rust
work=$CACHE/wasm-std-$version
mkdir -p "$work"

made_link=
cleanup() { if [ -n "$made_link" ]; then rm -f "$source_link"; fi; }
trap cleanup EXIT
if [ ! -e "$source_link/library/Cargo.lock" ]; then
    if [ ! -e "$work/rust/library/Cargo.lock" ]; then
        task "Fetch the sources of Rust $version" "Debian's package of them, unpacked into the cache folder (usually 30 s)" \
            bash .make/rust-source.sh "$version" "$work" ||
            die "No package holds them. With a network, this adds what is missing: rustup target add $target"
    fi
    mkdir -p "$(dirname "$source_link")"
    ln -sfn "$work/rust" "$source_link"
    made_link=yes
fi

empty=$work/empty
mkdir -p "$empty/src"
: >"$empty/src/lib.rs"
printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' >"$empty/Cargo.toml"
# Building the standard library is an unstable door of cargo: opened for this one command only.
task "Build Rust's standard library for the browser" "the pages' wasm needs it (usually 30 s)" \
    env RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$empty/target" cargo build --release \
    -Zbuild-std=std,panic_abort --target "$target" --manifest-path "$empty/Cargo.toml"

mkdir -p "$libs.new"
find "$empty/target/$target/release/deps" -name '*.rlib' ! -name 'libempty-*' -exec cp -t "$libs.new" {} +
mv -T "$libs.new" "$libs"
rm -rf "$work"
