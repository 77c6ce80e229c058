//! The fields of an item, kind by kind. A field is named by its way in the file.

use leptos::prelude::*;

use super::work::Work;
use crate::catalog;
use crate::catalog::item_source::Source;
use crate::components::field_id;
use crate::components::{Button, Draw, Errors, Field, Icon, tick};
use crate::domain::interaction::Kind;
use crate::domain::item::Cognitive;
use crate::domain::skill::Level;
use crate::pages::assessment::level_words;
use crate::service::bank::check::Checked;
use crate::t;

/// What the fields are drawn from.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    source: &'a Source,
    work: &'a Work,
    checked: &'a Checked,
    errors: &'a Errors,
}

impl Sheet<'_> {
    fn shown(self, path: &str) -> String {
        self.work.shown(self.source, path)
    }

    /// A field with its value, and what the rules say about it.
    fn field(self, path: &str, label: String) -> Field {
        let field = Field::new(path, label).value(self.shown(path));
        match self.errors.at(path).or_else(|| self.told(path)) {
            Some(sentence) => field.error(sentence),
            None => field,
        }
    }

    fn told(self, path: &str) -> Option<String> {
        let here = |one: &&crate::service::bank::check::Finding| one.field.as_deref() == Some(path);
        self.checked.errors().find(here).map(|one| one.message.clone())
    }

    fn area(self, path: &str, label: String, rows: u16) -> AnyView {
        self.field(path, label).area(rows).draw()
    }

    /// Several texts, one a line or with commas between them.
    fn list(self, path: &str, label: String, hint: String, joint: &str) -> Field {
        let shown = self.shown(path).split("; ").collect::<Vec<_>>().join(joint);
        self.field(path, label).value(shown).hint(hint)
    }

    fn number(self, path: &str, label: String) -> Field {
        self.field(path, label).class("input-short").exact()
    }

    fn tick(self, path: &str, label: String) -> AnyView {
        let is_set = self.shown(path) == "true";
        view! {
            <input type="hidden" name="tick" value=path.to_owned()/>
            {tick(path.to_owned(), "1", label, is_set)}
        }
        .into_any()
    }
}

/// All fields.
pub fn fields(source: &Source, work: &Work, checked: &Checked, errors: &Errors) -> AnyView {
    let sheet = Sheet { source, work, checked, errors };
    let kind = source.get("type").and_then(|kind| kind.parse::<Kind>().ok());
    let answers = match kind {
        Some(Kind::SingleChoice | Kind::MultipleResponse) => options(sheet, kind),
        Some(Kind::Numeric) => numeric(sheet),
        Some(Kind::Ordering) => steps(sheet),
        Some(Kind::Rating | Kind::BestWorst) => responses(sheet),
        Some(Kind::Diagnosis) => diagnosis(sheet),
        None => ().into_any(),
    };
    view! {
        {facts(sheet)}
        {sheet.field("stem", t!("item-stem")).hint(t!("item-stem-hint")).area(9).draw()}
        {sheet.area("ask", t!("item-ask"), 2)}
        {answers}
        {sheet.area("explanation", t!("item-explanation-field"), 5)}
        {sheet.list("references", t!("item-references"), t!("item-one-a-line"), "\n").area(2).draw()}
        {more(sheet)}
        <textarea class="unseen" name="base" hidden="hidden" tabindex="-1" aria-hidden="true"
            inner_html=format!("\n{}", escape(source.text()))></textarea>
    }
    .into_any()
}

/// Text inside an element whose content is written as HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn facts(sheet: Sheet<'_>) -> AnyView {
    let skills = catalog::areas().iter().flat_map(|area| {
        area.skills
            .iter()
            .map(move |skill| (skill.slug.to_string(), format!("{}: {}", area.name, skill.name)))
    });
    let levels = Level::ALL.map(|level| (level.as_str().to_owned(), level_words(level)));
    let thinking = [
        Cognitive::Recall,
        Cognitive::Understand,
        Cognitive::Apply,
        Cognitive::Analyse,
        Cognitive::Evaluate,
    ];
    let words = |it| match it {
        Cognitive::Recall => t!("item-cognitive-recall"),
        Cognitive::Understand => t!("item-cognitive-understand"),
        Cognitive::Apply => t!("item-cognitive-apply"),
        Cognitive::Analyse => t!("item-cognitive-analyse"),
        Cognitive::Evaluate => t!("item-cognitive-evaluate"),
    };
    let thinking = thinking.map(|it| (it.as_str().to_owned(), words(it)));
    view! {
        <div class="meta-row">
            {sheet.field("skill", t!("item-skill")).select(skills)}
            {sheet.field("level", t!("item-level")).select(levels)}
            {sheet.field("cognitive", t!("item-cognitive")).select(thinking)}
            {sheet.number("seconds", t!("item-seconds"))}
            {sheet.number("p_expected", t!("item-expected"))}
        </div>
    }
    .into_any()
}

