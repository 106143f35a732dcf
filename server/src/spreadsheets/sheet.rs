//! What the three sheets ask of the rest of the hub: organisations that exist, and names of their own.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::events::Event;
use domain::organisations::{KnownOrganisation, Organisation, OrganisationState};
use domain::sheet::{CellError, Expected, Row};
use domain::text::{fold, slug, write_date};
use domain::vacancies::Vacancy;
use store::Importable;

/// The error of a cell, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellErrorText {
    /// The header of the column.
    pub column: String,
    /// The text of the cell.
    pub value: String,
    /// The expected value.
    pub expected: String,
}

impl CellErrorText {
    pub(super) fn new(column: &str, value: &str, expected: &Expected) -> Self {
        let value = value.chars().take(80).collect();
        Self { column: column.to_owned(), value, expected: expected.to_string() }
    }
}

impl From<CellError> for CellErrorText {
    fn from(error: CellError) -> Self {
        Self::new(error.column, &error.value, &error.expected)
    }
}

/// The names of all organisations, found whatever their capitals, accents and signs.
#[derive(Clone, Debug, Default)]
pub struct Names(HashMap<String, Name>);

#[derive(Clone, Debug)]
struct Name {
    reference: String,
    /// The organisation that the hub has; not one that is only in the file.
    known: Option<KnownOrganisation>,
}

impl Names {
    /// The names of organisations that the hub has, by reference.
    pub(super) fn new(organisations: HashMap<String, (i64, Organisation)>) -> Self {
        let named = |(reference, (id, organisation)): (String, (i64, Organisation))| {
            let Organisation { name, state, .. } = organisation;
            (key(&name), Name { reference, known: Some(KnownOrganisation { id, name, state }) })
        };
        Self(organisations.into_iter().map(named).collect())
    }

    /// The organisation of that name, as the hub spells it.
    pub(super) fn find(&self, name: &str) -> Option<KnownOrganisation> {
        self.0.get(&key(name))?.known.clone()
    }

    /// Keeps the name for the organisation with this reference; gives the reference that has it already.
    fn claim(&mut self, name: &str, reference: &str) -> Result<(), String> {
        let claimed = Name { reference: reference.to_owned(), known: None };
        let known = self.0.entry(key(name)).or_insert(claimed);
        if known.reference == reference { Ok(()) } else { Err(known.reference.clone()) }
    }
}

/// Two names with the same key are the same to a reader.
fn key(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() { fold(name) } else { slug }
}

/// A kind of row with its place in the hub.
pub trait Sheet: Row + Importable {
    /// The columns that a workbook holds as dates.
    const DATES: &'static [&'static str];
    /// The columns that a workbook holds as numbers.
    const NUMBERS: &'static [&'static str];

    /// The place that the municipality of the row follows from.
    fn place(&self) -> &str;

    /// The row as it agrees with what the hub knows.
    ///
    /// # Errors
    /// The cell that can't agree.
    fn agree(self, old: Option<&Self>, names: &mut Names, today: NaiveDate) -> Result<Self, CellErrorText>;
}

impl Sheet for Organisation {
    const DATES: &'static [&'static str] = &["Lid sinds"];
    const NUMBERS: &'static [&'static str] = &["Medewerkers"];

    fn place(&self) -> &str {
        &self.place
    }

    fn agree(self, old: Option<&Self>, names: &mut Names, _today: NaiveDate) -> Result<Self, CellErrorText> {
        if old.is_none_or(|old| key(&old.name) != key(&self.name)) {
            let claimed = names.claim(&self.name, &self.reference);
            claimed.map_err(|reference| {
                CellErrorText::new("Naam", &self.name, &Expected::UniqueName(reference))
            })?;
        }
        Ok(self)
    }
}

impl Sheet for Vacancy {
    const DATES: &'static [&'static str] = &["Startdatum", "Sluitingsdatum", "Geplaatst op"];
    const NUMBERS: &'static [&'static str] = &["Uren per week", "Duur (weken)", "Plekken"];

    fn place(&self) -> &str {
        &self.place
    }

    fn agree(self, old: Option<&Self>, names: &mut Names, today: NaiveDate) -> Result<Self, CellErrorText> {
        let known = old.and_then(|old| old.published_on);
        if self.published_on.or(known).is_some_and(|day| self.closes_on < day) {
            // An empty cell keeps the day that the hub has, so it is held to that day.
            let closes_on = write_date(self.closes_on);
            return Err(CellErrorText::new(Self::CLOSING_COLUMN, &closes_on, &Expected::NotBeforeOpening));
        }
        let organisation = names.find(&self.organisation);
        let state = organisation.map_or(OrganisationState::Prospect, |organisation| organisation.state);
        Ok(self.with_first_day(known, state, today))
    }
}

impl Sheet for Event {
    const DATES: &'static [&'static str] = &["Begin", "Einde"];
    const NUMBERS: &'static [&'static str] = &["Capaciteit"];

    fn place(&self) -> &str {
        &self.place
    }

    fn agree(
        self,
        _old: Option<&Self>,
        _names: &mut Names,
        _today: NaiveDate,
    ) -> Result<Self, CellErrorText> {
        Ok(self)
    }
}
