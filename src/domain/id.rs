//! Every typed id and slug, one list each. Ids are made by `service` as UUIDs of version 7.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The text is not an id or slug of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct Malformed(pub &'static str);

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Stands in front of the id in exports, because spreadsheets spoil ids that look like numbers.
            pub const PREFIX: &'static str = $prefix;

            /// Wraps an id that comes from the database or from `service`.
            pub const fn new(value: Uuid) -> Self {
                Self(value)
            }

            /// The plain UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// The form of exports, such as `at_0190...`: begins with a letter.
            pub fn tagged(self) -> String {
                format!("{}_{}", $prefix, self.0.simple())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = Malformed;

            /// Reads the plain form and the form of exports.
            fn from_str(text: &str) -> Result<Self, Malformed> {
                let plain = text.strip_prefix(concat!($prefix, "_")).unwrap_or(text);
                Uuid::try_parse(plain).map(Self).map_err(|_| Malformed(stringify!($name)))
            }
        }
    )+};
}

ids! {
    /// A tenant: nothing of one is ever visible to another.
    OrganisationId = "og";
    /// A colleague who can sign in.
    AccountId = "ac";
    /// What a recruiter builds.
    AssessmentId = "as";
    /// An immutable published state of an assessment.
    VersionId = "vs";
    /// An organisation's copy of an item, made when a version is published.
    ItemId = "it";
    /// An item of an organisation's own bank.
    BankItemId = "bi";
    /// A person who is invited.
    CandidateId = "ca";
    /// The right of one candidate to one assessment.
    InvitationId = "in";
    /// One candidate's run.
    AttemptId = "at";
    /// One save, named by the browser, so that a repeat is recognised.
    SaveId = "sv";
    /// One entry in an attempt's ledger of given time.
    TimeGrantId = "tg";
    /// One scored outcome of an attempt.
    ResultId = "rs";
    /// One line of the audit log.
    AuditEventId = "ev";
    /// One export that was made.
    ExportId = "ex";
    /// One promised mail.
    OutboxId = "ob";
}

macro_rules! slugs {
    ($($(#[$doc:meta])+ $name:ident = $check:expr;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text as it is written in files and URLs.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = Malformed;

            fn from_str(text: &str) -> Result<Self, Malformed> {
                let is_right: fn(&str) -> bool = $check;
                if is_right(text) { Ok(Self(text.to_owned())) } else { Err(Malformed(stringify!($name))) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = Malformed;

            fn try_from(text: String) -> Result<Self, Malformed> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(slug: $name) -> Self {
                slug.0
            }
        }
    )+};
}

slugs! {
    /// A skill area, such as `db`.
    AreaSlug = is_word;
    /// A skill, such as `db.query-optimization`; never reused, never renamed.
    SkillSlug = |text| text.split_once('.').is_some_and(|(area, skill)| is_word(area) && is_word(skill));
    /// The name of an item in its bank, such as `db-0001-tenant-index`. It hints at the key, so
    /// candidates never see it.
    ItemCode = is_word;
    /// A blueprint, such as `broad-screen`.
    BlueprintSlug = is_word;
}

impl ItemCode {
    /// A title for lists, made of its last part: `db-0001-tenant-index` is "Tenant index".
    pub fn title(&self) -> String {
        let plain = self.0.splitn(3, '-').last().unwrap_or_default().replace('-', " ");
        let mut letters = plain.chars();
        let first = letters.next();
        first.map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// The name without its hint: `db-0001`.
    pub fn number(&self) -> String {
        self.0.splitn(3, '-').take(2).collect::<Vec<_>>().join("-")
    }
}

impl SkillSlug {
    /// The area in front of the dot.
    pub fn area(&self) -> AreaSlug {
        AreaSlug(self.0.split('.').next().unwrap_or_default().to_owned())
    }
}

/// Lower-case words and digits joined by single hyphens, at most 80 characters.
fn is_word(text: &str) -> bool {
    text.len() <= 80
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_both_of_its_forms() {
        let id = AttemptId::new(Uuid::from_u128(0x0190_aaaa_bbbb_7ccc_8ddd_eeee_ffff_0001));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.tagged().parse(), Ok(id));
        assert!(id.tagged().starts_with("at_"));
        assert_eq!("xx".parse::<AttemptId>(), Err(Malformed("AttemptId")));
        assert!(id.tagged().parse::<AccountId>().is_err(), "another kind's id is refused");
    }

    #[test]
    fn slugs_refuse_what_would_break_a_url() {
        assert_eq!(
            "db.sql-querying".parse::<SkillSlug>().map(|s| s.area().to_string()),
            Ok("db".into())
        );
        for bad in ["", "db", "db.", "db.A", "db..x", "db.x.y", "db.x/y", "db.-x"] {
            assert!(bad.parse::<SkillSlug>().is_err(), "{bad}");
        }
        assert!("db-0001-tenant-index".parse::<ItemCode>().is_ok());
        assert!("../etc".parse::<ItemCode>().is_err());
    }

    #[test]
    fn serde_checks_slugs() {
        assert!(serde_json::from_str::<AreaSlug>("\"db\"").is_ok());
        assert!(serde_json::from_str::<AreaSlug>("\"d b\"").is_err());
    }
}
