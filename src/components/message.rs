//! The one table from the code of a refusal to its sentence: `text/en/refusal.ftl`.
//!
//! A refusal with the code `required` says the sentence `refusal-required`. **One more refusal**: a
//! line in that file. A test finds codes without a sentence and sentences without a code.

use crate::text::{FluentValue, here, knows};

/// The sentence of a refusal, in the language of the page.
///
/// A code that nobody has written a sentence for is logged and answered with a sentence that is
/// always true.
pub fn sentence(code: &str, args: &[(&'static str, String)]) -> String {
    let key = format!("refusal-{code}");
    let args: Vec<_> =
        args.iter().map(|(name, value)| (*name, FluentValue::from(value.clone()))).collect();
    if knows(&key) {
        return here(&key, &args);
    }
    tracing::error!(code, "no sentence for this refusal");
    here("refusal-unknown", &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn a_code_without_a_sentence_still_says_something_true() {
        let drawn = html(|| sentence("nobody-wrote-this", &[]));
        assert!(!drawn.contains("nobody") && drawn.len() > 10);
    }
}
