//! Icons: one sprite in every document, used by name.

use leptos::prelude::*;

/// The icons of the house. Each stands beside words; alone it needs a label on its button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Done, right, saved.
    Check,
    /// Wrong.
    Cross,
    /// One place down.
    Down,
    /// A file to take away.
    Download,
    /// Something must be mended.
    Error,
    /// Flagged for later.
    Flag,
    /// Something to know.
    Info,
    /// An address to copy.
    Link,
    /// Locked.
    Lock,
    /// One less.
    Minus,
    /// No connection.
    Offline,
    /// One more.
    Plus,
    /// Draw again.
    Redraw,
    /// One place up.
    Up,
    /// Something to look at.
    Warn,
}

/// Every icon with its name in the sprite and its lines on a grid of 16.
const ICONS: &[(Icon, &str, &str)] = &[
    (Icon::Check, "check", r#"<path d="M3 8.5 6.5 12 13 4.5"/>"#),
    (Icon::Cross, "cross", r#"<path d="m4 4 8 8M12 4l-8 8"/>"#),
    (Icon::Down, "down", r#"<path d="M8 3v9.5M3.8 8.5 8 12.7l4.2-4.2"/>"#),
    (Icon::Download, "download", r#"<path d="M8 2.5v7.3M4.8 6.8 8 10l3.2-3.2M2.5 13.3h11"/>"#),
    (Icon::Error, "error", r#"<circle cx="8" cy="8" r="6.3"/><path d="M8 4.6v4M8 11.2v.1"/>"#),
    (Icon::Flag, "flag", r#"<path d="M4 14V2.5h8L10 6l2 3.5H4"/>"#),
    (Icon::Info, "info", r#"<circle cx="8" cy="8" r="6.3"/><path d="M8 7.2v4M8 4.8v.1"/>"#),
    (
        Icon::Link,
        "link",
        r#"<path d="M6.5 9.5 9.5 6.5M7.5 4.5l1-1a2.8 2.8 0 0 1 4 4l-1 1M8.5 11.5l-1 1a2.8 2.8 0 0 1-4-4l1-1"/>"#,
    ),
    (Icon::Lock, "lock", r#"<path d="M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5"/>"#),
    (Icon::Minus, "minus", r#"<path d="M3 8h10"/>"#),
    (
        Icon::Offline,
        "offline",
        r#"<path d="M2 2l12 12M5.2 8.6a4 4 0 0 1 2.1-1M9.7 8a4 4 0 0 1 1.2.8M3 6.2A7.3 7.3 0 0 1 5 5M7.6 4.3A7.3 7.3 0 0 1 13 6.2M8 12v.1"/>"#,
    ),
    (Icon::Plus, "plus", r#"<path d="M8 3v10M3 8h10"/>"#),
    (Icon::Redraw, "redraw", r#"<path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.4h-2.4"/>"#),
    (Icon::Up, "up", r#"<path d="M8 13V3.5M3.8 7.5 8 3.3l4.2 4.2"/>"#),
    (Icon::Warn, "warn", r#"<path d="M8 2 14.5 13.5h-13Z"/><path d="M8 6.5v3.2M8 11.6v.1"/>"#),
];

impl Icon {
    /// The address of the icon inside the document, which an island may use too: `#i-check`.
    pub fn href(self) -> String {
        let name = ICONS.iter().find(|(icon, ..)| *icon == self).map_or("", |(_, name, _)| name);
        format!("#i-{name}")
    }
}

/// One icon, as high as the words beside it and hidden from readers: `{icon(Icon::Check)}`.
pub fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=icon.href()></use>
        </svg>
    }
    .into_any()
}

/// The sprite; the shell puts it into every document once.
pub fn sprite() -> AnyView {
    let mut symbols = String::new();
    for (_, name, lines) in ICONS {
        symbols.extend([
            r#"<symbol id="i-"#,
            name,
            r#"" viewBox="0 0 16 16">"#,
            lines,
            "</symbol>",
        ]);
    }
    view! { <svg class="icons" aria-hidden="true" focusable="false" inner_html=symbols></svg> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn every_icon_is_in_the_sprite() {
        let all = html(sprite);
        for (one, name, _) in ICONS {
            assert!(all.contains(&format!(r#"id="i-{name}""#)));
            assert!(html(|| icon(*one)).contains(&format!(r##"href="#i-{name}""##)));
        }
    }
}
