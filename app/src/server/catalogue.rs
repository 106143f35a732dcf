//! All that is public on one day, in memory: made anew when something changes or the day does.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use domain::events::StoredEvent;
use domain::hub::Hub;
use domain::organisations::StoredOrganisation;
use domain::vacancies::{StoredVacancy, VacancyCard};
use search::{Document, Index};
use store::Store;

use super::to_html;

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
    read: RwLock<HashMap<i64, Arc<ReadVacancy>>>,
}

/// An open vacancy as its page needs it; made when somebody first reads it, gone with the catalogue.
pub(crate) struct ReadVacancy {
    /// All that is known.
    pub(crate) stored: StoredVacancy,
    /// Its text as sanitised HTML.
    pub(crate) html: String,
    /// Open vacancies that resemble it.
    pub(crate) similar: Vec<VacancyCard>,
}

/// How many read vacancies are kept: about 10 MB.
const MOST_READ: usize = 2_000;
const SIMILAR: usize = 4;

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
        Ok(Self {
            revision,
            today,
            organisations,
            events,
            index,
            open_by_organisation,
            read: RwLock::default(),
        })
    }

    /// How many open vacancies an organisation has.
    pub fn open_vacancies_of(&self, organisation_slug: &str) -> u32 {
        self.open_by_organisation.get(organisation_slug).copied().unwrap_or(0)
    }

    /// An open vacancy that somebody read before, since the last change.
    pub(crate) fn find_read(&self, id: i64) -> Option<Arc<ReadVacancy>> {
        self.read.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// Makes what the page of an open vacancy needs, and keeps it for who reads it next.
    pub(crate) fn read(&self, stored: StoredVacancy) -> Arc<ReadVacancy> {
        let html = to_html(&stored.vacancy.text);
        let similar = self.index.similar(stored.id, SIMILAR);
        let id = stored.id;
        let vacancy = Arc::new(ReadVacancy { stored, html, similar });
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        if read.len() < MOST_READ {
            read.insert(id, Arc::clone(&vacancy));
        }
        vacancy
    }

    /// The open vacancies that resemble one that has closed.
    pub(crate) fn similar_to_closed(&self, stored: StoredVacancy) -> Vec<VacancyCard> {
        self.index.similar_to(&document(stored), SIMILAR)
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
fn document(stored: StoredVacancy) -> Document {
    let card = stored.card();
    let StoredVacancy { sector, vacancy, .. } = stored;
    Document { card, sector, study_fields: vacancy.study_fields, skills: vacancy.skills, text: vacancy.text }
}
