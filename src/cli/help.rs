//! The longer words of `--help`: enough to run the product without another page.

/// About the whole program.
pub const ABOUT: &str = "\
Fair, self-hosted skills assessments: recruiters build them from a catalog of skills, candidates
take them, HR exports the results.

The server needs nothing but an installed PostgreSQL (15 or newer), which it starts by itself and
keeps in the data folder. Set DATABASE_URL to use a PostgreSQL of your own instead.";

/// Below the short help.
pub const MORE: &str = "\
`touchstone --help` also lists the settings; `touchstone COMMAND --help` has examples.";

/// The settings.
pub const SETTINGS: &str = "\
Settings (environment variables):
  DATABASE_URL                A PostgreSQL of your own, such as
                              postgres://touchstone:secret@db.example.org/touchstone?sslmode=verify-full
                              Without it the server starts a private one.
  TOUCHSTONE_DATA             Folder of everything that is kept. Default: .touchstone
  TOUCHSTONE_LISTEN           Address and port. Default: 127.0.0.1:3000
  TOUCHSTONE_PUBLIC_URL       The address that people type, such as https://tests.example.org
                              With https, cookies are bound to it and browsers are told to stay
                              with it. Once it is set, requests for other hosts are refused.
  TOUCHSTONE_TRUSTED_PROXIES  How many proxies stand in front and write X-Forwarded-For.
                              Default: 0, the header is not believed.
  TOUCHSTONE_SMTP_URL         A mail server, such as smtp://user:secret@mail.example.org:587?tls=required
                              Without it mails are written to a folder and shown in the outbox.
  TOUCHSTONE_MAIL_FROM        Sender of mails. Default: Touchstone <touchstone@localhost>
  TOUCHSTONE_LOCALE           Language of the interface: en, or pseudo to find fixed words.
  TOUCHSTONE_DEMO             1: demo data and demo logins, as with `serve --demo`
  TOUCHSTONE_LOG              text: logs for people. Default: one JSON line an event
  RUST_LOG                    Level of the log, such as info,sqlx=warn
  TOUCHSTONE_PG_BIN           Folder of `postgres` and `initdb`, when they are not found
  TOUCHSTONE_PG_ACCOUNT       Account of the private database when the server is root.
                              Default: postgres
  TOUCHSTONE_PG_RUNTIME       Folder for the private database's socket. Default: /run,
                              XDG_RUNTIME_DIR or /tmp
  LEPTOS_SITE_ROOT            Folder of the browser files. Default: target/site

Exit codes: 0 done, 1 failed or not healthy, 2 the command line was not understood.";

/// About `serve`.
pub const SERVE: &str = "\
Start the server, with a database of its own unless DATABASE_URL names one.

Brings the database to this version, gives back the time of an outage to running attempts, and
then answers. At the first start it prints a one-time address at which the first owner signs up.
SIGTERM or Ctrl-C stops in an orderly way: running requests end, then the database; a second
Ctrl-C does not wait for requests. What was acknowledged as saved survives any crash.";

/// Examples for `serve`.
pub const SERVE_EXAMPLES: &str = "\
Examples:
  touchstone serve --demo
      Look around: marked demo data, demo logins, one open invitation.
  TOUCHSTONE_PUBLIC_URL=https://tests.example.org TOUCHSTONE_TRUSTED_PROXIES=1 touchstone serve
      Behind a proxy that ends TLS and passes on Host, Origin and X-Forwarded-For.
  DATABASE_URL=postgres://touchstone@/touchstone?host=/run/postgresql touchstone serve
      On a PostgreSQL of your own.";

/// About `migrate`.
pub const MIGRATE: &str = "\
Bring the database to this version, or say what an administrator must run.

`serve` does the same by itself. Use this where another login, with more rights, prepares the
database. Running it again changes nothing.";

/// About `doctor`.
pub const DOCTOR: &str = "\
Check everything that the promise to candidates rests on, and say how to mend it.

Looks at PostgreSQL's version and at the settings that keep a confirmed answer (fsync,
synchronous_commit, full_page_writes, checksums), at the clocks, roles, row-level security,
guards and migrations, at the logs of all attempts, at mail, public address and disk space.
Changes nothing. The exit code is 1 when something breaks the promise, else 0.";

