//! The settings: environment in, [`Config`] out, refused at start when wrong.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use crate::embedded;
use crate::text::Locale;

/// Everything that an operator may set. `touchstone --help` lists the names.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the server listens. `TOUCHSTONE_LISTEN`, default 127.0.0.1:3000.
    pub listen: SocketAddr,
    /// The address that people type, without a slash at the end. `TOUCHSTONE_PUBLIC_URL`.
    pub public_url: String,
    /// Whether the public address was set: then no other host is answered.
    pub is_public_url_set: bool,
    /// An outside database; without one the server starts its own. `DATABASE_URL`.
    pub database_url: Option<String>,
    /// Everything that the server keeps on disk. `TOUCHSTONE_DATA`, default `.touchstone`.
    pub data: PathBuf,
    /// The programs of PostgreSQL. `TOUCHSTONE_PG_BIN`; without it they are searched.
    pub postgres_binaries: Option<PathBuf>,
    /// Who runs PostgreSQL when the server is root. `TOUCHSTONE_PG_ACCOUNT`, default `postgres`.
    pub postgres_account: Option<String>,
    /// Where the folder of PostgreSQL's socket is made. `TOUCHSTONE_PG_RUNTIME`.
    pub postgres_runtime: Option<PathBuf>,
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
    /// Demo mode: marked demo data, demo logins. `TOUCHSTONE_DEMO`.
    pub is_demo: bool,
}

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} cannot be {value:?}")]
pub struct ConfigError {
    /// The name of the setting.
    pub name: &'static str,
    /// What it was set to. No setting that can fail holds a secret.
    pub value: String,
}

impl Config {
    /// Reads settings by name from any source.
    pub fn read(setting: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let listen = match setting("TOUCHSTONE_LISTEN") {
            None => SocketAddr::from(([127, 0, 0, 1], 3000)),
            Some(text) => parse_or("TOUCHSTONE_LISTEN", text, |text| text.parse().ok())?,
        };
        let public_url = match setting("TOUCHSTONE_PUBLIC_URL") {
            None => None,
            Some(text) => Some(parse_or("TOUCHSTONE_PUBLIC_URL", text, origin)?),
        };
        let locale = match setting("TOUCHSTONE_LOCALE") {
            None => Locale::default(),
            Some(text) => parse_or("TOUCHSTONE_LOCALE", text, Locale::parse)?,
        };
        let trusted_proxies = match setting("TOUCHSTONE_TRUSTED_PROXIES") {
            None => 0,
            Some(text) => parse_or("TOUCHSTONE_TRUSTED_PROXIES", text, |text| text.parse().ok())?,
        };
        let is_demo = match setting("TOUCHSTONE_DEMO") {
            None => false,
            Some(text) => parse_or("TOUCHSTONE_DEMO", text, switch)?,
        };
        Ok(Self {
            listen,
            is_public_url_set: public_url.is_some(),
            public_url: public_url.unwrap_or_else(|| local_url(listen)),
            database_url: setting("DATABASE_URL"),
            data: setting("TOUCHSTONE_DATA")
                .map_or_else(|| PathBuf::from(".touchstone"), Into::into),
            postgres_binaries: setting("TOUCHSTONE_PG_BIN").map(Into::into),
            postgres_account: setting("TOUCHSTONE_PG_ACCOUNT"),
            postgres_runtime: setting("TOUCHSTONE_PG_RUNTIME").map(Into::into),
            site_root: setting("LEPTOS_SITE_ROOT")
                .map_or_else(|| PathBuf::from("target/site"), Into::into),
            smtp_url: setting("TOUCHSTONE_SMTP_URL"),
            mail_from: setting("TOUCHSTONE_MAIL_FROM")
                .unwrap_or_else(|| "Touchstone <touchstone@localhost>".to_owned()),
            trusted_proxies,
            locale,
            is_demo,
        })
    }

    /// Whether people reach the server over TLS: then cookies are `__Host-` and HSTS is sent.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Host, and port if it is not the usual one, as browsers send them.
    pub fn public_host(&self) -> &str {
        self.public_url.split_once("://").map_or(&self.public_url, |(_, host)| host)
    }

