//! Who may do what: one table. Every door of the product names an [`Action`], and a door that has
//! none cannot be registered. Organisations are kept apart by the database as well; this table is
//! about roles.

use crate::domain::account::Role;
use crate::domain::id::{AccountId, InvitationId, OrganisationId};
use std::fmt::Write as _;

/// Who is asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody has been recognised.
    Anonymous,
    /// The holder of a personal link; may touch exactly this invitation.
    Candidate {
        /// The invitation that the link opened.
        invitation: InvitationId,
        /// Whose assessment it is.
        organisation: OrganisationId,
    },
    /// A colleague who has signed in.
    Staff {
        /// Who it is.
        account: AccountId,
        /// Where the person works.
        organisation: OrganisationId,
        /// What the person is here for.
        role: Role,
    },
    /// The command line on the server itself.
    Operator,
}

impl Actor {
    /// The organisation that the actor belongs to, if any.
    pub const fn organisation(&self) -> Option<OrganisationId> {
        match self {
            Self::Candidate { organisation, .. } | Self::Staff { organisation, .. } => {
                Some(*organisation)
            }
            Self::Anonymous | Self::Operator => None,
        }
    }

    /// The account of a colleague.
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Staff { account, .. } => Some(*account),
            _ => None,
        }
    }

    /// The role of a colleague.
    pub const fn role(&self) -> Option<Role> {
        match self {
            Self::Staff { role, .. } => Some(*role),
            _ => None,
        }
    }

    const fn column(&self) -> usize {
        match self {
            Self::Anonymous => 0,
            Self::Candidate { .. } => 1,
            Self::Staff { role: Role::Owner, .. } => 2,
            Self::Staff { role: Role::Recruiter, .. } => 3,
            Self::Staff { role: Role::Rater, .. } => 4,
            Self::Staff { role: Role::Hr, .. } => 5,
            Self::Operator => 6,
        }
    }
}

/// The columns of the policy, in its order.
pub const COLUMNS: [&str; 7] =
    ["anonymous", "candidate", "owner", "recruiter", "rater", "hr", "operator"];

/// The answer of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Go ahead.
    Allow,
    /// No, and the actor may know that the thing exists (for a stranger: sign in first).
    Deny,
    /// No, and it looks as if there were nothing.
    Hide,
}

impl Decision {
    /// The word in the printed table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::Hide => "hide",
        }
    }
}

use Decision::{Allow as A, Deny as D, Hide as H};

