//! Files for HR: planned, streamed from one snapshot, written down.
//!
//! The page, the download and the command line make the same bytes: a file depends on the rows that
//! the filter lets through and on nothing else. It is made while it is sent; the log is written at
//! the end, also when the receiver hung up.

mod rows;
mod writer;

use futures::Stream;
use futures::stream;
use serde_json::json;
use tokio::sync::mpsc;

use crate::domain::access::{Action, Actor, Decision, decide};
use crate::domain::id::{AccountId, AssessmentId, ExportId, OrganisationId};
use crate::domain::report::{Dialect, Kind, file_name};
use crate::domain::time::Instant;
use crate::service::auth::{allow, allow_staff};
use crate::service::result::{self, Filter, Row};
use crate::service::{Ctx, FieldError, Refusal};
use crate::store::board::{self, Board};
pub use crate::store::export::Entry;
use crate::store::export::{self as store, Made};
use crate::store::tenant::{self, Tx};

pub use writer::Sum;

/// The longest reason.
pub const MAX_REASON: usize = 500;
/// Rows that the page shows before the download.
const SHOWN: usize = 4;
/// Lines of the log on a page.
const LOGGED: i64 = 200;
/// Pieces that wait for a slow receiver; then the writer waits.
const PIECES: usize = 4;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Order {
    /// Of which assessment.
    pub assessment: AssessmentId,
    /// Which file.
    pub kind: Kind,
    /// For whom.
    pub dialect: Dialect,
    /// Which people.
    pub filter: Filter,
    /// With the columns that need the permission.
    pub wants_private: bool,
    /// Why, in the words of the person.
    pub reason: String,
}

/// A file that is about to be made: its snapshot is open.
pub struct Prepared {
    ctx: Ctx,
    tx: Tx,
    order: Order,
    organisation: OrganisationId,
    by: Option<AccountId>,
    board: Board,
    rows: Vec<Row>,
    skills: Vec<String>,
}

/// What a file will hold.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its name, with the time of this plan.
    pub name: String,
    /// The assessment's title.
    pub title: String,
    /// The instant that it shows.
    pub as_of: Instant,
    /// People that the filter lets through.
    pub people: usize,
    /// Everybody.
    pub all_people: usize,
    /// Heads.
    pub heads: Vec<String>,
    /// The first rows.
    pub first: Vec<Vec<String>>,
    /// Rows, bytes, hash.
    pub sum: Sum,
}

fn check_reason(reason: &str) -> Result<Option<String>, Refusal> {
    let reason = crate::domain::clean::line(reason).value;
    if reason.chars().count() > MAX_REASON {
        let error = FieldError::new("reason", "reason-length").with("most", MAX_REASON);
        return Err(Refusal::Invalid(vec![error]));
    }
    Ok((!reason.is_empty()).then_some(reason))
}

/// Opens the snapshot of a file. The first line authorises, for staff and for the operator.
pub async fn prepare(ctx: &Ctx, actor: &Actor, mut order: Order) -> Result<Prepared, Refusal> {
    let (organisation, by) = if actor == &Actor::Operator {
        allow(actor, Action::ExportFromCommandLine)?;
        let mut conn = ctx.pools.staff.acquire().await?;
        let found = store::find_organisation(&mut conn, order.assessment).await?;
        (found.ok_or(Refusal::Hidden)?, None)
    } else {
        let (by, organisation, _) = allow_staff(actor, Action::ExportResults)?;
        (organisation, Some(by))
    };
    let reason = check_reason(&order.reason)?;
    if order.wants_private {
        if decide(actor, Action::ExportAccommodations) != Decision::Allow {
            return Err(Refusal::Forbidden);
        }
        if reason.is_none() {
            return Err(Refusal::field("reason", "reason-needed"));
        }
    }
    order.reason = reason.unwrap_or_default();
    let mut tx = tenant::begin_snapshot(&ctx.pools.staff, organisation).await?;
    let (board, all) = result::read(&mut tx, order.assessment).await?;
    let skills = board::list_skills(&mut tx, order.assessment).await?;
    let rows = order.filter.apply(all);
    Ok(Prepared { ctx: ctx.clone(), tx, order, organisation, by, board, rows, skills })
}

impl Prepared {
    /// The name of the file.
    pub fn name(&self) -> String {
        file_name(self.order.kind, &self.board.title, self.board.now)
    }

