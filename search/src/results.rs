//! What a search answers.

use domain::talents::Fit;
use domain::vacancies::{Facet, Radius, VacancyCard, VacancyFilter};
use serde::{Deserialize, Serialize};

use crate::elsewhere::FoundElsewhere;

/// The answer to a filter: one page of results, and what there is to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchResults {
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
    /// How many fit at every place that has any, whatever place was chosen; in the order of the region.
    pub places: Vec<PlaceCount>,
    /// When nothing fits: what to let go, the choice that gives most first.
    pub relaxations: Vec<Relaxation>,
    /// What words of the query could mean, to be offered.
    pub understood: Vec<Understood>,
    /// What the words find beside vacancies.
    pub elsewhere: Vec<FoundElsewhere>,
}

/// A vacancy that fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// What a list shows of it.
    pub card: VacancyCard,
    /// Where in the title the words stand that were looked for: from and to, in bytes.
    pub marks: Vec<(u32, u32)>,
    /// Whole kilometres from the place of the filter, when both places are known.
    pub distance_km: Option<u32>,
    /// How well it fits the talent who asks.
    pub fit: Option<Fit>,
}

/// How many vacancies fit at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceCount {
    /// Its name in the region's spelling.
    pub name: String,
    /// How many fit there.
    pub count: u32,
}

/// Words of the query that name a choice: `hbo` a level, `Doetinchem` a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Understood {
    /// The choice.
    pub choice: Choice,
    /// The filter with the choice instead of the words.
    pub filter: VacancyFilter,
    /// How many vacancies that filter gives; never 0.
    pub total: u32,
}

/// A choice that words can name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    /// A value of a facet, and its text as the data has it.
    Value(Facet, String, String),
    /// A place, in the region's spelling.
    Place(String),
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
