# shellcheck shell=bash
# How a test runner is run: output live, its closing line kept for the end. Sourced after common.sh.

# runner NAME PATTERN COMMAND...: PATTERN finds the runner's closing lines.
runner() {
    local name=$1 pattern=$2 log=$LOGS/$1.out code=0
    shift 2
    "$@" </dev/null 2>&1 | tee "$log" || code=$?
    sed $'s/\e\\[[0-9;]*[A-Za-z]//g' "$log" | grep -E "$pattern" >"${SUMMARIES:-$LOGS}/$name" || :
    return "$code"
}

# cargo_tests NAME FLAG...: builds quietly, then runs with what is there.
cargo_tests() {
    local name=$1
    shift
    local build=(cargo test --locked --no-run "$@") run=(cargo test --locked "$@")
    if has cargo-nextest; then
        build=(cargo nextest run --locked --no-run "$@")
        run=(cargo nextest run --locked "$@")
    fi
    task "Compile the $name tests" "${COMPILE_HINT:-usually 20 s}" "${build[@]}"
    runner "$name" '^ *Summary \[|^test result:' "${run[@]}"
}
