#!/usr/bin/env bash
# make test: every stage in .make/stage in the order of their names, cheapest first. Stops at the
# first failure. ONLY="fmt clippy" runs just these.
source "$(dirname "$0")/common.sh"
source .make/debian.sh
source .make/postgres.sh
source .make/needs.sh

# Where the runners leave their closing lines.
export SUMMARY=$LOGS/summary.txt
: >"$SUMMARY"
table=() failed='' begun=$SECONDS

stages=(.make/stage/*.sh)
if [ -n "${ONLY:-}" ]; then
    stages=()
    for name in $ONLY; do
        found=(.make/stage/*-"$name".sh)
        [ -e "${found[0]}" ] || die "There is no stage called $name."
        stages+=("${found[0]}")
    done
fi

# A stage says in its third line what it needs beyond the toolchain.
# shellcheck disable=SC2046 # several words are meant to be several
needs toolchain $(sed -n 's/^# needs: //p' "${stages[@]}" | sort -u)

for stage in "${stages[@]}"; do
    title=$(sed -n '2s/^# //p' "$stage")
    say "${BOLD}━━ $((${#table[@]} + 1))/${#stages[@]} $title${PLAIN}"
    from=$SECONDS outcome=ok
    bash "$stage" || outcome=FAILED
    took=$(clock $((SECONDS - from)))
    say "   $title: $outcome, $took"
    table+=("$(printf '%-44s %12s  %s' "$title" "$took" "$outcome")")
    if [ $outcome != ok ]; then
        failed=$stage
        break
    fi
done

say "${BOLD}━━ Stages${PLAIN}"
printf '%s\n' "${table[@]}" "$(printf '%-44s %12s' "All together" "$(clock $((SECONDS - begun)))")"
# The runners' own words come last, where people and machines look for them.
cat "$SUMMARY"
if [ -n "$failed" ]; then
    name=${failed##*/}
    die "Failed: ${name%.sh}. To run only this stage: make test ONLY=$(sed 's/^[0-9]*-//; s/\.sh$//' <<<"$name")"
fi
