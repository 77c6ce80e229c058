//! # One file per screen
//!
//! Holds handlers that ask one service function what to show and then draw it, and the only list
//! of URLs. May touch `components`, `islands`, `api` (targets of forms), `service`, `catalog`,
//! `domain`, and of `http` the doors and who is asking. Never holds SQL or rules, and never touches
//! `store`: services hand out the rows that are shown.
//!
//! **One more screen**: a file with `show` (and `save` for its form), a line in [`doors`].
//! A form posts to its page: success answers 303, a refusal draws the page again with 422 and
//! everything that was typed.

pub mod account;
pub mod assessment;
pub mod audit;
pub mod catalog;
pub mod export;
pub mod fault;
pub mod home;
pub mod outbox;
pub mod result;
pub mod shell;
pub mod take;
pub mod when;

use crate::domain::access::Action;
use crate::http::doors::Doors;
use crate::service::Refusal;

/// Every URL of the house.
pub fn doors(doors: Doors) -> Doors {
    assessment::invite::doors(assessment::live::doors(take::doors(doors)))
        .get("/", Action::SeeHome, home::show)
        .get("/people/candidates", Action::SeePeople, account::policy::show)
        .post("/people/candidates", Action::ChangePeople, account::policy::save)
        .get("/sign-in", Action::SignIn, account::sign_in::show)
        .post("/sign-in", Action::SignIn, account::sign_in::save)
        .post("/sign-out", Action::SignOut, account::sign_in::leave)
        .get("/bootstrap/{token}", Action::UseBootstrap, account::bootstrap::show)
        .post("/bootstrap/{token}", Action::UseBootstrap, account::bootstrap::save)
        .get("/reset", Action::ResetPassword, account::reset::show)
        .post("/reset", Action::ResetPassword, account::reset::save)
        .get("/reset/{token}", Action::ResetPassword, account::reset::open)
        .post("/reset/{token}", Action::ResetPassword, account::reset::choose)
        .get("/account", Action::SeeOwnAccount, account::own::show)
        .post("/account", Action::ChangeOwnAccount, account::own::save)
        .post(
            "/account/sign-out-elsewhere",
            Action::ChangeOwnAccount,
            account::own::sign_out_elsewhere,
        )
        .get("/people", Action::SeePeople, account::people::show)
        .post("/people", Action::ChangePeople, account::people::add)
        .get("/people/{account}", Action::SeePeople, account::people::open)
        .post("/people/{account}", Action::ChangePeople, account::people::save)
        .get("/catalog", Action::SeeCatalog, catalog::skills::show)
        .post("/catalog", Action::BuildAssessment, catalog::skills::start)
        .get("/catalog/{skill}", Action::SeeCatalog, catalog::skill::show)
        .get("/items", Action::SeeItems, catalog::items::show)
        .get("/items/new", Action::WriteItems, catalog::new::show)
        .post("/items/new", Action::WriteItems, catalog::new::save)
        .get("/items/{item}", Action::SeeItems, catalog::item::show)
        .get("/items/{item}/history", Action::SeeItems, catalog::history::show)
        .get("/items/{item}/edit", Action::WriteItems, catalog::editor::show)
        .post("/items/{item}/edit", Action::WriteItems, catalog::editor::save)
        .post("/items/{item}/check", Action::WriteItems, catalog::editor::check)
        .post("/items/{item}/submit", Action::WriteItems, catalog::item::submit)
        .post("/items/{item}/review", Action::ReviewItems, catalog::item::judge)
        .post("/items/{item}/retire", Action::RetireItems, catalog::item::retire)
        .get("/assessments", Action::SeeAssessments, assessment::list::show)
        .post("/assessments", Action::BuildAssessment, assessment::list::create)
        .get("/assessments/{assessment}", Action::BuildAssessment, assessment::build::show)
        .post("/assessments/{assessment}", Action::BuildAssessment, assessment::build::save)
        .post(
            "/assessments/{assessment}/figures",
            Action::BuildAssessment,
            assessment::build::figures,
        )
        .post("/assessments/{assessment}/clone", Action::BuildAssessment, assessment::build::clone)
        .post(
            "/assessments/{assessment}/archive",
            Action::BuildAssessment,
            assessment::build::archive,
        )
        .get(
            "/assessments/{assessment}/preview",
            Action::PreviewAssessment,
            assessment::preview::show,
        )
        .get("/assessments/{assessment}/results", Action::SeeResults, result::list::show)
        .get("/results/{attempt}", Action::SeeResults, result::attempt::show)
        .get("/assessments/{assessment}/export", Action::ExportResults, export::show)
        .post("/assessments/{assessment}/export", Action::ExportResults, export::download)
        .get("/exports", Action::ExportResults, export::all)
        .get("/audit", Action::SeeAudit, audit::show)
        .get("/outbox", Action::SeeOutbox, outbox::show)
        .get("/outbox/{mail}", Action::SeeOutbox, outbox::open)
        .post("/outbox/{mail}/retry", Action::SeeOutbox, outbox::retry)
}

/// The page for what is not there, or not for this person: both look the same.
pub async fn not_found() -> Refusal {
    Refusal::Hidden
}
