//! All that is public on one day, in memory: made anew when the day does, changed where something changes.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use domain::Language;
use domain::events::StoredEvent;
use domain::hub::{Hub, LocalText};
use domain::organisations::StoredOrganisation;
use domain::text::slug;
use domain::vacancies::{Facet, StoredVacancy, VacancyCard};
use search::analyse::{Lexicon, Synonyms};
use search::{Document, Elsewhere, ElsewhereEntry, ElsewhereKind, Index, Knowledge, Name};
use store::{Store, Subject, WrittenRows};

use crate::markdown::{excerpt, to_html};

/// All that is public on one day.
pub struct Catalogue {
    /// The revision of the database that this shows.
    pub revision: i64,
    /// The day that this shows.
    pub today: NaiveDate,
    /// The organisations, by name.
    pub organisations: Arc<Vec<StoredOrganisation>>,
    /// The public events, past and coming, by beginning.
    pub events: Arc<Vec<StoredEvent>>,
    /// The open vacancies.
    pub index: Index,
    /// The number of the newest change that this shows.
    change: i64,
    open_by_organisation: HashMap<String, u32>,
    read: RwLock<HashMap<i64, Arc<ReadVacancy>>>,
}

/// An open vacancy as its page needs it; made when somebody first reads it, gone with the catalogue.
pub struct ReadVacancy {
    /// All that is known.
    pub stored: StoredVacancy,
    /// Its text as sanitised HTML.
    pub html: String,
    /// Open vacancies that resemble it.
    pub similar: Vec<VacancyCard>,
}

/// Which words belong together, read once.
pub(crate) struct Wording {
    synonyms: Arc<Synonyms>,
    lexicon: Arc<Lexicon>,
}

impl Wording {
    /// The engine's own synonyms and lexicon, and the lines of the hub.
    pub(crate) fn with(own_synonyms: &str) -> Self {
        Self {
            synonyms: Arc::new(Synonyms::standard().with(own_synonyms)),
            lexicon: Arc::new(Lexicon::standard()),
        }
    }
}

/// How many read vacancies are kept: about 10 MB.
const MOST_READ: usize = 2_000;
const SIMILAR: usize = 4;
/// When so many vacancies changed one by one, the index is built anew: it is then smaller and quicker.
const MOST_CHANGED: usize = 1_000;

