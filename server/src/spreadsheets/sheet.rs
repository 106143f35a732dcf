//! What the three sheets ask of the rest of the hub: organisations that exist, and names of their own.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::events::Event;
use domain::organisations::{Organisation, StoredOrganisation};
use domain::sheet::{CellError, Expected, Row};
use domain::text::{fold, slug, write_date};
use domain::vacancies::{Vacancy, first_day_public};
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
    spelling: String,
    reference: String,
}

impl Names {
    pub(super) fn new(organisations: Vec<StoredOrganisation>) -> Self {
        let named = |stored: StoredOrganisation| {
            let Organisation { name, reference, .. } = stored.organisation;
            (key(&name), Name { spelling: name, reference })
        };
        Self(organisations.into_iter().map(named).collect())
    }

    /// The name as the hub spells it.
    fn spelling(&self, name: &str, column: &str) -> Result<String, CellErrorText> {
        let known = self.0.get(&key(name)).map(|known| known.spelling.clone());
        known.ok_or_else(|| CellErrorText::new(column, name, &Expected::Organisation))
    }

    /// Keeps the name for the organisation with this reference; gives the reference that has it already.
    fn claim(&mut self, name: &str, reference: &str) -> Result<(), String> {
        let claimed = Name { spelling: name.to_owned(), reference: reference.to_owned() };
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

    fn agree(
        mut self,
        old: Option<&Self>,
        names: &mut Names,
        today: NaiveDate,
    ) -> Result<Self, CellErrorText> {
        self.organisation = names.spelling(&self.organisation, Self::ORGANISATION_COLUMN)?;
        let known = self.published_on.or(old.and_then(|old| old.published_on));
        if known.is_some_and(|day| self.closes_on < day) {
            // An empty cell keeps the day that the hub has, so it is held to that day.
            let closes_on = write_date(self.closes_on);
            return Err(CellErrorText::new(Self::CLOSING_COLUMN, &closes_on, &Expected::NotBeforeOpening));
        }
        self.published_on = known.or_else(|| first_day_public(self.state, self.closes_on, today));
        Ok(self)
    }
}

impl Sheet for Event {
    const DATES: &'static [&'static str] = &["Begin", "Einde"];
    const NUMBERS: &'static [&'static str] = &["Capaciteit"];

    fn place(&self) -> &str {
        &self.place
    }

    fn agree(
        mut self,
        _old: Option<&Self>,
        names: &mut Names,
        _today: NaiveDate,
    ) -> Result<Self, CellErrorText> {
        self.host = self.host.map(|host| names.spelling(&host, "Gastheer")).transpose()?;
        Ok(self)
    }
}
