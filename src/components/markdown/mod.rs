//! Markdown of items as HTML that cannot do anything.
//!
//! Three walls: raw HTML in the source is shown as text, the parser knows no scripts, and an
//! allow-list goes over what comes out. Nothing loads from anywhere: images become their words.
//!
//! [`prose`] draws paragraphs, [`phrase`] a few words inside a line, [`plain`] gives the words alone.

mod cache;
mod highlight;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use ammonia::Builder;
use leptos::prelude::*;
use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html,
};

/// Paragraphs, lists, tables and highlighted code: `{prose(&item.stem)}`.
pub fn prose(text: &str) -> AnyView {
    let html = cache::of(cache::Shape::Block, text, || block_html(text));
    view! { <div class="prose" inner_html=html.to_string()></div> }.into_any()
}

/// A few words with code and emphasis, inside a label or a heading: `{phrase(&option.text)}`.
pub fn phrase(text: &str) -> AnyView {
    let html = cache::of(cache::Shape::Line, text, || line_html(text));
    view! { <span inner_html=html.to_string()></span> }.into_any()
}

/// The words without marks, on one line, for titles, names of controls and tables.
pub fn plain(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak | Event::End(_) => words.push(' '),
            _ => {}
        }
    }
    let words: Vec<&str> = words.split_whitespace().collect();
    // A space that only stood between a mark and the full stop behind it.
    words.join(" ").replace(" .", ".").replace(" ,", ",").replace(" ?", "?")
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

fn block_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, harmless(Parser::new_ext(text, options())).into_iter());
    allow_list().clean(&out).to_string()
}

fn line_html(text: &str) -> String {
    let events = harmless(Parser::new_ext(text, options())).into_iter().filter_map(|event| {
        match event {
            Event::Start(Tag::Paragraph) => None,
            // Two paragraphs on one line are two sentences.
            Event::End(TagEnd::Paragraph) | Event::SoftBreak | Event::HardBreak => {
                Some(Event::Text(" ".into()))
            }
            other => Some(other),
        }
    });
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events);
    line_list().clean(out.trim_end()).to_string()
}

/// The events without anything that is HTML already, with code highlighted and headings below ours.
fn harmless<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut out = Vec::new();
    let mut code: Option<(String, String)> = None;
    let mut image_depth = 0_usize;
    for event in events {
        if let Some((language, text)) = &mut code {
            match event {
                Event::Text(more) => text.push_str(&more),
                Event::End(TagEnd::CodeBlock) => {
                    let drawn = highlight::code(language, text);
                    let pre = format!(r#"<pre class="code"><code>{drawn}</code></pre>"#);
                    out.push(Event::Html(CowStr::from(pre)));
                    code = None;
                }
                _ => {}
            }
            continue;
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',']).next().unwrap_or_default().to_lowercase()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                code = Some((language, String::new()));
            }
            // The source is words, not HTML: what looks like a tag is shown.
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text)),
            Event::Start(Tag::Image { .. }) => image_depth += 1,
            Event::End(TagEnd::Image) => image_depth = image_depth.saturating_sub(1),
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                out.push(Event::Start(Tag::Heading { level: below(level), id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => {
                out.push(Event::End(TagEnd::Heading(below(level))));
            }
            other => out.push(other),
        }
    }
    out
}

/// The page has `h1` and `h2` of its own.
fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

/// What a paragraph may hold.
fn allow_list() -> &'static Builder<'static> {
    static LIST: OnceLock<Builder<'static>> = OnceLock::new();
    LIST.get_or_init(|| {
        list(&[
            "p",
            "br",
            "hr",
            "em",
            "strong",
            "del",
            "code",
            "pre",
            "span",
            "a",
            "ul",
            "ol",
            "li",
            "blockquote",
            "h3",
            "h4",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ])
    })
}

/// What may stand inside a label.
fn line_list() -> &'static Builder<'static> {
    static LIST: OnceLock<Builder<'static>> = OnceLock::new();
    LIST.get_or_init(|| list(&["em", "strong", "del", "code", "span"]))
}

fn list(tags: &[&'static str]) -> Builder<'static> {
    let mut list = Builder::empty();
    list.tags(tags.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .allowed_classes(HashMap::from([
            ("pre", HashSet::from(["code"])),
            ("span", highlight::CLASSES.iter().copied().collect()),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    list
}

/// What the cache hands out.
type Html = Arc<str>;

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
