//! The router, built so that every door is on a list with its action.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter, get_service, on};
use tower::Service;
use tower_http::limit::RequestBodyLimitLayer;

use crate::domain::access::{Action, Actor, Decision, decide};
use crate::http::AppState;
use crate::http::session::gate;

/// Largest body of a form or a server function, in bytes.
pub const BODY_LIMIT: usize = 512 * 1024;

/// One way into the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// HTTP method.
    pub method: Method,
    /// Path with axum's placeholders.
    pub path: &'static str,
    /// What the policy is asked.
    pub action: Action,
    /// Largest body, in bytes.
    pub body_limit: usize,
}

/// Collects doors. A route that does not come through here does not exist.
///
/// Needs no state, so that a test can walk the list without a database.
#[derive(Default)]
pub struct Doors {
    guarded: Router<AppState>,
    open: Router<AppState>,
    list: Vec<Door>,
}

/// What the doors become.
pub struct Built {
    /// Doors before which the policy is asked about the person of the session.
    pub guarded: Router<AppState>,
    /// Doors for which no session is read: health and files, which must not need the database.
    pub open: Router<AppState>,
    /// All of them.
    pub list: Arc<[Door]>,
}

impl Doors {
    /// A page or file to read.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.guarded(Method::GET, path, action, BODY_LIMIT, on(MethodFilter::GET, handler))
    }

    /// A form or a server function that writes.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.guarded(Method::POST, path, action, BODY_LIMIT, on(MethodFilter::POST, handler))
    }

    /// A form with a file, which may be larger than other forms.
    #[must_use]
    pub fn upload<H, T>(self, path: &'static str, action: Action, limit: usize, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.guarded(Method::POST, path, action, limit, on(MethodFilter::POST, handler))
    }

    /// Something to read that is the same for everybody and needs no session.
    #[must_use]
    pub fn open<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.unguarded(path, action, on(MethodFilter::GET, handler))
    }

    /// Files below a folder.
    #[must_use]
    pub fn files<S>(self, path: &'static str, action: Action, files: S) -> Self
    where
        S: Service<Request, Error = Infallible> + Clone + Send + Sync + 'static,
        S::Response: IntoResponse + 'static,
        S::Future: Send + 'static,
    {
        let files = get_service(files).layer(from_fn(super::site::cached));
        self.unguarded(path, action, files)
    }

    fn guarded(
        mut self,
        method: Method,
        path: &'static str,
        action: Action,
        body_limit: usize,
        handler: MethodRouter<AppState>,
    ) -> Self {
        let guard = from_fn(move |request: Request, next: Next| async move {
            gate(action, request, next).await
        });
        // Layers of the route, not of the method router: a wrong method is answered 405 without
        // asking who it is, and two methods of one path keep their own actions.
        let handler = handler
            .route_layer(RequestBodyLimitLayer::new(body_limit))
            .route_layer(guard)
            .layer(DefaultBodyLimit::disable());
        self.guarded = self.guarded.route(path, handler);
        self.list.push(Door { method, path, action, body_limit });
        self
    }

    fn unguarded(
        mut self,
        path: &'static str,
        action: Action,
        handler: MethodRouter<AppState, Infallible>,
    ) -> Self {
        let decision = decide(&Actor::Anonymous, action);
        assert_eq!(decision, Decision::Allow, "{path} is open, so {action:?} must be everybody's");
        let handler = handler.layer::<_, Infallible>(RequestBodyLimitLayer::new(0));
        self.open = self.open.route(path, handler);
        self.list.push(Door { method: Method::GET, path, action, body_limit: 0 });
        self
    }

    /// The finished routers and the list of all doors.
    pub fn finish(self) -> Built {
        Built { guarded: self.guarded, open: self.open, list: self.list.into() }
    }
}
