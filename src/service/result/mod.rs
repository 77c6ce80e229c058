//! Results: scoring finished attempts, the table, the page of one attempt, the replay.

mod filter;
mod score;
mod sheet;
mod table;
mod verify;

pub use filter::{Filter, Order, Status, query};
pub use score::{rescore, score, score_finished};
pub use sheet::{Answer, Sheet, open, open_own, skill_name};
pub(crate) use table::read;
pub use table::{PAGE, Row, Table, status, table};
pub use verify::{Difference, Report, verify};

pub use crate::store::audit::Entry;
