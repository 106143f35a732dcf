//! A sheet: a column on wide screens, a sheet from below on phones; works without a script.
//!
//! It is a popover, which a wide screen simply shows in its column. So there is one form, once on the page,
//! and the browser itself opens and closes it, by Escape and a tap beside it too.

use super::Icon;
use leptos::prelude::*;

/// The bar on a phone that opens a [`Sheet`] and stays at the top; hidden where the sheet is a column.
#[component]
pub fn SheetButton(
    /// The id of the sheet.
    #[prop(into)]
    sheet: String,
    /// A picture before the text.
    #[prop(default = Icon::Filter)]
    icon: Icon,
    children: Children,
) -> impl IntoView {
    view! {
        <p class="sheet-button">
            <button class="button primary" type="button" popovertarget=sheet>
                {icon.view()}
                {children()}
            </button>
        </p>
    }
}

/// A sheet; what is in it scrolls, its foot stays.
#[component]
pub fn Sheet(
    /// Its id, for the [`SheetButton`].
    #[prop(into)]
    id: String,
    /// Its heading: "Filters".
    #[prop(into)]
    title: String,
    /// What the button with the cross does: "Sluit".
    #[prop(into)]
    close: String,
    /// The part that stays at the bottom: the button "Toon 34 resultaten".
    #[prop(into)]
    foot: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let (target, label) = (id.clone(), title.clone());
    view! {
        <aside class="sheet" id=id popover="auto" aria-label=label>
            <header>
                <h2>{title}</h2>
                <button
                    class="bare"
                    type="button"
                    popovertarget=target
                    popovertargetaction="hide"
                    aria-label=close
                >
                    {Icon::Close.view()}
                </button>
            </header>
            {children()}
            <footer>{foot.run()}</footer>
        </aside>
    }
}
