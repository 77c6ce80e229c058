//! # Drawn parts without a URL
//!
//! Holds parts of the look: values in, view out. May touch `domain`, `islands` and `text`. Never
//! asks a service, never writes a `style` attribute, never holds an English sentence.
//!
//! Parts with many options are small builders that a view draws by itself:
//!
//! ```ignore
//! view! {
//!     {errors.summary(t!("people-not-added"))}
//!     <form method="post" class="stack">
//!         {Field::new("email", t!("people-email")).kind("email").value(&typed.email).errors(&errors)}
//!         {Button::main(t!("people-add"))}
//!     </form>
//! }
//! ```
//!
//! The rest are functions that return a view: `note(Tone::Warn, ..)`, `empty(..)`, `tag(..)`.
//! Outside a `view!` (in an `Option`, a `match`, a `Vec`) call [`Draw::draw`].
//!
//! **One more part**: a builder or a function in a file of its own, one line below, and tests that
//! look at what it draws.

mod bits;
mod button;
mod candidate;
mod choices;
pub mod control;
mod errors;
mod field;
mod frame;
mod head;
mod icon;
pub mod markdown;
pub mod message;
mod note;
mod pager;
mod palette;
pub mod plot;
mod slab;
mod table;
#[cfg(test)]
mod testing;

use leptos::prelude::{AnyView, IntoAny, IntoRender, IntoView};

pub use bits::{empty, fold, tag};
pub use button::Button;
pub use candidate::{Loudness, Saved, banner, clock, flag_toggle, saved};
pub use choices::{Choices, tick};
pub use control::{Mode, Moved, Question};
pub use errors::Errors;
pub use field::{Field, field_id};
pub use frame::{CandidateFrame, Place, StaffFrame, mark, product_footer};
pub use head::{AssessmentTab, PageHead, Tabs, assessment_tabs};
pub use icon::{Icon, icon, sprite};
pub use note::{Tone, note, titled_note};
pub use pager::Pager;
pub use palette::{Palette, Spot};
pub use slab::slab;
pub use table::{Sort, Sorting, scroll, table};

/// A part that knows how to draw itself.
pub trait Draw {
    /// The view of the part.
    fn draw(self) -> AnyView;
}

/// Lets parts stand in `{}` of a view.
macro_rules! parts {
    ($($part:ty),* $(,)?) => {$(
        impl IntoRender for $part {
            type Output = AnyView;
            fn into_render(self) -> AnyView {
                Draw::draw(self)
            }
        }
    )*};
}
parts!(
    Button,
    Field,
    Choices,
    PageHead,
    Tabs,
    Pager,
    Palette,
    Question,
    Sort,
    plot::Range,
    plot::RangeAxis,
    plot::Histogram,
);

/// A view without its type, for fields of parts that take any view.
pub(crate) fn any(view: impl IntoView + 'static) -> AnyView {
    view.into_any()
}
