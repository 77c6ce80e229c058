//! The frames: what stands around every page of staff and of candidates.

use leptos::prelude::*;

use crate::components::any;
use crate::domain::access::{Action, Actor, Decision, decide};
use crate::t;

/// The mark, as a picture without words.
pub fn mark(class: &'static str) -> AnyView {
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path
                class="mark-stone"
                d="M5.2 2.6 18.9 1.4 22.4 6.6 21.2 18.9 15.6 22.6 4.4 21.3 1.5 13.9Z"
            ></path>
            <path class="mark-streak" d="M5.6 17.9 17.6 6.1 18.9 7.2 7.9 18.6Z"></path>
            <path class="mark-streak" d="M10.4 18.9 15.3 13.7 15.9 14.2 11.5 19.1Z"></path>
        </svg>
    }
    .into_any()
}

/// The places of the staff's bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Assessments with everything below them.
    Assessments,
    /// Skills.
    Catalog,
    /// Items.
    Items,
    /// Files taken away.
    Exports,
    /// Mail that waits or was written to a folder.
    Outbox,
    /// Colleagues.
    People,
    /// What was done by whom.
    Audit,
    /// The own account; stands behind the name, not in the list.
    Account,
}

impl Place {
    /// The list of the bar, in its order.
    pub const ALL: [Self; 7] = [
        Self::Assessments,
        Self::Catalog,
        Self::Items,
        Self::Exports,
        Self::People,
        Self::Outbox,
        Self::Audit,
    ];

    /// The address of the place.
    pub fn href(self) -> &'static str {
        match self {
            Self::Assessments => "/assessments",
            Self::Catalog => "/catalog",
            Self::Items => "/items",
            Self::Exports => "/exports",
            Self::Outbox => "/outbox",
            Self::People => "/people",
            Self::Audit => "/audit",
            Self::Account => "/account",
        }
    }

    /// What the policy is asked before the place is shown.
    pub fn action(self) -> Action {
        match self {
            Self::Assessments => Action::SeeAssessments,
            Self::Catalog => Action::SeeCatalog,
            Self::Items => Action::SeeItems,
            Self::Exports => Action::ExportResults,
            Self::Outbox => Action::SeeOutbox,
            Self::People => Action::SeePeople,
            Self::Audit => Action::SeeAudit,
            Self::Account => Action::SeeOwnAccount,
        }
    }

    fn words(self) -> String {
        match self {
            Self::Assessments => t!("common-place-assessments"),
            Self::Catalog => t!("common-place-catalog"),
            Self::Items => t!("common-place-items"),
            Self::Exports => t!("common-place-exports"),
            Self::Outbox => t!("common-place-outbox"),
            Self::People => t!("common-place-people"),
            Self::Audit => t!("common-place-audit"),
            Self::Account => t!("common-place-account"),
        }
    }
}

/// The frame of staff pages: bar, main, footer.
///
/// `StaffFrame::of(&actor, name, is_demo).around(Place::Items, view! { {PageHead::new(..)} .. })`
#[derive(Debug, Clone)]
pub struct StaffFrame {
    /// The name of who is signed in.
    pub person: String,
    /// The places this person may open.
    pub places: Vec<Place>,
    /// Whether this house holds demo data.
    pub is_demo: bool,
}

impl StaffFrame {
    /// The frame of a signed-in person, with the places that the policy allows.
    pub fn of(actor: &Actor, person: impl Into<String>, is_demo: bool) -> Self {
        let may_see = |place: &Place| decide(actor, place.action()) == Decision::Allow;
        Self {
            person: person.into(),
            places: Place::ALL.into_iter().filter(may_see).collect(),
            is_demo,
        }
    }

    /// The page inside its frame; `main` begins with a `PageHead`.
    pub fn around(self, here: Place, main: impl IntoView + 'static) -> AnyView {
        let links = Place::ALL
            .into_iter()
            .filter(|place| self.places.contains(place))
            .map(|place| {
                let current = (place == here).then_some("page");
                view! { <li><a href=place.href() aria-current=current>{place.words()}</a></li> }
            })
            .collect_view();
        let at_account = (here == Place::Account).then_some("page");
        view! {
            <header class="bar">
                <div class="wrap">
                    <a class="brand" href="/">{mark("mark")} <span>{t!("common-product")}</span></a>
                    <nav aria-label=t!("common-main-navigation")>
                        <ul>{links}</ul>
                    </nav>
                    {self.is_demo.then(|| view! { <span class="demo-mark">{t!("common-demo-data")}</span> })}
                    <form class="out push" method="post" action="/sign-out">
                        <a class="name" href=Place::Account.href() aria-current=at_account>{self.person}</a>
                        <button>{t!("common-sign-out")}</button>
                    </form>
                </div>
            </header>
            <main id="main" tabindex="-1">{main}</main>
            {product_footer()}
        }
        .into_any()
    }
}

