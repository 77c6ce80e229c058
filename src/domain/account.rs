//! Who signs in: roles, addresses, names, and what makes a password acceptable.

use crate::domain::clean::{Cleaned, line};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a colleague is here for. `access` says what each may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the organisation's installation: everything, and the colleagues.
    Owner,
    /// Builds assessments, invites, reads results.
    Recruiter,
    /// Rates what a machine cannot score.
    Rater,
    /// Reads and exports results, sees accommodations.
    Hr,
}

impl Role {
    /// Every role, in the order of screens.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Recruiter, Self::Rater, Self::Hr];

    /// The name in tables and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Recruiter => "recruiter",
            Self::Rater => "rater",
            Self::Hr => "hr",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}

/// There is no such role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown role")]
pub struct UnknownRole;

/// Why a text is not an e-mail address. The codes are the keys of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailProblem {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// No @ sign.
    #[error("no-at")]
    NoAt,
    /// More than one @ sign.
    #[error("many-at")]
    ManyAt,
    /// A blank or a control character inside.
    #[error("blank")]
    Blank,
    /// The part in front of the @ sign is missing or has a character that mail refuses.
    #[error("local")]
    Local,
    /// The domain has no ending such as `.org`.
    #[error("no-ending")]
    NoEnding,
    /// The domain has an empty or impossible part.
    #[error("domain")]
    Domain,
    /// Longer than mail allows: 64 characters before the @ sign, 254 in all.
    #[error("too-long")]
    TooLong,
}

impl EmailProblem {
    /// The end of the sentence's key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoAt => "no-at",
            Self::ManyAt => "many-at",
            Self::Blank => "blank",
            Self::Local => "local",
            Self::NoEnding => "no-ending",
            Self::Domain => "domain",
            Self::TooLong => "too-long",
        }
    }
}

/// An address in lower case, so that one person is one row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// The normalised text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part in front of the @ sign.
    pub fn local(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }
}

impl FromStr for Email {
    type Err = EmailProblem;

