# shellcheck shell=bash
# What cargo-leptos would tell the server, for when the server is started without it.
# Sourced after common.sh.
export LEPTOS_OUTPUT_NAME=touchstone
export LEPTOS_SITE_ROOT=$ROOT/target/site
export LEPTOS_SITE_PKG_DIR=pkg
export LEPTOS_SITE_ADDR=${TOUCHSTONE_LISTEN:-127.0.0.1:3000}
export LEPTOS_ENV=PROD
