//! The mail with the personal link.

use crate::domain::invitation::OwnTime;
use crate::domain::time::{Instant, Seconds};
use crate::service::mailer::Mail;
use crate::store::invitation::Sender;
use crate::text::when::{Zone, length};
use crate::text::{FluentValue, Locale, say};

/// What the mails of one sending share.
pub(super) struct Letter<'a> {
    pub(super) locale: Locale,
    pub(super) sender: &'a Sender,
    pub(super) title: &'a str,
    /// The clock for everybody.
    pub(super) limit: Seconds,
    pub(super) expires_at: Instant,
    /// The person had another link before.
    pub(super) is_again: bool,
}

impl Letter<'_> {
    /// The mail of one person.
    pub(super) fn to(&self, email: &str, name: Option<&str>, time: OwnTime, link: &str) -> Mail {
        let say = |key, args: &[(&'static str, FluentValue<'static>)]| say(self.locale, key, args);
        let employer = FluentValue::from(self.sender.name.clone());
        let title = FluentValue::from(self.title.to_owned());
        let greeting = match name {
            Some(name) => say("mail-invitation-hello-name", &[("name", name.to_owned().into())]),
            None => say("mail-invitation-hello", &[]),
        };
        let usual = length(self.limit);
        let clock = match time {
            OwnTime { is_untimed: true, .. } => say("mail-invitation-untimed", &[]),
            OwnTime { factor_percent: 100, .. } => {
                say("mail-invitation-clock", &[("time", usual.into())])
            }
            OwnTime { factor_percent, .. } => {
                let own = length(self.limit.percent(i64::from(factor_percent)));
                say("mail-invitation-clock-own", &[("time", own.into()), ("usual", usual.into())])
            }
        };
        let zone = Zone::named(&self.sender.timezone);
        let mut parts = vec![
            greeting,
            say(
                "mail-invitation-text",
                &[
                    ("employer", employer.clone()),
                    ("title", title.clone()),
                    ("clock", clock.into()),
                    ("until", zone.moment(self.expires_at).into()),
                    ("zone", zone.name(self.expires_at).into()),
                    ("link", link.to_owned().into()),
                ],
            ),
        ];
        if self.is_again {
            parts.push(say("mail-invitation-again", &[]));
        }
        if let Some(contact) = &self.sender.contact_email {
            parts.push(say("mail-invitation-contact", &[("email", contact.clone().into())]));
        }
        Mail {
            to: email.to_owned(),
            subject: say("mail-invitation-subject", &[("employer", employer), ("title", title)]),
            text: parts.join("\n\n") + "\n",
        }
    }
}
