//! Clearly marked demo data, made through the services that the pages call.
//!
//! There is no insert of its own: people sign up, build, publish, invite, open links, answer and
//! hand in. Only the clock of the database is moved, which a live database refuses.

mod person;

use std::net::{IpAddr, Ipv4Addr};

use sqlx::PgConnection;

use crate::domain::access::Actor;
use crate::domain::account::Role;
use crate::domain::dice::Dice;
use crate::domain::id::{AssessmentId, BlueprintSlug, SaveId};
use crate::service::account::NewColleague;
use crate::service::attempt::{Bearer, Change, Opening, Visit};
use crate::service::auth::{Founder, SignedIn};
use crate::service::invitation::act::{self, Target};
use crate::service::invitation::send::{self, Ask, Outcome};
use crate::service::{
    Ctx, Refusal, account, assessment, attempt, auth, invitation, overdue, policy,
};
use crate::store::invitee::Which;
use crate::store::{account as accounts, deployment, tenant};
use person::Crib;

/// The password of every demo login. It guards made-up people only.
pub const PASSWORD: &str = "stones of the demo";
/// The demo logins, owner first.
pub const LOGINS: [(&str, &str, Role); 4] = [
    ("Ines Moreau", "owner@demo.example", Role::Owner),
    ("Tomás Reyes", "recruiter@demo.example", Role::Recruiter),
    ("Aiko Mori", "rater@demo.example", Role::Rater),
    ("Henrik Dahl", "hr@demo.example", Role::Hr),
];

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Address of the person whose invitation stays open.
const OPEN: &str = "you@demo.example";

/// How an attempt ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Handed in.
    Submitted,
    /// The time ran out after some answers.
    OverTime,
    /// The last answer came inside the grace.
    Late,
    /// Still working.
    Running,
}

/// Moves the clock of the demo database; the login that owns the database does it.
struct Shift<'a> {
    conn: &'a mut PgConnection,
    seconds: i64,
}

impl Shift<'_> {
    async fn to(&mut self, seconds: i64) -> Result<(), Refusal> {
        self.seconds = seconds;
        Ok(deployment::shift_clock(self.conn, seconds).await?)
    }

    async fn on(&mut self, seconds: i64) -> Result<(), Refusal> {
        self.to(self.seconds + seconds).await
    }
}

/// Fills an empty demo database. `owner` is a connection of the login that owns it; `tell` hears
/// how far it is, in per cent. False when somebody is there already.
pub async fn fill(
    ctx: &Ctx,
    owner: &mut PgConnection,
    tell: impl Fn(usize),
) -> Result<bool, Refusal> {
    if accounts::is_founded(&ctx.pools.staff).await? {
        return Ok(false);
    }
    let mut shift = Shift { conn: owner, seconds: 0 };
    shift.to(-8 * DAY).await?;
    let made = make(ctx, &mut shift, tell).await;
    shift.to(0).await?;
    made.map(|()| true)
}

async fn make(ctx: &Ctx, shift: &mut Shift<'_>, tell: impl Fn(usize)) -> Result<(), Refusal> {
    let recruiter = staff(ctx).await?;
    let screen =
        published(ctx, &recruiter, "broad-screen", "Back-end developer, first round").await?;
    let senior = published(ctx, &recruiter, "senior-backend", "Senior back-end developer").await?;
    let bank = crate::service::bank::of(ctx, &recruiter).await?;
    let crib = Crib::new(&bank);
    let mut dice = Dice::new(20_261_122, "demo");

    let mut runs: Vec<(AssessmentId, usize, Ending)> = Vec::new();
    runs.extend((0..44).map(|n| (screen, n, Ending::Submitted)));
    runs.extend((44..47).map(|n| (screen, n, Ending::OverTime)));
    runs.extend((47..49).map(|n| (screen, n, Ending::Late)));
    runs.extend((49..60).map(|n| (senior, n, Ending::Submitted)));
    runs.extend((60..63).map(|n| (screen, n, Ending::Running)));

    for which in [screen, senior] {
        let list = runs.iter().filter(|(one, ..)| *one == which).map(|(_, n, _)| person::name(*n));
        invite(ctx, &recruiter, which, list, 21).await?;
    }
    // Never started, and too late now.
    invite(ctx, &recruiter, screen, (63..67).map(person::name), 3).await?;

    let all = runs.len();
    for (at, (which, n, ending)) in runs.into_iter().enumerate() {
        tell(at * 100 / all);
        let start = match ending {
            Ending::Running => -i64::try_from(dice.below(400)).unwrap_or(0) - 200,
            _ => -6 * DAY + i64::try_from(dice.below(5 * 24)).unwrap_or(0) * HOUR,
        };
        shift.to(start).await?;
        let link = link(ctx, &recruiter, which, &person::name(n).1).await?;
        // Abilities from 25 to 90, most in the middle.
        let ability = 25 + dice.below(33) + dice.below(33);
        sit(ctx, shift, &link, &crib, ability, ending, &mut dice).await?;
    }
    shift.to(0).await?;
    overdue::sweep(ctx).await?;
    let you = std::iter::once(("You".to_owned(), OPEN.to_owned()));
    invite(ctx, &recruiter, screen, you, 14).await?;
    tell(100);
    Ok(())
}

