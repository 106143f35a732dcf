//! Vacancies: searching them, and the page of one.

mod answer;
mod api;
mod card;
mod chips;
mod elsewhere;
mod engine;
mod facets;
mod live;
mod map;
mod offers;
mod page;
mod places;
mod results;
mod search_page;
mod search_words;
mod suggestions;
mod talent;

pub use answer::{SearchError, SearchResponse, SnapshotFiles};
pub use api::{MapVacancies, SearchVacancies, SuggestVacancies};
pub use card::{VacancyCards, VacancyItem};
pub use page::{ClosedVacancy, ClosedVacancyProps, VacancyPage, VacancyPageProps, VacancyView};
pub use search_page::{SearchPage, SearchPageProps};

pub use chips::label_of;
pub(crate) use map::drawing;
pub use search_words::search_title;
