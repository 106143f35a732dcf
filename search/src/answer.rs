//! What a search answers.

use domain::vacancies::{Facet, Radius, VacancyCard, VacancyFilter};
use serde::{Deserialize, Serialize};

/// The answer to a filter: one page of results, and what there is to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// How many vacancies fit, over all pages.
    pub total: u32,
    /// The page that was asked for, from 1; it has no hits when it lies beyond the last.
    pub page: u32,
    /// How many pages there are; one when nothing fits.
    pub pages: u32,
    /// The vacancies of the page.
    pub hits: Vec<Hit>,
    /// The counts of every facet, in the order of [`Facet::ALL`].
    pub facets: Vec<FacetCounts>,
    /// What the index made of the place.
    pub place: PlaceMatch,
    /// When nothing fits: what to let go, the choice that gives most first.
    pub relaxations: Vec<Relaxation>,
}

/// A vacancy that fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// What a list shows of it.
    pub card: VacancyCard,
    /// Whole kilometres from the place of the filter, when both places are known.
    pub distance_km: Option<u32>,
}

/// The values of a facet with their counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacetCounts {
    /// The facet.
    pub facet: Facet,
    /// Its values, in the order in which they are shown.
    pub values: Vec<FacetValue>,
}

/// How many vacancies a value of a facet gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value as it stands in an address.
    pub value: String,
    /// The text as the data has it for study field, sector and municipality; elsewhere the value.
    pub label: String,
    /// How many vacancies fit all else and have this value.
    pub count: u32,
}

/// What the index made of the place of a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaceMatch {
    /// No place was given.
    Anywhere,
    /// The region knows the place.
    Known {
        /// Its name in the region's spelling.
        name: String,
    },
    /// The region does not know the place; distance was ignored.
    Unknown {
        /// The place that is spelled most like it, when there is one.
        near: Option<String>,
    },
}

/// One choice to let go when nothing fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relaxation {
    /// What is let go.
    pub dropped: Dropped,
    /// The filter without it.
    pub filter: VacancyFilter,
    /// How many vacancies that filter gives; never 0.
    pub total: u32,
}

/// The part of a filter that a [`Relaxation`] lets go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Dropped {
    /// All words.
    Query,
    /// The place.
    Place,
    /// The radius, for this wider one.
    Radius(Radius),
    /// One value of a facet.
    Choice(Facet, String),
}
