//! Choices to tick: options with how many things each gives, in groups.

use leptos::prelude::*;

/// How many of a group's choices can be on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChoiceKind {
    /// Any number.
    #[default]
    Many,
    /// One.
    One,
}

/// A row to tick; an `on:change` given to it hears its control.
#[component]
pub fn Choice(
    /// The name in the form.
    #[prop(into)]
    name: String,
    /// The value that the form sends.
    #[prop(into)]
    value: String,
    /// The content.
    #[prop(into)]
    label: String,
    /// Whether others of the group can be on as well.
    #[prop(optional)]
    kind: ChoiceKind,
    /// Whether it is on.
    #[prop(optional, into)]
    checked: Signal<bool>,
    /// How many things it gives.
    #[prop(optional, into)]
    count: Signal<Option<usize>>,
) -> impl IntoView {
    let r#type = match kind {
        ChoiceKind::Many => "checkbox",
        ChoiceKind::One => "radio",
    };
    let is_empty = move || count.get() == Some(0) && !checked.get();
    view! {
        <label class="opt" class:none=is_empty>
            <input type=r#type name=name value=value checked=checked.get_untracked() prop:checked=checked />
            <span>{label}</span>
            {move || count.get().map(|count| view! { <b>{count}</b> })}
        </label>
    }
}

/// Choices that belong together.
#[component]
pub fn FilterGroup(
    /// What they are about: "Soort".
    #[prop(into)]
    legend: String,
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="facet">
            <legend>{legend}</legend>
            {children()}
        </fieldset>
    }
}
