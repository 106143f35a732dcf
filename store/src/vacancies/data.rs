//! What the hub holds of persons in its vacancies.

use crate::personal_data::TableDeclaration;

/// The tables of vacancies hold nothing of persons: the organisations and the public site tell all of it.
pub(crate) const TABLES: &[TableDeclaration] =
    &[TableDeclaration::without_persons("vacancies"), TableDeclaration::without_persons("vacancy_questions")];
