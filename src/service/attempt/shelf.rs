//! The questions of open papers, so that a save needs no reading first.
//!
//! What is saved says how far the answer is, and only the question can tell. Questions never change
//! once a paper is drawn, so the ones that were shown are kept here. The same question of many papers
//! is kept once.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::Sitting;
use crate::domain::id::AttemptId;
use crate::domain::item::Body;

/// Papers that are kept; the one that came first goes first. A paper that is missing costs one reading.
const PAPERS: usize = 4_000;

/// The questions that were shown, by attempt and place.
#[derive(Default)]
pub struct Shelf(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    papers: HashMap<AttemptId, Paper>,
    by_age: VecDeque<AttemptId>,
    bodies: HashMap<String, Weak<Body>>,
}

#[derive(Default)]
struct Paper {
    zone: String,
    questions: BTreeMap<u16, Arc<Body>>,
}

impl Shelf {
    /// Keeps the questions of a page.
    pub fn put(&self, sitting: &Sitting) {
        let Some(run) = &sitting.run else { return };
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let inner = &mut *inner;
        if !inner.papers.contains_key(&run.attempt_id) {
            inner.by_age.push_back(run.attempt_id);
            if inner.by_age.len() > PAPERS
                && let Some(oldest) = inner.by_age.pop_front()
            {
                inner.papers.remove(&oldest);
                inner.bodies.retain(|_, body| body.strong_count() > 0);
            }
        }
        let paper = inner.papers.entry(run.attempt_id).or_default();
        paper.zone.clone_from(&sitting.sign.timezone);
        for place in &sitting.places {
            let Some(question) = &place.question else { continue };
            if paper.questions.contains_key(&place.position) {
                continue;
            }
            let name = question.body.stem.clone() + "\n" + &question.body.ask;
            let kept = inner.bodies.get(&name).and_then(Weak::upgrade);
            let body = kept.filter(|kept| **kept == question.body).unwrap_or_else(|| {
                let body = Arc::new(question.body.clone());
                inner.bodies.insert(name, Arc::downgrade(&body));
                body
            });
            paper.questions.insert(place.position, body);
        }
    }

    /// The question at a place of an attempt, if its page was shown.
    pub fn find(&self, attempt: AttemptId, position: u16) -> Option<Arc<Body>> {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.papers.get(&attempt)?.questions.get(&position).cloned()
    }

    /// The time zone of an attempt's page, if it was shown.
    pub fn zone(&self, attempt: AttemptId) -> Option<String> {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Some(inner.papers.get(&attempt)?.zone.clone())
    }
}