    /// Writes the whole file into a sink and then into the log. The sink says whether its receiver
    /// is still there.
    pub async fn write<S>(mut self, mut sink: S) -> Result<Sum, Refusal>
    where
        S: AsyncFnMut(Vec<u8>) -> bool,
    {
        let mut sum = Sum::default();
        let written = self.body(&mut sum, &mut sink).await;
        let Self { ctx, tx, order, organisation, by, board, .. } = self;
        let _ends_by_itself = tx.rollback().await;
        let made = Made {
            id: ExportId::new(crate::service::fresh::id()),
            organisation,
            assessment: order.assessment,
            kind: order.kind,
            dialect: order.dialect,
            filter: json!(order.filter.query()),
            has_accommodations: order.wants_private,
            as_of: board.now,
            rows: i64::try_from(sum.rows).unwrap_or(i64::MAX),
            bytes: i64::try_from(sum.bytes).unwrap_or(i64::MAX),
            sha256: sum.sha256(),
            is_complete: matches!(written, Ok(true)),
            by,
            reason: (!order.reason.is_empty()).then_some(order.reason),
        };
        let mut log = tenant::begin(&ctx.pools.staff, organisation).await?;
        store::append(&mut log, &made).await?;
        log.commit().await?;
        written?;
        Ok(sum)
    }

    /// True when everything was taken.
    async fn body<S>(&mut self, sum: &mut Sum, sink: &mut S) -> Result<bool, Refusal>
    where
        S: AsyncFnMut(Vec<u8>) -> bool,
    {
        let Self { tx, order, board, rows, skills, ctx, .. } = self;
        let sheet = rows::Sheet::new(order, board, skills, &ctx.config.public_url);
        writer::write(tx, order, &sheet, rows, sum, sink).await
    }

    /// The file as a stream for a receiver that may hang up at any time.
    ///
    /// A task of its own writes it, so that the log is written in every case.
    pub fn stream(self) -> impl Stream<Item = Result<Vec<u8>, std::io::Error>> + Send + 'static {
        let (sender, mut receiver) = mpsc::channel::<Result<Vec<u8>, std::io::Error>>(PIECES);
        tokio::spawn(async move {
            let pieces = sender.clone();
            let sink = async move |piece| pieces.send(Ok(piece)).await.is_ok();
            if let Err(cause) = self.write(sink).await {
                tracing::error!(%cause, "an export broke off");
                // The receiver must not take half a file for a whole one.
                let _gone = sender.send(Err(std::io::Error::other("export broke off"))).await;
            }
        });
        // Compression asks once more after the end, which a receiver allows.
        stream::poll_fn(move |context| receiver.poll_recv(context))
    }
}

/// What the file would be if it were made now: exact figures, and nothing is written down.
pub async fn plan(ctx: &Ctx, actor: &Actor, order: Order) -> Result<Plan, Refusal> {
    let all = result::table(ctx, actor, order.assessment, &order.filter).await?;
    let mut prepared = prepare(ctx, actor, order).await?;
    let mut sum = Sum::default();
    let mut taken = async |_| true;
    prepared.body(&mut sum, &mut taken).await?;
    let Prepared { mut tx, order, board, rows, skills, ctx, .. } = prepared;
    let sheet = rows::Sheet::new(&order, &board, &skills, &ctx.config.public_url);
    let first = writer::first(&mut tx, &order, &sheet, &rows, SHOWN).await?;
    Ok(Plan {
        name: file_name(order.kind, &board.title, board.now),
        title: board.title.clone(),
        as_of: board.now,
        people: rows.len(),
        all_people: all.invited,
        heads: sheet.heads(),
        first,
        sum,
    })
}

/// The files that were taken away from an assessment, or from all.
pub async fn list(
    ctx: &Ctx,
    actor: &Actor,
    assessment: Option<AssessmentId>,
) -> Result<Vec<Entry>, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::ExportResults)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    Ok(store::list(&mut tx, assessment, LOGGED).await?)
}

/// Whether a person may take the private columns.
pub fn may_take_private(actor: &Actor) -> bool {
    decide(actor, Action::ExportAccommodations) == Decision::Allow
}

impl From<csv::Error> for Refusal {
    fn from(cause: csv::Error) -> Self {
        Self::Internal(cause.to_string())
    }
}
