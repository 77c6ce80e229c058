#!/usr/bin/env bash
# Documentation
source "$(dirname "$0")/../common.sh"

# Room signs may point at what is private: this is the documentation of those who work here.
RUSTDOCFLAGS='-D warnings -A rustdoc::private_intra_doc_links' task "Write the documentation" "a broken link is an error (usually 20 s)" \
    cargo doc --locked --no-deps --lib --features ssr --document-private-items
