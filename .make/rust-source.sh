#!/usr/bin/env bash
# rust-source.sh VERSION FOLDER: puts Debian's sources of that Rust version at FOLDER/rust.
# Uses apt with lists and cache of its own, so neither the machine's lists nor its packages change.
set -euo pipefail
version=$1 folder=$2

# The mirror is the one that this machine already uses.
# shellcheck disable=SC2016 # apt's own placeholders
mirror=$(apt-get indextargets --format '$(ORIGIN)|$(REPO_URI)' 'Created-By: Packages' |
    sed -n 's/^Debian|//p' | grep -v security | head -n 1)
[ -n "$mirror" ] || { echo "this machine's apt knows no Debian mirror"; exit 1; }

private=$folder/apt
options=(
    -o Dir::Etc::SourceList="$private/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o Dir::State::Lists="$private/lists" -o Dir::Cache="$private/cache"
    -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none
)
mkdir -p "$private/lists/partial" "$private/cache/archives/partial"

# Where recent Rust packages live: backports first, for they are small.
for suite in trixie-backports forky-backports trixie forky sid; do
    echo "looking for rust-src $version in $suite"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$private/sources.list"
    apt-get "${options[@]}" update || continue
    package=$(apt-cache "${options[@]}" madison rust-src | awk '{ print $3 }' | grep -m 1 "^${version//./\\.}+") || continue
    (cd "$private" && apt-get "${options[@]}" download "rust-src=$package")
    dpkg -x "$private"/rust-src_*.deb "$folder/unpacked"
    mv "$folder/unpacked/usr/src/rustc-$version" "$folder/rust"
    rm -rf "$private" "$folder/unpacked"
    exit 0
done
echo "no suite holds rust-src $version"
exit 1
