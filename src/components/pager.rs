//! The foot of a long list: what is shown, and the ways to the rest.

use leptos::prelude::*;

use crate::components::Draw;
use crate::t;

/// Where a list stands. `{Pager::new(51, 100, 148).previous(Some(href)).next(Some(href))}`
pub struct Pager {
    first: u64,
    last: u64,
    all: u64,
    previous: Option<String>,
    next: Option<String>,
}

impl Pager {
    /// First and last row on the page, counted from 1, and how many there are.
    pub fn new(first: u64, last: u64, all: u64) -> Self {
        Self { first, last, all, previous: None, next: None }
    }

    /// Where the page before is.
    #[must_use]
    pub fn previous(mut self, href: Option<String>) -> Self {
        self.previous = href;
        self
    }

    /// Where the page after is.
    #[must_use]
    pub fn next(mut self, href: Option<String>) -> Self {
        self.next = href;
        self
    }
}

impl Draw for Pager {
    fn draw(self) -> AnyView {
        view! {
            <nav class="pager" aria-label=t!("common-pages")>
                <span>
                    {t!("common-rows-shown", first = self.first, last = self.last, all = self.all)}
                </span>
                {self.previous.map(|href| view! { <a href=href rel="prev">{t!("common-previous")}</a> })}
                {self.next.map(|href| view! { <a href=href rel="next">{t!("common-next")}</a> })}
            </nav>
        }
        .into_any()
    }
}
