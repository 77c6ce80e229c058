//! The table of an assessment: one line per person.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use super::filter::{Filter, Order, Status};
use crate::domain::access::{Action, Actor, Decision, decide};
use crate::domain::id::{AssessmentId, VersionId};
use crate::domain::result::{Place, Range, Standing, places, time_share};
use crate::domain::time::Instant;
use crate::service::auth::allow_staff;
use crate::service::{Ctx, Refusal};
use crate::store::board::{self as store, Board, Line};
use crate::store::tenant;

/// Rows of one page.
pub const PAGE: usize = 50;

/// A line with everything that follows from it.
#[derive(Debug, Clone)]
pub struct Row {
    /// What is stored.
    pub line: Line,
    /// How far the person is.
    pub status: Status,
    /// Number of the version.
    pub version: i32,
    /// The cut score of the version.
    pub cut: Option<u32>,
    /// The score, once there is one.
    pub range: Option<Range>,
    /// On which side of the cut it lies.
    pub standing: Option<Standing>,
    /// Its place among those of the same version.
    pub place: Option<Place>,
    /// Time used, as a share of the own limit.
    pub time_share: Option<u8>,
}

impl Row {
    /// The name, or the address where no name was given.
    pub fn name(&self) -> &str {
        self.line.name.as_deref().unwrap_or(&self.line.email)
    }

    /// Seconds between start and end.
    pub fn used_seconds(&self) -> Option<i64> {
        let run = self.line.attempt.as_ref()?;
        Some(run.finished_at?.seconds_since(run.started_at).get())
    }
}

/// The table as one page shows it.
#[derive(Debug, Clone)]
pub struct Table {
    /// The assessment with its versions.
    pub board: Board,
    /// Everybody who was invited.
    pub invited: usize,
    /// Everybody who has started.
    pub started: usize,
    /// Everybody who has handed in.
    pub submitted: usize,
    /// The best score in whole per cent, of all.
    pub best: Option<u8>,
    /// How many rows the filter lets through.
    pub matching: usize,
    /// Index of the first row of this page.
    pub first: usize,
    /// The rows of this page.
    pub rows: Vec<Row>,
    /// Whether this person may take files away.
    pub may_export: bool,
}

/// How far a person is.
pub fn status(line: &Line, now: Instant) -> Status {
    match &line.attempt {
        Some(run) => match run.state.as_str() {
            "submitted" => Status::Submitted,
            "voided" => Status::Voided,
            _ => Status::Started,
        },
        None if line.revoked_at.is_some() => Status::Withdrawn,
        None if line.declined_at.is_some() => Status::Declined,
        None if line.expires_at <= now => Status::Expired,
        None if line.opened_at.is_some() => Status::Opened,
        None => Status::Invited,
    }
}

/// The rows of everybody, with their places.
fn rows(board: &Board, lines: Vec<Line>) -> Vec<Row> {
    let mut rows: Vec<Row> = lines.into_iter().map(|line| row(board, line)).collect();
    let mut by_version: BTreeMap<VersionId, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        if row.range.is_some() {
            by_version.entry(row.line.version).or_default().push(at);
        }
    }
    for members in by_version.into_values() {
        let ranges: Vec<Range> = members.iter().filter_map(|at| rows[*at].range).collect();
        for (at, place) in members.into_iter().zip(places(&ranges)) {
            rows[at].place = Some(place);
        }
    }
    rows
}

fn row(board: &Board, line: Line) -> Row {
    let rules = board.versions.get(&line.version);
    let cut = rules.and_then(|rules| rules.cut_percent);
    let run = line.attempt.as_ref();
    let range = run.and_then(|run| run.result.as_ref()).map(|(_, tally)| tally.range());
    let share = run.and_then(|run| {
        let used = run.finished_at?.seconds_since(run.started_at).get();
        let own = i64::from(run.base_seconds) + i64::from(run.extra_seconds);
        time_share(used, own, line.is_untimed)
    });
    Row {
        status: status(&line, board.now),
        version: rules.map_or(0, |rules| rules.number),
        cut,
        range,
        standing: range.zip(cut).map(|(range, cut)| range.standing(cut)),
        place: None,
        time_share: share,
        line,
    }
}

impl Filter {
    fn takes(&self, row: &Row) -> bool {
        let words = self.words.to_lowercase();
        let score = row.range.map(|range| u32::from(range.percent()));
        self.status.is_none_or(|status| status == row.status)
            && self.from.is_none_or(|from| score.is_some_and(|score| score >= from))
            && self.to.is_none_or(|to| score.is_some_and(|score| score <= to))
            && (words.is_empty()
                || row.line.email.to_lowercase().contains(&words)
                || row.line.name.as_ref().is_some_and(|name| name.to_lowercase().contains(&words)))
    }

    /// The rows that the filter lets through, in its order.
    ///
    /// People who share a rank stand by name: their scores do not tell them apart, and neither does
    /// the time they used.
    pub(crate) fn apply(&self, rows: Vec<Row>) -> Vec<Row> {
        let mut kept: Vec<Row> = rows.into_iter().filter(|row| self.takes(row)).collect();
        let name = |row: &Row| (row.name().to_lowercase(), row.line.email.clone());
        kept.sort_by_cached_key(name);
        match self.order {
            Order::Name => {}
            Order::Rank => kept.sort_by_key(|row| {
                let rank = row.place.map_or(u32::MAX, |place| place.rank);
                (std::cmp::Reverse(row.version), rank)
            }),
            Order::Score => kept.sort_by_key(|row| std::cmp::Reverse(row.range.map(|r| r.score))),
            Order::Submitted => kept.sort_by_key(|row| {
                std::cmp::Reverse(row.line.attempt.as_ref().and_then(|run| run.finished_at))
            }),
        }
        if self.is_reversed {
            kept.reverse();
        }
        kept
    }
}

/// The table of an assessment.
pub async fn table(
    ctx: &Ctx,
    actor: &Actor,
    assessment: AssessmentId,
    filter: &Filter,
) -> Result<Table, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeResults)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let (board, all) = read(&mut tx, assessment).await?;
    drop(tx);
    let submitted = all.iter().filter(|row| row.status == Status::Submitted).count();
    let started = all.iter().filter(|row| row.line.attempt.is_some()).count();
    let best = all.iter().filter_map(|row| row.range).map(Range::percent).max();
    let invited = all.len();
    let kept = filter.apply(all);
    let matching = kept.len();
    let last_page = matching.div_ceil(PAGE).max(1);
    let first = (filter.page.min(last_page) - 1) * PAGE;
    Ok(Table {
        board,
        invited,
        started,
        submitted,
        best,
        matching,
        first,
        rows: kept.into_iter().skip(first).take(PAGE).collect(),
        may_export: decide(actor, Action::ExportResults) == Decision::Allow,
    })
}

/// The assessment and the rows of everybody.
pub(crate) async fn read(
    conn: &mut PgConnection,
    assessment: AssessmentId,
) -> Result<(Board, Vec<Row>), Refusal> {
    let board = store::find_board(conn, assessment).await?.ok_or(Refusal::Hidden)?;
    let lines = store::list_lines(conn, assessment, None).await?;
    let rows = rows(&board, lines);
    Ok((board, rows))
}
