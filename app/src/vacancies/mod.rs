//! Vacancies: searching them, and the page of one.

mod answer;
mod api;
mod card;
mod chips;
mod engine;
mod facets;
mod live;
mod page;
mod results;
mod search_page;

pub use answer::{SearchAnswer, SearchError, SnapshotFiles};
pub use api::SearchVacancies;
pub use card::{VacancyCards, VacancyItem};
pub use page::{ClosedVacancy, ClosedVacancyProps, VacancyPage, VacancyPageProps, VacancyView};
pub use search_page::{SearchBox, SearchPage, SearchPageProps};

pub use search_page::search_title;
