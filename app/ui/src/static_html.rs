//! Parts of pages that only the server draws.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// A part of a page as finished HTML.
///
/// Its type says nothing of what is in it, as that of `into_any` doesn't; but only the one function that draws it is compiled,
/// where `into_any` needs all that a browser could do with it. What a browser draws too must not use it.
pub fn static_html(view: impl IntoView) -> InertElement {
    InertElement::new(view.into_view().to_html())
}