macro_rules! policy {
    ($($(#[$doc:meta])+ $action:ident $row:expr;)+) => {
        /// Everything that a door can be for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])+ $action,)+ }

        impl Action {
            /// Every action, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$action,)+];

            /// The name in the printed table and in logs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$action => stringify!($action),)+ }
            }

            const fn row(self) -> [Decision; 7] {
                match self { $(Self::$action => $row,)+ }
            }
        }
    };
}

policy! {
    //                           stranger candidate owner recruiter rater hr operator
    /// Is the server alive and ready?
    CheckHealth                  [A, A, A, A, A, A, A];
    /// Style, scripts, fonts, marks.
    ReadAsset                    [A, A, A, A, A, A, A];
    /// The front page, which leads everybody to the right place.
    SeeHome                      [A, A, A, A, A, A, H];
    /// The sign-in form, and signing in.
    SignIn                       [A, A, A, A, A, A, H];
    /// Ending the own session.
    SignOut                      [A, A, A, A, A, A, H];
    /// The one-time address that makes the first owner.
    UseBootstrap                 [A, A, A, A, A, A, H];
    /// Asking for a reset mail, and choosing a new password with its link.
    ResetPassword                [A, A, A, A, A, A, H];
    /// The own account page.
    SeeOwnAccount                [D, H, A, A, A, A, H];
    /// Changing the own name, password or sessions.
    ChangeOwnAccount             [D, H, A, A, A, A, H];
    /// The list of colleagues.
    SeePeople                    [D, H, A, D, D, D, H];
    /// Adding, changing and disabling colleagues, and the organisation's settings.
    ChangePeople                 [D, H, A, D, D, D, H];
    /// Areas, skills and levels.
    SeeCatalog                   [D, H, A, A, A, A, H];
    /// Items with their keys.
    SeeItems                     [D, H, A, A, A, H, H];
    /// Writing items of the organisation's own bank and sending them to review.
    WriteItems                   [D, H, A, A, A, H, H];
    /// Approving or returning what somebody else wrote.
    ReviewItems                  [D, H, A, A, A, H, H];
    /// Taking an own item out of every future paper.
    RetireItems                  [D, H, A, A, D, H, H];
    /// The list of assessments and what each contains.
    SeeAssessments               [D, H, A, A, H, A, H];
    /// Making, cloning, renaming, editing and archiving assessments.
    BuildAssessment              [D, H, A, A, H, D, H];
    /// Looking at a draft as a candidate would.
    PreviewAssessment            [D, H, A, A, H, D, H];
    /// Making an immutable version.
    PublishAssessment            [D, H, A, A, H, D, H];
    /// Who was invited and how far they are.
    SeeInvitations               [D, H, A, A, H, A, H];
    /// Inviting, resending, revoking, extending, copying a new link.
    Invite                       [D, H, A, A, H, D, H];
    /// Giving one person more time.
    GrantTime                    [D, H, A, A, H, A, H];
    /// Seeing extra time, start times and seconds of a person.
    SeeAccommodations            [D, H, A, H, H, A, H];
    /// The table of results and the page of one attempt.
    SeeResults                   [D, H, A, A, H, A, H];
    /// Cancelling an attempt with a reason, opening it again, scoring it again.
    AmendAttempt                 [D, H, A, A, H, D, H];
    /// Rating what a machine cannot score.
    RateResponse                 [D, H, A, D, A, H, H];
    /// Downloading result files, and the list of what was downloaded.
    ExportResults                [D, H, A, A, H, A, H];
    /// Exporting the accommodation columns too.
    ExportAccommodations         [D, H, A, H, H, A, H];
    /// Mail that waits, and mail that was written to a folder.
    SeeOutbox                    [D, H, A, A, H, D, H];
    /// What happened, and who did it.
    SeeAudit                     [D, H, A, D, H, D, H];
    /// A personal link becomes a session.
    OpenInvitation               [A, A, A, A, A, A, H];
    /// The welcome page, the sections and the receipt of the own invitation.
    SeeOwnAttempt                [H, A, H, H, H, H, H];
    /// Starting, answering, flagging, moving on, taking over, submitting, declining.
    WorkOnOwnAttempt             [H, A, H, H, H, H, H];
    /// Migrations, demo data, bank checks, verification, the first owner, the doctor.
    Operate                      [H, H, H, H, H, H, A];
    /// An export from the command line.
    ExportFromCommandLine        [H, H, H, H, H, H, A];
}

/// May this actor do this? Which rows the actor may touch is asked again where they are read.
pub const fn decide(actor: &Actor, action: Action) -> Decision {
    action.row()[actor.column()]
}

/// As [`decide`], for a thing of a known organisation: what belongs to another one is hidden.
pub fn decide_in(actor: &Actor, action: Action, organisation: OrganisationId) -> Decision {
    match (decide(actor, action), actor.organisation()) {
        (Decision::Allow, Some(own)) if own != organisation => Decision::Hide,
        (Decision::Deny, Some(own)) if own != organisation => Decision::Hide,
        (decision, _) => decision,
    }
}

/// The whole policy as text, for the golden file that reviews read.
pub fn print() -> String {
    let mut text = format!("{:<24}", "action");
    for column in COLUMNS {
        let _ = write!(text, "{column:<11}");
    }
    let mut table = text.trim_end().to_owned() + "\n";
    for action in Action::ALL {
        let mut line = format!("{:<24}", action.as_str());
        for decision in action.row() {
            let _ = write!(line, "{:<11}", decision.as_str());
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn organisation(n: u128) -> OrganisationId {
        OrganisationId::new(Uuid::from_u128(n))
    }

    fn staff(role: Role) -> Actor {
        Actor::Staff {
            account: AccountId::new(Uuid::from_u128(1)),
            organisation: organisation(1),
            role,
        }
    }

    const CANDIDATE: fn() -> Actor = || Actor::Candidate {
        invitation: InvitationId::new(Uuid::from_u128(2)),
        organisation: organisation(1),
    };

    #[test]
    fn the_printed_policy_is_the_reviewed_one() {
        assert_eq!(print(), include_str!("../tests/golden/access.txt"));
    }

    #[test]
    fn keys_and_results_never_reach_strangers_or_candidates() {
        for action in
            [Action::SeeItems, Action::SeeResults, Action::ExportResults, Action::PreviewAssessment]
        {
            assert_ne!(decide(&Actor::Anonymous, action), Decision::Allow, "{action:?}");
            assert_eq!(decide(&CANDIDATE(), action), Decision::Hide, "{action:?}");
        }
    }

    #[test]
    fn nobody_works_on_an_attempt_but_its_candidate() {
        for actor in [Actor::Anonymous, Actor::Operator].into_iter().chain(Role::ALL.map(staff)) {
            assert_eq!(decide(&actor, Action::WorkOnOwnAttempt), Decision::Hide, "{actor:?}");
        }
    }

    #[test]
    fn what_belongs_to_another_organisation_is_hidden() {
        let owner = staff(Role::Owner);
        assert_eq!(decide_in(&owner, Action::SeeResults, organisation(1)), Decision::Allow);
        assert_eq!(decide_in(&owner, Action::SeeResults, organisation(2)), Decision::Hide);
        assert_eq!(decide_in(&staff(Role::Hr), Action::Invite, organisation(2)), Decision::Hide);
        assert_eq!(decide_in(&Actor::Operator, Action::Operate, organisation(2)), Decision::Allow);
    }
}
