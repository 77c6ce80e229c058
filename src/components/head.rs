//! The head of a staff page: title, facts, acts, tabs.

use leptos::prelude::*;

use crate::components::{Draw, any};
use crate::t;

/// The first thing below the bar. It holds the only `h1` of the page.
///
/// `{PageHead::new(t!("people-title")).facts(t!("people-facts")).acts(Button::main(..).draw()).tabs(..)}`
pub struct PageHead {
    title: String,
    facts: Option<AnyView>,
    acts: Option<AnyView>,
    tabs: Option<Tabs>,
}

impl PageHead {
    /// A head with a title.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), facts: None, acts: None, tabs: None }
    }

    /// One line of facts below the title: version, counts, state.
    #[must_use]
    pub fn facts(mut self, facts: impl IntoView + 'static) -> Self {
        self.facts = Some(any(facts));
        self
    }

    /// Buttons at the right, the main one last.
    #[must_use]
    pub fn acts(mut self, acts: impl IntoView + 'static) -> Self {
        self.acts = Some(any(acts));
        self
    }

    /// The neighbours of this page.
    #[must_use]
    pub fn tabs(mut self, tabs: Tabs) -> Self {
        self.tabs = Some(tabs);
        self
    }
}

impl Draw for PageHead {
    fn draw(self) -> AnyView {
        view! {
            <div class="head">
                <div class="wrap">
                    <div class="top">
                        <div>
                            <h1>{self.title}</h1>
                            {self.facts.map(|facts| view! { <p>{facts}</p> })}
                        </div>
                        {self.acts.map(|acts| view! { <div class="row">{acts}</div> })}
                    </div>
                    {self.tabs.map(Draw::draw)}
                </div>
            </div>
        }
        .into_any()
    }
}

/// Links between the pages of one thing: `Tabs::new(label).tab(words, href, Some(148), true)`.
pub struct Tabs {
    label: String,
    tabs: Vec<(String, String, Option<u64>, bool)>,
}

impl Tabs {
    /// No links yet; the label is read out.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), tabs: Vec::new() }
    }

    /// Adds a link, with a count where it has one.
    #[must_use]
    pub fn tab(
        mut self,
        words: impl Into<String>,
        href: impl Into<String>,
        count: Option<u64>,
        is_current: bool,
    ) -> Self {
        self.tabs.push((words.into(), href.into(), count, is_current));
        self
    }
}

impl Draw for Tabs {
    fn draw(self) -> AnyView {
        let tabs = self
            .tabs
            .into_iter()
            .map(|(words, href, count, is_current)| {
                view! {
                    <li>
                        <a href=href aria-current=is_current.then_some("page")>
                            {words}
                            {count.map(|n| view! { " " <span class="quiet">{n.to_string()}</span> })}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <nav class="tabs" aria-label=self.label>
                <ul>{tabs}</ul>
            </nav>
        }
        .into_any()
    }
}

/// The pages of one assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssessmentTab {
    /// The builder.
    Build,
    /// As the candidate sees it.
    Preview,
    /// Invitations.
    Invite,
    /// Who works right now.
    Live,
    /// The table of results.
    Results,
    /// Files.
    Export,
}

/// The tabs of an assessment: `assessment_tabs(id, AssessmentTab::Results, &tabs_allowed, Some(148))`.
///
/// `shown` are the pages that this person may open, in any order.
pub fn assessment_tabs(
    assessment: impl std::fmt::Display,
    current: AssessmentTab,
    shown: &[AssessmentTab],
    results: Option<u64>,
) -> Tabs {
    let base = format!("/assessments/{assessment}");
    let all = [
        (AssessmentTab::Build, t!("common-tab-build"), "", None),
        (AssessmentTab::Preview, t!("common-tab-preview"), "/preview", None),
        (AssessmentTab::Invite, t!("common-tab-invite"), "/invite", None),
        (AssessmentTab::Live, t!("common-tab-live"), "/live", None),
        (AssessmentTab::Results, t!("common-tab-results"), "/results", results),
        (AssessmentTab::Export, t!("common-tab-export"), "/export", None),
    ];
    all.into_iter().filter(|(tab, ..)| shown.contains(tab)).fold(
        Tabs::new(t!("common-assessment-pages")),
        |tabs, (tab, words, path, count)| {
            tabs.tab(words, format!("{base}{path}"), count, tab == current)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn tabs_mark_the_current_page_and_leave_out_what_is_not_allowed() {
        let drawn = html(|| {
            let shown = [AssessmentTab::Results, AssessmentTab::Export];
            assessment_tabs("a1", AssessmentTab::Results, &shown, Some(148)).draw()
        });
        assert!(drawn.contains(r#"href="/assessments/a1/results" aria-current="page""#), "{drawn}");
        assert!(drawn.contains("148") && !drawn.contains("/invite"));
    }

    #[test]
    fn a_head_has_one_h1() {
        let drawn = html(|| PageHead::new("A & B").facts("Version 3").draw());
        assert!(drawn.contains("<h1>A &amp; B</h1>") && drawn.contains("<p>Version 3</p>"));
    }
}
