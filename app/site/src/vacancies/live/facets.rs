//! The facets: a column on wide screens, a sheet on phones. Their hundred counts change with every letter, so they are
//! drawn when they are seen; what is chosen in them is part of the form and always drawn.

use domain::vacancies::VacancyFilter;
use leptos::prelude::*;
use leptos::web_sys::Element;

use super::state::Live;
use ui::browser::listen;

const SHEET: &str = "filters";
/// From this width on the sheet is a column, as `style/sheet.css` has it.
const WIDE: &str = "(width >= 52rem)";

impl Live {
    /// Draws the facets as they are now when they come into view.
    pub(super) fn listen_to_facets(&self) {
        let live = self.clone();
        let catch_up = move || live.facets.set(live.shown.get_untracked());
        if let Some(sheet) = self.element::<Element>(SHEET) {
            listen(&sheet, "beforetoggle", move |_| catch_up());
        }
        if let Ok(Some(width)) = window().match_media(WIDE) {
            listen(&width, "change", move |_| catch_up());
        }
    }

    pub(super) fn facets_are_seen(&self) -> bool {
        let is_open = || {
            let sheet = self.element::<Element>(SHEET);
            sheet.is_some_and(|sheet| sheet.matches(":popover-open").unwrap_or(true))
        };
        window().match_media(WIDE).ok().flatten().is_none_or(|width| width.matches()) || is_open()
    }

    /// Whether other values are chosen than the facets show.
    pub(super) fn facets_differ(&self, filter: &VacancyFilter) -> bool {
        self.facets.with_untracked(|static_html| match static_html {
            Some(static_html) => !static_html.filter.choices().eq(filter.choices()),
            None => true,
        })
    }
}
