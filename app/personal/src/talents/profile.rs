//! What a talent tells of itself.

use domain::applications::Cv;
use domain::talents::{CV_OF_PROFILE, MOST_SKILLS, ProfileDraft, skills};
use domain::vacancies::{Level, VacancyKind};
use domain::{FieldErrors, Language};
use leptos::prelude::*;

use ui::{
    Button, ButtonKind, CheckField, Choice, Field, FileField, FilterGroup, Notice, NoticeKind, SelectField,
    SelectOption, TextField, static_html,
};
use words::field_errors::{error_text, field_error};
use words::format::file_size;
use words::paths::{CVS, Page};
use words::{labels, texts as t};

/// The content of the form.
#[derive(Clone, Debug)]
pub struct ProfileView {
    /// What was typed, or told before.
    pub draft: ProfileDraft,
    /// The CV.
    pub cv: Option<Cv>,
    /// The study fields of the hub: as it spells them, and as the reader does.
    pub study_fields: Vec<(String, String)>,
    /// The places of the region.
    pub places: Vec<String>,
    /// Whether it was saved just now.
    pub is_saved: bool,
}

/// The form.
#[component]
pub fn ProfilePage(
    /// Its content.
    content: ProfileView,
    /// The errors of the form.
    errors: FieldErrors,
    /// How long to wait, when too many files were sent.
    wait: Option<String>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let is_wrong = wait.is_some() || !errors.is_empty();
    let ProfileView { draft, cv, study_fields, places, is_saved } = content;
    let shows_fits = draft.shows_fits();
    let cv_error = wait.or_else(|| error_text(&errors, "cv", language));
    let saved = is_saved.then(|| view! { <Notice><p>{t::profile_saved(language)}</p></Notice> });
    let wrong = is_wrong
        .then(|| view! { <Notice kind=NoticeKind::Error><p>{t::profile_faults(language)}</p></Notice> });
    let study =
        static_html(view! { <Study draft=draft.clone() errors=errors.clone() study_fields language /> });
    let can = static_html(view! { <Skills chosen=draft.skills.clone() errors=errors.clone() language /> });
    let wants = static_html(view! { <Wants draft=draft.clone() errors=errors.clone() language /> });
    let home = static_html(view! { <Home draft=draft.clone() errors=errors.clone() places language /> });
    let cv = static_html(view! { <CvField cv error=cv_error language /> });
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::profile_title(language)}</h1>
            <p class="lead">{t::profile_lead(language)}</p>
            <p class="hint">{t::profile_private(language)}" "<a href=Page::Privacy.path(language)>{t::apply_privacy(language)}</a></p>
            {saved}
            {wrong}
            <form method="post" enctype="multipart/form-data" class="stack" novalidate>
                <Field
                    name="name"
                    label=t::account_name(language)
                    hint=t::profile_name_hint(language)
                    value=draft.name.clone()
                    autocomplete="name"
                    error=error_text(&errors, "name", language)
                />
                {study}
                {can}
                {wants}
                {home}
                <TextField
                    name="about"
                    label=t::profile_about(language)
                    hint=t::profile_about_hint(language)
                    value=draft.about
                    error=error_text(&errors, "about", language)
                />
                {cv}
                <div id="fits">
                    <CheckField
                        name="fits"
                        label=t::profile_fits(language)
                        hint=t::profile_fits_hint(language)
                        checked=shows_fits
                    />
                </div>
                <Button kind=ButtonKind::Primary>{t::account_save(language)}</Button>
            </form>
        </div>
    }
}

#[component]
fn Study(
    draft: ProfileDraft,
    errors: FieldErrors,
    study_fields: Vec<(String, String)>,
    language: Language,
) -> impl IntoView {
    let levels = std::iter::once(
        SelectOption::new("", t::profile_level_none(language)).selected(draft.level.is_empty()),
    )
    .chain(Level::ALL.iter().map(|level| {
        SelectOption::new(level.slug(), labels::level(*level, language)).selected(draft.level == level.slug())
    }))
    .collect();
    let fields = study_fields
        .into_iter()
        .map(|(value, label)| {
            let checked = draft.study_fields.contains(&value);
            view! { <Choice name="study_fields[]" value label checked /> }
        })
        .collect_view();
    view! {
        <Field
            name="programme"
            label=t::profile_programme(language)
            value=draft.programme
            error=error_text(&errors, "programme", language)
        />
        <Field
            name="institution"
            label=t::profile_institution(language)
            value=draft.institution
            error=error_text(&errors, "institution", language)
        />
        <SelectField name="level" label=t::fact_level(language) options=levels />
        <FilterGroup legend=t::fact_study_fields(language)>{fields}</FilterGroup>
    }
}

