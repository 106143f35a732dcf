//! The face of an organisation.

use super::{MaybeText, Plot, PlotSize};
use leptos::either::Either;
use leptos::prelude::*;

/// An organisation's logo, or else its plot; decoration, so its name must stand beside it.
#[component]
pub fn OrganisationMark(
    /// The organisation's name.
    #[prop(into)]
    name: String,
    /// The address of its logo.
    #[prop(optional, into)]
    logo: MaybeText,
    /// How large it is.
    #[prop(optional)]
    size: PlotSize,
) -> impl IntoView {
    match logo.0 {
        Some(logo) => {
            let class = size.class("plot logo");
            Either::Left(
                view! { <img class=class src=logo alt="" width="76" height="76" loading="lazy" decoding="async" /> },
            )
        }
        None => Either::Right(view! { <Plot name=name size=size /> }),
    }
}