    fn from_str(raw: &str) -> Result<Self, EmailProblem> {
        let text = raw.trim();
        if text.is_empty() {
            return Err(EmailProblem::Empty);
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(EmailProblem::Blank);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailProblem::NoAt)?;
        if domain.contains('@') {
            return Err(EmailProblem::ManyAt);
        }
        if local.len() > 64 || text.len() > 254 {
            return Err(EmailProblem::TooLong);
        }
        let is_local = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
        if local.split('.').any(|part| part.is_empty() || !part.chars().all(is_local)) {
            return Err(EmailProblem::Local);
        }
        let labels: Vec<&str> = domain.split('.').collect();
        let ending = labels.last().copied().unwrap_or_default();
        if labels.len() < 2
            || ending.chars().count() < 2
            || ending.bytes().all(|b| b.is_ascii_digit())
        {
            return Err(EmailProblem::NoEnding);
        }
        let is_label = |label: &&str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        if !labels.iter().all(is_label) {
            return Err(EmailProblem::Domain);
        }
        let normal = text.to_lowercase();
        if normal.len() > 254 { Err(EmailProblem::TooLong) } else { Ok(Self(normal)) }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Email {
    type Error = EmailProblem;
    fn try_from(text: String) -> Result<Self, EmailProblem> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

/// Why a text is not a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// Nothing but blanks.
    #[error("empty")]
    Empty,
    /// More than [`PersonName::MAX_CHARS`] characters.
    #[error("too-long")]
    TooLong,
}

/// A person's name on one line, as the person writes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct PersonName(String);

impl PersonName {
    /// The database keeps this many characters.
    pub const MAX_CHARS: usize = 200;

    /// Cleans and checks; tells whether a character had to be replaced.
    pub fn parse(raw: &str) -> Result<Cleaned<Self>, NameProblem> {
        let Cleaned { value, was_changed } = line(raw);
        match value.chars().count() {
            0 => Err(NameProblem::Empty),
            1..=Self::MAX_CHARS => Ok(Cleaned { value: Self(value), was_changed }),
            _ => Err(NameProblem::TooLong),
        }
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First and last name for files that want two columns: the last word is the last name. A guess,
    /// because people are asked for one name; nothing but the export uses it.
    pub fn split(&self) -> (&str, &str) {
        self.0.rsplit_once(' ').unwrap_or(("", &self.0))
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    /// Fewer than [`PASSWORD_MIN_CHARS`] characters.
    #[error("too-short")]
    TooShort,
    /// More than [`PASSWORD_MAX_CHARS`] characters: hashing must not become a way to tire the server.
    #[error("too-long")]
    TooLong,
    /// On every guesser's first page.
    #[error("common")]
    Common,
    /// Little more than the organisation's name or the address.
    #[error("guessable")]
    Guessable,
}

impl PasswordProblem {
    /// The end of the sentence's key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::Common => "common",
            Self::Guessable => "guessable",
        }
    }
}

/// The shortest password, in characters.
pub const PASSWORD_MIN_CHARS: usize = 8;
/// The longest password, in characters.
pub const PASSWORD_MAX_CHARS: usize = 128;

/// The usual first guesses, without their usual tails of digits and signs.
const COMMON: &[&str] = &[
    "abc",
    "abcd",
    "abcdef",
    "abcdefgh",
    "access",
    "admin",
    "administrator",
    "asdf",
    "asdfgh",
    "asdfghjkl",
    "baseball",
    "batman",
    "changeme",
    "charlie",
    "computer",
    "default",
    "donald",
    "dragon",
    "flower",
    "football",
    "freedom",
    "guest",
    "hallo",
    "hello",
    "iloveyou",
    "internet",
    "jordan",
    "killer",
    "letmein",
    "login",
    "lovely",
    "master",
    "michael",
    "monkey",
    "mustang",
    "ninja",
    "pass",
    "password",
    "passwort",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "princess",
    "qazwsx",
    "qazwsxedc",
    "qwert",
    "qwerty",
    "qwertz",
    "qwertyuiop",
    "qwertzuiop",
    "root",
    "secret",
    "shadow",
    "soccer",
    "starwars",
    "summer",
    "sunshine",
    "superman",
    "temp",
    "test",
    "testtest",
    "touchstone",
    "trustno",
    "welcome",
    "whatever",
    "winter",
    "zxcvbn",
    "zxcvbnm",
    "zaq1zaq",
    "1q2w3e",
    "1q2w3e4r",
    "1qaz2wsx",
    "q1w2e3r4",
    "a1b2c3",
    "aa",
    "00",
    "11",
    "12",
];

/// Checks a new password. `words` are what a guesser would try first: the organisation's name and the address.
pub fn check_password(password: &str, words: &[&str]) -> Result<(), PasswordProblem> {
    let length = password.chars().count();
    if length < PASSWORD_MIN_CHARS {
        return Err(PasswordProblem::TooShort);
    }
    if length > PASSWORD_MAX_CHARS {
        return Err(PasswordProblem::TooLong);
    }
    let lower = password.to_lowercase();
    let stem = lower.trim_end_matches(|c: char| !c.is_alphabetic());
    let distinct: std::collections::BTreeSet<char> = lower.chars().collect();
    if distinct.len() < 3
        || COMMON.contains(&stem)
        || COMMON.contains(&lower.as_str())
        || is_run(&lower)
    {
        return Err(PasswordProblem::Common);
    }
    // A known word may be in it, if enough is left without it.
    let mut rest = lower;
    for word in words.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
        if word.chars().count() >= 3 {
            rest = rest.replace(&word.to_lowercase(), "");
        }
    }
    if rest.chars().count() < PASSWORD_MIN_CHARS && rest.chars().count() < length {
        return Err(PasswordProblem::Guessable);
    }
    Ok(())
}

/// True for `12345678`, `abcdefgh` and their like, upwards or downwards.
fn is_run(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let has_step = |step: i64| codes.windows(2).all(|pair| pair[1] - pair[0] == step);
    let is_digits = text.bytes().all(|b| b.is_ascii_digit());
    has_step(1) || has_step(-1) || (is_digits && "01234567890123456789".contains(text))
}

#[cfg(test)]
#[path = "account_tests.rs"]
mod tests;
