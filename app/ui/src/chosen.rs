//! The rows of a list that a command is to change together, on the page that asks whether it is to.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use crate::list_links::ALL_FIELD;
use crate::static_html::static_html;
use crate::table::CHOSEN_FIELD;

/// Rows that are changed together.
#[derive(Clone, Debug)]
pub enum ChosenView {
    /// Those that were ticked: number and name.
    Some(Vec<(i64, String)>),
    /// All that match.
    All {
        /// The filters, as the address of the list has them.
        query: String,
        /// The number of rows.
        count: u64,
    },
}

impl ChosenView {
    /// The number of rows.
    pub fn count(&self) -> u32 {
        let count = match self {
            Self::Some(chosen) => chosen.len() as u64,
            Self::All { count, .. } => *count,
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The names of the rows that were ticked; of all that match, what is said of them.
    pub fn view(&self, all: impl FnOnce(u32) -> String) -> InertElement {
        match self {
            Self::Some(chosen) => {
                let names = chosen.iter().map(|(_, name)| view! { <li dir="auto">{name.clone()}</li> });
                let names = names.collect_view();
                static_html(view! { <ul class="tags">{names}</ul> })
            }
            Self::All { .. } => static_html(view! { <p><b>{all(self.count())}</b></p> }),
        }
    }

    /// The hidden fields by which a form says which rows are meant.
    pub fn fields(self) -> InertElement {
        let fields = match self {
            Self::Some(chosen) => chosen.into_iter().map(|(id, _)| (CHOSEN_FIELD, id.to_string())).collect(),
            Self::All { query, count } => vec![("query", query), (ALL_FIELD, count.to_string())],
        };
        let fields = fields.into_iter().map(|(name, value)| {
            view! { <input type="hidden" name=name value=value /> }
        });
        let fields = fields.collect_view();
        static_html(view! { {fields} })
    }
}
