//! What the hub holds of persons in its events.

use crate::personal_data::TableDeclaration;

/// The table of events holds nothing of persons: the public site tells all of it.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::without_persons("events")];
