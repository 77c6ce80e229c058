//! `/take/{invitation}/deadline.ics`: the last moment to start, for the own calendar.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::{address, moment};
use crate::domain::id::InvitationId;
use crate::domain::time::Instant;
use crate::http::AppState;
use crate::pages::shell::Frame;
use crate::service::attempt::{Bearer, Sign};
use crate::t;
use crate::text::when::utc_stamp;

/// The file.
pub async fn show(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
) -> Result<Response, Response> {
    let sitting = super::sitting(&state.ctx, &frame, bearer).await?;
    let link = format!("{}{}", state.ctx.config.public_url, address(bearer.invitation, ""));
    let file = file(bearer.invitation, &sitting.sign, sitting.now, &link);
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"deadline.ics\""),
    ];
    Ok((headers, file).into_response())
}

/// One event at the exact end. In UTC, so that no calendar has to know our zones.
fn file(invitation: InvitationId, sign: &Sign, now: Instant, link: &str) -> String {
    let (at, zone) = moment(sign.expires_at, sign);
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Touchstone//EN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{invitation}"),
        format!("DTSTAMP:{}", utc_stamp(now)),
        format!("DTSTART:{}", utc_stamp(sign.expires_at)),
        format!("SUMMARY:{}", escape(&t!("room-ics-title", title = sign.title.clone()))),
        format!("DESCRIPTION:{}", escape(&t!("room-ics-words", at = at, zone = zone))),
        format!("URL:{link}"),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        "TRIGGER:-P1D".to_owned(),
        format!("DESCRIPTION:{}", escape(&t!("room-ics-title", title = sign.title.clone()))),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| fold(line)).collect()
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line ends after 75 bytes at the latest and goes on behind a blank.
fn fold(line: &str) -> String {
    const MOST: usize = 75;
    let mut out = String::with_capacity(line.len() + 8);
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > MOST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(expires_at: i64, title: &str) -> Sign {
        Sign {
            invitation_id: None,
            organisation: "Halden Freight".to_owned(),
            contact: None,
            timezone: "Europe/Oslo".to_owned(),
            title: title.to_owned(),
            expires_at: Instant::from_micros(expires_at * 1_000_000),
        }
    }

    #[test]
    fn the_end_is_exact_on_the_day_on_which_the_clocks_change() {
        let id = InvitationId::new(uuid::Uuid::from_u128(7));
        // 23:59 in Oslo on 29 March 2026, the first evening of summer time.
        let summer = file(id, &sign(1_774_821_540, "Developer"), Instant::from_micros(0), "x");
        assert!(summer.contains("DTSTART:20260329T215900Z\r\n"), "{summer}");
        assert!(summer.replace("\r\n ", "").contains("23:59"), "{summer}");
        // The evening before it is an hour more away from UTC's day.
        let winter = file(id, &sign(1_774_738_740, "Developer"), Instant::from_micros(0), "x");
        assert!(winter.contains("DTSTART:20260328T225900Z\r\n"), "{winter}");
        assert!(winter.replace("\r\n ", "").contains("23:59"), "{winter}");
    }

    #[test]
    fn a_title_cannot_add_lines() {
        let id = InvitationId::new(uuid::Uuid::from_u128(7));
        let odd =
            file(id, &sign(0, &"a;b,c\nEND:VEVENT ü".repeat(9)), Instant::from_micros(0), "x");
        assert_eq!(odd.matches("\r\nEND:VEVENT\r\n").count(), 1, "{odd}");
        assert!(odd.lines().all(|line| line.len() <= 75), "{odd}");
    }
}
