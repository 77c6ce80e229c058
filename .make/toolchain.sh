# shellcheck shell=bash
# The programs that we expect a developer's machine to have. Sourced after common.sh and debian.sh.

need_toolchain() {
    has cargo || die "Rust is missing. Please install it (rustup.rs explains how), then start again."
    has cc || debian_install "Some crates hold C code, and there is no C compiler" build-essential
    has npm || die "Node.js with npm is missing: wasm-opt and the browser tests come from npm. Please install Node 20 or newer."
}
