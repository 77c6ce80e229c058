//! Drawn Markdown, kept by the hash of its source: the same stems are read by every candidate.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};

use super::Html;

/// Entries of one generation; two are kept. A stem is about 2 KB, so both stay near 4 MB.
const GENERATION: usize = 1_000;
/// Longer sources are rare and would crowd the others out.
const LONGEST: usize = 16 * 1_024;

/// As what a source is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Paragraphs.
    Block,
    /// Inside a line.
    Line,
}

/// Two generations: what was used lately survives when the younger one is full.
#[derive(Default)]
struct Kept {
    young: HashMap<[u8; 32], Html>,
    old: HashMap<[u8; 32], Html>,
}

impl Kept {
    fn find(&mut self, key: &[u8; 32]) -> Option<Html> {
        if let Some(html) = self.young.get(key) {
            return Some(html.clone());
        }
        let html = self.old.remove(key)?;
        self.keep(*key, html.clone());
        Some(html)
    }

    fn keep(&mut self, key: [u8; 32], html: Html) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, html);
    }
}

fn kept() -> &'static Mutex<Kept> {
    static KEPT: OnceLock<Mutex<Kept>> = OnceLock::new();
    KEPT.get_or_init(Mutex::default)
}

/// The drawn source, from the cache or made now.
pub(super) fn of(shape: Shape, source: &str, make: impl FnOnce() -> String) -> Html {
    if source.len() > LONGEST {
        return make().into();
    }
    let mut hash = Sha256::new();
    hash.update([u8::from(shape == Shape::Block)]);
    hash.update(source);
    let key: [u8; 32] = hash.finalize().into();
    // A panic while drawing cannot leave the map half-written: drawing happens outside the lock.
    let found = kept().lock().unwrap_or_else(PoisonError::into_inner).find(&key);
    if let Some(html) = found {
        return html;
    }
    let html: Html = make().into();
    kept().lock().unwrap_or_else(PoisonError::into_inner).keep(key, html.clone());
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_stays_bounded_and_keeps_what_is_used() {
        let mut kept = Kept::default();
        let used = [0; 32];
        kept.keep(used, "used".into());
        for n in 0..10 * GENERATION {
            let mut key = [1; 32];
            key[..8].copy_from_slice(&n.to_le_bytes());
            kept.keep(key, "other".into());
            if n % 100 == 0 {
                assert_eq!(kept.find(&used).as_deref(), Some("used"));
            }
            assert!(kept.young.len() + kept.old.len() <= 2 * GENERATION + 1);
        }
    }
}
