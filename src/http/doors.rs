//! The router, built so that every door is on a list with its action.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::{MethodFilter, on};

use crate::domain::access::Action;
use crate::http::AppState;
use crate::http::session::gate;

/// One way into the house.
#[derive(Debug, Clone)]
pub struct Door {
    /// HTTP method.
    pub method: Method,
    /// Path with axum's placeholders.
    pub path: &'static str,
    /// What the policy is asked.
    pub action: Action,
}

/// Collects doors. A route that does not come through here does not exist.
pub struct Doors {
    state: AppState,
    router: Router<AppState>,
    list: Vec<Door>,
}

impl Doors {
    /// No doors yet.
    pub fn new(state: AppState) -> Self {
        Self { state, router: Router::new(), list: Vec::new() }
    }

    /// A page or file to read.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.on(Method::GET, MethodFilter::GET, path, action, handler)
    }

    /// A form or a server function that writes.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.on(Method::POST, MethodFilter::POST, path, action, handler)
    }

    fn on<H, T>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        action: Action,
        handler: H,
    ) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        let guarded =
            on(filter, handler).layer(from_fn_with_state(
                (self.state.clone(), action),
                |State((state, action)): State<(AppState, Action)>,
                 request: Request,
                 next: Next| async move { gate(state, action, request, next).await },
            ));
        self.router = self.router.route(path, guarded);
        self.list.push(Door { method, path, action });
        self
    }

    /// The finished router and the list of its doors.
    pub fn finish(self) -> (Router<AppState>, Arc<[Door]>) {
        (self.router, self.list.into())
    }
}
