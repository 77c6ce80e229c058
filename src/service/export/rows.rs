//! The cells of every row, in the order of the columns of `domain::report`.
#![expect(clippy::format_collect, reason = "a hash has 32 bytes")]

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Order;
use crate::catalog;
use crate::domain::id::SkillSlug;
use crate::domain::report::{Cell, Kind, SCHEMA_VERSION, permitted, skill_heads};
use crate::domain::response::Completeness;
use crate::domain::result::{Outcome, Scored, Tally};
use crate::domain::time::Instant;
use crate::service::result::Row;
use crate::store::board::{Board, Rules, Run};

/// What every row of a file shares.
pub(super) struct Sheet<'a> {
    order: &'a Order,
    board: &'a Board,
    skills: &'a [String],
    public_url: &'a str,
    zone: TimeZone,
}

/// Hundredths of a percent as a number in ten-thousandths.
fn percent(share: u32) -> Cell {
    Cell::Number(i64::from(share) * 100)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn count(number: u32) -> Cell {
    Cell::Whole(i64::from(number))
}

impl<'a> Sheet<'a> {
    pub fn new(
        order: &'a Order,
        board: &'a Board,
        skills: &'a [String],
        public_url: &'a str,
    ) -> Self {
        let zone = TimeZone::get(&board.timezone).unwrap_or(TimeZone::UTC);
        Self { order, board, skills, public_url, zone }
    }

    /// The heads of the file.
    pub fn heads(&self) -> Vec<String> {
        let kind = self.order.kind;
        let mut heads: Vec<String> =
            kind.columns().iter().map(|column| column.name.to_owned()).collect();
        if kind == Kind::Results {
            heads.extend(self.skills.iter().flat_map(|skill| skill_heads(skill)));
        }
        heads
    }

    /// The rows of one person.
    pub fn lines(&self, row: &Row, outcome: Option<&Outcome>) -> Vec<Vec<Cell>> {
        let kind = self.order.kind;
        let lines = match (kind, outcome) {
            (Kind::Results, outcome) => vec![self.result(row, outcome)],
            (Kind::Skills, Some(outcome)) => outcome
                .skills
                .iter()
                .map(|group| self.skill(row, &group.of, &group.tally))
                .collect(),
            (Kind::Answers, Some(outcome)) => {
                outcome.items.iter().map(|item| self.answer(row, item)).collect()
            }
            (Kind::Skills | Kind::Answers, None) => Vec::new(),
        };
        let shows_private = self.order.wants_private;
        lines.into_iter().map(|cells| permitted(kind, cells, shows_private)).collect()
    }

    fn rules(&self, row: &Row) -> Option<&Rules> {
        self.board.versions.get(&row.line.version)
    }

    fn local(&self, at: Option<Instant>) -> Cell {
        let at = at.and_then(|at| Timestamp::from_microsecond(at.micros()).ok());
        Cell::code(
            at.map(|at| {
                at.to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
            }),
        )
    }

    fn result(&self, row: &Row, outcome: Option<&Outcome>) -> Vec<Cell> {
        let line = &row.line;
        let run = line.attempt.as_ref();
        let tally = outcome.map(|outcome| &outcome.total);
        let of_run = |read: fn(&Run) -> Cell| run.map_or(Cell::Empty, read);
        let started = run.map(|run| run.started_at);
        let finished = run.and_then(|run| run.finished_at);
        let range = row.range;
        let met = outcome.zip(row.cut).map(|(outcome, cut)| outcome.is_cut_met(cut));
        let place = row.place;
        let limit = run
            .filter(|_| !line.is_untimed)
            .map(|run| i64::from(run.base_seconds) + i64::from(run.extra_seconds));
        let mut cells = vec![
            Cell::Whole(SCHEMA_VERSION),
            Cell::code(run.map(|run| run.id.tagged())),
            Cell::Code(line.candidate.tagged()),
            Cell::text(line.external_id.clone()),
            Cell::text(line.name.clone()),
            Cell::Empty,
            Cell::Text(line.email.clone()),
            Cell::Text(self.board.organisation.clone()),
            Cell::Code(self.order.assessment.tagged()),
            Cell::Text(self.board.title.clone()),
            Cell::whole(self.rules(row).map(|rules| rules.number)),
            Cell::At(line.invited_at),
            Cell::at(started),
            Cell::at(finished),
            Cell::code(run.and_then(|run| run.finalised_by.clone())),
            Cell::Code(self.board.timezone.clone()),
            self.local(started),
            self.local(finished),
            Cell::Code(row.status.as_str().to_owned()),
            Cell::Empty,
            tally.map_or(Cell::Empty, |tally| Cell::Number(tally.points)),
            tally.map_or(Cell::Empty, |tally| Cell::Number(tally.max)),
            range.map_or(Cell::Empty, |range| percent(range.score)),
            range.map_or(Cell::Empty, |range| percent(range.low)),
            range.map_or(Cell::Empty, |range| percent(range.high)),
            Cell::whole(row.cut),
            met.map_or(Cell::Empty, Cell::Flag),
            Cell::whole(place.map(|place| place.rank)),
            Cell::whole(place.and_then(|place| place.percentile)),
            Cell::whole(place.map(|place| place.among)),
            Cell::whole(row.time_share),
            of_run(|run| Cell::Whole(run.outage_seconds)),
            tally.map_or(Cell::Empty, |tally| count(tally.items)),
            tally.map_or(Cell::Empty, |tally| count(tally.answered)),
        ];
        // Review and decisions do not exist yet.
        cells.extend(std::iter::repeat_n(Cell::Empty, 5));
        cells.push(of_run(|run| Cell::Whole(run.events)));
        // Rules about assistants and tags do not exist yet.
        cells.extend(std::iter::repeat_n(Cell::Empty, 3));
        cells.extend([
            Cell::code(run.map(|run| format!("{}/results/{}", self.public_url, run.id))),
            Cell::code(run.and_then(|run| run.receipt_hash.as_deref()).map(hex)),
            Cell::Code(line.invitation.tagged()),
            Cell::whole(run.and_then(|run| run.result.as_ref()).map(|(revision, _)| *revision)),
            of_run(|run| Cell::Whole(run.late_answers)),
            Cell::Whole(i64::from(line.time_factor_percent)),
            Cell::Flag(line.is_untimed),
            Cell::whole(limit),
            of_run(|run| Cell::Whole(i64::from(run.extra_seconds))),
            Cell::whole(row.used_seconds()),
        ]);
        for skill in self.skills {
            let group = outcome
                .and_then(|outcome| outcome.skills.iter().find(|group| group.of.as_str() == skill));
            match group {
                Some(group) => cells.extend(of_tally(&group.tally)),
                None => cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]),
            }
        }
        cells
    }

    /// What the rows of `skills` and `answers` begin with.
    fn person(&self, row: &Row) -> Vec<Cell> {
        let line = &row.line;
        let run = line.attempt.as_ref();
        vec![
            Cell::Whole(SCHEMA_VERSION),
            Cell::code(run.map(|run| run.id.tagged())),
            Cell::Code(line.candidate.tagged()),
            Cell::text(line.external_id.clone()),
            Cell::text(line.name.clone()),
            Cell::Empty,
            Cell::Text(line.email.clone()),
            Cell::Code(self.order.assessment.tagged()),
            Cell::Text(self.board.title.clone()),
            Cell::whole(self.rules(row).map(|rules| rules.number)),
            Cell::Code(row.status.as_str().to_owned()),
            Cell::at(run.and_then(|run| run.finished_at)),
        ]
    }

    fn skill(&self, row: &Row, slug: &SkillSlug, tally: &Tally) -> Vec<Cell> {
        let mut cells = self.person(row);
        cells.extend([
            Cell::Code(slug.area().to_string()),
            Cell::Code(slug.to_string()),
            Cell::text(catalog::skill(slug).map(|skill| skill.name.clone())),
            count(tally.items),
            count(tally.answered),
        ]);
        cells.extend(of_tally(tally));
        cells
    }

    fn answer(&self, row: &Row, item: &Scored) -> Vec<Cell> {
        let mut cells = self.person(row);
        let at = usize::try_from(item.section.saturating_sub(1)).unwrap_or(usize::MAX);
        let section = self.rules(row).and_then(|rules| rules.sections.get(at)).cloned();
        let state = match item.state {
            Completeness::Blank => "blank",
            Completeness::Incomplete => "incomplete",
            Completeness::Complete => "complete",
        };
        let share = u32::from(item.credit);
        cells.extend([
            count(item.position),
            count(item.section),
            Cell::text(section),
            Cell::Code(item.code.to_string()),
            count(item.revision),
            Cell::Code(item.kind.as_str().to_owned()),
            Cell::Code(item.skill.to_string()),
            Cell::Code(item.level.as_str().to_owned()),
            Cell::Flag(item.is_pilot),
            Cell::Flag(item.is_provisional),
            Cell::Text(item.response.clone()),
            Cell::Code(state.to_owned()),
            count(item.changes),
            Cell::Flag(item.is_late),
            Cell::Number(item.points()),
            Cell::Number(item.max()),
            percent(share),
            Cell::at(item.answered_at),
        ]);
        cells
    }
}

/// Points, possible points, per cent.
fn of_tally(tally: &Tally) -> [Cell; 3] {
    [Cell::Number(tally.points), Cell::Number(tally.max), percent(tally.range().score)]
}
