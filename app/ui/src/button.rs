//! Buttons, and links that look like one.

use super::{Icon, MaybeText};
use leptos::prelude::*;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here; once on a page.
    Primary,
    /// Everything else.
    #[default]
    Quiet,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Quiet => "button",
        }
    }
}

/// A button; sends its form unless `type` says otherwise.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// `submit`, `button` or `reset`.
    #[prop(default = "submit")]
    r#type: &'static str,
    /// What the form sends when this button sends it, with `value`.
    #[prop(optional, into)]
    name: MaybeText,
    /// See `name`.
    #[prop(optional, into)]
    value: MaybeText,
    /// A picture before the text.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Whether it does nothing for now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <button class=kind.class() type=r#type name=name.0 value=value.0 disabled=disabled>
            {icon.map(Icon::view)}
            {children()}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// A picture before the text.
    #[prop(optional)]
    icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {icon.map(Icon::view)}
            {children()}
        </a>
    }
}
