//! The form by which a talent applies.

use chrono::NaiveDate;
use domain::accounts::EmailAddress;
use domain::applications::{ApplicationDraft, AppliedVacancy, Cv, DRAFTS_KEPT_FOR, LARGEST_CV};
use domain::{FieldErrors, Language};
use leptos::prelude::*;

use crate::accounts::DemoMail;
use ui::{
    Button, ButtonKind, ButtonLink, CheckField, Field, FileField, Notice, NoticeKind, TextField, static_html,
};
use words::field_errors::{error_text, field_error};
use words::format::file_size;
use words::paths::Page;
use words::{format, texts as t};

/// The content of the form.
#[derive(Clone, Debug)]
pub struct ApplyView {
    /// What is applied for.
    pub vacancy: AppliedVacancy,
    /// The questions of the organisation.
    pub questions: Vec<String>,
    /// The values that were typed before.
    pub draft: ApplicationDraft,
    /// The CV that was taken before.
    pub cv: Option<Cv>,
    /// The address of somebody who is signed in.
    pub signed_in: Option<EmailAddress>,
    /// The last day on which it is kept without consent, and with it.
    pub kept_until: (NaiveDate, NaiveDate),
}

/// The id of every field that is wrong, its label, and what is wrong with it.
fn wrong_fields(
    errors: &FieldErrors,
    questions: &[String],
    language: Language,
) -> Vec<(String, String, String)> {
    let own = [
        ("email", t::apply_email(language)),
        ("name", t::apply_name(language)),
        ("motivation", t::apply_motivation(language)),
        ("cv", t::apply_cv(language)),
    ];
    let own = own.into_iter().map(|(id, label)| (id.to_owned(), label.to_owned(), errors.get(id)));
    let asked = questions.iter().enumerate();
    let asked = asked.map(|(at, question)| (answer_id(at), question.clone(), errors.get_item("answers", at)));
    own.chain(asked)
        .filter_map(|(id, label, error)| Some((id, label, field_error(error?, language))))
        .collect()
}

/// The id of the field for an answer.
fn answer_id(at: usize) -> String {
    format!("answer-{at}")
}

/// The form.
#[component]
pub fn ApplyPage(
    /// Its content.
    content: ApplyView,
    /// The errors of the form.
    errors: FieldErrors,
    /// How long to wait, when it was sent too often.
    wait: Option<String>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let ApplyView { vacancy, questions, draft, cv, signed_in, kept_until } = content;
    let summary = (wait.is_some() || !errors.is_empty()).then(|| {
        let wrong = wrong_fields(&errors, &questions, language);
        view! { <Summary wrong wait language /> }
    });
    let error = |field: &str| error_text(&errors, field, language);
    let back = Page::Vacancy(vacancy.slug.clone()).path(language);
    let organisation = vacancy.organisation.clone();
    let (short, long) = (format::date(kept_until.0, language), format::date(kept_until.1, language));
    let who = match signed_in {
        Some(email) => static_html(view! { <p>{t::apply_as(language, email)}</p> }),
        None => static_html(view! {
            <div class="notice aside">
                <p>{t::apply_sign_in(language)}</p>
                <Button name="do" value="sign-in">{t::apply_sign_in_button(language)}</Button>
            </div>
            <Field
                name="email"
                label=t::apply_email(language)
                r#type="email"
                autocomplete="email"
                hint=t::apply_email_hint(language)
                value=draft.email.clone()
                required=true
                error=error("email")
            />
        }),
    };
    let asked = (!questions.is_empty()).then(|| {
        view! { <Questions questions draft=draft.clone() errors=errors.clone() organisation=organisation.clone() language /> }
    });
    view! {
        <div class="wrap page-top narrow">
            <p><a href=back>{vacancy.title.clone()}</a>" · "{organisation.clone()}</p>
            <h1>{t::apply_heading(language, &vacancy.title)}</h1>
            <p class="lead">{t::apply_lead(language, format::date(vacancy.closes_on, language), &organisation)}</p>
            {summary}
            <form
                id="apply"
                method="post"
                enctype="multipart/form-data"
                novalidate
                class="stack"
                data-sending=t::apply_sending(language)
                data-offline=t::apply_offline(language)
                data-largest=LARGEST_CV.to_string()
                data-too-large=t::apply_too_large(language)
            >
                // The first button of a form is the one that Enter presses.
                <button class="unseen" tabindex="-1" aria-hidden="true" name="do" value="send">{t::apply_send(language)}</button>
                {who}
                <Field
                    name="name"
                    label=t::apply_name(language)
                    autocomplete="name"
                    value=draft.name.clone()
                    required=true
                    error=error("name")
                />
                <TextField
                    name="motivation"
                    label=t::apply_motivation(language)
                    hint=t::apply_motivation_hint(language)
                    rows=8
                    value=draft.motivation.clone()
                    required=true
                    error=error("motivation")
                />
                <CvField cv error=error("cv") language />
                {asked}
                <CheckField
                    name="keep"
                    label=t::apply_keep(language)
                    hint=t::apply_keep_hint(language, long, &organisation, short)
                    checked=draft.may_be_kept
                />
                <p class="hint">
                    {t::apply_kept(language, DRAFTS_KEPT_FOR.num_days())}" "
                    <a href=Page::Privacy.path(language)>{t::apply_privacy(language)}</a>
                </p>
                <Button kind=ButtonKind::Primary name="do" value="send">{t::apply_send(language)}</Button>
                <p id="sending" role="status" class="hint"></p>
            </form>
        </div>
    }
}

