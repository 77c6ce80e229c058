//! Bearer secrets: 256 random bits for the person, their SHA-256 for the database.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::service::Refusal;

const BYTES: usize = 32;

/// A secret that opens something. Shown once, never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl Secret {
    /// A fresh secret from the system's generator.
    pub fn fresh() -> Result<Self, Refusal> {
        let mut bytes = [0_u8; BYTES];
        crate::service::fresh::fill(&mut bytes)
            .map_err(|cause| Refusal::Internal(cause.to_string()))?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Reads what somebody presents. Anything that cannot be a secret is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == BYTES).then(|| Self(text.to_owned()))
    }

    /// The text for the link or the cookie.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

/// The seed of a draw. Kept with what is drawn; not a secret from staff.
pub fn seed() -> Result<i64, Refusal> {
    let mut bytes = [0_u8; 8];
    crate::service::fresh::fill(&mut bytes)
        .map_err(|cause| Refusal::Internal(cause.to_string()))?;
    Ok(i64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_reads_back_and_hides_in_logs() {
        let secret = Secret::fresh().expect("random bits");
        assert_eq!(Secret::parse(secret.reveal()), Some(secret.clone()));
        assert!(!format!("{secret:?}").contains(secret.reveal()));
    }

    #[test]
    fn what_cannot_be_a_secret_is_not_looked_up() {
        for text in ["", "abc", "../../etc/passwd", &"A".repeat(44), "\u{0}"] {
            assert_eq!(Secret::parse(text), None, "{text}");
        }
    }
}
