//! Which people the table shows, and in which order: all of it stands in the address.
#![expect(clippy::format_push_string, reason = "an address is short")]

/// How far a person is, as tables and files say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The invitation was sent.
    Invited,
    /// The link was opened.
    Opened,
    /// The clock runs.
    Started,
    /// Handed in, by whomever.
    Submitted,
    /// Never started, and now too late.
    Expired,
    /// The candidate said no.
    Declined,
    /// Staff took the invitation back.
    Withdrawn,
    /// The attempt was cancelled with a reason.
    Voided,
}

impl Status {
    /// Every status, in the order of screens.
    pub const ALL: [Self; 8] = [
        Self::Submitted,
        Self::Started,
        Self::Opened,
        Self::Invited,
        Self::Expired,
        Self::Declined,
        Self::Withdrawn,
        Self::Voided,
    ];

    /// The word in addresses and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Opened => "opened",
            Self::Started => "started",
            Self::Submitted => "submitted",
            Self::Expired => "expired",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Voided => "voided",
        }
    }
}

/// The order of the table. Time used is never one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Shared ranks, first ones first; inside a rank by name.
    #[default]
    Rank,
    /// By name.
    Name,
    /// By score, highest first.
    Score,
    /// By the time of handing in, newest first.
    Submitted,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Rank, Self::Name, Self::Score, Self::Submitted];

    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::Name => "name",
            Self::Score => "score",
            Self::Submitted => "submitted",
        }
    }
}

/// What the address asks for. What cannot be read is left out, so that an old link still shows
/// something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Only people of this status; none: everybody who was invited.
    pub status: Option<Status>,
    /// Scores from here, in whole per cent.
    pub from: Option<u32>,
    /// Scores to here.
    pub to: Option<u32>,
    /// A part of the name or the address.
    pub words: String,
    /// The order.
    pub order: Order,
    /// The other way round.
    pub is_reversed: bool,
    /// The page, from 1.
    pub page: usize,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            status: Some(Status::Submitted),
            from: None,
            to: None,
            words: String::new(),
            order: Order::Rank,
            is_reversed: false,
            page: 1,
        }
    }
}

/// The word for people of every status.
const ANY: &str = "any";

impl Filter {
    /// Reads the pairs of an address.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            match name {
                "status" if value == ANY => filter.status = None,
                "status" => {
                    let known = Status::ALL.into_iter().find(|status| status.as_str() == value);
                    filter.status = known.or(filter.status);
                }
                "from" => filter.from = percent(value),
                "to" => filter.to = percent(value),
                "q" => filter.words = value.chars().take(200).collect(),
                "sort" => {
                    let (is_reversed, word) =
                        value.strip_prefix('-').map_or((false, value), |word| (true, word));
                    if let Some(order) = Order::ALL.into_iter().find(|order| order.as_str() == word)
                    {
                        (filter.order, filter.is_reversed) = (order, is_reversed);
                    }
                }
                "page" => filter.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        filter
    }

    /// The pairs of the address, without what is usual and without the page.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let mut pairs = Vec::new();
        if self.status != usual.status {
            pairs.push(("status", self.status.map_or(ANY, Status::as_str).to_owned()));
        }
        pairs.extend(self.from.map(|from| ("from", from.to_string())));
        pairs.extend(self.to.map(|to| ("to", to.to_string())));
        if !self.words.is_empty() {
            pairs.push(("q", self.words.clone()));
        }
        if (self.order, self.is_reversed) != (usual.order, false) {
            let minus = if self.is_reversed { "-" } else { "" };
            pairs.push(("sort", format!("{minus}{}", self.order.as_str())));
        }
        pairs
    }

    /// The end of an address: empty, or `?` and the pairs.
    pub fn query(&self) -> String {
        query(&self.pairs())
    }

    /// Whether it shows other people than the usual ones.
    pub fn is_narrowed(&self) -> bool {
        let usual = Self::default();
        self.status != usual.status
            || self.from.is_some()
            || self.to.is_some()
            || !self.words.is_empty()
    }
}

fn percent(text: &str) -> Option<u32> {
    text.trim_end_matches('%').trim().parse().ok().filter(|percent| *percent <= 100)
}

/// Pairs as the end of an address.
pub fn query(pairs: &[(&'static str, String)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                text.push(char::from(byte));
            } else {
                text.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_and_forgets_what_it_does_not_know() {
        let filter = Filter::read([
            ("status", "any"),
            ("from", "60 %"),
            ("to", "x"),
            ("q", " a&b "),
            ("sort", "-name"),
            ("page", "3"),
            ("evil", "1"),
        ]);
        assert_eq!(filter.query(), "?status=any&from=60&q=a%26b&sort=-name");
        assert_eq!((filter.page, filter.to), (3, None));
        assert_eq!(Filter::default().query(), "");
        assert!(filter.is_narrowed() && !Filter::default().is_narrowed());
    }
}
