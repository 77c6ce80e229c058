//! The document around every page, and how a view becomes an answer.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use hydration_context::SsrSharedContext;
use leptos::config::LeptosOptions;
use leptos::nonce::{provide_nonce, use_nonce};
use leptos::prelude::*;

use crate::components::{Errors, sprite};
use crate::domain::id::InvitationId;
use crate::http::candidate::Look;
use crate::http::headers::content_security_policy;
use crate::service::Refusal;
use crate::t;
use crate::text::Locale;

/// What a page says about itself.
#[derive(Debug, Clone)]
pub struct Head {
    /// Title without the product's name.
    pub title: String,
    /// Classes of the body: the density and the kind of page.
    pub body_class: &'static str,
    /// Whether islands stand on the page; without them no script is loaded.
    pub has_islands: bool,
    /// An invitation whose answers are all handed in: what the device kept of it goes away.
    pub is_over: Option<InvitationId>,
    /// Status of the answer.
    pub status: StatusCode,
}

impl Head {
    /// A page for staff.
    pub fn staff(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            body_class: "staff",
            has_islands: false,
            is_over: None,
            status: StatusCode::OK,
        }
    }

    /// A page for candidates.
    pub fn candidate(title: impl Into<String>) -> Self {
        Self { body_class: "cand", ..Self::staff(title) }
    }

    /// With islands, so the script is loaded.
    #[must_use]
    pub fn with_islands(mut self) -> Self {
        self.has_islands = true;
        self
    }

    /// The end of an attempt: nothing of it stays on the device.
    #[must_use]
    pub fn over(mut self, invitation: Option<InvitationId>) -> Self {
        self.is_over = invitation;
        self
    }

    /// Other classes of the body.
    #[must_use]
    pub fn with_body_class(mut self, class: &'static str) -> Self {
        self.body_class = class;
        self
    }

    /// A refused form: 422, and the title says so first.
    #[must_use]
    pub fn refused(mut self) -> Self {
        self.status = StatusCode::UNPROCESSABLE_ENTITY;
        self
    }

    /// Another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

/// What drawing needs to know about the house.
#[derive(Clone)]
pub struct Frame {
    /// Language of the page.
    pub locale: Locale,
    /// How this person wants to read: classes of the document.
    pub look: Look,
    /// Where the browser files are.
    pub leptos: LeptosOptions,
}

/// Draws a page: the view is made inside an owner of its own, so nothing outlives the answer.
pub fn page<V>(frame: &Frame, head: Head, view: impl FnOnce() -> V) -> Response
where
    V: IntoView + 'static,
{
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let status = head.status;
    let (html, nonce) = owner.with(|| {
        provide_nonce();
        provide_context(frame.locale);
        let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
        let body = view().into_any();
        (document(frame, head, body).to_html(), nonce)
    });
    owner.unset_with_forced_cleanup();
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(&nonce)) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Draws a part of a page, for a script that puts it in place. Islands do not wake in it.
pub fn fragment<V>(frame: &Frame, view: impl FnOnce() -> V) -> Response
where
    V: IntoView + 'static,
{
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(frame.locale);
        view().into_any().to_html()
    });
    owner.unset_with_forced_cleanup();
    Html(html).into_response()
}

/// The refused fields of a form, for its summary and its fields.
///
/// What is not about a field belongs to the whole form.
pub fn errors(refusal: &Refusal) -> Errors {
    match refusal {
        Refusal::Invalid(fields) => fields.iter().fold(Errors::none(), |errors, field| {
            errors.and(field.field.clone(), field.code, &field.args)
        }),
        Refusal::Conflict(code) => Errors::none().and("", code, &[]),
        Refusal::Busy { retry_after } => {
            Errors::none().and("", "busy", &[("seconds", retry_after.to_string())])
        }
        Refusal::Unavailable(_) => Errors::none().and("", "unavailable", &[]),
        Refusal::Unauthenticated | Refusal::Forbidden | Refusal::Hidden | Refusal::Internal(_) => {
            Errors::none().and("", "unknown", &[])
        }
    }
}

fn document(frame: &Frame, head: Head, body: AnyView) -> impl IntoView + use<> {
    let is_refused = head.status == StatusCode::UNPROCESSABLE_ENTITY;
    let title = if is_refused { t!("common-error-prefix", title = head.title) } else { head.title };
    let options = frame.leptos.clone();
    let style = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    // Before the islands, which use it.
    let is_kept =
        head.body_class.starts_with("cand") && (head.has_islands || head.is_over.is_some());
    let keeper = is_kept.then(|| {
        let over = head.is_over.map(|invitation| invitation.to_string());
        view! { <script src="/keep.js" defer nonce=use_nonce() data-end=over></script> }
    });
    view! {
        <!DOCTYPE html>
        <html lang=frame.locale.tag() class=frame.look.classes()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex"/>
                <title>{format!("{title} - {}", t!("common-product"))}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=style/>
                {keeper}
                {head.has_islands.then(|| view! { <HydrationScripts options islands=true/> })}
            </head>
            <body class=head.body_class>
                {sprite()}
                <a class="skip" href="#main">{t!("common-skip")}</a>
                {body}
            </body>
        </html>
    }
}