impl Catalogue {
    /// Reads the catalogue of a day.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn load(
        store: &Store,
        hub: &Hub,
        wording: &Wording,
        today: NaiveDate,
    ) -> Result<Self, store::Error> {
        // What is written while this reads is read again with the next change.
        let change = store.last_change().await?;
        let revision = store.revision().await?;
        let organisations = store.list_organisations().await?;
        let events = store.list_events().await?;
        let vacancies = store.list_open_vacancies(today).await?;
        let mut open_by_organisation: HashMap<String, u32> = HashMap::new();
        for stored in &vacancies {
            *open_by_organisation.entry(stored.organisation_slug.clone()).or_default() += 1;
        }
        let knowledge = Knowledge {
            region: hub.region.clone(),
            synonyms: Arc::clone(&wording.synonyms),
            lexicon: Arc::clone(&wording.lexicon),
            names: names(hub),
            elsewhere: elsewhere(hub, &organisations, &events, today),
        };
        // Building takes seconds where there are tens of thousands; requests go on meanwhile.
        let build = move || {
            let mut builder = Index::builder(Arc::new(knowledge), today);
            for stored in vacancies {
                builder.add(&document(stored));
            }
            builder.finish()
        };
        let index = tokio::task::spawn_blocking(build)
            .await
            .map_err(|error| store::Error::File(std::io::Error::other(error)))?;
        Ok(Self {
            revision,
            today,
            organisations: Arc::new(organisations),
            events: Arc::new(events),
            index,
            change,
            open_by_organisation,
            read: RwLock::default(),
        })
    }

    /// The catalogue after what was written since; nothing when it is better read anew, because more than some
    /// vacancies changed, themselves or with their organisation.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn changed(&self, store: &Store, hub: &Hub) -> Result<Option<Self>, store::Error> {
        let revision = store.revision().await?;
        let WrittenRows { last, rows } = store.rows_written_after(self.change).await?;
        if rows.len() + self.index.recent_len() > MOST_CHANGED {
            return Ok(None);
        }
        let ids_of = |wanted| rows.iter().filter(move |(subject, _)| *subject == wanted).map(|(_, id)| *id);
        let organisation_ids: Vec<i64> = ids_of(Subject::Organisation).collect();
        let ids: Vec<i64> =
            ids_of(Subject::Vacancy).chain(self.ids_of_organisations(&organisation_ids)).collect();
        let open = store.list_open_among(&ids, &organisation_ids, self.today).await?;
        if ids.len().max(open.len()) + self.index.recent_len() > MOST_CHANGED {
            return Ok(None);
        }
        let open_by_organisation = self.counted_anew(&ids, &open);
        let documents = open.into_iter().map(document).collect();
        let mut changed = Self {
            revision,
            today: self.today,
            organisations: Arc::clone(&self.organisations),
            events: Arc::clone(&self.events),
            index: self.index.changed(documents, &ids),
            change: last,
            open_by_organisation,
            read: RwLock::default(),
        };
        if rows.iter().any(|(subject, _)| *subject != Subject::Vacancy) {
            changed.read_surroundings(store, hub).await?;
        }
        Ok(Some(changed))
    }

    /// The numbers of the open vacancies that organisations had when this was read.
    fn ids_of_organisations(&self, organisation_ids: &[i64]) -> Vec<i64> {
        let ids: HashSet<i64> = organisation_ids.iter().copied().collect();
        let changed = self.organisations.iter().filter(|stored| ids.contains(&stored.id));
        self.index.ids_of_organisations(&changed.map(|stored| stored.slug.as_str()).collect())
    }

    /// How many open vacancies each organisation has after the vacancies with these numbers went and others came.
    fn counted_anew(&self, gone: &[i64], came: &[StoredVacancy]) -> HashMap<String, u32> {
        let mut counts = self.open_by_organisation.clone();
        let gone: HashSet<i64> = gone.iter().copied().collect();
        for card in gone.into_iter().filter_map(|id| self.index.card(id)) {
            if let Some(count) = counts.get_mut(&card.organisation_slug) {
                *count = count.saturating_sub(1);
            }
        }
        for stored in came {
            *counts.entry(stored.organisation_slug.clone()).or_default() += 1;
        }
        counts
    }

    /// Reads organisations and events anew; the vacancies stay.
    async fn read_surroundings(&mut self, store: &Store, hub: &Hub) -> Result<(), store::Error> {
        self.organisations = Arc::new(store.list_organisations().await?);
        self.events = Arc::new(store.list_events().await?);
        let elsewhere = elsewhere(hub, &self.organisations, &self.events, self.today);
        self.index = self.index.with_elsewhere(elsewhere);
        Ok(())
    }

    /// How many open vacancies an organisation has.
    pub fn open_vacancies_of(&self, organisation_slug: &str) -> u32 {
        self.open_by_organisation.get(organisation_slug).copied().unwrap_or(0)
    }

    /// An open vacancy that somebody read before, since the last change.
    pub fn find_read(&self, id: i64) -> Option<Arc<ReadVacancy>> {
        self.read.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// Makes what the page of an open vacancy needs, and keeps it for who reads it next.
    pub fn read(&self, stored: StoredVacancy) -> Arc<ReadVacancy> {
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
    pub fn similar_to_closed(&self, stored: StoredVacancy) -> Vec<VacancyCard> {
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
    let text = excerpt(&vacancy.text, usize::MAX);
    Document { card, sector, study_fields: vacancy.study_fields, skills: vacancy.skills, text }
}

fn names(hub: &Hub) -> Vec<Name> {
    let of = |facet, terms: &[LocalText]| {
        let name = move |term: &LocalText| Name {
            facet,
            value: slug(&term.nl),
            german: term.get(Language::German).to_owned(),
            english: term.get(Language::English).to_owned(),
        };
        terms.iter().map(name).collect::<Vec<_>>()
    };
    [of(Facet::StudyField, &hub.study_fields), of(Facet::Sector, &hub.sectors)].concat()
}

/// Organisations and coming events, which a search shows beside vacancies.
fn elsewhere(
    hub: &Hub,
    organisations: &[StoredOrganisation],
    events: &[StoredEvent],
    today: NaiveDate,
) -> Elsewhere {
    let mut elsewhere = Elsewhere::default();
    for stored in organisations {
        let organisation = &stored.organisation;
        let sectors = Language::ALL.iter().map(|language| hub.sector_name(&organisation.sector, *language));
        let words = format!("{} {}", sectors.collect::<Vec<_>>().join(" "), organisation.place);
        let entry = ElsewhereEntry { title: organisation.name.clone(), slug: stored.slug.clone() };
        elsewhere.add(ElsewhereKind::Organisation, entry, &words);
    }
    for stored in events.iter().filter(|stored| stored.event.ends_at.date() >= today) {
        let entry = ElsewhereEntry { title: stored.event.title.clone(), slug: stored.slug() };
        elsewhere.add(ElsewhereKind::Event, entry, &stored.event.place);
    }
    elsewhere
}
