//! Code with the few classes that the stylesheet knows.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::components::field::escape;

/// Keyword, string, comment, number: the stylesheet gives each a colour and a shape.
pub(super) const CLASSES: [&str; 4] = ["kw", "st", "cm", "nu"];

/// Longer code is shown without colours: the grammar's patterns cost time.
const LONGEST: usize = 12 * 1_024;

/// The same language under other names, or a close relative that the grammars know.
const NAMES: &[(&str, &str)] = &[
    ("bash", "sh"),
    ("shell", "sh"),
    ("console", "sh"),
    ("typescript", "js"),
    ("ts", "js"),
    ("tsx", "js"),
    ("jsx", "js"),
    ("kotlin", "java"),
    ("golang", "go"),
    ("postgresql", "sql"),
    ("toml", "properties"),
    ("ini", "properties"),
];

fn grammars() -> &'static SyntaxSet {
    static SET: OnceLock<SyntaxSet> = OnceLock::new();
    SET.get_or_init(SyntaxSet::load_defaults_newlines)
}

fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    if language.is_empty() {
        return None;
    }
    let name = NAMES.iter().find(|(from, _)| *from == language).map_or(language, |(_, to)| to);
    grammars().find_syntax_by_token(name).filter(|found| found.name != "Plain Text")
}

/// The code as HTML: escaped text, and spans with one of [`CLASSES`].
pub(super) fn code(language: &str, text: &str) -> String {
    if text.len() > LONGEST {
        return escape(text);
    }
    grammar(language).and_then(|grammar| coloured(grammar, text)).unwrap_or_else(|| escape(text))
}

fn coloured(grammar: &SyntaxReference, text: &str) -> Option<String> {
    let set = grammars();
    let mut state = ParseState::new(grammar);
    let mut stack = ScopeStack::new();
    let mut out = Pieces::default();
    for line in text.split_inclusive('\n') {
        let parsed = state.parse_line(line, set).ok()?;
        let mut from = 0;
        for (at, operation) in parsed {
            out.add(class(&stack), line.get(from..at)?);
            from = at;
            stack.apply(&operation).ok()?;
        }
        out.add(class(&stack), line.get(from..)?);
    }
    Some(out.finish())
}

/// The innermost scope that has a class decides.
fn class(stack: &ScopeStack) -> Option<&'static str> {
    static PREFIXES: OnceLock<Vec<(Scope, Option<&'static str>)>> = OnceLock::new();
    let prefixes = PREFIXES.get_or_init(|| {
        [
            ("comment", Some("cm")),
            // Operators and commas are not words.
            ("keyword.operator.word", Some("kw")),
            ("keyword.operator.logical", Some("kw")),
            ("keyword.operator", None),
            ("keyword", Some("kw")),
            ("storage", Some("kw")),
            ("constant.numeric", Some("nu")),
            ("constant.language", Some("kw")),
            ("string", Some("st")),
        ]
        .into_iter()
        .filter_map(|(name, class)| Scope::new(name).ok().map(|scope| (scope, class)))
        .collect()
    });
    stack.scopes.iter().rev().find_map(|scope| {
        prefixes.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    })?
}

/// Joins neighbours of one class, so that a string is one span.
#[derive(Default)]
struct Pieces {
    html: String,
    class: Option<&'static str>,
    text: String,
}

impl Pieces {
    fn add(&mut self, class: Option<&'static str>, text: &str) {
        if text.is_empty() {
            return;
        }
        if class != self.class {
            self.flush();
            self.class = class;
        }
        self.text.push_str(text);
    }

    fn flush(&mut self) {
        let text = escape(&std::mem::take(&mut self.text));
        match self.class {
            // Blanks need no colour.
            Some(class) if !text.trim().is_empty() => {
                self.html.extend([r#"<span class=""#, class, r#"">"#, &text, "</span>"]);
            }
            _ => self.html.push_str(&text),
        }
    }

    fn finish(mut self) -> String {
        self.flush();
        self.html
    }
}
