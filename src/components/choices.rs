//! Groups of boxes and circles in staff forms.

use leptos::prelude::*;

use crate::components::field::{described_by, sentences};
use crate::components::{Draw, Errors, field_id};

/// One line of a group.
struct Line {
    value: String,
    words: String,
    hint: Option<String>,
    is_chosen: bool,
    is_disabled: bool,
}

/// A group of circles ([`Choices::one`]) or boxes ([`Choices::many`]) with a legend.
///
/// `{Choices::one("dialect", t!("export-made-for")).line("plain", t!("export-programs"), true).hint(..)}`
pub struct Choices {
    name: String,
    legend: String,
    hint: Option<String>,
    error: Option<String>,
    kind: &'static str,
    lines: Vec<Line>,
}

impl Choices {
    fn of(kind: &'static str, name: impl Into<String>, legend: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            legend: legend.into(),
            hint: None,
            error: None,
            kind,
            lines: Vec::new(),
        }
    }

    /// Exactly one of the lines.
    pub fn one(name: impl Into<String>, legend: impl Into<String>) -> Self {
        Self::of("radio", name, legend)
    }

    /// Any of the lines; each sends the same name.
    pub fn many(name: impl Into<String>, legend: impl Into<String>) -> Self {
        Self::of("checkbox", name, legend)
    }

    /// Adds a line.
    #[must_use]
    pub fn line(
        mut self,
        value: impl Into<String>,
        words: impl Into<String>,
        is_chosen: bool,
    ) -> Self {
        self.lines.push(Line {
            value: value.into(),
            words: words.into(),
            hint: None,
            is_chosen,
            is_disabled: false,
        });
        self
    }

    /// A quiet sentence at the last line, or at the group when it has no line yet.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        match self.lines.last_mut() {
            Some(line) => line.hint = Some(hint.into()),
            None => self.hint = Some(hint.into()),
        }
        self
    }

    /// The last line cannot be chosen; its hint says why.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        if let Some(line) = self.lines.last_mut() {
            line.is_disabled = true;
        }
        self
    }

    /// Takes its own sentence from the refused fields of the form.
    #[must_use]
    pub fn errors(mut self, errors: &Errors) -> Self {
        self.error = errors.at(&self.name);
        self
    }
}

impl Draw for Choices {
    fn draw(self) -> AnyView {
        let id = field_id(&self.name);
        let described = described_by(&id, self.hint.is_some(), self.error.is_some());
        let invalid = self.error.is_some().then_some("true");
        let lines = self
            .lines
            .into_iter()
            .enumerate()
            .map(|(n, line)| {
                // The first control carries the id of the field, so that the summary leads there.
                let line_id = if n == 0 { id.clone() } else { format!("{id}-{n}") };
                let hint_id = format!("{line_id}-line-hint");
                view! {
                    <label class="opt">
                        <input
                            type=self.kind
                            id=line_id
                            name=self.name.clone()
                            value=line.value
                            checked=line.is_chosen
                            disabled=line.is_disabled
                            aria-invalid=invalid
                            aria-describedby=line.hint.is_some().then(|| hint_id.clone())
                        />
                        <span>{line.words}</span>
                        {line.hint.map(|hint| view! { <span class="hint" id=hint_id>{hint}</span> })}
                    </label>
                }
            })
            .collect_view();
        view! {
            <fieldset class="field choices-field" aria-describedby=described>
                <legend class="label">{self.legend}</legend>
                {sentences(&id, self.hint, self.error)}
                {lines}
            </fieldset>
        }
        .into_any()
    }
}

/// One box with words beside it: `{tick("reason", "1", t!("people-tell"), false)}`.
pub fn tick(
    name: impl Into<String>,
    value: impl Into<String>,
    words: impl IntoView + 'static,
    is_chosen: bool,
) -> AnyView {
    view! {
        <label class="tick">
            <input type="checkbox" name=name.into() value=value.into() checked=is_chosen/>
            {words}
        </label>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn a_group_has_a_legend_and_leads_its_error_to_the_first_control() {
        let errors = Errors::none().and("kind", "required", &[]);
        let drawn = html(|| {
            Choices::one("kind", "Made for")
                .line("plain", "Programs", false)
                .hint("Comma")
                .line("sheet", "Spreadsheets", true)
                .errors(&errors)
                .draw()
        });
        assert!(drawn.contains(r#"<legend class="label">Made for</legend>"#));
        assert!(drawn.contains(r#"id="f-kind" name="kind" value="plain""#));
        assert!(drawn.contains(r#"value="sheet" checked"#));
        assert!(drawn.contains(r#"aria-describedby="f-kind-error""#));
        assert!(drawn.contains(r#"aria-describedby="f-kind-line-hint""#));
    }
}
