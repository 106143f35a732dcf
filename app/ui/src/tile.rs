//! A grid of tiles with large pictures, like the fronts of shops in a street.

use super::{MaybeText, OrganisationMark, PlotSize};
use leptos::prelude::*;

/// A grid of [`Tile`]s.
#[component]
pub fn TileGrid(children: Children) -> impl IntoView {
    view! { <ul class="tiles">{children()}</ul> }
}

/// An organisation: its plot or logo, its name and a line about it; all of it is one link.
#[component]
pub fn Tile(
    /// Its page.
    #[prop(into)]
    href: String,
    /// Its name.
    #[prop(into)]
    name: String,
    /// The address of its logo.
    #[prop(optional, into)]
    logo: MaybeText,
    /// A line about it: "Ulft · 4 vacatures".
    #[prop(optional, into)]
    meta: MaybeText,
) -> impl IntoView {
    view! {
        <li class="tile">
            <OrganisationMark name=name.clone() logo=logo size=PlotSize::Fill />
            <h3>
                <a href=href>{name}</a>
            </h3>
            {meta.0.map(|meta| view! { <p>{meta}</p> })}
        </li>
    }
}
