//! Mail to organisations about their vacancies.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::message::messages;

messages! {
    /// Mail to an organisation about its vacancies.
    VacancyMail, VacancyMailKind {
        /// To the organisation: what became of a vacancy that closed?
        "ask_outcome" => AskOutcome {
            /// The token of the link.
            link: String,
            /// The title of the vacancy.
            vacancy: String,
            /// The last day on which it was public.
            closed_on: NaiveDate,
        },
        /// To the people of the organisation: a vacancy closes soon.
        "vacancy_closes" => VacancyCloses(ClosingVacancy),
    }
}

/// A vacancy that closes soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingVacancy {
    /// The last part of its address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The last day on which it is public.
    pub closes_on: NaiveDate,
    /// The number of days until then.
    pub days: u32,
}
