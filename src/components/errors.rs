//! What a refused form says: a summary on top, and a sentence at each field.

use leptos::prelude::*;

use crate::components::message;
use crate::components::{Icon, field_id, icon};

/// The refused fields of a form, in the order of the form.
///
/// `Errors::none()` when a form is shown the first time, `pages::shell::errors(&refusal)` when a
/// service said no. Fields find their own sentence: `Field::new(..).errors(&errors)`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<(String, String)>);

impl Errors {
    /// A form that nobody has refused.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a field and the code of its refusal, with what the sentence needs.
    #[must_use]
    pub fn and(
        mut self,
        field: impl Into<String>,
        code: &str,
        args: &[(&'static str, String)],
    ) -> Self {
        self.0.push((field.into(), message::sentence(code, args)));
        self
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many sentences there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The sentence at a field.
    pub fn at(&self, field: &str) -> Option<String> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, sentence)| sentence.clone())
    }

    /// Whether something below a field is refused, so that its fold must open.
    pub fn is_below(&self, field: &str) -> bool {
        self.0.iter().any(|(name, _)| {
            name.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// Every sentence, without its field.
    pub fn sentences(&self) -> Vec<String> {
        self.0.iter().map(|(_, sentence)| sentence.clone()).collect()
    }

    /// The summary: takes the focus, each line leads to its field. Nothing when nothing is wrong.
    ///
    /// A line whose field is the empty text belongs to the whole form and is no link.
    pub fn summary(&self, title: impl Into<String>) -> Option<AnyView> {
        if self.is_empty() {
            return None;
        }
        let lines = self
            .0
            .iter()
            .map(|(field, sentence)| {
                let sentence = sentence.clone();
                if field.is_empty() {
                    view! { <li>{sentence}</li> }.into_any()
                } else {
                    let href = format!("#{}", field_id(field));
                    view! { <li><a href=href>{sentence}</a></li> }.into_any()
                }
            })
            .collect_view();
        Some(
            view! {
                <div class="note note-bad" role="alert" tabindex="-1" id="errors" autofocus=true>
                    {icon(Icon::Error)}
                    <h2>{title.into()}</h2>
                    <ul>{lines}</ul>
                </div>
            }
            .into_any(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn every_line_of_the_summary_leads_to_its_field() {
        let drawn = html(|| {
            Errors::none()
                .and("section.2.minutes", "required", &[])
                .and("", "unknown", &[])
                .summary("Two things are missing")
        });
        assert!(drawn.contains(r#"role="alert""#));
        assert!(drawn.contains(r##"<a href="#f-section.2.minutes">"##));
        assert_eq!(drawn.matches("<li>").count(), 2);
    }

    #[test]
    fn a_form_that_nobody_refused_has_no_summary() {
        assert!(Errors::none().summary("x").is_none());
    }
}
