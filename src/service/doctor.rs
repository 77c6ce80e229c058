//! Is everything as the promise to candidates needs it? Findings without words: the command line
//! says what each means and how to mend it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::Path;

use crate::config::Config;
use crate::store::doctor::{self as rows, Facts, Migrations};
use crate::store::pool::{Pools, Sizes};
use crate::store::{StoreError, integrity};

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// The database answers.
    Reachable,
    /// PostgreSQL's version.
    Version,
    /// `fsync`.
    Fsync,
    /// `synchronous_commit`.
    SynchronousCommit,
    /// `full_page_writes`.
    FullPageWrites,
    /// Data checksums.
    Checksums,
    /// UTF-8.
    Encoding,
    /// Room for our connections.
    Connections,
    /// TLS on the way to the database.
    Exposed,
    /// The database's clock beside ours.
    Clock,
    /// The roles and our right to take them on.
    Roles,
    /// The tables are of this version.
    Migrations,
    /// Row-level security and guards are on.
    Guards,
    /// The logs of attempts, K1 to K8.
    Integrity,
    /// The address that people type.
    PublicUrl,
    /// Where mails go.
    Mail,
    /// Room in the data folder.
    Disk,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Good,
    /// Worth a look.
    Warning,
    /// Breaks the promise.
    Broken,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub check: Check,
    /// How bad.
    pub state: State,
    /// What was found.
    pub found: String,
}

impl Finding {
    fn new(check: Check, state: State, found: impl Into<String>) -> Self {
        Self { check, state, found: found.into() }
    }

    fn expect(check: Check, is_good: bool, otherwise: State, found: impl Into<String>) -> Self {
        Self::new(check, if is_good { State::Good } else { otherwise }, found)
    }
}

/// Free space that is enough for a while, and the least with which answers are still safe, in MB.
const ENOUGH_DISK: u64 = 2_000;
const LEAST_DISK: u64 = 200;
/// Clocks that differ by more make logs and mails misleading. No deadline depends on ours.
const CLOCK_SECONDS: f64 = 2.0;
/// The oldest version whose behaviour was tried.
const OLDEST: i32 = 150_000;

/// What alone would make a confirmed answer unsafe. The server looks at these before it starts.
pub async fn broken_promises(url: &str) -> Result<Vec<Finding>, StoreError> {
    let facts = rows::find_facts(&mut crate::store::connect(url).await?).await?;
    let mut findings = promises(&facts);
    findings.retain(|finding| finding.state == State::Broken);
    Ok(findings)
}

/// Looks at everything that can be looked at.
pub async fn examine(config: &Config, url: &str) -> Vec<Finding> {
    let mut findings = match database(url).await {
        Ok(findings) => findings,
        Err(cause) => vec![Finding::new(Check::Reachable, State::Broken, cause.to_string())],
    };
    findings.extend(surroundings(config).await);
    findings
}

/// Looks at what does not need the database.
pub async fn surroundings(config: &Config) -> Vec<Finding> {
    vec![public_url(config), mail(config).await, disk(&config.data).await]
}

async fn database(url: &str) -> Result<Vec<Finding>, StoreError> {
    let mut conn = crate::store::connect(url).await?;
    let facts = rows::find_facts(&mut conn).await?;
    let mut findings = promises(&facts);
    findings.extend(circumstances(&facts));
    let roles = rows::missing_roles(&mut conn, &facts.login).await?;
    let has_roles = roles.is_empty();
    findings.push(Finding::expect(Check::Roles, has_roles, State::Broken, roles.join(" ")));
    let migrations = rows::compare_migrations(&mut conn).await?;
    let is_current = migrations == Migrations::Current;
    let found = match migrations {
        Migrations::Current => String::new(),
        Migrations::Behind(count) => count.to_string(),
        Migrations::Foreign => "?".to_owned(),
    };
    findings.push(Finding::expect(Check::Migrations, is_current, State::Broken, found));
    if has_roles && is_current {
        findings.extend(content(url).await?);
    }
    Ok(findings)
}

fn promises(facts: &Facts) -> Vec<Finding> {
    let must_be_on =
        |check, value: &str| Finding::expect(check, value == "on", State::Broken, value);
    let waits_for_disk = facts.synchronous_commit != "off";
    vec![
        Finding::expect(
            Check::Version,
            facts.version >= OLDEST,
            State::Broken,
            format!("{}.{}", facts.version / 10_000, facts.version % 10_000),
        ),
        must_be_on(Check::Fsync, &facts.fsync),
        Finding::expect(
            Check::SynchronousCommit,
            waits_for_disk,
            State::Broken,
            &*facts.synchronous_commit,
        ),
        must_be_on(Check::FullPageWrites, &facts.full_page_writes),
    ]
}

fn circumstances(facts: &Facts) -> Vec<Finding> {
    let Sizes { candidate, staff, scorer } = Sizes::default();
    let needed = i64::from(candidate + staff + scorer);
    let apart = (facts.now - time()).as_seconds_f64();
    vec![
        // A cluster without checksums keeps answers too, but serves damaged ones without a word.
        Finding::expect(
            Check::Checksums,
            facts.data_checksums == "on",
            State::Broken,
            &*facts.data_checksums,
        ),
        Finding::expect(Check::Encoding, facts.encoding == "UTF8", State::Broken, &*facts.encoding),
        Finding::expect(
            Check::Connections,
            i64::from(facts.connections) >= needed,
            State::Warning,
            format!("{} / {needed}", facts.connections),
        ),
        Finding::expect(Check::Exposed, !facts.is_exposed, State::Warning, ""),
        Finding::expect(
            Check::Clock,
            apart.abs() <= CLOCK_SECONDS,
            State::Warning,
            format!("{apart:+.1} s"),
        ),
    ]
}

