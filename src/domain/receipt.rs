//! The receipt: a hash over the response log, the same on the candidate's page and in HR's file.
//!
//! It is the SHA-256 of this text (the database computes it with the same words):
//!
//! ```text
//! touchstone-receipt-1
//! <attempt id>
//! <final version>
//! <version>|<position>|<save id>|<microseconds since 1970>|<SHA-256 of the saved body, hex>
//! ... one line for every version, each line ends with a line feed
//! ```
//!
//! A body is hashed as the database writes it.

use crate::domain::id::{AttemptId, SaveId};
use crate::domain::time::Instant;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// One line of the log as the receipt sees it.
#[derive(Clone, Copy, Debug)]
pub struct ReceiptLine<'a> {
    /// Its number.
    pub version: i64,
    /// The item.
    pub position: i64,
    /// The browser's name of the change.
    pub save_id: SaveId,
    /// When it arrived.
    pub received_at: Instant,
    /// The saved body as the database writes it.
    pub body: &'a str,
}

/// The hash of a finished attempt; lines above `final_version` do not belong to it.
pub fn receipt_hash<'a>(
    attempt: AttemptId,
    final_version: i64,
    log: impl IntoIterator<Item = ReceiptLine<'a>>,
) -> [u8; 32] {
    let mut lines: Vec<ReceiptLine<'a>> =
        log.into_iter().filter(|line| line.version <= final_version).collect();
    lines.sort_by_key(|line| line.version);
    let mut text = format!("touchstone-receipt-1\n{attempt}\n{final_version}\n");
    for line in lines {
        let body = hex(&Sha256::digest(line.body.as_bytes()));
        let ReceiptLine { version, position, save_id, received_at, .. } = line;
        let _ = writeln!(text, "{version}|{position}|{save_id}|{}|{body}", received_at.micros());
    }
    Sha256::digest(text.as_bytes()).into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn line(version: i64, body: &str) -> ReceiptLine<'_> {
        ReceiptLine {
            version,
            position: 3,
            save_id: SaveId::new(Uuid::from_u128(9)),
            received_at: Instant::from_micros(1_000_001),
            body,
        }
    }

    const ATTEMPT: AttemptId = AttemptId::new(Uuid::from_u128(0xABC));

    #[test]
    fn the_text_is_the_documented_one() {
        let body = "{\"v\": 1}";
        let text = format!(
            "touchstone-receipt-1\n00000000-0000-0000-0000-000000000abc\n1\n1|3|00000000-0000-0000-0000-000000000009|1000001|{}\n",
            hex(&Sha256::digest(body))
        );
        assert_eq!(
            receipt_hash(ATTEMPT, 1, [line(1, body)]),
            <[u8; 32]>::from(Sha256::digest(text))
        );
    }

    #[test]
    fn every_change_of_the_log_changes_the_hash() {
        let hash = receipt_hash(ATTEMPT, 2, [line(1, "a"), line(2, "b")]);
        assert_eq!(
            hash,
            receipt_hash(ATTEMPT, 2, [line(2, "b"), line(1, "a")]),
            "the order of reading does not matter"
        );
        assert_eq!(hash, receipt_hash(ATTEMPT, 2, [line(1, "a"), line(2, "b"), line(3, "late")]));
        assert_ne!(hash, receipt_hash(ATTEMPT, 2, [line(1, "a"), line(2, "B")]));
        assert_ne!(hash, receipt_hash(ATTEMPT, 1, [line(1, "a"), line(2, "b")]));
        assert_ne!(
            receipt_hash(ATTEMPT, 0, []),
            receipt_hash(AttemptId::new(Uuid::from_u128(0xABD)), 0, [])
        );
    }
}
