//! A vacancy on its way into the index.

use domain::vacancies::VacancyCard;
use serde::{Deserialize, Serialize};

/// A vacancy as the index takes it in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The fields shown in lists.
    pub card: VacancyCard,
    /// The sector of the organisation.
    pub sector: String,
    /// The study fields that fit.
    pub study_fields: Vec<String>,
    /// The skills that help.
    pub skills: Vec<String>,
    /// The description as plain text, without Markdown.
    pub text: String,
}
