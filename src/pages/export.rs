//! `/assessments/{id}/export` and `/exports`: what a file will hold, and what was taken away.
#![expect(clippy::format_collect, reason = "a hash has 32 bytes")]

use axum::extract::{FromRef, Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::{Form, body::Body};
use leptos::prelude::*;

use crate::components::{
    AssessmentTab, Button, Choices, Draw, Errors, Field, Icon, PageHead, Place, Tone,
    assessment_tabs, empty, scroll, table, tag,
};
use crate::domain::id::AssessmentId;
use crate::domain::report::{Dialect, Kind, Separator};
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::assessment::tabs_of;
use crate::pages::result::list::filter;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::pages::when;
use crate::service::Refusal;
use crate::service::export::Entry;
use crate::service::export::{self, MAX_REASON, Order, Plan};
use crate::service::result::Filter;
use crate::t;

type Pairs = Vec<(String, String)>;

/// What was chosen in the form.
#[derive(Debug, Clone)]
struct Chosen {
    kind: Kind,
    dialect: &'static str,
    separator: Separator,
    has_decimal_comma: bool,
    wants_private: bool,
    reason: String,
}

impl Chosen {
    fn read(pairs: &Pairs) -> Self {
        let one = |name: &str| {
            pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
        };
        Self {
            kind: one("file").and_then(|file| file.parse().ok()).unwrap_or(Kind::Results),
            dialect: if one("dialect") == Some("spreadsheet") { "spreadsheet" } else { "standard" },
            separator: one("separator")
                .and_then(|s| s.parse().ok())
                .unwrap_or(Separator::Semicolon),
            has_decimal_comma: one("decimal") != Some("point"),
            wants_private: one("private").is_some(),
            reason: one("reason").unwrap_or_default().to_owned(),
        }
    }

    fn dialect(&self) -> Dialect {
        match self.dialect {
            "spreadsheet" => Dialect::Spreadsheet {
                separator: self.separator,
                has_decimal_comma: self.has_decimal_comma,
            },
            _ => Dialect::Standard,
        }
    }

    fn order(&self, assessment: AssessmentId, filter: Filter) -> Order {
        Order {
            assessment,
            kind: self.kind,
            dialect: self.dialect(),
            filter,
            wants_private: self.wants_private,
            reason: self.reason.clone(),
        }
    }
}

/// Shows the form and what the file would be now.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Refusal> {
    let id: AssessmentId = id.parse().map_err(|_| Refusal::Hidden)?;
    draw(&state, &person, id, &pairs, &Errors::none()).await
}

