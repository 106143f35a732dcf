//! A message to the reader.

use leptos::prelude::*;

/// The kind of message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good to know, or done.
    #[default]
    Info,
    /// Look out.
    Warning,
    /// It did not work; read out at once.
    Error,
}

/// A message on a coloured ground.
#[component]
pub fn Notice(
    /// The kind of message.
    #[prop(optional)]
    kind: NoticeKind,
    children: Children,
) -> impl IntoView {
    let (class, role) = match kind {
        NoticeKind::Info => ("notice", "status"),
        NoticeKind::Warning => ("notice warning", "status"),
        NoticeKind::Error => ("notice fault", "alert"),
    };
    view! {
        <div class=class role=role>
            {children()}
        </div>
    }
}
