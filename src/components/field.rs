//! Fields: label above, then hint, then error, then control.

use leptos::prelude::*;

use crate::components::{Draw, Errors};

/// The id of the control of a field; the error summary leads there.
pub fn field_id(name: &str) -> String {
    format!("f-{name}")
}

/// Text of the page as text inside an element whose content is written as HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Browsers read a null as something else; the store refuses it anyway.
            '\0' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

enum Kind {
    Input(&'static str),
    Area(u16),
    Select(Vec<(String, String)>),
}

/// A field with one control.
///
/// `{Field::new("email", t!("people-email")).kind("email").value(&typed.email).errors(&errors)}`,
/// `{Field::new("to", t!("invitation-to")).area(9).class("addresses").value(&typed.to)}`,
/// `{Field::new("role", t!("people-role")).select(options).value("hr")}`.
pub struct Field {
    name: String,
    label: String,
    id: String,
    hint: Option<String>,
    error: Option<String>,
    value: String,
    kind: Kind,
    class: &'static str,
    unit: Option<String>,
    autocomplete: Option<&'static str>,
    input_mode: Option<&'static str>,
    placeholder: Option<String>,
    max_length: Option<u32>,
    bounds: Option<(String, String)>,
    form: Option<String>,
    flags: Flags,
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent attributes of HTML")]
struct Flags {
    required: bool,
    disabled: bool,
    read_only: bool,
    exact: bool,
}

impl Field {
    /// A text field; `name` is what the form sends.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            id: field_id(&name),
            name,
            label: label.into(),
            hint: None,
            error: None,
            value: String::new(),
            kind: Kind::Input("text"),
            class: "",
            unit: None,
            autocomplete: None,
            input_mode: None,
            placeholder: None,
            max_length: None,
            bounds: None,
            form: None,
            flags: Flags::default(),
        }
    }

    /// What is in it now.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// A quiet sentence below the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Takes its own sentence from the refused fields of the form.
    #[must_use]
    pub fn errors(mut self, errors: &Errors) -> Self {
        self.error = errors.at(&self.name);
        self
    }

    /// Says itself what is wrong.
    #[must_use]
    pub fn error(mut self, sentence: impl Into<String>) -> Self {
        self.error = Some(sentence.into());
        self
    }

