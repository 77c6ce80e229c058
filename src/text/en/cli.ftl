# What the commands say to the person who typed them.

# Settings that cannot be used.
cli-setting-listen = TOUCHSTONE_LISTEN is "{ $value }". Give an address and a port, such as 127.0.0.1:3000.
cli-setting-public-url = TOUCHSTONE_PUBLIC_URL is "{ $value }". Give scheme and host only, such as https://tests.example.org.
cli-setting-proxies = TOUCHSTONE_TRUSTED_PROXIES is "{ $value }". Give the number of proxies in front of the server, such as 1.
cli-setting-locale = TOUCHSTONE_LOCALE is "{ $value }". The languages are en and pseudo.
cli-setting-other = { $name } is "{ $value }", which it cannot be. `touchstone --help` says what it can.

# The private database.
cli-pg-missing =
    There is no PostgreSQL on this machine. Install it (version { $oldest } or newer), then run this again:
      Debian, Ubuntu:  apt-get install postgresql
      Fedora, RHEL:    dnf install postgresql-server
      macOS:           brew install postgresql@17
    If it is there already, set TOUCHSTONE_PG_BIN to the folder of its programs.
    To use a PostgreSQL elsewhere, set DATABASE_URL.
cli-pg-too-old =
    PostgreSQL { $found } is too old. Install version { $oldest } or newer: www.postgresql.org/download
    It can stand beside the old one. To use a PostgreSQL elsewhere, set DATABASE_URL.
cli-pg-wrong-folder = TOUCHSTONE_PG_BIN is { $folder }, where the programs postgres and initdb do not run.
cli-pg-foreign-major =
    The data in { $folder } was written by PostgreSQL { $old }. Installed: { $installed }.
    Nothing was changed. To move the data to the newer version:
      1. Install the old version beside the new one, as in: apt-get install postgresql-{ $old }
         It is found by itself and the server runs as before. If that is enough, stop here.
      2. touchstone backup move.dump
      3. mv { $folder } { $folder }-{ $old }
      4. touchstone restore move.dump
    If other programs of version { $old } are somewhere, set TOUCHSTONE_PG_BIN to their folder for step 2.
cli-pg-no-account =
    PostgreSQL refuses to run as root, and there is no account "{ $name }" to run it under.
    Make one (useradd --system { $name }) or set TOUCHSTONE_PG_ACCOUNT to another account that is not root.
cli-pg-foreign-owner =
    { $folder } belongs to the account with the number { $owner }.
    Run this as that account or as root, or set TOUCHSTONE_DATA to another folder.
cli-pg-unreachable =
    The account with the number { $account }, under which PostgreSQL runs, cannot enter { $folder }.
    Let it pass (chmod o+x on the folders above), or set TOUCHSTONE_DATA to another folder.
cli-pg-in-use =
    Another Touchstone (process { $pid }) uses { $folder }. Stop it first, or set TOUCHSTONE_DATA to another folder.
cli-pg-socket-too-long =
    { $folder } is too long: the path of a socket has at most 103 bytes. Set TOUCHSTONE_PG_RUNTIME to a shorter folder.
cli-pg-socket-unsafe =
    { $folder } exists already and other accounts could reach it. Remove it, or set TOUCHSTONE_PG_RUNTIME to another folder.
cli-pg-stale-pid =
    { $file } names process { $pid }, which is not this database, and its old processes may still be there.
    When you are sure that no PostgreSQL uses the folder, delete the file.
cli-pg-failed = The private database cannot be used: { $cause }

# The database.
cli-roles-missing =
    This login may not make the roles of Touchstone. As a database administrator, run:
    { $recipe }
cli-database-away = The database does not answer: { $cause }
cli-database-refused = The database refused: { $cause }

# Other reasons.
cli-refused = This was refused: { $cause }
cli-mail = The mail settings cannot be used: { $cause }
cli-system = The system refused: { $cause }
cli-port-taken = { $address } is taken: { $cause }. Stop what listens there, or set TOUCHSTONE_LISTEN (or --listen) to another port.

# The server says where it is.
cli-running =
    Touchstone runs at { $address }
cli-bootstrap =
    There is nobody yet. The first owner opens this address, once, within a day:
    {"  "}{ $link }
    Or make the owner here: touchstone admin create-owner
cli-not-a-demo =
    This database was founded for real people, so demo data has no place in it.
    Start without --demo (and without TOUCHSTONE_DEMO), or set TOUCHSTONE_DATA or DATABASE_URL to another database.
cli-promise-broken =
    This database may forget answers that were confirmed, so the server does not start:
    { $findings }
    `touchstone doctor` says how to mend it.

# Short answers of commands.
cli-migrated = The database fits Touchstone { $version }.

# The doctor.
cli-doctor-state-good = ok
cli-doctor-state-warning = look
cli-doctor-state-broken = BROKEN
cli-doctor-well = Everything is as it should be.
cli-doctor-warnings =
    { $warnings ->
        [one] The promise holds. One thing is worth a look.
       *[other] The promise holds. { $warnings } things are worth a look.
    }
cli-doctor-broken =
    { $broken ->
        [one] One thing breaks the promise to candidates.
       *[other] { $broken } things break the promise to candidates.
    }
cli-doctor-not-made = not made yet
cli-doctor-reachable = Database
cli-doctor-reachable-mend = `touchstone serve` makes the private database at its first start. An outside one is named by DATABASE_URL.
cli-doctor-version = Version of PostgreSQL
cli-doctor-version-mend = Move to version 15 or newer: www.postgresql.org/docs/current/upgrading.html
cli-doctor-fsync = fsync
cli-doctor-fsync-mend = After a power failure, confirmed answers may be gone. As administrator: alter system set fsync = on; select pg_reload_conf();
cli-doctor-synchronous-commit = synchronous_commit
cli-doctor-synchronous-commit-mend =
    After a crash, confirmed answers may be gone. As administrator: alter system set synchronous_commit = on; select pg_reload_conf();
    If it stays off, look for it at the login or the database: alter role … reset synchronous_commit;
