//! Boards and editors in every state, for the gallery.

use domain::{Language, command};
use leptos::prelude::*;

use crate::board::{Board, BoardCard, BoardColumn, CardStep};
use crate::editor::{Editor, theirs_text};
use crate::field::Field;
use crate::heading::SectionHeading;
use crate::link::Link;
use crate::static_html::static_html;

command! {
    /// Stands for the command of any board or editor; no page takes it.
    "gallery" "show" => pub struct ShowInGallery {
        /// A field.
        pub question: Vec<String>,
    }
}

const LANGUAGE: Language = Language::English;

fn steps() -> Vec<CardStep> {
    let step = |step, label: &str, asks_more| CardStep { step, label: label.to_owned(), asks_more };
    vec![step("talk", "In conversation", false), step("decline", "Decline, with a reason…", true)]
}

fn card(id: &str, name: &str, note: &'static str, steps: Vec<CardStep>) -> BoardCard {
    BoardCard {
        id: id.to_owned(),
        name: name.to_owned(),
        href: "#".to_owned(),
        lines: vec![
            static_html(view! { <p>"Programming a welding robot"</p> }),
            static_html(view! { <p class="late">{note}</p> }),
        ],
        steps,
    }
}

/// A board with a full column, one with more than is shown, an empty one, and a card that stays where it is.
#[component]
pub(super) fn Boards() -> impl IntoView {
    let column = |label: &str, count, step, cards, more| BoardColumn {
        label: label.to_owned(),
        count,
        step,
        cards,
        more,
    };
    let columns = vec![
        column(
            "New",
            2,
            None,
            vec![
                card("1", "Fenna te Riele", "waits for 9 days", steps()),
                card("2", "Jonas Weber", "since today", steps()),
            ],
            None,
        ),
        column("In conversation", 0, Some("talk"), Vec::new(), None),
        column(
            "Closed",
            41,
            Some("decline"),
            vec![card("3", "Aoife Byrne", "3 November 2026", Vec::new())],
            Some(Link::new("#", "40 more in the table")),
        ),
    ];
    static_html(view! {
        <section class="section">
            <SectionHeading title="Boards" />
            <div class="table-page" data-part="board">
                <Board<ShowInGallery> slug="style" caption="Applications" columns=columns language=LANGUAGE />
            </div>
        </section>
    })
}

/// An editor with a field as it should be, one that is wrong, and one that somebody else changed too.
#[component]
pub(super) fn Editors() -> impl IntoView {
    let too_long = Some("This is too long: at most 200 characters.".to_owned());
    let theirs = Some(theirs_text("When can you start?", LANGUAGE));
    static_html(view! {
        <section class="section">
            <SectionHeading title="Editors" />
            <Editor<ShowInGallery> slug="style" version=7 label="Save questions" language=LANGUAGE>
                <Field name="question[]" id="gallery-question-0" label="Question 1" value="Do you have a driving licence?" />
                <Field name="question[]" id="gallery-question-1" label="Question 2" value="Why, why, why" error=too_long />
                <Field name="question[]" id="gallery-question-2" label="Question 3" value="From when?" error=theirs />
            </Editor<ShowInGallery>>
        </section>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
        Owner::new().with(|| view().into_view().to_html())
    }

    #[test]
    fn a_board_works_by_choices_and_buttons_alone() {
        let html = html(Boards);
        assert!(html.contains(r#"data-door="/api/gallery/show/style""#), "{html}");
        assert_eq!(html.matches(r#"<button name="do" value="show" class="button">"#).count(), 2, "{html}");
        assert!(html.contains(r#"<input type="hidden" name="card" value="2">"#));
        assert!(html.contains(r#"<option value="decline" data-asks>"#), "{html}");
        assert!(html.contains("40 more in the table") && html.contains(">41</b>"));
    }

    #[test]
    fn an_editor_is_a_form_that_names_its_version_and_its_door() {
        let html = html(Editors);
        for part in [
            r#"name="version" value="7""#,
            r#"data-edits="gallery/show""#,
            r#"data-door="/api/gallery/show/style""#,
            r#"name="do" value="show""#,
            r#"role="status""#,
            "Somebody else wrote here: When can you start?",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }
}
