//! Where chance enters: everything else takes it as an argument.

/// Fills bytes with what nobody can guess.
///
/// # Panics
/// When the system gives no chance: a hub whose tokens can be guessed must not go on.
#[expect(clippy::disallowed_methods, reason = "this is the one place where chance enters")]
#[expect(clippy::expect_used, reason = "there is nothing else to do")]
pub fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system gives chance");
}
