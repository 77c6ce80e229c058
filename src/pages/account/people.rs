//! `/people`: the colleagues, for owners.

use axum::Form;
use axum::extract::{FromRef, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use crate::components::{
    Button, Draw, Errors, Field, PageHead, Place, Tone, note, table, tag, tick,
};
use crate::domain::account::Role;
use crate::domain::id::AccountId;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::pages::when;
use crate::service::Refusal;
use crate::service::account::Account;
use crate::service::account::{self, Change, NewColleague};
use crate::t;

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// What was typed about a new colleague.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    name: String,
    email: String,
    role: String,
}

/// What was typed about a colleague.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Changed {
    name: String,
    role: String,
    closed: Option<String>,
}

/// The words of a role.
pub fn role_words(role: Role) -> String {
    match role {
        Role::Owner => t!("people-role-owner"),
        Role::Recruiter => t!("people-role-recruiter"),
        Role::Rater => t!("people-role-rater"),
        Role::Hr => t!("people-role-hr"),
    }
}

fn roles() -> Vec<(String, String)> {
    Role::ALL.into_iter().map(|role| (role.as_str().to_owned(), role_words(role))).collect()
}

/// The list and the form to add somebody.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    let people = account::list(&state.ctx, &person.actor).await?;
    let typed = Typed { role: Role::Recruiter.as_str().to_owned(), ..Typed::default() };
    let head = Head::staff(t!("people-title"));
    Ok(draw(&state, &person, head, people, typed, &Errors::none(), done.done.as_deref()))
}

/// Adds a colleague.
pub async fn add(
    State(state): State<AppState>,
    person: Person,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let Typed { name, email, role } = typed.clone();
    match account::add(&state.ctx, &person.actor, NewColleague { name, email, role }).await {
        Ok(_) => Ok(Redirect::to("/people?done=added").into_response()),
        Err(refusal @ Refusal::Invalid(_)) => {
            let people = account::list(&state.ctx, &person.actor).await?;
            let head = Head::staff(t!("people-title")).refused();
            Ok(draw(&state, &person, head, people, typed, &errors(&refusal), None))
        }
        Err(refusal) => Err(refusal),
    }
}

/// One colleague.
pub async fn open(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let who = find(&state, &person, &id).await?;
    let typed = Changed {
        name: who.name.clone(),
        role: who.role.as_str().to_owned(),
        closed: who.disabled_at.map(|_| "1".to_owned()),
    };
    Ok(draw_one(&state, &person, Head::staff(who.name.clone()), &who, typed, &Errors::none()))
}

/// Changes a colleague.
pub async fn save(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Changed>,
) -> Result<Response, Refusal> {
    let who = find(&state, &person, &id).await?;
    let change = Change {
        account: who.account,
        name: typed.name.clone(),
        role: typed.role.clone(),
        is_disabled: typed.closed.is_some(),
    };
    match account::change(&state.ctx, &person.actor, change).await {
        Ok(()) => Ok(Redirect::to("/people?done=changed").into_response()),
        Err(refusal @ Refusal::Invalid(_)) => {
            let head = Head::staff(who.name.clone()).refused();
            Ok(draw_one(&state, &person, head, &who, typed, &errors(&refusal)))
        }
        Err(refusal) => Err(refusal),
    }
}

async fn find(state: &AppState, person: &Person, id: &str) -> Result<Account, Refusal> {
    let id: AccountId = id.parse().map_err(|_| Refusal::Hidden)?;
    let people = account::list(&state.ctx, &person.actor).await?;
    people.into_iter().find(|other| other.account == id).ok_or(Refusal::Hidden)
}

fn draw(
    state: &AppState,
    person: &Person,
    head: Head,
    people: Vec<Account>,
    typed: Typed,
    errors: &Errors,
    done: Option<&str>,
) -> Response {
    let (errors, staff, timezone) =
        (errors.clone(), person.frame(&state.ctx), person.timezone.clone());
    let done = match done {
        Some("added") => Some(t!("people-added")),
        Some("changed") => Some(t!("people-changed")),
        _ => None,
    };
    page(&Frame::from_ref(state), head, move || {
        let count = people.len();
        let rows = people.into_iter().map(|who| row(who, &timezone)).collect_view();
        let heads = view! {
            <th scope="col">{t!("account-name")}</th>
            <th scope="col">{t!("account-email")}</th>
            <th scope="col">{t!("people-role")}</th>
            <th scope="col" class="wide">{t!("people-last-signed-in")}</th>
        };
        staff.around(Place::People, view! {
            {PageHead::new(t!("people-title")).facts(t!("people-count", count = count))}
            <div class="wrap pad stack-5">
                {done.map(|sentence| note(Tone::Plain, sentence))}
                {errors.summary(t!("people-not-added"))}
                {table("grid", t!("people-title"), heads, rows)}
                <p><a href="/people/candidates">{t!("room-policy-link")}</a></p>
                <section class="stack read">
                    <h2>{t!("people-add")}</h2>
                    <p class="soft">{t!("people-add-advice")}</p>
                    <form class="stack" method="post" action="/people">
                        {Field::new("name", t!("account-name")).value(typed.name).required()
                            .class("input-mid").max_length(200).errors(&errors)}
                        {Field::new("email", t!("account-email")).kind("email").value(typed.email)
                            .class("input-mid").required().exact().errors(&errors)}
                        {Field::new("role", t!("people-role")).select(roles()).value(typed.role)
                            .class("input-mid").errors(&errors)}
                        <div>{Button::main(t!("people-add"))}</div>
                    </form>
                </section>
            </div>
        })
    })
}

fn row(who: Account, timezone: &str) -> impl IntoView + use<> {
    let href = format!("/people/{}", who.account);
    let last =
        who.last_signed_in_at.map_or_else(|| t!("people-never"), |at| when::minute(at, timezone));
    let state = match (who.disabled_at, who.has_password) {
        (Some(_), _) => Some(tag(Tone::Bad, t!("people-closed"))),
        (None, false) => Some(tag(Tone::Warn, t!("people-no-password"))),
        (None, true) => None,
    };
    view! {
        <tr>
            <th scope="row"><a href=href>{who.name}</a> " " {state}</th>
            <td>{who.email}</td>
            <td>{role_words(who.role)}</td>
            <td class="wide">{last}</td>
        </tr>
    }
}

fn draw_one(
    state: &AppState,
    person: &Person,
    head: Head,
    who: &Account,
    typed: Changed,
    errors: &Errors,
) -> Response {
    let (errors, staff) = (errors.clone(), person.frame(&state.ctx));
    let (name, email, action) =
        (who.name.clone(), who.email.clone(), format!("/people/{}", who.account));
    page(&Frame::from_ref(state), head, move || {
        staff.around(
            Place::People,
            view! {
                {PageHead::new(name).facts(email)}
                <div class="wrap pad stack-5 read">
                    {errors.summary(t!("people-not-changed"))}
                    <form class="stack" method="post" action=action>
                        {Field::new("name", t!("account-name")).value(typed.name).required()
                            .class("input-mid").max_length(200).errors(&errors)}
                        {Field::new("role", t!("people-role")).select(roles()).value(typed.role)
                            .class("input-mid").errors(&errors)}
                        {tick("closed", "1", t!("people-close-account"), typed.closed.is_some())}
                        <div class="row">
                            {Button::main(t!("people-save"))}
                            {Button::link(t!("people-back"), "/people").draw()}
                        </div>
                    </form>
                </div>
            },
        )
    })
}