/// A line for each skill, with those of the list suggested.
#[component]
fn Skills(chosen: Vec<String>, errors: FieldErrors, language: Language) -> impl IntoView {
    let options = skills().iter().map(|skill| view! { <option value=skill.name(language) /> }).collect_view();
    let lines = (0..MOST_SKILLS)
        .map(|at| {
            let value = chosen.get(at).cloned().unwrap_or_default();
            let error = errors.get_item("skills", at).map(|error| field_error(error, language));
            view! {
                <Field
                    name="skills[]"
                    id=format!("skill-{at}")
                    label=t::profile_skill(language, at as u32 + 1)
                    list="skills"
                    value
                    error
                />
            }
        })
        .collect_view();
    view! {
        <fieldset class="fields">
            <legend>{t::profile_skills(language)}</legend>
            <p class="hint">{t::profile_skills_hint(language)}</p>
            <div class="lines">{lines}</div>
        </fieldset>
        <datalist id="skills">{options}</datalist>
    }
}

#[component]
fn Wants(draft: ProfileDraft, errors: FieldErrors, language: Language) -> impl IntoView {
    let kinds = VacancyKind::ALL
        .iter()
        .map(|kind| {
            let checked = draft.kinds.contains(&kind.slug());
            view! { <Choice name="kinds[]" value=kind.slug() label=labels::vacancy_kind(*kind, language) checked /> }
        })
        .collect_view();
    let languages = Language::ALL
        .iter()
        .map(|known| {
            let checked = draft.languages.iter().any(|code| code == known.code());
            view! { <Choice name="languages[]" value=known.code() label=labels::language_name(*known, language) checked /> }
        })
        .collect_view();
    view! {
        <FilterGroup legend=t::profile_kinds(language)>{kinds}</FilterGroup>
        <FilterGroup legend=t::profile_languages(language)>{languages}</FilterGroup>
        <div class="lines">
            <Field
                name="from"
                label=t::profile_from(language)
                r#type="date"
                value=draft.from
                error=error_text(&errors, "from", language)
            />
            <Field
                name="until"
                label=t::profile_until(language)
                r#type="date"
                value=draft.until
                error=error_text(&errors, "until", language)
            />
            <Field
                name="hours"
                label=t::profile_hours(language)
                inputmode="numeric"
                value=draft.hours
                error=error_text(&errors, "hours", language)
            />
        </div>
    }
}

#[component]
fn Home(draft: ProfileDraft, errors: FieldErrors, places: Vec<String>, language: Language) -> impl IntoView {
    let places = places.into_iter().map(|place| view! { <option value=place /> }).collect_view();
    view! {
        <Field
            name="home_place"
            id="home"
            label=t::profile_home(language)
            hint=t::profile_home_hint(language)
            list="places"
            autocomplete="address-level2"
            value=draft.home_place
            error=error_text(&errors, "home_place", language)
        />
        <Field
            name="roots"
            label=t::profile_roots(language)
            hint=t::profile_roots_hint(language)
            list="places"
            value=draft.roots
            error=error_text(&errors, "roots", language)
        />
        <datalist id="places">{places}</datalist>
    }
}

#[component]
fn CvField(cv: Option<Cv>, error: Option<String>, language: Language) -> impl IntoView {
    let (hint, remove) = match cv {
        Some(cv) => {
            let label = t::apply_cv_remove(language, &cv.name);
            let hint = t::profile_cv_kept(language, &cv.name, file_size(cv.bytes, language));
            let file = format!("{CVS}{CV_OF_PROFILE}");
            let own = view! {
                <p><a href=file>{t::profile_cv_download(language, &cv.name)}</a></p>
                <CheckField name="remove-cv" label checked=false />
            };
            (hint, Some(own))
        }
        None => (t::profile_cv_hint(language).to_owned(), None),
    };
    view! {
        <FileField name="cv" label=t::apply_cv(language) accept="application/pdf,.pdf" hint error />
        {remove}
    }
}
