# shellcheck shell=bash
# Finds or installs Chromium for the browser tests. Sourced after common.sh and debian.sh.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && CHROMIUM=$(command -v "$name"); then
            export CHROMIUM
            return
        fi
    done
    return 1
}
find_chromium || {
    debian_install "The browser tests need a real Chromium" chromium
    find_chromium
}
