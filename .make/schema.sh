# shellcheck shell=bash
# Brings a private server to our schema with psql alone: the program that could do it may not
# compile before its queries have been checked. Sourced after postgres.sh.

# apply_schema DATABASE_URL
apply_schema() {
    local role file
    {
        # The one list of roles is in store/roles.rs; here we are superuser and need no more.
        for role in $(grep -oE '"touchstone_[a-z_]+"' src/store/roles.rs | tr -d '"' | sort -u); do
            printf "select 'create role %s nologin' where to_regrole('%s') is null \\\\gexec\n" "$role" "$role"
        done
        for file in migrations/*.sql; do
            printf '\\echo %s\nbegin;\n\\i %s\ncommit;\n' "$file" "$file"
        done
    } | "$PG_BIN/psql" -q -X -v ON_ERROR_STOP=1 "$1"
}
