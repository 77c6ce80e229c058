//! One limiter for every door where secrets are guessed: sign-in, reset, bootstrap, links.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::service::Refusal;

/// Wrong tries of one account: five at once, then one every half minute. Never a lock: a stranger
/// must not be able to shut a colleague out.
const ACCOUNT_BURST: NonZeroU32 = NonZeroU32::new(5).expect("not zero");
const ACCOUNT_EVERY: Duration = Duration::from_secs(30);
/// Wrong tries of one source: a company sits behind one address, so it gets more.
const SOURCE_BURST: NonZeroU32 = NonZeroU32::new(20).expect("not zero");
const SOURCE_EVERY: Duration = Duration::from_secs(3);

/// Counts wrong tries by source and by account. A right secret is never counted.
pub struct Limiter {
    accounts: DefaultKeyedRateLimiter<String>,
    sources: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
}

impl Default for Limiter {
    fn default() -> Self {
        let quota = |every, burst| {
            Quota::with_period(every).expect("the period is not zero").allow_burst(burst)
        };
        Self {
            accounts: RateLimiter::keyed(quota(ACCOUNT_EVERY, ACCOUNT_BURST)),
            sources: RateLimiter::keyed(quota(SOURCE_EVERY, SOURCE_BURST)),
            clock: DefaultClock::default(),
        }
    }
}

impl Limiter {
    /// Takes one try of an account from a source, or says how long to wait.
    pub fn take_account(&self, source: IpAddr, account: &str) -> Result<(), Refusal> {
        self.take_source(source)?;
        self.accounts.check_key(&account.to_owned()).map_err(|early| self.busy(&early))
    }

    /// Takes one try of a source, or says how long to wait.
    pub fn take_source(&self, source: IpAddr) -> Result<(), Refusal> {
        self.sources.check_key(&network(source)).map_err(|early| self.busy(&early))
    }

    /// Forgets who has been quiet long enough, so that the tables stay small.
    pub fn tidy(&self) {
        self.accounts.retain_recent();
        self.sources.retain_recent();
    }

    fn busy(&self, early: &governor::NotUntil<<DefaultClock as Clock>::Instant>) -> Refusal {
        Refusal::Busy { retry_after: early.wait_time_from(self.clock.now()).as_secs() + 1 }
    }
}

/// One household has many IPv6 addresses, so the first 64 bits count.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((u128::from(v6) & (u128::MAX << 64)).into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_tries_an_account_waits_and_another_does_not() {
        let limiter = Limiter::default();
        let here: IpAddr = "192.0.2.1".parse().expect("an address");
        for _ in 0..5 {
            limiter.take_account(here, "a@example.org").expect("within the burst");
        }
        let refusal = limiter.take_account(here, "a@example.org").unwrap_err();
        assert!(matches!(refusal, Refusal::Busy { retry_after: 1..=31 }));
        limiter.take_account(here, "b@example.org").expect("another account");
    }

    #[test]
    fn one_source_cannot_try_many_accounts() {
        let limiter = Limiter::default();
        let here: IpAddr = "2001:db8::1".parse().expect("an address");
        let refused = (0..40)
            .filter(|n| limiter.take_account(here, &format!("{n}@example.org")).is_err())
            .count();
        assert_eq!(refused, 20);
        let neighbour: IpAddr = "2001:db8::2".parse().expect("an address");
        assert!(limiter.take_account(neighbour, "z@example.org").is_err());
        let elsewhere: IpAddr = "2001:db8:1::1".parse().expect("an address");
        limiter.take_account(elsewhere, "z@example.org").expect("another network");
    }
}