/// What few items need.
fn more(sheet: Sheet<'_>) -> AnyView {
    let comma = t!("item-commas");
    let body = view! {
        <div class="stack">
            {sheet.list("seeds", t!("item-seeds"), t!("item-seeds-hint"), ", ")}
            {sheet.list("also", t!("item-also"), comma.clone(), ", ").exact()}
            {sheet.list("enemy", t!("item-enemy"), t!("item-enemy-hint"), ", ").exact()}
            {sheet.area("evidence", t!("item-evidence"), 2)}
            {sheet.list("lint_waive", t!("item-waive"), t!("item-waive-hint"), "\n").area(2)}
        </div>
    };
    view! {
        {sheet.list("tags", t!("item-tags-field"), comma, ", ")}
        <details class="fold"><summary>{t!("item-more-fields")}</summary>{body}</details>
    }
    .into_any()
}

fn add(list: &str, words: String) -> AnyView {
    Button::new(words).icon(Icon::Plus).small().named("act", format!("add.{list}")).draw()
}

fn take_out(list: &str, at: usize, words: String) -> AnyView {
    Button::only_icon(words, Icon::Cross).small().named("act", format!("remove.{list}.{at}")).draw()
}

/// Text and reason of each option of a list, with its key.
fn option_rows(sheet: Sheet<'_>, list: &str, is_many: bool) -> AnyView {
    let count = sheet.source.count(list);
    let rows = (0..count).map(|at| {
        let path = |part: &str| format!("{list}.{at}.{part}");
        let id = sheet.shown(&path("id"));
        let is_key = sheet.shown(&path("key")) == "true";
        let key_words = view! { {t!("item-key")}<span class="unseen">{t!("item-key-of", id = id.clone())}</span> };
        let key = if is_many {
            view! {
                <input type="hidden" name="tick" value=path("key")/>
                {tick(path("key"), "1", key_words, is_key)}
            }
            .into_any()
        } else {
            let name = format!("key.{list}");
            view! {
                <label class="tick">
                    <input type="radio" name=name value=at.to_string() checked=is_key/>
                    {key_words}
                </label>
            }
            .into_any()
        };
        let why = if is_key {
            t!("item-why-right", id = id.clone())
        } else {
            t!("item-why-wrong", id = id.clone())
        };
        view! {
            <div class="opt-row" id=field_id(&format!("{list}.{at}"))>
                <div class="stack-2">
                    {key}
                    {take_out(list, at, t!("item-take-option", id = id.clone()))}
                </div>
                <div class="two">
                    {sheet.area(&path("text"), t!("item-option", id = id), 2)}
                    {sheet.area(&path("why"), why, 2)}
                </div>
            </div>
        }
    });
    view! { {rows.collect_view()} {add(list, t!("item-add-option"))} }.into_any()
}

fn options(sheet: Sheet<'_>, kind: Option<Kind>) -> AnyView {
    let is_many = kind == Some(Kind::MultipleResponse);
    let hint = if is_many { t!("item-options-many") } else { t!("item-options-one") };
    let select = is_many.then(|| {
        view! {
            <div class="meta-row">
                {sheet.number("select.min", t!("item-select-min"))}
                {sheet.number("select.max", t!("item-select-max"))}
            </div>
        }
    });
    view! {
        <fieldset id=field_id("option")>
            <legend class="label">{t!("item-options")}</legend>
            <p class="hint">{hint}</p>
            {option_rows(sheet, "option", is_many)}
        </fieldset>
        {select}
        {sheet.tick("shuffle", t!("item-shuffle"))}
    }
    .into_any()
}

fn numeric(sheet: Sheet<'_>) -> AnyView {
    let kinds = [
        ("absolute", t!("item-tolerance-absolute")),
        ("relative", t!("item-tolerance-relative")),
        ("geometric", t!("item-tolerance-geometric")),
    ]
    .map(|(value, words)| (value.to_owned(), words));
    let partial = (0..sheet.source.count("answer.partial")).map(|at| {
        let path = |part: &str| format!("answer.partial.{at}.{part}");
        view! {
            <div class="opt-row">
                {take_out("answer.partial", at, t!("item-take-partial"))}
                <div class="two">
                    <div class="meta-row">
                        {sheet.number(&path("value"), t!("item-partial-value"))}
                        {sheet.number(&path("credit"), t!("item-partial-credit"))}
                    </div>
                    {sheet.area(&path("why"), t!("item-partial-why"), 2)}
                </div>
            </div>
        }
    });
    view! {
        <fieldset id=field_id("answer") class="stack">
            <legend class="label">{t!("item-answer")}</legend>
            <div class="meta-row">
                {sheet.number("answer.value", t!("item-answer-value"))}
                {sheet.field("answer.unit", t!("item-answer-unit"))}
                {sheet.field("answer.tolerance.kind", t!("item-tolerance")).select(kinds)}
                {sheet.number("answer.tolerance.value", t!("item-tolerance-value"))}
            </div>
            {sheet.tick("answer.integer", t!("item-answer-whole"))}
            <p class="hint">{t!("item-partial-hint")}</p>
            {partial.collect_view()}
            {add("answer.partial", t!("item-add-partial"))}
        </fieldset>
    }
    .into_any()
}

