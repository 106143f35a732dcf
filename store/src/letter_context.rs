//! What every letter needs to know of the hub.

use domain::Language;
use domain::accounts::EmailAddress;

use crate::random::RandomSource;
use crate::tokens::Token;

/// What the programme office gives to every letter.
#[derive(Clone, Debug)]
pub struct LetterContext {
    /// Gives the tokens of links.
    pub random: RandomSource,
    /// Gets the mail of organisations that gave no address.
    pub office: EmailAddress,
    /// The language of mail to who never said which.
    pub language: Language,
}

impl LetterContext {
    /// The office of a hub.
    pub fn new(random: RandomSource, office: EmailAddress, language: Language) -> Self {
        Self { random, office, language }
    }

    /// A token for a link.
    pub(crate) fn token(&self) -> Token {
        let mut bytes = [0; 32];
        (self.random)(&mut bytes);
        Token::of(bytes)
    }
}