cli-doctor-full-page-writes = full_page_writes
cli-doctor-full-page-writes-mend = After a power failure, pages may be damaged. As administrator: alter system set full_page_writes = on; select pg_reload_conf();
cli-doctor-checksums = Data checksums
cli-doctor-checksums-mend = Damage on the disk would not be noticed. Stop PostgreSQL, run pg_checksums --enable on its folder, start it again.
cli-doctor-encoding = Encoding
cli-doctor-encoding-mend = Make the database anew with: create database touchstone encoding 'UTF8' template template0;
cli-doctor-connections = Connections (allowed / needed)
cli-doctor-connections-mend = Raise max_connections, then restart PostgreSQL.
cli-doctor-exposed = TLS on the way to the database
cli-doctor-exposed-mend = Answers and keys travel in the clear. Add sslmode=verify-full to DATABASE_URL, and TLS to PostgreSQL if it has none.
cli-doctor-clock = Clock of the database beside ours
cli-doctor-clock-mend = Deadlines follow the database alone, but logs and mails will not fit. Let both machines follow a time server.
cli-doctor-roles = Roles
cli-doctor-roles-mend = As a database administrator, run these statements. `touchstone migrate` does it where the login may.
cli-doctor-migrations = Migrations that are missing
cli-doctor-migrations-mend =
    Run touchstone migrate. A question mark means that a newer Touchstone was here, or that a migration was edited:
    then run that newer version, or restore a backup.
cli-doctor-guards = Guards and row-level security
cli-doctor-guards-mend =
    Somebody has switched them off. As administrator: alter table … enable trigger all;
    or: alter table … enable row level security, force row level security;
cli-doctor-integrity = Logs of attempts
cli-doctor-integrity-mend =
    Somebody or something changed what must not change. Keep the database as it is, make a backup, and compare with
    older ones. `touchstone verify` names the attempts.
cli-doctor-public-url = Public address
cli-doctor-public-url-mend = Other machines can reach the server without TLS. Put a proxy with TLS in front and set TOUCHSTONE_PUBLIC_URL to its https address.
cli-doctor-mail = Mail
cli-doctor-mail-mend = Mails wait until this is mended. Check TOUCHSTONE_SMTP_URL and TOUCHSTONE_MAIL_FROM; `touchstone --help` shows their form.
cli-doctor-disk = Free space in the data folder
cli-doctor-disk-mend = Make room, or move the data folder. A full disk stops saving.

# People.
cli-password = Password (12 characters or more):
cli-owner-made = { $email } can sign in now: { $address }/sign-in
cli-owner-exists = There is an organisation already. Its owners add colleagues under People. `touchstone admin reset-link` lets one choose a new password.
cli-no-owners = There is no organisation yet. `touchstone admin create-owner` makes the first.
cli-owner = { $organisation }: { $name } <{ $email }>
cli-owner-closed = { $organisation }: { $name } <{ $email }>, account closed
cli-no-such-account = Nobody signs in as { $email }, or the account is closed.
cli-reset-link =
    With this address a new password can be chosen, once, within an hour:
    {"  "}{ $link }

# Backup and restore.
cli-backup-exists = { $file } exists already. Name a new file.
cli-backup-written = { $file } holds the whole database ({ $megabytes } MB). Keep it as safe as the database itself.
cli-restore-unreadable = { $file } cannot be read: { $cause }
cli-restore-not-empty =
    This database holds an organisation, so it is left alone.
    Move the folder "postgres" in the data folder aside, or set DATABASE_URL to an empty database, then run this again.
cli-restored = The content of { $file } is in the database, and every check is good.
cli-restored-broken =
    The content is in the database, but not everything is as it must be:
    { $findings }
cli-program-missing = { $program } is not there. Install PostgreSQL's client programs.
cli-program-failed = PostgreSQL's program failed: { $cause }

# Replay and files.
cli-verify-difference = { $attempt } { $what }: { $detail }
cli-verify-summary = { $checked ->
    [one] 1 attempt
   *[other] { $checked } attempts
} computed again, { $waiting } not scored yet, { $differences ->
    [0] no difference
    [one] 1 difference
   *[other] { $differences } differences
}.
cli-verify-unknown = There is no finished attempt of this name.
cli-export-unknown = There is no assessment of this name.
cli-export-made = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, { $bytes } bytes, SHA-256 { $hash }
# The demo.
cli-demo-progress = Making demo data: { $percent } %
cli-demo-logins = This is a demo with made-up people. Every login has the password: { $password }
cli-demo-login = {"  "}{ $email }  { $name }, { $role }
cli-demo-link = An open invitation, as a candidate gets it: { $link }

# Item files.
cli-bank-imported = Imported: { $created } new, { $revised } revised, { $unchanged } unchanged. New work waits for its review.
cli-bank-checked = Checked, nothing written: { $created } would be new, { $revised } revised, { $unchanged } unchanged.
cli-bank-exported = { $count ->
    [one] One file
   *[other] { $count } files
} in { $folder }. They hold the keys.
cli-bank-nothing = { $count ->
    [one] One thing is wrong.
   *[other] { $count } things are wrong.
} Nothing was imported.
cli-bank-near = { $count ->
    [one] One pair says nearly the same:
   *[other] { $count } pairs say nearly the same:
}
cli-bank-not-empty = { $folder } is not empty. Name a new folder.
cli-bank-no-author = The role of { $email } does not write items.