/// Sends the file. Choices that cannot be are shown again.
pub async fn download(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Refusal> {
    let id: AssessmentId = id.parse().map_err(|_| Refusal::Hidden)?;
    let order = Chosen::read(&pairs).order(id, filter(&pairs));
    match export::prepare(&state.ctx, &person.actor, order).await {
        Ok(prepared) => Ok(file(prepared)),
        Err(refusal @ Refusal::Invalid(_)) => {
            draw(&state, &person, id, &pairs, &errors(&refusal)).await
        }
        Err(refusal) => Err(refusal),
    }
}

/// A file as a stream, under a name that is plain by construction.
fn file(prepared: export::Prepared) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", prepared.name());
    let mut response = Body::from_stream(prepared.stream()).into_response();
    let headers = response.headers_mut();
    headers
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present"));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}

async fn draw(
    state: &AppState,
    person: &Person,
    id: AssessmentId,
    pairs: &Pairs,
    errors: &Errors,
) -> Result<Response, Refusal> {
    let (chosen, filter) = (Chosen::read(pairs), filter(pairs));
    let may_private = export::may_take_private(&person.actor);
    // The preview needs no reason yet, and shows nothing that the file would not show.
    let order = Order {
        wants_private: chosen.wants_private && may_private,
        reason: t!("export-preview"),
        ..chosen.order(id, filter.clone())
    };
    let plan = export::plan(&state.ctx, &person.actor, order).await?;
    let past = export::list(&state.ctx, &person.actor, Some(id)).await?;
    let (staff, errors) = (person.frame(&state.ctx), errors.clone());
    let (shown, timezone) = (tabs_of(person), person.timezone.clone());
    let head = Head::staff(t!("export-title-of", title = plan.title.clone()));
    let head = if errors.is_empty() { head } else { head.refused() };
    Ok(page(&Frame::from_ref(state), head, move || {
        let table = format!("/assessments/{id}/results{}", filter.query());
        let counted = t!("export-people", people = plan.people, all = plan.all_people);
        let tabs = assessment_tabs(id, AssessmentTab::Export, &shown, None);
        let title = PageHead::new(plan.title.clone())
            .facts(view! { {t!("export-facts")} " " <a href=table>{counted}</a> "." })
            .tabs(tabs);
        let action = format!("/assessments/{id}/export");
        let hidden = filter
            .pairs()
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view();
        staff.around(
            Place::Assessments,
            view! {
                {title}
                <div class="wrap pad">
                    {errors.summary(t!("export-not-made"))}
                    <form class="split export" method="post" action=action.clone()>
                        {hidden}
                        <div class="stack-5">{choices(&chosen, may_private, &errors, &action)}</div>
                        <div class="stack-5">
                            {consequence(&plan, &timezone)}
                            {history(past, &timezone)}
                        </div>
                    </form>
                </div>
            },
        )
    }))
}

fn choices(chosen: &Chosen, may_private: bool, errors: &Errors, action: &str) -> AnyView {
    let is = |kind| chosen.kind == kind;
    let files = Choices::one("file", t!("export-file"))
        .line("results", t!("export-results"), is(Kind::Results))
        .hint(t!("export-results-hint"))
        .line("skills", t!("export-skills"), is(Kind::Skills))
        .hint(t!("export-skills-hint"))
        .line("answers", t!("export-answers"), is(Kind::Answers))
        .hint(t!("export-answers-hint"));
    let is_sheet = chosen.dialect == "spreadsheet";
    let dialect = Choices::one("dialect", t!("export-made-for"))
        .line("standard", t!("export-programs"), !is_sheet)
        .hint(t!("export-programs-hint"))
        .line("spreadsheet", t!("export-spreadsheets"), is_sheet)
        .hint(t!("export-spreadsheets-hint"));
    let separators = Separator::ALL.into_iter().map(|separator| {
        let words = match separator {
            Separator::Semicolon => t!("export-semicolon"),
            Separator::Comma => t!("export-comma"),
            Separator::Tab => t!("export-tab"),
        };
        (separator.as_str().to_owned(), words)
    });
    let decimals = [
        ("comma".to_owned(), t!("export-decimal-comma")),
        ("point".to_owned(), t!("export-decimal-point")),
    ];
    let private = Choices::many("private", t!("export-private")).line(
        "1",
        t!("export-accommodations"),
        chosen.wants_private && may_private,
    );
    let private = if may_private {
        private.hint(t!("export-accommodations-hint"))
    } else {
        private.hint(t!("export-accommodations-off")).disabled()
    };
    view! {
        {files}
        {dialect}
        <div class="row">
            {Field::new("separator", t!("export-separator")).select(separators)
                .value(chosen.separator.as_str())}
            {Field::new("decimal", t!("export-decimal")).select(decimals)
                .value(if chosen.has_decimal_comma { "comma" } else { "point" })}
        </div>
        <p class="hint">{t!("export-sheet-only")}</p>
        {private.errors(errors)}
        {Field::new("reason", t!("export-reason")).hint(t!("export-reason-hint"))
            .value(chosen.reason.clone())
            .max_length(u32::try_from(MAX_REASON).unwrap_or(u32::MAX)).errors(errors)}
        <div class="row">
            <button class="btn" type="submit" formmethod="get" formaction=action.to_owned()>
                {t!("export-look-again")}
            </button>
        </div>
    }
    .into_any()
}

fn grouped(hash: &[u8]) -> String {
    let pairs: Vec<String> = hash
        .chunks(2)
        .map(|pair| pair.iter().map(|byte| format!("{byte:02x}")).collect())
        .collect();
    pairs.join(" ")
}

fn consequence(plan: &Plan, timezone: &str) -> AnyView {
    let rows = plan.sum.rows;
    let counted =
        t!("export-size", rows = rows, columns = plan.heads.len(), bytes = plan.sum.bytes);
    let button = Button::main(t!("export-download", rows = rows)).icon(Icon::Download);
    let (button, reason) = if rows == 0 {
        let words = view! { <p class="hint" id="no-rows">{t!("export-no-rows")}</p> };
        (button.not_yet("no-rows"), Some(words))
    } else {
        (button, None)
    };
    let heads =
        plan.heads.iter().map(|head| view! { <th scope="col">{head.clone()}</th> }).collect_view();
    let first = plan
        .first
        .iter()
        .map(|cells| {
            let cells = cells.iter().map(|cell| view! { <td>{cell.clone()}</td> }).collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    let label = t!("export-first-rows");
    let sheet = scroll(
        label.clone(),
        view! {
            <table class="sheet-view">
                <caption class="unseen">{label.clone()}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{first}</tbody>
            </table>
        },
    );
    view! {
        <section class="stack-2">
            <h2>{t!("export-what")}</h2>
            <dl class="pairs">
                <dt>{t!("export-name")}</dt><dd class="mono">{plan.name.clone()}</dd>
                <dt>{t!("export-rows-columns")}</dt><dd>{counted}</dd>
                <dt>{t!("export-as-of")}</dt><dd>{when::exact(plan.as_of, timezone)}</dd>
                <dt>{t!("export-hash")}</dt><dd class="mono">{grouped(&plan.sum.sha256())}</dd>
            </dl>
            <p class="hint">{t!("export-same-bytes")}</p>
        </section>
        <div class="row">{button.draw()} {reason}</div>
        <section class="stack-2">
            <h2>{label}</h2>
            {sheet}
            <p class="hint">{t!("export-guard")}</p>
        </section>
    }
    .into_any()
}

fn history(past: Vec<Entry>, timezone: &str) -> AnyView {
    if past.is_empty() {
        return view! { <p class="hint">{t!("export-none-here")}</p> }.into_any();
    }
    view! {
        <section class="stack-2">
            <h2>{t!("export-past")}</h2>
            {log(past.into_iter().take(10).collect(), false, timezone)}
        </section>
    }
    .into_any()
}

fn log(past: Vec<Entry>, has_titles: bool, timezone: &str) -> AnyView {
    let rows = past.into_iter().map(|entry| line(entry, has_titles, timezone)).collect_view();
    let heads = view! {
        <th scope="col">{t!("export-when")}</th>
        {has_titles.then(|| view! { <th scope="col">{t!("export-assessment")}</th> })}
        <th scope="col">{t!("export-file")}</th>
        <th scope="col">{t!("export-who")}</th>
        <th scope="col">{t!("export-why")}</th>
        <th scope="col" class="num">{t!("export-rows")}</th>
        {has_titles.then(|| view! { <th scope="col">{t!("export-hash")}</th> })}
    };
    table("grid", t!("export-past"), heads, rows)
}

fn line(entry: Entry, has_titles: bool, timezone: &str) -> AnyView {
    let kind = match entry.kind.as_str() {
        "results" => t!("export-results"),
        "skills" => t!("export-skills"),
        _ => t!("export-answers"),
    };
    let private = entry.has_accommodations.then(|| tag(Tone::Warn, t!("export-with-private")));
    let broken = (!entry.is_complete).then(|| tag(Tone::Bad, t!("export-broken-off")));
    let hash = has_titles.then(|| {
        let short: String = grouped(&entry.sha256).chars().take(19).collect();
        view! { <td class="mono small">{short}</td> }
    });
    view! {
        <tr>
            <th scope="row">{when::minute(entry.finished_at, timezone)}</th>
            {has_titles.then(|| view! { <td>{entry.title}</td> })}
            <td>{kind} " " {private} " " {broken}</td>
            <td>{entry.by.unwrap_or_else(|| t!("export-by-operator"))}</td>
            <td>{entry.reason}</td>
            <td class="num">{entry.rows.to_string()}</td>
            {hash}
        </tr>
    }
    .into_any()
}

/// Every file that was taken away from the organisation.
pub async fn all(State(state): State<AppState>, person: Person) -> Result<Response, Refusal> {
    let past = export::list(&state.ctx, &person.actor, None).await?;
    let (staff, timezone) = (person.frame(&state.ctx), person.timezone.clone());
    Ok(page(&Frame::from_ref(&state), Head::staff(t!("export-title")), move || {
        let count = past.len();
        let body = if past.is_empty() {
            let way = Button::link(t!("export-to-assessments"), "/assessments").draw();
            empty(t!("export-none"), t!("export-none-advice"), way)
        } else {
            log(past, true, &timezone)
        };
        staff.around(
            Place::Exports,
            view! {
                {PageHead::new(t!("export-title")).facts(t!("export-count", count = count))}
                <div class="wrap pad stack-5">{body}</div>
            },
        )
    }))
}