/// About `verify`.
pub const VERIFY: &str = "\
Compute finished attempts again from their logs and compare.

Replays every saved answer through the published snapshot and compares points, detail, keys, the
receipt and the numbering of the log with what is stored, and runs the checks K1 to K8 of the
database. Changes nothing. One line per difference; the exit code is 1 when there is any, else 0.";

/// About `export`.
pub const EXPORT: &str = "\
Write a file of results, the same bytes as the page gives.

Reads one instant of the database, guards texts that a spreadsheet could run, and writes rows, hash
and filter into the log of exports. The columns about extra time and start times stay empty here.";

/// About `bank import`.
pub const BANK_IMPORT: &str = "\
Put a folder of item files into an organisation's own bank.

Every file is checked first; when one is wrong, each mistake is named with its file and line and
nothing is imported. A new id becomes a new item, a changed file a new revision, an equal one
nothing. Imported items are drafts: a second person reviews them before they can be drawn.

Example:
  touchstone bank import items --as ines.moreau@halden.example";

/// About `bank export`.
pub const BANK_EXPORT: &str = "\
Write an organisation's own items as files, byte for byte as they were written.

The newest revision of each item, with its keys: keep the folder as safe as the database.

Example:
  touchstone bank export items --as ines.moreau@halden.example";

/// About `rehearse`.
pub const REHEARSE: &str = "\
Try on this machine what a day with many candidates does to it.

Starts a second server with a private database in a folder of its own below the data folder, and
lets made-up people start within one second, save answers every two seconds, and run out of time at
one moment. Then compares the most saves in a second with what PostgreSQL's own tool, pgbench,
reaches with the same statement. Nothing real is touched, nobody gets a mail, and the folder is
removed afterwards. Takes about two minutes; do it while no real test runs.";

/// About `admin`.
pub const ADMIN: &str = "\
Make the first owner, list owners, make a link to choose a new password.

Works beside a running server and without one. Whoever may run this may do everything.";

/// About `backup`.
pub const BACKUP: &str = "\
Write the whole database into one file, while the server runs.

The file is a PostgreSQL archive (pg_dump, custom format) of one instant. It holds personal data
and answer keys: keep it as safe as the database. Keep the folder `secrets` of the data folder
too; without its key, mails that were still waiting cannot be sent after a restore.

Example:
  touchstone backup touchstone-$(date +%F).dump";

/// About `restore`.
pub const RESTORE: &str = "\
Put the content of a backup into an empty database.

Stop the server first. A database that holds an organisation is left alone: move the folder
`postgres` in the data folder aside, or name another database. Afterwards the logs of all
attempts are checked, as `touchstone doctor` does.

Example, also to move to another version of PostgreSQL:
  touchstone backup move.dump
  mv .touchstone/postgres .touchstone/postgres-before
  touchstone restore move.dump";

/// About `bank`.
pub const BANK: &str = "\
Check, count and compare items, which needs no database and no server; and move an organisation's
own items in and out as files.";

/// About `bank lint`.
pub const BANK_LINT: &str = "\
Check items against 23 rules of good questions, and that their files can be read at all.

One line a finding: file, line, rule, severity, what is wrong and what to do. An error stops an
item; a warning can be answered in the item: lint_waive = [\"L20: the version is the point\"].
Rules over all items (positions and lengths of keys, repeated situations) come with them. The exit
code is 1 when there is an error.

Examples:
  touchstone bank lint
  touchstone bank lint my-items --format json";

/// About `bank stats`.
pub const BANK_STATS: &str = "\
Count items per skill, level and kind, and hold them against every blueprint.

For each cell that a blueprint draws from: n items there, k drawn, exposure k/n (the share of
candidates who see an item) and the number of items that two papers are expected to share. Then
the positions and lengths of keys, what there is to read, and items that look alike.";

/// About `bank coverage`.
pub const BANK_COVERAGE: &str = "\
Follow every topic of the five source articles to a skill and to items.

The exit code is 1 when a topic has a skill but no item.";
