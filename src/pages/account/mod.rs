//! Getting in: sign-in, reset, the first owner; the own account; the colleagues.

pub mod bootstrap;
pub mod own;
pub mod people;
pub mod policy;
pub mod reset;
pub mod sign_in;

use leptos::prelude::*;

use crate::components::{mark, product_footer, slab};
use crate::t;

/// The frame of pages before somebody is signed in: a form at the left, the stone at the right.
pub fn gate(content: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="signin">
            <div class="signin-form">
                <header class="brand">{mark("mark")} " " {t!("common-product")}</header>
                <main id="main" tabindex="-1">
                    <div class="signin-box stack-5">{content}</div>
                </main>
                {product_footer()}
            </div>
            {slab()}
        </div>
    }
    .into_any()
}