#[expect(clippy::disallowed_methods, reason = "compares the two clocks, decides nothing")]
fn time() -> time::OffsetDateTime {
    time::OffsetDateTime::now_utc()
}

async fn content(url: &str) -> Result<Vec<Finding>, StoreError> {
    let sizes = Sizes { candidate: 1, staff: 1, scorer: 1 };
    let pools = Pools::connect_sized(url, sizes).await?;
    let mut conn = pools.scorer.acquire().await?;
    let weakened = integrity::list_weakened(&mut conn).await?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for violation in integrity::list_violations(&mut conn, None).await? {
        *counts.entry(violation.code).or_default() += 1;
    }
    drop(conn);
    pools.close().await;
    let counts: Vec<String> =
        counts.into_iter().map(|(code, count)| format!("{code}: {count}")).collect();
    Ok(vec![
        Finding::expect(Check::Guards, weakened.is_empty(), State::Broken, weakened.join(", ")),
        Finding::expect(Check::Integrity, counts.is_empty(), State::Broken, counts.join(", ")),
    ])
}

fn public_url(config: &Config) -> Finding {
    let is_local = |ip: IpAddr| ip.is_loopback();
    let host = config.public_host();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let is_for_this_machine =
        host == "localhost" || host.trim_matches(['[', ']']).parse().is_ok_and(is_local);
    let is_good = config.is_https() || (is_for_this_machine && is_local(config.listen.ip()));
    Finding::expect(Check::PublicUrl, is_good, State::Warning, &*config.public_url)
}

async fn mail(config: &Config) -> Finding {
    let mailer = match super::mailer::Mailer::open(config) {
        Ok(mailer) => mailer,
        Err(cause) => return Finding::new(Check::Mail, State::Warning, cause.to_string()),
    };
    match mailer.reach().await {
        Ok(true) => Finding::new(Check::Mail, State::Good, &*config.mail_from),
        Ok(false) => Finding::new(Check::Mail, State::Warning, ""),
        Err(cause) => Finding::new(Check::Mail, State::Warning, cause.to_string()),
    }
}

/// Asks `df`, which knows every file system.
async fn disk(data: &Path) -> Finding {
    let asked = tokio::process::Command::new("df").arg("-Pk").arg(data).output().await;
    let free = asked.ok().and_then(|output| {
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let kilobytes = text.lines().nth(1)?.split_whitespace().nth(3)?.parse::<u64>().ok()?;
        Some(kilobytes / 1000)
    });
    match free {
        None => Finding::new(Check::Disk, State::Warning, "?"),
        Some(free) => {
            let state = match free {
                ENOUGH_DISK.. => State::Good,
                LEAST_DISK.. => State::Warning,
                _ => State::Broken,
            };
            Finding::new(Check::Disk, state, format!("{free} MB"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            version: 150_018,
            synchronous_commit: "on".to_owned(),
            fsync: "on".to_owned(),
            full_page_writes: "on".to_owned(),
            data_checksums: "on".to_owned(),
            encoding: "UTF8".to_owned(),
            connections: 97,
            now: time(),
            is_exposed: false,
            login: "postgres".to_owned(),
        }
    }

    fn broken(facts: &Facts) -> Vec<Check> {
        let all = promises(facts).into_iter().chain(circumstances(facts));
        all.filter(|it| it.state == State::Broken).map(|it| it.check).collect()
    }

    #[test]
    fn a_database_with_the_usual_settings_keeps_the_promise() {
        assert_eq!(broken(&facts()), []);
    }

    #[test]
    fn each_setting_that_breaks_the_promise_is_found() {
        let off = || "off".to_owned();
        assert_eq!(broken(&Facts { fsync: off(), ..facts() }), [Check::Fsync]);
        assert_eq!(
            broken(&Facts { synchronous_commit: off(), ..facts() }),
            [Check::SynchronousCommit]
        );
        assert_eq!(broken(&Facts { full_page_writes: off(), ..facts() }), [Check::FullPageWrites]);
        assert_eq!(broken(&Facts { data_checksums: off(), ..facts() }), [Check::Checksums]);
        assert_eq!(broken(&Facts { version: 140_012, ..facts() }), [Check::Version]);
    }

    #[test]
    fn an_address_without_tls_is_fine_on_this_machine_only() {
        let state = |listen: &str, url: &str| {
            let config = Config::read(|name| match name {
                "TOUCHSTONE_LISTEN" => Some(listen.to_owned()),
                "TOUCHSTONE_PUBLIC_URL" if !url.is_empty() => Some(url.to_owned()),
                _ => None,
            });
            public_url(&config.expect("valid")).state
        };
        assert_eq!(state("127.0.0.1:3000", ""), State::Good);
        assert_eq!(state("0.0.0.0:3000", ""), State::Warning);
        assert_eq!(state("127.0.0.1:3000", "http://tests.example.org"), State::Warning);
        assert_eq!(state("127.0.0.1:3000", "https://tests.example.org"), State::Good);
    }
}
