//! The index: what is known of every open vacancy, arranged for quick answers.

mod dictionary;
mod lists;
mod postings;
mod texts;

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::region::Region;
use domain::vacancies::VacancyCard;
use serde::{Deserialize, Serialize};

use crate::bits::Bits;
use crate::distance::Places;
use crate::facets::FacetTables;
pub(crate) use lists::Lists;
pub(crate) use postings::{Field, Postings};
pub(crate) use texts::{Texts, topics_of};

/// A vacancy as the index takes it in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What a list shows of it.
    pub card: VacancyCard,
    /// The sector of the organisation.
    pub sector: String,
    /// The study fields that fit.
    pub study_fields: Vec<String>,
    /// The skills that help.
    pub skills: Vec<String>,
    /// What it is about, in Markdown.
    pub text: String,
}

/// All open vacancies of a hub on one day, ready to be searched.
///
/// It never changes: when a vacancy does, build another.
#[derive(Clone, Debug)]
pub struct Index {
    /// Newest first; the place in this list is the document's number everywhere else.
    pub(crate) cards: Vec<VacancyCard>,
    pub(crate) everything: Bits,
    /// The documents in the order in which they close.
    pub(crate) closing: Vec<u32>,
    pub(crate) texts: Texts,
    pub(crate) facets: FacetTables,
    pub(crate) places: Places,
    pub(crate) today: NaiveDate,
}

impl Index {
    /// Arranges the documents for search.
    ///
    /// Those that are closed on `today` are left out; start periods are seen from `today`.
    pub fn build(region: &Region, documents: Vec<Document>, today: NaiveDate) -> Self {
        let mut documents = documents;
        documents.retain(|document| today <= document.card.closes_on);
        documents.sort_by_key(|document| Reverse((document.card.published_on, document.card.id)));
        let places = Places::of(region, &documents);
        Self {
            everything: Bits::all(documents.len()),
            closing: closing_order(&documents),
            texts: Texts::of(&documents),
            facets: FacetTables::of(&documents, &places, today),
            places,
            today,
            cards: documents.into_iter().map(|document| document.card).collect(),
        }
    }

    /// How many vacancies are in the index.
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// Whether there is no vacancy at all.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    /// The vacancies that became public last, newest first.
    pub fn newest(&self, count: usize) -> Vec<VacancyCard> {
        self.cards.iter().take(count).cloned().collect()
    }

    /// The vacancies of an organisation, newest first.
    pub fn of_organisation(&self, slug: &str) -> Vec<VacancyCard> {
        self.cards.iter().filter(|card| card.organisation_slug == slug).cloned().collect()
    }
}

impl Default for Index {
    /// An index without vacancies, in a region without places.
    fn default() -> Self {
        Self::build(&Region::default(), Vec::new(), NaiveDate::default())
    }
}

/// What closes first comes first; on the same day the newest.
fn closing_order(documents: &[Document]) -> Vec<u32> {
    let mut order: Vec<(NaiveDate, u32)> =
        documents.iter().map(|document| document.card.closes_on).zip(0..).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, document)| document).collect()
}
