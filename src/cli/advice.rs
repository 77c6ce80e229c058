//! Why a command failed, in sentences that say what to do.

use std::fmt;
use std::path::Path;

use crate::config::ConfigError;
use crate::embedded::{EmbeddedError, OLDEST_MAJOR};
use crate::service::Refusal;
use crate::service::mailer::MailError;
use crate::store::StoreError;
use crate::t;

/// What the person who typed the command is told, and the cause for the log.
#[derive(Debug)]
pub struct Failure {
    advice: String,
    cause: String,
}

impl Failure {
    /// A failure that its words explain.
    pub fn new(advice: impl Into<String>) -> Self {
        let advice = advice.into();
        Self { cause: advice.clone(), advice }
    }

    /// The cause, for the log.
    pub fn cause(&self) -> &str {
        &self.cause
    }

    fn with_cause(advice: String, cause: &impl fmt::Display) -> Self {
        Self { advice, cause: cause.to_string() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.advice)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let value = error.value.clone();
        let advice = match error.name {
            "TOUCHSTONE_LISTEN" => t!("cli-setting-listen", value = value),
            "TOUCHSTONE_PUBLIC_URL" => t!("cli-setting-public-url", value = value),
            "TOUCHSTONE_TRUSTED_PROXIES" => t!("cli-setting-proxies", value = value),
            "TOUCHSTONE_LOCALE" => t!("cli-setting-locale", value = value),
            name => t!("cli-setting-other", name = name, value = value),
        };
        Self::with_cause(advice, &error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let cause = error.to_string();
        let advice = match error {
            StoreError::RolesMissing { recipe } => t!("cli-roles-missing", recipe = recipe),
            StoreError::Driver(_) if error.is_outage() => {
                t!("cli-database-away", cause = cause.clone())
            }
            _ => t!("cli-database-refused", cause = cause.clone()),
        };
        Self { advice, cause }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::new(t!("cli-refused", cause = refusal.to_string()))
    }
}

impl From<MailError> for Failure {
    fn from(error: MailError) -> Self {
        Self::new(t!("cli-mail", cause = error.to_string()))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(t!("cli-system", cause = error.to_string()))
    }
}

impl From<EmbeddedError> for Failure {
    fn from(error: EmbeddedError) -> Self {
        let advice = match &error {
            EmbeddedError::NotInstalled { too_old } => not_installed(too_old),
            EmbeddedError::WrongBinaries { folder } => {
                t!("cli-pg-wrong-folder", folder = shown(folder))
            }
            EmbeddedError::ForeignMajor { cluster, installed, folder } => {
                foreign_major(*cluster, installed, folder)
            }
            EmbeddedError::NoAccount { name } => t!("cli-pg-no-account", name = name.clone()),
            EmbeddedError::ForeignOwner { folder, owner } => {
                t!("cli-pg-foreign-owner", folder = shown(folder), owner = owner.to_string())
            }
            EmbeddedError::Unreachable { folder, account } => {
                t!("cli-pg-unreachable", folder = shown(folder), account = account.to_string())
            }
            EmbeddedError::InUse { folder, pid } => {
                let pid = pid.map_or_else(|| "?".to_owned(), |pid| pid.to_string());
                t!("cli-pg-in-use", folder = shown(folder), pid = pid)
            }
            EmbeddedError::SocketTooLong { folder } => {
                t!("cli-pg-socket-too-long", folder = shown(folder))
            }
            EmbeddedError::SocketUnsafe { folder } => {
                t!("cli-pg-socket-unsafe", folder = shown(folder))
            }
            EmbeddedError::StalePid { file, pid } => {
                t!("cli-pg-stale-pid", file = shown(file), pid = pid.to_string())
            }
            EmbeddedError::Failed { .. }
            | EmbeddedError::NotStarted { .. }
            | EmbeddedError::Io { .. } => t!("cli-pg-failed", cause = error.to_string()),
        };
        Self::with_cause(advice, &error)
    }
}

fn not_installed(too_old: &[u32]) -> String {
    let oldest = OLDEST_MAJOR.to_string();
    if too_old.is_empty() {
        t!("cli-pg-missing", oldest = oldest)
    } else {
        t!("cli-pg-too-old", oldest = oldest, found = list(too_old))
    }
}

/// The recipe to take the data along to another major version.
fn foreign_major(cluster: u32, installed: &[u32], folder: &Path) -> String {
    t!(
        "cli-pg-foreign-major",
        old = cluster.to_string(),
        installed = if installed.is_empty() { "-".to_owned() } else { list(installed) },
        folder = shown(folder)
    )
}

fn list(numbers: &[u32]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_version_comes_with_the_way_out() {
        let failure = Failure::from(EmbeddedError::ForeignMajor {
            cluster: 15,
            installed: vec![17],
            folder: "/data/postgres".into(),
        });
        let advice = failure.to_string();
        for step in ["postgresql-15", "touchstone backup", "touchstone restore", "/data/postgres"] {
            assert!(advice.contains(step), "{step} is missing in:\n{advice}");
        }
    }

    #[test]
    fn who_has_no_postgresql_is_told_how_to_get_it() {
        let advice = Failure::from(EmbeddedError::NotInstalled { too_old: vec![] }).to_string();
        for way in ["apt-get install postgresql", "dnf install postgresql-server", "brew install"] {
            assert!(advice.contains(way), "{way} is missing in:\n{advice}");
        }
    }
}
