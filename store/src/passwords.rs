//! Passwords: hashed and checked beside the threads that answer requests, two at a time.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::accounts::LONGEST_PASSWORD;
use tokio::sync::Semaphore;

use crate::Error;

/// In KiB; this and the next two as OWASP's Password Storage Cheat Sheet recommends for Argon2id.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes that are made at once: each takes a processor for tens of milliseconds, and pages must be answered too.
const AT_ONCE: usize = 2;

/// The commonest 10,000 passwords of the world, and the first that people here think of, in small letters.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let (world, here) = (include_str!("../passwords/common.txt"), include_str!("../passwords/here.txt"));
    world.lines().chain(here.lines()).collect()
});

/// Whether a password in small letters is one of the commonest.
pub(crate) fn is_common(small: &str) -> bool {
    COMMON.contains(small)
}

/// Makes and checks hashes. A clone shares the same two places.
#[derive(Clone, Debug)]
pub(crate) struct Hasher {
    places: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Hasher {
    /// The hash of a password with this salt, as a PHC string.
    pub(crate) async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String, Error> {
        self.beside(move || {
            let hash = argon2()?
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map_err(|_| Error::BrokenOff)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether a password has this hash. Without a hash it takes as long and is wrong: nobody learns by the time an
    /// answer takes whether there is an account.
    pub(crate) async fn is_right(&self, password: String, hash: Option<String>) -> Result<bool, Error> {
        if password.chars().count() > LONGEST_PASSWORD {
            return Ok(false);
        }
        self.beside(move || {
            let Some(hash) = hash else {
                argon2()?
                    .hash_password_with_salt(password.as_bytes(), &[0; 16])
                    .map_err(|_| Error::BrokenOff)?;
                return Ok(false);
            };
            let hash = PasswordHash::new(&hash)
                .map_err(|_| Error::Unreadable("password_hash of an account".into()))?;
            Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| Error::Closed)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        })
        .await
        .map_err(|_| Error::BrokenOff)?
    }
}

fn argon2() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(|_| Error::BrokenOff)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits_its_hash() {
        let hasher = Hasher::default();
        let hash = hasher.hash("vier koeien in de wei".into(), [7; 16]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.is_right("vier koeien in de wei".into(), Some(hash.clone())).await.unwrap());
        assert!(!hasher.is_right("vier koeien in de wei ".into(), Some(hash.clone())).await.unwrap());
        assert!(!hasher.is_right("x".repeat(100_000), Some(hash)).await.unwrap());
        assert!(!hasher.is_right(String::new(), None).await.unwrap());
    }

    #[test]
    fn ten_thousand_passwords_are_common() {
        assert!(COMMON.len() > 10_000);
        assert!(
            is_common("wachtwoord")
                && is_common("passwort123")
                && is_common("password")
                && is_common("1234567890")
                && !is_common("vier koeien in de wei")
        );
        assert!(COMMON.iter().all(|password| password.to_lowercase() == **password));
    }
}