/// The organisation with a person of each role; gives the recruiter.
async fn staff(ctx: &Ctx) -> Result<Actor, Refusal> {
    let (name, email, _) = LOGINS[0];
    let founder = Founder {
        organisation: "Halden Freight (demo)".to_owned(),
        timezone: "Europe/Oslo".to_owned(),
        name: name.to_owned(),
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let SignedIn { account: owner, organisation } = auth::create_owner(ctx, founder).await?;
    let actor = Actor::Staff { account: owner, organisation, role: Role::Owner };
    let wanted = policy::Wanted { sees: "mirror".into(), line: "10".into(), rest: "5".into() };
    policy::change(ctx, &actor, &wanted).await?;
    let mut recruiter = actor;
    for (name, email, role) in &LOGINS[1..] {
        let new = NewColleague {
            name: (*name).to_owned(),
            email: (*email).to_owned(),
            role: role.as_str().to_owned(),
        };
        let id = account::add(ctx, &actor, new).await?;
        let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
        let link = auth::reset_link(ctx, &mut tx, id, "welcome").await?;
        tx.commit().await?;
        auth::reset(ctx, HERE, token(&link), PASSWORD.to_owned()).await?;
        if *role == Role::Recruiter {
            recruiter = Actor::Staff { account: id, organisation, role: *role };
        }
    }
    Ok(recruiter)
}

/// The secret at the end of a link.
fn token(link: &str) -> &str {
    link.rsplit('/').next().unwrap_or_default()
}

async fn published(
    ctx: &Ctx,
    by: &Actor,
    slug: &str,
    title: &str,
) -> Result<AssessmentId, Refusal> {
    let slug: BlueprintSlug =
        slug.parse().map_err(|why| Refusal::Internal(format!("{slug}: {why}")))?;
    let (mut draft, _) = assessment::draft_of(crate::catalog::bank(), &slug)?;
    title.clone_into(&mut draft.title);
    draft.cut_percent = Some(60);
    draft.open_days = 30;
    let id = assessment::create(ctx, by, draft).await?;
    let revision = assessment::find(ctx, by, id).await?.draft_revision;
    assessment::publish(ctx, by, id, revision).await?;
    Ok(id)
}

async fn invite(
    ctx: &Ctx,
    by: &Actor,
    id: AssessmentId,
    people: impl Iterator<Item = (String, String)>,
    open_days: i64,
) -> Result<(), Refusal> {
    let mut list = String::from("email,name\n");
    for (name, email) in people {
        list.extend([email.as_str(), ",", name.as_str(), "\n"]);
    }
    let desk = invitation::desk(ctx, by, id).await?;
    let until = invitation::day_in(&desk, open_days);
    let ask = Ask { list, until, time: String::new(), skips_wrong: false };
    match send::send(ctx, by, id, ask).await? {
        Outcome::Sent { .. } => Ok(()),
        Outcome::Returned(_) => Err(Refusal::Internal("the demo's list was refused".to_owned())),
    }
}

/// A new personal link of somebody who was invited.
async fn link(ctx: &Ctx, by: &Actor, id: AssessmentId, email: &str) -> Result<String, Refusal> {
    let which = Which { status: None, search: Some(email.to_owned()) };
    let listed = invitation::list(ctx, by, id, &which, 1).await?;
    let invitee = listed.rows.first().ok_or(Refusal::Hidden)?;
    let target = Target { assessment: id, invitation: invitee.invitation };
    act::renew_link(ctx, by, target).await
}

/// A new link of the invitation that stays open for whoever tries the demo; none once it was used.
pub async fn open_link(ctx: &Ctx) -> Result<Option<String>, Refusal> {
    let Some(found) = accounts::find_sign_in(&ctx.pools.staff, LOGINS[1].1).await? else {
        return Ok(None);
    };
    let by = Actor::Staff {
        account: found.account,
        organisation: found.organisation,
        role: Role::Recruiter,
    };
    for line in assessment::list(ctx, &by, false).await? {
        if let Ok(link) = link(ctx, &by, line.id, OPEN).await {
            return Ok(Some(link));
        }
    }
    Ok(None)
}

/// One candidate's run, from the link to its end.
async fn sit(
    ctx: &Ctx,
    shift: &mut Shift<'_>,
    link: &str,
    crib: &Crib<'_>,
    ability: usize,
    ending: Ending,
    dice: &mut Dice,
) -> Result<(), Refusal> {
    let Opening::Fresh(invitation, secret) =
        attempt::open_link(ctx, token(link), "demo", |_| None).await?
    else {
        return Err(Refusal::Internal("a demo link does not open".to_owned()));
    };
    let bearer = Bearer::new(invitation, &secret);
    attempt::start(ctx, bearer, "").await?;
    let mut section = 1;
    let mut answered = 0;
    let (attempt_id, limit) = loop {
        let Visit::Open(sitting) = attempt::view(ctx, bearer).await? else {
            return Err(Refusal::Internal("a demo attempt is closed".to_owned()));
        };
        let run = sitting.run.as_ref().ok_or(Refusal::Hidden)?;
        let (id, limit) = (run.attempt_id, sitting.limit.get());
        let total = usize::try_from(sitting.questions()).unwrap_or(0);
        let stop = match ending {
            Ending::Submitted => total,
            Ending::Late => total.saturating_sub(1),
            Ending::OverTime => total * 2 / 3,
            Ending::Running => 3,
        };
        let own_share = limit * 7 / 10 / i64::try_from(total.max(1)).unwrap_or(1);
        for place in sitting.open_places(section) {
            let Some(question) = &place.question else { continue };
            // Some leave a question out.
            if answered >= stop || (ending == Ending::Submitted && dice.below(40) == 0) {
                continue;
            }
            let pause = own_share / 2
                + i64::try_from(dice.below(usize::try_from(own_share.max(1)).unwrap_or(1)))
                    .unwrap_or(0);
            if ending != Ending::Running {
                shift.on(pause).await?;
            }
            let fields = crib.answer(&question.body, &question.order, ability, dice);
            save(ctx, bearer, id, place.position, place.version, fields).await?;
            answered += 1;
        }
        let sections = sitting.sections.len();
        if answered >= stop || usize::try_from(section).unwrap_or(sections) >= sections {
            break (id, limit);
        }
        section += 1;
        attempt::section(ctx, bearer, id, section, None).await?;
    };
    match ending {
        Ending::Submitted => {
            attempt::submit(ctx, bearer, attempt_id).await?;
            overdue::after_submit(ctx, attempt_id).await;
        }
        Ending::Late => late(ctx, shift, bearer, crib, ability, limit, dice).await?,
        Ending::OverTime | Ending::Running => {}
    }
    Ok(())
}

/// The last answer arrives a few seconds after the end.
async fn late(
    ctx: &Ctx,
    shift: &mut Shift<'_>,
    bearer: Bearer,
    crib: &Crib<'_>,
    ability: usize,
    limit: i64,
    dice: &mut Dice,
) -> Result<(), Refusal> {
    let Visit::Open(sitting) = attempt::view(ctx, bearer).await? else { return Ok(()) };
    let Some(run) = &sitting.run else { return Ok(()) };
    let over = sitting.now.seconds_until(crate::domain::time::Instant::from_micros(
        run.started_at.micros() + (limit + 4) * 1_000_000,
    ));
    shift.on(over.get()).await?;
    let open = sitting.places.iter().find(|place| place.version == 0 && place.question.is_some());
    if let Some((place, question)) = open.and_then(|place| Some((place, place.question.as_ref()?)))
    {
        let fields = crib.answer(&question.body, &question.order, ability, dice);
        save(ctx, bearer, run.attempt_id, place.position, 0, fields).await?;
    }
    Ok(())
}

async fn save(
    ctx: &Ctx,
    bearer: Bearer,
    id: crate::domain::id::AttemptId,
    position: u16,
    base: i64,
    fields: crate::domain::response::Fields,
) -> Result<(), Refusal> {
    let change = Change { position, base, save: SaveId::new(crate::service::fresh::id()), fields };
    attempt::save(ctx, bearer, id, change).await?;
    Ok(())
}
