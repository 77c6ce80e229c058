# shellcheck shell=bash
# Packages of the distribution. Sourced after common.sh.
WANTED=() WHY=()

# want PACKAGE REASON: notes what is missing, so that one command can install it all.
want() {
    WANTED+=("$1")
    WHY+=("$2")
}

# install_wanted: installs as root; anybody else gets the command to run.
install_wanted() {
    if [ ${#WANTED[@]} = 0 ]; then return; fi
    if ! has apt-get; then
        die "${WHY[@]}" "This is no Debian-like system: please install what Debian calls ${WANTED[*]}, then start again."
    fi
    if ! is_root; then
        die "${WHY[@]}" "Please run this once, then start again:" \
            "    sudo apt-get update && sudo apt-get install -y ${WANTED[*]}"
    fi
    # Old lists name files that the mirrors no longer hold.
    if [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mtime -1 2>/dev/null | head -n 1)" ]; then
        task "Refresh the package lists" "the ones here are missing or old (usually 10 s)" apt-get update
    fi
    task "Install ${WANTED[*]}" "${WHY[*]} (usually under 1 min)" \
        env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${WANTED[@]}"
    WANTED=() WHY=()
}
