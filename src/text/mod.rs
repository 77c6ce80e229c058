//! # The words
//!
//! Holds every sentence of the interface, the mails and the command line, as Fluent files below
//! `en/`, one per subject. May touch Fluent and, for moments, `domain::time`. Never holds markup
//! or decisions.
//!
//! **One more sentence**: a line in `en/<subject>.ftl`, used as `t!("subject-thing")`. A test
//! compares the files with the sources, so a missing or an unused key is noticed.
//! **One more language**: a folder beside `en/` and a variant of [`Locale`].

pub mod lint;
pub mod when;

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use leptos::prelude::use_context;

pub use fluent_bundle::FluentValue;

/// The languages of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// English as written in `en/`.
    #[default]
    English,
    /// English with accents and longer words: what stays plain on the screen is hard-coded.
    Pseudo,
}

impl Locale {
    /// Reads a setting such as `en` or `pseudo`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "en" => Some(Self::English),
            "pseudo" => Some(Self::Pseudo),
            _ => None,
        }
    }

    /// The value of the `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Pseudo => "en-x-pseudo",
        }
    }
}

/// The files, one per subject.
pub const FILES: &[(&str, &str)] = &[
    ("account", include_str!("en/account.ftl")),
    ("assessment", include_str!("en/assessment.ftl")),
    ("audit", include_str!("en/audit.ftl")),
    ("bank", include_str!("en/bank.ftl")),
    ("catalog", include_str!("en/catalog.ftl")),
    ("cli", include_str!("en/cli.ftl")),
    ("common", include_str!("en/common.ftl")),
    ("control", include_str!("en/control.ftl")),
    ("export", include_str!("en/export.ftl")),
    ("fault", include_str!("en/fault.ftl")),
    ("invitation", include_str!("en/invitation.ftl")),
    ("item", include_str!("en/item.ftl")),
    ("lint", include_str!("en/lint.ftl")),
    ("mail", include_str!("en/mail.ftl")),
    ("people", include_str!("en/people.ftl")),
    ("refusal", include_str!("en/refusal.ftl")),
    ("rehearse", include_str!("en/rehearse.ftl")),
    ("result", include_str!("en/result.ftl")),
    ("room", include_str!("en/room.ftl")),
    ("take", include_str!("en/take.ftl")),
    ("tour", include_str!("en/tour.ftl")),
    ("when", include_str!("en/when.ftl")),
];

fn bundle(locale: Locale) -> &'static FluentBundle<FluentResource> {
    static ENGLISH: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    static PSEUDO: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    match locale {
        Locale::English => ENGLISH.get_or_init(|| read(None)),
        Locale::Pseudo => PSEUDO.get_or_init(|| read(Some(disguise))),
    }
}

fn read(transform: Option<fn(&str) -> Cow<'_, str>>) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![
        // Plurals follow the rules of this language.
        "en".parse().unwrap_or_default(),
    ]);
    // Isolation marks would end up in attributes, mails and CSV files.
    bundle.set_use_isolating(false);
    bundle.set_transform(transform);
    for (name, text) in FILES {
        let resource = FluentResource::try_new((*text).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{name}.ftl cannot be read: {errors:?}"));
        bundle
            .add_resource(resource)
            .unwrap_or_else(|errors| panic!("{name}.ftl repeats a key: {errors:?}"));
    }
    bundle
}

fn disguise(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        out.push(match c {
            'a' => 'á',
            'e' => 'é',
            'i' => 'í',
            'o' => 'ö',
            'u' => 'ü',
            'y' => 'ý',
            'A' => 'Å',
            'E' => 'É',
            'I' => 'Î',
            'O' => 'Ø',
            'U' => 'Û',
            other => other,
        });
        if matches!(c, 'e' | 'o' | 'a') {
            out.push('~');
        }
    }
    Cow::Owned(out)
}

/// The sentence of a key in a language.
///
/// A key without a sentence is answered as itself: the page stays usable and the test names it.
pub fn say(locale: Locale, key: &str, args: &[(&'static str, FluentValue<'static>)]) -> String {
    let bundle = bundle(locale);
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        tracing::error!(key, "no sentence for this key");
        return key.to_owned();
    };
    let args: FluentArgs<'_> = args.iter().cloned().collect();
    let mut errors = Vec::new();
    let sentence = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(key, ?errors, "a sentence lacks an argument");
    }
    sentence
}

/// Whether a key has a sentence.
pub fn knows(key: &str) -> bool {
    bundle(Locale::English).has_message(key)
}

static USUAL: OnceLock<Locale> = OnceLock::new();

/// Names the language of everything that is said outside a page. The first call counts.
pub fn speak(locale: Locale) {
    USUAL.get_or_init(|| locale);
}

/// The sentence of a key in the language of the page that is being drawn.
pub fn here(key: &str, args: &[(&'static str, FluentValue<'static>)]) -> String {
    let usual = || USUAL.get().copied().unwrap_or_default();
    say(use_context::<Locale>().unwrap_or_else(usual), key, args)
}

/// A sentence of the interface: `t!("take-saved", time = "14:03:22")`.
#[macro_export]
macro_rules! t {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::here($key, &[$((stringify!($name), $crate::text::FluentValue::from($value))),*])
    };
}
