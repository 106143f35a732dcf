//! Vacancies: places that members offer to students and graduates.

mod filter;
mod outcome;
mod row;
mod state;
mod vacancy;

pub use filter::{Facet, LONGEST_QUERY, Near, Radius, Sort, StartPeriod, VacancyFilter};
pub use outcome::{
    ASKED_AGAIN_AFTER, ASKED_AT_MOST_DAYS_AFTER_CLOSING, ASKED_DAYS_AFTER_CLOSING, VacancyOutcome,
};
pub use state::VacancyState;
pub use vacancy::{
    HoursBand, Level, Pay, Remote, StoredVacancy, Vacancy, VacancyCard, VacancyKind, first_day_public,
    id_in_slug, vacancy_slug,
};
