//! How time left is written and when it is told. Pure, so server and browser agree.

/// The clock is inverted from here on, in seconds.
pub const LATE: i64 = 300;

/// Seconds left as digits: `42:21`, or `1:02:21` from an hour on.
pub fn digits(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes:02}:{rest:02}")
    }
}

/// The moments at which the time left is told, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Half of the person's own time is left.
    Half,
    /// Ten minutes.
    Ten,
    /// Five minutes.
    Five,
    /// One minute.
    One,
}

/// The most urgent notice that was passed on the way from `before` to `after` seconds left.
pub fn notice(total: i64, before: i64, after: i64) -> Option<Notice> {
    [(Notice::One, 60), (Notice::Five, LATE), (Notice::Ten, 600), (Notice::Half, total / 2)]
        .into_iter()
        .find(|(_, at)| before > *at && after <= *at)
        .map(|(notice, _)| notice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_keep_their_width_below_an_hour() {
        assert_eq!(digits(0), "00:00");
        assert_eq!(digits(-5), "00:00");
        assert_eq!(digits(298), "04:58");
        assert_eq!(digits(3_599), "59:59");
        assert_eq!(digits(3_741), "1:02:21");
    }

    #[test]
    fn each_moment_is_told_once_and_the_most_urgent_wins() {
        assert_eq!(notice(2_700, 1_351, 1_350), Some(Notice::Half));
        assert_eq!(notice(2_700, 1_350, 1_349), None);
        assert_eq!(notice(2_700, 601, 600), Some(Notice::Ten));
        assert_eq!(notice(2_700, 700, 50), Some(Notice::One));
        assert_eq!(notice(600, 301, 300), Some(Notice::Five));
        assert_eq!(
            notice(2_700, 50, 700),
            None,
            "time that is given is not told as time that goes"
        );
    }
}