    /// The type of an input: `email`, `password`, `search`, `date`, `datetime-local`, `file`.
    #[must_use]
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = Kind::Input(kind);
        self
    }

    /// A whole number: digits on phones, a short box. The server reads and refuses.
    #[must_use]
    pub fn number(mut self) -> Self {
        self.input_mode = Some("numeric");
        self.class = "input-short";
        self
    }

    /// A field of many lines.
    #[must_use]
    pub fn area(mut self, rows: u16) -> Self {
        self.kind = Kind::Area(rows);
        self
    }

    /// One of a list of (value, words).
    #[must_use]
    pub fn select(mut self, options: impl IntoIterator<Item = (String, String)>) -> Self {
        self.kind = Kind::Select(options.into_iter().collect());
        self
    }

    /// `input-short`, `input-mid`, `addresses`.
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// Words behind the control, such as "minutes".
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// What a browser may fill in: `username`, `current-password`, `new-password`, `name`.
    #[must_use]
    pub fn autocomplete(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = Some(autocomplete);
        self
    }

    /// An example inside the empty box; never the only place of a rule.
    #[must_use]
    pub fn placeholder(mut self, text: impl Into<String>) -> Self {
        self.placeholder = Some(text.into());
        self
    }

    /// The longest text a browser lets in; the server checks it again.
    #[must_use]
    pub fn max_length(mut self, max: u32) -> Self {
        self.max_length = Some(max);
        self
    }

    /// Smallest and largest value of a date.
    #[must_use]
    pub fn between(mut self, min: impl Into<String>, max: impl Into<String>) -> Self {
        self.bounds = Some((min.into(), max.into()));
        self
    }

    /// The id of a form elsewhere on the page.
    #[must_use]
    pub fn of_form(mut self, form: impl Into<String>) -> Self {
        self.form = Some(form.into());
        self
    }

    /// Another id, where a name stands twice on a page.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// Must be filled in. Browsers are told; the server decides.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.flags.required = true;
        self
    }

    /// Cannot be used; the hint says why.
    #[must_use]
    pub fn disabled(mut self, is_disabled: bool) -> Self {
        self.flags.disabled = is_disabled;
        self
    }

    /// Can be read and copied, not changed.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.flags.read_only = true;
        self
    }

    /// Not a word of a language: no spelling marks, no capitals by themselves.
    #[must_use]
    pub fn exact(mut self) -> Self {
        self.flags.exact = true;
        self
    }

    fn control(&self) -> AnyView {
        let described = described_by(&self.id, self.hint.is_some(), self.error.is_some());
        let invalid = self.error.is_some().then_some("true");
        let class = format!("input {}", self.class).trim_end().to_owned();
        let (spell, capitals) =
            if self.flags.exact { (Some("false"), Some("none")) } else { (None, None) };
        match &self.kind {
            Kind::Input(kind) => {
                // What was typed as a password is never sent back.
                let value = (*kind != "password" && *kind != "file").then(|| self.value.clone());
                let (min, max) = self.bounds.clone().unzip();
                view! {
                    <input
                        class=class
                        id=self.id.clone()
                        name=self.name.clone()
                        type=*kind
                        value=value
                        autocomplete=self.autocomplete
                        inputmode=self.input_mode
                        placeholder=self.placeholder.clone()
                        maxlength=self.max_length.map(|n| n.to_string())
                        min=min
                        max=max
                        form=self.form.clone()
                        required=self.flags.required
                        disabled=self.flags.disabled
                        readonly=self.flags.read_only
                        spellcheck=spell
                        autocapitalize=capitals
                        aria-invalid=invalid
                        aria-describedby=described
                    />
                }
                .into_any()
            }
            Kind::Area(rows) => {
                // Browsers drop one line end at the start of the element, so it gets one to drop.
                let text = format!("\n{}", escape(&self.value));
                view! {
                    <textarea
                        class=class
                        id=self.id.clone()
                        name=self.name.clone()
                        rows=rows.to_string()
                        placeholder=self.placeholder.clone()
                        maxlength=self.max_length.map(|n| n.to_string())
                        form=self.form.clone()
                        required=self.flags.required
                        disabled=self.flags.disabled
                        readonly=self.flags.read_only
                        spellcheck=spell
                        autocapitalize=capitals
                        aria-invalid=invalid
                        aria-describedby=described
                        inner_html=text
                    ></textarea>
                }
                .into_any()
            }
            Kind::Select(options) => {
                let options = options
                    .iter()
                    .map(|(value, words)| {
                        let is_chosen = *value == self.value;
                        view! {
                            <option value=value.clone() selected=is_chosen>{words.clone()}</option>
                        }
                    })
                    .collect_view();
                view! {
                    <select
                        class=class
                        id=self.id.clone()
                        name=self.name.clone()
                        form=self.form.clone()
                        required=self.flags.required
                        disabled=self.flags.disabled
                        aria-invalid=invalid
                        aria-describedby=described
                    >
                        {options}
                    </select>
                }
                .into_any()
            }
        }
    }
}

/// The ids of the sentences that describe a control.
pub(crate) fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    match (has_hint, has_error) {
        (true, true) => Some(format!("{id}-hint {id}-error")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}

/// Hint and error, with the ids that [`described_by`] names.
pub(crate) fn sentences(id: &str, hint: Option<String>, error: Option<String>) -> AnyView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        {hint.map(|text| view! { <p class="hint" id=hint_id>{text}</p> })}
        {error.map(|text| view! { <p class="error" id=error_id>{text}</p> })}
    }
    .into_any()
}

impl Draw for Field {
    fn draw(mut self) -> AnyView {
        let control = self.control();
        let said = sentences(&self.id, self.hint.take(), self.error.take());
        let control = match self.unit {
            Some(unit) => view! {
                <span class="row row-tight">{control}<span class="hint">{unit}</span></span>
            }
            .into_any(),
            None => control,
        };
        view! {
            <div class="field">
                <label for=self.id>{self.label}</label>
                {said}
                {control}
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
#[path = "field_tests.rs"]
mod tests;
