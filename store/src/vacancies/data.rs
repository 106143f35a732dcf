//! What the hub holds of persons in its vacancies.

use crate::personal_data::{Erasing, Export, TableDeclaration};

/// The tables of vacancies tell of organisations. Of persons they hold only who typed a change that waits.
pub(crate) const TABLES: &[TableDeclaration] = &[
    TableDeclaration::without_persons("vacancies"),
    TableDeclaration::without_persons("vacancy_questions"),
    TableDeclaration::of_persons(
        "vacancy_changes",
        Export::Nothing("what was typed is the organisation's; the number only says by whom"),
        Erasing::Nothing("the database takes the number away with the account"),
    ),
];
