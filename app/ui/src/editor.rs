//! A form that saves as one types, where a script runs; without one, its button saves.

use std::marker::PhantomData;

use domain::command::door_path;
use domain::{Command, Language};
use leptos::prelude::*;
use words::texts as t;

use crate::button::Button;

/// A form for a command that changes what two people can edit. Its fields say in `version` with which version they began.
#[component]
pub fn Editor<C: Command>(
    /// The command that saves.
    #[prop(optional)]
    command: PhantomData<C>,
    /// The last part of the address of the page, where it names a thing.
    #[prop(into)]
    slug: String,
    /// The version of what is edited.
    version: i64,
    /// What the button says.
    #[prop(into)]
    label: String,
    /// The language of the page.
    language: Language,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let PhantomData = command;
    let door = format!("{}/{slug}", door_path(C::NOUN, C::VERB));
    let edits = format!("{}/{}", C::NOUN, C::VERB);
    view! {
        <form method="post" class="stack editor" data-part="editor" data-edits=edits data-door=door>
            <input type="hidden" name="version" value=version.to_string() />
            {children()}
            <div class="editor-end">
                <Button name="do" value=C::VERB>{label}</Button>
                <p class="save-state" role="status" aria-label=t::editor_state(language)></p>
            </div>
        </form>
    }
}

/// What somebody else wrote in a field in the meantime, as the page says it beside the field.
pub fn theirs_text(theirs: &str, language: Language) -> String {
    if theirs.is_empty() {
        t::editor_theirs_empty(language).to_owned()
    } else {
        t::editor_theirs(language, theirs)
    }
}