fn steps(sheet: Sheet<'_>) -> AnyView {
    let rows = (0..sheet.source.count("step")).map(|at| {
        let up = Button::only_icon(t!("item-step-up", at = at + 1), Icon::Up)
            .small()
            .named("act", format!("up.step.{at}"));
        view! {
            <div class="opt-row">
                <div class="row row-tight">
                    {(at > 0).then(|| up.draw())}
                    {take_out("step", at, t!("item-take-step", at = at + 1))}
                </div>
                {sheet.area(&format!("step.{at}.text"), t!("item-step", at = at + 1), 2)}
            </div>
        }
    });
    view! {
        <fieldset id=field_id("step")>
            <legend class="label">{t!("item-steps")}</legend>
            <p class="hint">{t!("item-steps-hint")}</p>
            {rows.collect_view()}
            {add("step", t!("item-add-step"))}
        </fieldset>
    }
    .into_any()
}

fn responses(sheet: Sheet<'_>) -> AnyView {
    let is_rated = sheet.source.has("scale");
    let rows = (0..sheet.source.count("response")).map(|at| {
        let path = |part: &str| format!("response.{at}.{part}");
        let id = sheet.shown(&path("id"));
        let key = if is_rated {
            sheet.number(&path("mode"), t!("item-response-mode"))
        } else {
            sheet.number(&path("mean"), t!("item-response-mean"))
        };
        view! {
            <div class="opt-row">
                <div class="stack-2">
                    {key}
                    {take_out("response", at, t!("item-take-option", id = id.clone()))}
                </div>
                <div class="two">
                    {sheet.area(&path("text"), t!("item-response", id = id.clone()), 2)}
                    {sheet.area(&path("why"), t!("item-response-why", id = id), 2)}
                </div>
            </div>
        }
    });
    let scale = is_rated
        .then(|| sheet.list("scale", t!("item-scale"), t!("item-one-a-line"), "\n").area(4).draw());
    view! {
        {scale}
        <fieldset id=field_id("response")>
            <legend class="label">{t!("item-responses")}</legend>
            <p class="hint">{t!("item-responses-hint")}</p>
            {rows.collect_view()}
            {add("response", t!("item-add-response"))}
        </fieldset>
    }
    .into_any()
}

fn diagnosis(sheet: Sheet<'_>) -> AnyView {
    let lines = (0..sheet.source.count("log")).map(|at| {
        let id = sheet.shown(&format!("log.{at}.id"));
        view! {
            <div class="opt-row">
                {take_out("log", at, t!("item-take-line", id = id.clone()))}
                {sheet.field(&format!("log.{at}.text"), id).exact()}
            </div>
        }
    });
    let parts = (0..sheet.source.count("part")).map(|at| {
        let path = |part: &str| format!("part.{at}.{part}");
        let answer = if sheet.source.has(&path("keys")) {
            view! {
                <div class="meta-row">
                    {sheet.list(&path("keys"), t!("item-part-keys"), t!("item-commas"), ", ").exact()}
                    {sheet.number(&path("select.min"), t!("item-select-min"))}
                    {sheet.number(&path("select.max"), t!("item-select-max"))}
                </div>
            }
            .into_any()
        } else {
            option_rows(sheet, &path("option"), false)
        };
        view! {
            <fieldset class="stack" id=field_id(&format!("part.{at}"))>
                <legend class="label">{t!("item-part", at = at + 1)}</legend>
                {sheet.area(&path("ask"), t!("item-ask"), 2)}
                {sheet.number(&path("weight"), t!("item-part-weight"))}
                {answer}
            </fieldset>
        }
    });
    view! {
        <fieldset id=field_id("log")>
            <legend class="label">{t!("item-lines")}</legend>
            {lines.collect_view()}
            {add("log", t!("item-add-line"))}
        </fieldset>
        {parts.collect_view()}
    }
    .into_any()
}
