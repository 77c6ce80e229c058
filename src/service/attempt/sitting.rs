//! What the candidate's pages are drawn from: the door's answer, with its questions read.

use serde_json::Value;

use super::{Navigation, Openness, Person, Run, Section, Sign, State};
use crate::domain::assessment::Welcome;
use crate::domain::control::Control;
use crate::domain::item::Body;
use crate::domain::response::{Completeness, Fields, ResponseBody};
use crate::domain::time::{Instant, Seconds};
use crate::service::Refusal;
use crate::store::page;

/// A candidate's page, as of one instant.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// Organisation and title.
    pub sign: Sign,
    /// Where the candidate is.
    pub state: State,
    /// The database's time.
    pub now: Instant,
    /// Number of the assessment's version.
    pub number: i32,
    /// What may be read about the assessment before the start.
    pub welcome: Option<Welcome>,
    /// Who was invited.
    pub person: Person,
    /// Limit for everybody.
    pub limit: Seconds,
    /// Limit of this person before the start; none when untimed.
    pub own_limit: Option<Seconds>,
    /// Everything is deleted after that.
    pub keep_until: Instant,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// The attempt, once it was started.
    pub run: Option<Run>,
    /// The places of the paper in order; empty before the start.
    pub places: Vec<Place>,
}

/// A place of the paper.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its number, from 1, over all sections.
    pub position: u16,
    /// The section it is in.
    pub section: i32,
    /// Version of its last answer; 0 for none.
    pub version: i64,
    /// When that arrived.
    pub saved_at: Option<Instant>,
    /// How far the answer is.
    pub completeness: Completeness,
    /// Marked to come back to.
    pub is_flagged: bool,
    /// The question: there exactly while it may be answered.
    pub question: Option<Question>,
}

/// A question as the candidate may see it.
#[derive(Debug, Clone)]
pub struct Question {
    /// Everything that may be seen of it.
    pub body: Body,
    /// Ids of the options in the order of this paper.
    pub order: Vec<String>,
    /// The last answer.
    pub fields: Fields,
}

impl Question {
    /// The inputs to draw.
    pub fn controls(&self) -> Vec<Control> {
        self.body.interaction.controls(&self.order)
    }
}

impl Sitting {
    pub(super) fn read(page: page::Page) -> Result<Self, Refusal> {
        let places = page.items.into_iter().map(place).collect::<Result<_, _>>()?;
        Ok(Self {
            sign: page.sign,
            state: page.state,
            now: page.now,
            number: page.number,
            // A plan of another time has fewer words; the page is drawn all the same.
            welcome: serde_json::from_value(page.welcome).ok(),
            person: page.candidate,
            limit: Seconds::new(page.limit_seconds),
            own_limit: page.own_limit_seconds.map(Seconds::new),
            keep_until: page.keep_until,
            sections: page.sections,
            run: page.attempt,
            places,
        })
    }

    /// How many questions the paper has.
    pub fn questions(&self) -> i64 {
        self.sections.iter().map(|section| section.items).sum()
    }

    /// How many places have this completeness.
    pub fn count(&self, completeness: Completeness) -> usize {
        self.places.iter().filter(|place| place.completeness == completeness).count()
    }

    /// A place by its number.
    pub fn place(&self, position: u16) -> Option<&Place> {
        self.places.iter().find(|place| place.position == position)
    }

    /// A section by its number.
    pub fn section(&self, number: i32) -> Option<&Section> {
        self.sections.iter().find(|section| section.section == number)
    }

    /// The section on the screen.
    pub fn current(&self) -> Option<&Section> {
        self.section(self.run.as_ref()?.section)
    }

    /// The places of a section whose questions may be answered now.
    pub fn open_places(&self, section: i32) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |place| place.section == section && place.question.is_some())
    }

    /// Whether this browser may write.
    pub fn is_holder(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.is_holder)
    }

    /// The end that comes first: of the attempt, or of the section on the screen.
    pub fn ends_at(&self) -> Option<Instant> {
        let own = self.current().filter(|section| section.state == Openness::Open);
        let section = own.and_then(|section| section.deadline_at);
        [self.run.as_ref()?.deadline_at, section].into_iter().flatten().min()
    }

    /// The person's whole time for what ends first, for the notice at half of it.
    pub fn whole_time(&self) -> Option<Seconds> {
        let ends_at = self.ends_at()?;
        let run = self.run.as_ref()?;
        let section = self.current().filter(|section| section.deadline_at == Some(ends_at));
        let begin = section.and_then(|section| section.opened_at).unwrap_or(run.started_at);
        Some(ends_at.seconds_since(begin))
    }

    /// When the last answer arrived.
    pub fn saved_at(&self) -> Option<Instant> {
        self.places.iter().filter_map(|place| place.saved_at).max()
    }
}

/// A section that is left for good: one question after the other, or with a clock of its own.
pub fn is_strict(section: &Section) -> bool {
    section.navigation == Navigation::Linear || section.limit_seconds.is_some()
}

fn place(place: page::Place) -> Result<Place, Refusal> {
    let position = place.position;
    let corrupt =
        |why: String| Refusal::Internal(format!("the paper is corrupt at {position}: {why}"));
    let completeness = serde_json::from_value(Value::String(place.completeness))
        .map_err(|cause| corrupt(cause.to_string()))?;
    let question = match place.question {
        None => None,
        Some(question) => Some(Question {
            body: Body::from_stored(question.body).map_err(|cause| corrupt(cause.to_string()))?,
            order: question.option_order,
            fields: fields(question.response),
        }),
    };
    Ok(Place {
        position: u16::try_from(position).map_err(|cause| corrupt(cause.to_string()))?,
        section: place.section,
        version: place.version,
        saved_at: place.saved_at,
        completeness,
        is_flagged: place.is_flagged,
        question,
    })
}

/// The fields of a saved answer. What nobody can read any more is shown as empty; it stays stored.
pub(super) fn fields(response: Option<Value>) -> Fields {
    response
        .and_then(|body| serde_json::from_value::<ResponseBody>(body).ok())
        .map(|body| body.raw)
        .unwrap_or_default()
}
