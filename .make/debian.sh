# shellcheck shell=bash
# Packages of the distribution. Sourced after common.sh.

# debian_install WHY PACKAGE...: installs as root; anybody else gets the command to run.
debian_install() {
    local why=$1
    shift
    if ! has apt-get; then
        die "$why. This is no Debian-like system: please install what Debian calls: $*"
    fi
    if ! is_root; then
        say "$why. Please run this once, then start again:" >&2
        die "    sudo apt-get update && sudo apt-get install -y $*"
    fi
    # Old lists name files that the mirrors no longer hold.
    if [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mtime -1 2>/dev/null | head -n 1)" ]; then
        task "Refresh the package lists" "the ones here are missing or old (usually 10 s)" apt-get update
    fi
    task "Install $*" "$why (usually under 1 min)" \
        env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}
