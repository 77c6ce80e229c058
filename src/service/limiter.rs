//! One limiter for every door where secrets are guessed: sign-in, reset, bootstrap, links.
#![expect(
    clippy::disallowed_methods,
    reason = "pauses are lengths of real time and never decide about an answer"
)]

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::{Duration, Instant};

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
#[derive(Default)]
pub struct Limiter {
    accounts: Tries<String>,
    sources: Tries<IpAddr>,
}

impl Limiter {
    /// May this source try this account now?
    pub fn check_account(&self, source: IpAddr, account: &str) -> Result<(), Refusal> {
        self.check_source(source)?;
        self.accounts.check(&account.to_owned())
    }

    /// Counts a wrong try of an account from a source; says how long to wait when it was too many.
    pub fn take_account(&self, source: IpAddr, account: &str) -> Result<(), Refusal> {
        let source = self.take_source(source);
        self.accounts.take(account.to_owned(), ACCOUNT_EVERY, ACCOUNT_BURST).and(source)
    }

    /// May this source try anything now?
    pub fn check_source(&self, source: IpAddr) -> Result<(), Refusal> {
        self.sources.check(&network(source))
    }

    /// Counts a wrong try of a source; says how long to wait when it was too many.
    pub fn take_source(&self, source: IpAddr) -> Result<(), Refusal> {
        self.sources.take(network(source), SOURCE_EVERY, SOURCE_BURST)
    }

    /// Forgets who has been quiet long enough, so that the tables stay small.
    pub fn tidy(&self) {
        self.accounts.tidy();
        self.sources.tidy();
    }
}

/// The tries of one kind of key.
struct Tries<K: Hash + Eq + Clone> {
    counted: std::sync::OnceLock<DefaultKeyedRateLimiter<K>>,
    paused: Mutex<HashMap<K, Instant>>,
}

impl<K: Hash + Eq + Clone> Default for Tries<K> {
    fn default() -> Self {
        Self { counted: std::sync::OnceLock::new(), paused: Mutex::default() }
    }
}

impl<K: Hash + Eq + Clone> Tries<K> {
    fn check(&self, key: &K) -> Result<(), Refusal> {
        let until = self.paused.lock().ok().and_then(|paused| paused.get(key).copied());
        match until.and_then(|until| until.checked_duration_since(Instant::now())) {
            Some(wait) => Err(Refusal::Busy { retry_after: wait.as_secs() + 1 }),
            None => Ok(()),
        }
    }

    fn take(&self, key: K, every: Duration, burst: NonZeroU32) -> Result<(), Refusal> {
        let counted = self.counted.get_or_init(|| {
            let quota = Quota::with_period(every).expect("the period is not zero");
            RateLimiter::keyed(quota.allow_burst(burst))
        });
        let Err(early) = counted.check_key(&key) else { return Ok(()) };
        let wait = early.wait_time_from(DefaultClock::default().now());
        if let Ok(mut paused) = self.paused.lock() {
            paused.insert(key, Instant::now() + wait);
        }
        Err(Refusal::Busy { retry_after: wait.as_secs() + 1 })
    }

    fn tidy(&self) {
        if let Some(counted) = self.counted.get() {
            counted.retain_recent();
        }
        if let Ok(mut paused) = self.paused.lock() {
            paused.retain(|_, until| *until > Instant::now());
        }
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
    fn after_five_wrong_tries_an_account_waits_and_another_does_not() {
        let limiter = Limiter::default();
        let here: IpAddr = "192.0.2.1".parse().expect("an address");
        for _ in 0..5 {
            limiter.check_account(here, "a@example.org").expect("free");
            limiter.take_account(here, "a@example.org").expect("within the burst");
        }
        let refusal = limiter.take_account(here, "a@example.org").unwrap_err();
        assert!(matches!(refusal, Refusal::Busy { retry_after: 1..=31 }));
        assert!(limiter.check_account(here, "a@example.org").is_err());
        limiter.check_account(here, "b@example.org").expect("another account");
    }

    #[test]
    fn right_secrets_are_not_counted() {
        let limiter = Limiter::default();
        let here: IpAddr = "192.0.2.1".parse().expect("an address");
        for _ in 0..1_000 {
            limiter.check_account(here, "a@example.org").expect("nothing was wrong");
        }
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
        assert!(limiter.check_account(neighbour, "z@example.org").is_err());
        let elsewhere: IpAddr = "2001:db8:1::1".parse().expect("an address");
        limiter.check_account(elsewhere, "z@example.org").expect("another network");
    }
}
