//! The settings: environment in, [`Config`] out, refused at start when wrong.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::text::Locale;

/// Everything that an operator may set.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the server listens. `TOUCHSTONE_LISTEN`, default 127.0.0.1:3000.
    pub listen: SocketAddr,
    /// The address that people type, without a slash at the end. `TOUCHSTONE_PUBLIC_URL`.
    pub public_url: String,
    /// An outside database; without one the server starts its own. `DATABASE_URL`.
    pub database_url: Option<String>,
    /// Everything that the server keeps on disk. `TOUCHSTONE_DATA`, default `.touchstone`.
    pub data: PathBuf,
    /// Browser files made by the build. `LEPTOS_SITE_ROOT`, default `target/site`.
    pub site_root: PathBuf,
    /// A mail server as `smtp://user:password@host:587`; without one mails become files. `TOUCHSTONE_SMTP_URL`.
    pub smtp_url: Option<String>,
    /// Sender of mails. `TOUCHSTONE_MAIL_FROM`.
    pub mail_from: String,
    /// Proxies in front whose forwarding header is believed. `TOUCHSTONE_TRUSTED_PROXIES`, default 0.
    pub trusted_proxies: usize,
    /// Language of the interface. `TOUCHSTONE_LOCALE`.
    pub locale: Locale,
    /// Demo mode: marked demo data, demo logins.
    pub is_demo: bool,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{name}={value}: {reason}")]
pub struct ConfigError {
    name: &'static str,
    value: String,
    reason: &'static str,
}

impl Config {
    /// Reads the environment of the process.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Reads settings by name from any source.
    pub fn read(setting: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let listen_text =
            setting("TOUCHSTONE_LISTEN").unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let listen: SocketAddr = listen_text.parse().map_err(|_| ConfigError {
            name: "TOUCHSTONE_LISTEN",
            value: listen_text,
            reason: "give an address and a port, such as 127.0.0.1:3000",
        })?;
        let public_url =
            setting("TOUCHSTONE_PUBLIC_URL").unwrap_or_else(|| format!("http://{listen}"));
        let public_url = public_url.trim_end_matches('/').to_owned();
        let host = public_url
            .strip_prefix("https://")
            .or_else(|| public_url.strip_prefix("http://"))
            .filter(|host| !host.is_empty() && !host.contains(['/', ' ', '?', '#', '@']));
        if host.is_none() {
            return Err(ConfigError {
                name: "TOUCHSTONE_PUBLIC_URL",
                value: public_url,
                reason: "give scheme and host only, such as https://tests.example.org",
            });
        }
        let locale_text = setting("TOUCHSTONE_LOCALE").unwrap_or_else(|| "en".to_owned());
        let locale = Locale::parse(&locale_text).ok_or(ConfigError {
            name: "TOUCHSTONE_LOCALE",
            value: locale_text,
            reason: "the languages are: en, pseudo",
        })?;
        let proxies_text = setting("TOUCHSTONE_TRUSTED_PROXIES").unwrap_or_else(|| "0".to_owned());
        let trusted_proxies = proxies_text.parse().map_err(|_| ConfigError {
            name: "TOUCHSTONE_TRUSTED_PROXIES",
            value: proxies_text,
            reason: "give the number of proxies in front of the server, such as 1",
        })?;
        Ok(Self {
            listen,
            public_url,
            database_url: setting("DATABASE_URL"),
            data: setting("TOUCHSTONE_DATA")
                .map_or_else(|| PathBuf::from(".touchstone"), Into::into),
            site_root: setting("LEPTOS_SITE_ROOT")
                .map_or_else(|| PathBuf::from("target/site"), Into::into),
            smtp_url: setting("TOUCHSTONE_SMTP_URL"),
            mail_from: setting("TOUCHSTONE_MAIL_FROM")
                .unwrap_or_else(|| "Touchstone <touchstone@localhost>".to_owned()),
            trusted_proxies,
            locale,
            is_demo: setting("TOUCHSTONE_DEMO").is_some_and(|value| value == "1"),
        })
    }

    /// Whether people reach the server over TLS: then cookies are `__Host-` and HSTS is sent.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn without_settings_the_server_is_local() {
        let config = with(&[]).expect("defaults are valid");
        assert_eq!(config.public_url, "http://127.0.0.1:3000");
        assert!(!config.is_https());
    }

    #[test]
    fn a_public_address_with_a_path_is_refused() {
        let error = with(&[("TOUCHSTONE_PUBLIC_URL", "https://a.example/b")]).unwrap_err();
        assert!(error.to_string().starts_with("TOUCHSTONE_PUBLIC_URL=https://a.example/b: "));
    }

    #[test]
    fn https_is_noticed() {
        let config = with(&[("TOUCHSTONE_PUBLIC_URL", "https://a.example/")]).expect("valid");
        assert!(config.is_https());
        assert_eq!(config.public_url, "https://a.example");
    }
}
