//! Passwords: argon2id on the blocking pool, a few at a time.

use std::sync::{Arc, LazyLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::service::Refusal;

/// 64 MiB: above the minimum of 19 MiB of the OWASP cheat sheet, so a stolen table stays costly.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes at once. Each needs its memory and a core, and candidates save on the same machine.
const AT_ONCE: usize = 2;
/// How many more may wait before a sign-in is turned away.
const WAITING: usize = 32;

static RUNNING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE)));
static QUEUE: LazyLock<Arc<Semaphore>> =
    LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE + WAITING)));

/// What checking a password showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is not the password.
    Wrong,
    /// It is.
    Right,
    /// It is, and the stored hash has weaker settings than today's.
    RightButOld,
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .expect("the settings are within the limits of argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password with a fresh salt.
pub async fn hash(password: String) -> Result<String, Refusal> {
    blocking(move || {
        hasher()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|cause| Refusal::Internal(cause.to_string()))
    })
    .await?
}

/// Checks a password. A stranger (no stored hash) costs the same time as a colleague.
pub async fn verify(password: String, stored: Option<String>) -> Result<Verdict, Refusal> {
    blocking(move || {
        static NOBODY: LazyLock<String> = LazyLock::new(|| {
            hasher().hash_password(b"nobody").map(|hash| hash.to_string()).unwrap_or_default()
        });
        let is_known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let parsed = PasswordHash::new(&stored)
            .map_err(|cause| Refusal::Internal(format!("a stored password hash: {cause}")))?;
        let is_right = hasher().verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(match (is_known && is_right, is_today(&parsed)) {
            (false, _) => Verdict::Wrong,
            (true, true) => Verdict::Right,
            (true, false) => Verdict::RightButOld,
        })
    })
    .await?
}

fn is_today(hash: &PasswordHash) -> bool {
    hash.algorithm == Algorithm::Argon2id.ident()
        && Params::try_from(hash).is_ok_and(|params| {
            params.m_cost() >= MEMORY_KIB && params.t_cost() >= PASSES && params.p_cost() == LANES
        })
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    let _place = QUEUE.clone().try_acquire_owned().map_err(|_| Refusal::Busy { retry_after: 2 })?;
    let permit = RUNNING
        .clone()
        .acquire_owned()
        .await
        .map_err(|cause| Refusal::Internal(cause.to_string()))?;
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    })
    .await
    .map_err(|cause| Refusal::Internal(cause.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_is_right_and_another_is_not() {
        let stored = hash("correct horse".to_owned()).await.expect("hashes");
        assert!(stored.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
        let right = verify("correct horse".to_owned(), Some(stored.clone())).await;
        assert_eq!(right.expect("checks"), Verdict::Right);
        let wrong = verify("correct horsf".to_owned(), Some(stored)).await;
        assert_eq!(wrong.expect("checks"), Verdict::Wrong);
    }

    #[tokio::test]
    async fn a_stranger_is_wrong_even_with_the_dummys_password() {
        let verdict = verify("nobody".to_owned(), None).await;
        assert_eq!(verdict.expect("checks"), Verdict::Wrong);
    }

    #[tokio::test]
    async fn a_weaker_hash_is_renewed() {
        let weak = Argon2::default().hash_password(b"pass").expect("hashes").to_string();
        let verdict = verify("pass".to_owned(), Some(weak)).await;
        assert_eq!(verdict.expect("checks"), Verdict::RightButOld);
    }
}
