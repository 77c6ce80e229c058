# shellcheck shell=bash
# shellcheck disable=SC2034 # used by the scripts that source this
# Versions of the tools that builds and checks use. Sourced, never run.

# The newest whose lock file this compiler accepts.
CARGO_LEPTOS=0.3.10
CARGO_DENY=0.20.2
# npm's build of wasm-opt; distributions carry versions too old for today's wasm.
BINARYEN=132.0.0
# The command-line tool must equal the library, or it refuses the wasm.
WASM_BINDGEN=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
