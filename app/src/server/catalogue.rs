//! All that is public on one day, in memory: made anew when something changes or the day does.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::events::StoredEvent;
use domain::hub::Hub;
use domain::organisations::StoredOrganisation;
use domain::vacancies::{StoredVacancy, VacancyCard};
use search::{Document, Index};
use store::Store;

/// All that is public on one day.
pub struct Catalogue {
    /// The revision of the database that this shows.
    pub revision: i64,
    /// The day that this shows.
    pub today: NaiveDate,
    /// The organisations, by name.
    pub organisations: Vec<StoredOrganisation>,
    /// The public events, past and coming, by beginning.
    pub events: Vec<StoredEvent>,
    /// The open vacancies.
    pub index: Index,
    open_by_organisation: HashMap<String, u32>,
}

impl Catalogue {
    /// Reads the catalogue of a day.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(store: &Store, hub: &Hub, today: NaiveDate) -> Result<Self, store::Error> {
        let revision = store.revision().await?;
        let organisations = store.list_organisations().await?;
        let mut events = store.list_events().await?;
        events.retain(|stored| stored.event.audience.is_public());
        let vacancies = store.list_open_vacancies(today).await?;
        let mut open_by_organisation: HashMap<String, u32> = HashMap::new();
        for stored in &vacancies {
            *open_by_organisation.entry(stored.organisation_slug.clone()).or_default() += 1;
        }
        let documents = vacancies.into_iter().map(document).collect();
        let region = hub.region.clone();
        // Building takes seconds where there are tens of thousands; requests go on meanwhile.
        let index = tokio::task::spawn_blocking(move || Index::build(&region, documents, today))
            .await
            .map_err(|fault| store::Error::File(std::io::Error::other(fault)))?;
        Ok(Self { revision, today, organisations, events, index, open_by_organisation })
    }

    /// How many open vacancies an organisation has.
    pub fn open_vacancies_of(&self, organisation_slug: &str) -> u32 {
        self.open_by_organisation.get(organisation_slug).copied().unwrap_or(0)
    }

    /// Every open vacancy, newest first.
    pub fn open_vacancies(&self) -> Vec<VacancyCard> {
        self.index.newest(self.index.len())
    }

    /// The organisation of that address.
    pub fn find_organisation(&self, slug: &str) -> Option<&StoredOrganisation> {
        self.organisations.iter().find(|stored| stored.slug == slug)
    }

    /// The public event of that number.
    pub fn find_event(&self, id: i64) -> Option<&StoredEvent> {
        self.events.iter().find(|stored| stored.id == id)
    }

    /// The public events that have not ended before today, by beginning.
    pub fn coming_events(&self) -> impl Iterator<Item = &StoredEvent> {
        self.events.iter().filter(|stored| stored.event.ends_at.date() >= self.today)
    }
}

/// A vacancy as the index takes it.
pub(crate) fn document(stored: StoredVacancy) -> Document {
    let card = stored.card();
    let StoredVacancy { sector, vacancy, .. } = stored;
    Document { card, sector, study_fields: vacancy.study_fields, skills: vacancy.skills, text: vacancy.text }
}
