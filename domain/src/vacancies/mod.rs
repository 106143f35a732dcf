//! Vacancies: places that members offer to students and graduates.

mod draft;
mod filter;
pub mod mail;
mod outcome;
mod row;
mod state;
mod step;
mod vacancy;

pub use draft::{
    LONGEST_ITEM, LONGEST_TITLE, LONGEST_VACANCY_TEXT, MOST_ITEMS, NewVacancy, VacancyContext, VacancyDraft,
};
pub use filter::{Facet, LONGEST_QUERY, Near, Radius, Sort, StartPeriod, VacancyFilter};
pub use outcome::{
    ASKED_AGAIN_AFTER, ASKED_AT_MOST_DAYS_AFTER_CLOSING, ASKED_DAYS_AFTER_CLOSING, VacancyOutcome,
};
pub use state::{VacancyState, VacancyVisibility};
pub use step::VacancyStep;
pub use vacancy::{
    HoursBand, Level, Pay, Remote, StoredVacancy, TravelAllowance, Vacancy, VacancyCard, VacancyKind,
    id_in_slug, vacancy_slug,
};