#[component]
fn Summary(wrong: Vec<(String, String, String)>, wait: Option<String>, language: Language) -> impl IntoView {
    let list = wrong
        .into_iter()
        .map(|(id, label, error)| view! { <li><a href=format!("#{id}")>{label}</a>": "{error}</li> })
        .collect_view();
    view! {
        <Notice kind=NoticeKind::Error>
            <p>{wait.unwrap_or_else(|| t::apply_faults(language).to_owned())}</p>
            <ul>{list}</ul>
        </Notice>
    }
}

#[component]
fn CvField(cv: Option<Cv>, error: Option<String>, language: Language) -> impl IntoView {
    let (hint, remove) = match cv {
        Some(cv) => {
            let label = t::apply_cv_remove(language, &cv.name);
            let hint = t::apply_cv_kept(language, &cv.name, file_size(cv.bytes, language));
            (hint, Some(view! { <CheckField name="remove-cv" label checked=false /> }))
        }
        None => (t::apply_cv_hint(language).to_owned(), None),
    };
    view! {
        <FileField name="cv" label=t::apply_cv(language) accept="application/pdf,.pdf" hint error />
        {remove}
    }
}

#[component]
fn Questions(
    questions: Vec<String>,
    draft: ApplicationDraft,
    errors: FieldErrors,
    organisation: String,
    language: Language,
) -> impl IntoView {
    let fields = questions
        .into_iter()
        .enumerate()
        .map(|(at, question)| {
            let value = draft.answer_to(&question).to_owned();
            let error = errors.get_item("answers", at).map(|error| field_error(error, language));
            // The organisation may change its questions meanwhile: the answer says to which it is one.
            let asked = question.clone();
            view! {
                <input type="hidden" name="questions[]" value=asked />
                <TextField name="answers[]" id=answer_id(at) label=question rows=3 value required=true error />
            }
        })
        .collect_view();
    view! {
        <fieldset class="fields">
            <legend>{t::apply_questions(language, organisation)}</legend>
            {fields}
        </fieldset>
    }
}

/// What somebody without an account does next.
#[component]
pub fn ApplySentPage(
    /// The vacancy of the application.
    vacancy: AppliedVacancy,
    /// Where a demo shows its mail.
    mailbox: Option<&'static str>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::apply_done_title(language)}</h1>
            <p class="lead">{t::apply_done(language)}</p>
            <DemoMail mailbox language />
            <p>{t::apply_done_hint(language)}</p>
            <ButtonLink href=Page::Vacancy(vacancy.slug).path(language)>{t::apply_back(language)}</ButtonLink>
        </div>
    }
}
