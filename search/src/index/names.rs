//! What organisations and skills are called, as slugs: what is typed may name or begin one.

use domain::text::slug;

use crate::columns::Columns;
use crate::hash::Map;

/// The names of the organisations and skills of the columns, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) organisations: Vec<String>,
    pub(crate) skills: Vec<String>,
    /// The first organisation of every name.
    by_name: Map<String, u32>,
}

impl Names {
    pub(crate) fn of(columns: &Columns) -> Self {
        let organisations: Vec<String> = columns.organisations.iter().map(|organisation| slug(&organisation.name)).collect();
        let mut by_name = Map::default();
        for (name, number) in organisations.iter().zip(0..) {
            by_name.entry(name.clone()).or_insert(number);
        }
        Self { organisations, skills: columns.skills.iter().map(|skill| slug(skill)).collect(), by_name }
    }

    /// The organisation of which this is the slug of its name.
    pub(crate) fn organisation(&self, slug: &str) -> Option<u32> {
        self.by_name.get(slug).copied()
    }
}