/// The foot of staff pages: product and version.
pub fn product_footer() -> AnyView {
    view! {
        <footer class="foot">
            <div class="wrap">
                <span>{t!("common-product")} " " {env!("CARGO_PKG_VERSION")}</span>
            </div>
        </footer>
    }
    .into_any()
}

/// The frame of candidate pages: the employer first, the product last.
///
/// `CandidateFrame::new("Halden Freight").about("Senior back-end developer").tools(view! { saved, clock }).around(view! { .. })`
pub struct CandidateFrame {
    employer: String,
    about: Option<String>,
    tools: Option<AnyView>,
    banner: Option<AnyView>,
    help: Option<String>,
}

impl CandidateFrame {
    /// The frame with the employer's name.
    pub fn new(employer: impl Into<String>) -> Self {
        Self { employer: employer.into(), about: None, tools: None, banner: None, help: None }
    }

    /// The title of the assessment.
    #[must_use]
    pub fn about(mut self, title: impl Into<String>) -> Self {
        self.about = Some(title.into());
        self
    }

    /// What stands at the right of the bar: the saved mark and the clock.
    #[must_use]
    pub fn tools(mut self, tools: impl IntoView + 'static) -> Self {
        self.tools = Some(any(tools));
        self
    }

    /// A banner below the bar, see [`crate::components::banner`].
    #[must_use]
    pub fn banner(mut self, banner: AnyView) -> Self {
        self.banner = Some(banner);
        self
    }

    /// An address to write to, shown at the foot.
    #[must_use]
    pub fn help(mut self, email: Option<String>) -> Self {
        self.help = email;
        self
    }

    /// The page inside its frame.
    pub fn around(self, main: impl IntoView + 'static) -> AnyView {
        let help = self.help.map(|email| {
            let href = format!("mailto:{email}");
            view! { <a href=href>{t!("common-get-help", email = email)}</a> }
        });
        view! {
            <header class="cand-bar">
                <div class="wrap">
                    <div class="who">
                        <b>{self.employer}</b>
                        {self.about.map(|title| view! { <span class="who-long">{title}</span> })}
                    </div>
                    <span class="push"></span>
                    {self.tools}
                </div>
            </header>
            {self.banner}
            <main id="main" tabindex="-1">{main}</main>
            <footer class="foot">
                <div class="wrap">
                    <span class="row row-tight">{mark("mark")} " " {t!("common-run-with")}</span>
                    {help}
                </div>
            </footer>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;
    use crate::domain::account::Role;
    use crate::domain::id::{AccountId, OrganisationId};

    fn staff(places: &[Place], is_demo: bool) -> String {
        let frame =
            StaffFrame { person: "Ines <Moreau>".to_owned(), places: places.to_vec(), is_demo };
        html(|| frame.around(Place::Catalog, "inside"))
    }

    #[test]
    fn the_bar_shows_only_the_places_of_the_person() {
        let drawn = staff(&[Place::Assessments, Place::Catalog], false);
        assert!(drawn.contains(r#"<a href="/catalog" aria-current="page">"#), "{drawn}");
        assert!(!drawn.contains("/people") && !drawn.contains("demo-mark"));
        assert!(drawn.contains("Ines &lt;Moreau&gt;"));
    }

    #[test]
    fn the_policy_decides_about_the_places() {
        let id = uuid::Uuid::from_u128(1);
        let frame = |role| {
            let actor = Actor::Staff {
                account: AccountId::new(id),
                organisation: OrganisationId::new(id),
                role,
            };
            StaffFrame::of(&actor, "x", false).places
        };
        assert_eq!(frame(Role::Owner), Place::ALL);
        assert_eq!(frame(Role::Rater), [Place::Catalog, Place::Items]);
        assert!(!frame(Role::Recruiter).contains(&Place::People));
    }

    #[test]
    fn signing_out_is_a_form_and_demo_data_is_marked() {
        let drawn = staff(&[], true);
        assert!(drawn.contains(r#"method="post" action="/sign-out""#));
        assert!(drawn.contains("demo-mark"));
    }

    #[test]
    fn a_candidate_sees_the_employer_first_and_the_product_last() {
        let drawn = html(|| CandidateFrame::new("Halden").about("Developer").around("inside"));
        let employer = drawn.find("Halden").unwrap_or(usize::MAX);
        let product = drawn.find("mark-stone").unwrap_or(0);
        assert!(employer < product && drawn.contains(r#"<main id="main" tabindex="-1">"#));
    }
}
