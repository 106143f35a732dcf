//! The vacancies that a talent keeps.

use chrono::NaiveDate;
use domain::Language;
use domain::applications::AppliedVacancy;
use domain::talents::SavedVacancy;
use leptos::prelude::*;

use super::commands::SavedFlash;
use ui::{Badge, Button, ButtonKind, ButtonLink, EmptyState, Notice, TextField, static_html};
use words::paths::Page;
use words::{format, texts as t};

/// The content of the page.
#[derive(Clone, Debug)]
pub struct SavedView {
    /// The vacancies, the newest first.
    pub saved: Vec<SavedVacancy>,
    /// One that may be kept too, with the note that was typed and what is wrong with it.
    pub wanted: Option<(AppliedVacancy, String, Option<String>)>,
    /// The result of the last change.
    pub done: Option<SavedFlash>,
    /// The day on which it is read.
    pub today: NaiveDate,
}

/// The vacancies that a talent keeps, and one that may be kept too.
#[component]
pub fn SavedPage(
    /// Its content.
    content: SavedView,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let SavedView { saved, wanted, done, today } = content;
    let done = done.map(|done| {
        let text = match done {
            SavedFlash::Saved => t::saved_done(language),
            SavedFlash::Removed => t::saved_gone(language),
        };
        view! { <Notice><p>{text}</p></Notice> }
    });
    let is_empty = saved.is_empty() && wanted.is_none();
    let wanted =
        wanted.map(|(vacancy, note, error)| static_html(view! { <Wanted vacancy note error language /> }));
    let empty = is_empty.then(|| {
        view! {
            <EmptyState name="bewaard" title=t::saved_none(language)>
                <p>{t::saved_none_hint(language)}</p>
                <ButtonLink href=Page::Vacancies.path(language) kind=ButtonKind::Primary>
                    {t::my_search(language)}
                </ButtonLink>
            </EmptyState>
        }
    });
    let rows = saved.into_iter().map(|saved| view! { <Row saved today language /> }).collect_view();
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::saved_title(language)}</h1>
            {done}
            {wanted}
            {empty}
            <ul class="rows">{rows}</ul>
        </div>
    }
}

#[component]
fn Wanted(vacancy: AppliedVacancy, note: String, error: Option<String>, language: Language) -> impl IntoView {
    view! {
        <form method="post" class="stack" novalidate>
            <p>
                <a href=Page::Vacancy(vacancy.slug).path(language)>{vacancy.title}</a>
                " · "
                {vacancy.organisation}
            </p>
            <input type="hidden" name="vacancy" value=vacancy.id.to_string() />
            <TextField
                name="note"
                label=t::saved_note(language)
                hint=t::saved_note_hint(language)
                rows=2
                value=note
                error
            />
            <Button kind=ButtonKind::Primary name="do" value="save">{t::saved_save(language)}</Button>
        </form>
    }
}

#[component]
fn Row(saved: SavedVacancy, today: NaiveDate, language: Language) -> impl IntoView {
    let SavedVacancy { vacancy, is_open, note, .. } = saved;
    let until = if is_open {
        static_html(
            view! { <p class="hint">{t::vacancy_closes_short(language, format::short_date(vacancy.closes_on, today, language))}</p> },
        )
    } else {
        static_html(view! { <Badge is_over=true>{t::member_closed(language)}</Badge> })
    };
    let note = (!note.is_empty()).then(|| view! { <p class="typed" dir="auto">{note}</p> });
    let change = format!("{}?vacature={}", Page::Saved.path(language), vacancy.slug);
    view! {
        <li>
            <div>
                <a href=Page::Vacancy(vacancy.slug).path(language)>{vacancy.title}</a>
                " · "
                {vacancy.organisation}
                {until}
                {note}
            </div>
            <form method="post" class="actions">
                <input type="hidden" name="vacancy" value=vacancy.id.to_string() />
                <ButtonLink href=change>{t::saved_change(language)}</ButtonLink>
                <Button name="do" value="remove">{t::saved_remove(language)}</Button>
            </form>
        </li>
    }
}
