# shellcheck shell=bash
# How a stage runs a test runner: output live, its closing lines kept in SUMMARY for the end.
# Sourced after common.sh.

# runner NAME PATTERN COMMAND...: PATTERN finds the runner's closing lines.
runner() {
    local log=$LOGS/$1.out pattern=$2 code=0
    shift 2
    "$@" </dev/null 2>&1 | tee "$log" || code=$?
    sed $'s/\e\\[[0-9;]*[A-Za-z]//g' "$log" | grep -E "$pattern" >>"$SUMMARY" || :
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
