//! The kinds of rows that something is done to.

/// The kind of row of an audit record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An organisation.
    Organisation,
    /// A vacancy.
    Vacancy,
    /// An event.
    Event,
    /// An account.
    Account,
    /// An application. What its sides do stands in its timeline; here stands what outlives that.
    Application,
    /// The questions of a vacancy, by its number.
    Questions,
    /// A mail.
    Mail,
}

impl Subject {
    /// The subjects that the public site shows.
    pub(crate) const PUBLIC: [Self; 3] = [Self::Organisation, Self::Vacancy, Self::Event];

    /// The word that the database keeps.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Vacancy => "vacancy",
            Self::Event => "event",
            Self::Account => "account",
            Self::Application => "application",
            Self::Mail => "mail",
            Self::Questions => "questions",
        }
    }
}