    /// What the private database needs to know.
    pub fn embedded(&self) -> embedded::Settings {
        embedded::Settings {
            data: self.data.clone(),
            binaries: self.postgres_binaries.clone(),
            account: self.postgres_account.clone(),
            runtime: self.postgres_runtime.clone(),
        }
    }
}

fn parse_or<T>(
    name: &'static str,
    value: String,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, ConfigError> {
    parse(value.trim()).ok_or(ConfigError { name, value })
}

fn switch(text: &str) -> Option<bool> {
    match text {
        "1" | "true" | "yes" | "on" => Some(true),
        "0" | "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// Scheme and host as browsers write an origin: in small letters, without a usual port.
fn origin(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/').to_ascii_lowercase();
    let (scheme, host) = text.split_once("://")?;
    let usual_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let host = host.strip_suffix(usual_port).unwrap_or(host);
    let authority: axum::http::uri::Authority = host.parse().ok()?;
    (!authority.host().is_empty() && !host.contains('@')).then(|| format!("{scheme}://{host}"))
}

/// The address for a browser on this machine. Nobody can visit "all addresses".
fn local_url(listen: SocketAddr) -> String {
    let ip = match listen.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => IpAddr::from([127, 0, 0, 1]),
        IpAddr::V6(_) => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
    };
    match listen.port() {
        // A browser leaves the usual port out of the origin, so it must not be in ours.
        80 if ip.is_ipv4() => format!("http://{ip}"),
        80 => format!("http://[{ip}]"),
        port => format!("http://{}", SocketAddr::new(ip, port)),
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
        assert!(!config.is_https() && !config.is_public_url_set && !config.is_demo);
        assert_eq!(config.embedded().data, PathBuf::from(".touchstone"));
    }

    #[test]
    fn listening_everywhere_is_told_as_an_address_that_can_be_visited() {
        let told = |listen| with(&[("TOUCHSTONE_LISTEN", listen)]).expect("valid").public_url;
        assert_eq!(told("0.0.0.0:8080"), "http://127.0.0.1:8080");
        assert_eq!(told("[::]:8080"), "http://[::1]:8080");
        assert_eq!(told("0.0.0.0:80"), "http://127.0.0.1");
    }

    #[test]
    fn the_public_address_is_written_as_browsers_do() {
        for (set, host) in [
            ("https://Tests.Example.org/", "tests.example.org"),
            ("https://tests.example.org:443", "tests.example.org"),
            ("https://tests.example.org:8443", "tests.example.org:8443"),
            ("http://[::1]:3000", "[::1]:3000"),
        ] {
            let config = with(&[("TOUCHSTONE_PUBLIC_URL", set)]).expect(set);
            assert_eq!(config.public_host(), host);
            assert!(config.is_public_url_set);
        }
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named() {
        for (name, value) in [
            ("TOUCHSTONE_PUBLIC_URL", "https://a.example/b"),
            ("TOUCHSTONE_PUBLIC_URL", "https://a b"),
            ("TOUCHSTONE_PUBLIC_URL", "https://me@a.example"),
            ("TOUCHSTONE_PUBLIC_URL", "a.example"),
            ("TOUCHSTONE_PUBLIC_URL", "https://"),
            ("TOUCHSTONE_LISTEN", "localhost"),
            ("TOUCHSTONE_TRUSTED_PROXIES", "-1"),
            ("TOUCHSTONE_LOCALE", "tlh"),
            ("TOUCHSTONE_DEMO", "maybe"),
        ] {
            let error = with(&[(name, value)]).expect_err(value);
            assert_eq!(error, ConfigError { name, value: value.to_owned() });
        }
    }

    #[test]
    fn https_is_noticed() {
        let config = with(&[("TOUCHSTONE_PUBLIC_URL", "https://a.example/")]).expect("valid");
        assert!(config.is_https());
        assert_eq!(config.public_url, "https://a.example");
    }
}
