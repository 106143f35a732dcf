//! The results of a search.

use domain::talents::Fit;
use domain::vacancies::{Facet, Radius, VacancyCard, VacancyFilter};
use serde::{Deserialize, Serialize};

use crate::elsewhere::FoundElsewhere;

/// The answer to a filter: one page of results, and what there is to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchResults {
    /// The number of matching vacancies over all pages.
    pub total: u32,
    /// The page that was asked for, from 1; it has no hits when it lies beyond the last.
    pub page: u32,
    /// The number of pages; one when nothing matches.
    pub pages: u32,
    /// The vacancies of the page.
    pub hits: Vec<Hit>,
    /// The counts of every facet, in the order of [`Facet::ALL`].
    pub facets: Vec<FacetCounts>,
    /// The outcome of looking up the filter's place.
    pub place: PlaceMatch,
    /// The number of matches at every place that has any, whatever place was chosen; in the order of the region.
    pub places: Vec<PlaceCount>,
    /// Choices to drop when nothing matches, the one that gives most first.
    pub relaxations: Vec<Relaxation>,
    /// Filters that words of the query could stand for, to be offered.
    pub understood: Vec<Understood>,
    /// Matches outside vacancies.
    pub elsewhere: Vec<FoundElsewhere>,
}

/// A vacancy that fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The fields shown in lists.
    pub card: VacancyCard,
    /// The matched words in the title: start and end, in bytes.
    pub marks: Vec<(u32, u32)>,
    /// Whole kilometres from the place of the filter, when both places are known.
    pub distance_km: Option<u32>,
    /// The match with the profile of the talent who searches.
    pub fit: Option<Fit>,
}

/// The number of matching vacancies at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceCount {
    /// Its name in the region's spelling.
    pub name: String,
    /// The number of matches there.
    pub count: u32,
}

/// Words of the query that name a choice: `hbo` a level, `Doetinchem` a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Understood {
    /// The choice.
    pub choice: Choice,
    /// The filter with the choice instead of the words.
    pub filter: VacancyFilter,
    /// The number of vacancies that the filter gives; never 0.
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

/// The number of matching vacancies for a value of a facet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value as it stands in an address.
    pub value: String,
    /// The text as the data has it for study field, sector and municipality; elsewhere the value.
    pub label: String,
    /// The number of vacancies that match all else and have this value.
    pub count: u32,
}

/// The outcome of looking up a filter's place.
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
    /// The part that is dropped.
    pub dropped: Dropped,
    /// The filter without it.
    pub filter: VacancyFilter,
    /// The number of vacancies that the filter gives; never 0.
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
