//! What the hub holds of persons in its organisations.

use crate::personal_data::{ColumnReason, Erasing, Export, TableDeclaration};

const CONTACT: &str = "an organisation's contact is the organisation's to change";

/// What the table of organisations holds of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::of_persons(
    "organisations",
    Export::Nothing("it is the organisation's, not the person's"),
    Erasing::Nothing(CONTACT),
)
.keeping(&[ColumnReason::new("contact_name", CONTACT), ColumnReason::new("email", CONTACT)])];
