//! Where bytes that nobody can guess come from.

/// Fills bytes with what nobody can guess; tests give one that counts.
pub type RandomSource = fn(&mut [u8]);
