//! The form by which a talent applies.

use chrono::NaiveDate;
use domain::Language;
use domain::accounts::EmailAddress;
use domain::applications::{ApplicationDraft, AppliedVacancy, Cv};
use leptos::prelude::*;

use crate::accounts::DemoMail;
use ui::{
    Button, ButtonKind, ButtonLink, CheckField, Field, FileField, Notice, NoticeKind, TextField, static_html,
};
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
    /// The address of who is signed in.
    pub signed_in: Option<EmailAddress>,
    /// The last day on which it is kept without consent, and with it.
    pub kept_until: (NaiveDate, NaiveDate),
}

/// The errors of the form, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApplyErrors {
    /// With the name.
    pub name: Option<String>,
    /// With the address.
    pub email: Option<String>,
    /// With the motivation.
    pub motivation: Option<String>,
    /// With the CV.
    pub cv: Option<String>,
    /// With each answer.
    pub answers: Vec<Option<String>>,
    /// With all of it.
    pub whole: Option<String>,
}

impl ApplyErrors {
    /// The id of every field that is wrong, its label, and what is wrong with it.
    fn list(&self, questions: &[String], language: Language) -> Vec<(String, String, String)> {
        let field = |id: &str, label: &str, error: &Option<String>| {
            Some((id.to_owned(), label.to_owned(), error.clone()?))
        };
        let own = [
            field("email", t::apply_email(language), &self.email),
            field("name", t::apply_name(language), &self.name),
            field("motivation", t::apply_motivation(language), &self.motivation),
            field("cv", t::apply_cv(language), &self.cv),
        ];
        let asked = self.answers.iter().zip(questions).enumerate();
        let asked = asked.filter_map(|(at, (error, question))| field(&answer_name(at), question, error));
        own.into_iter().flatten().chain(asked).collect()
    }

    /// Whether something is wrong.
    pub fn are_any(&self) -> bool {
        *self != Self { answers: vec![None; self.answers.len()], ..Self::default() }
    }
}

/// The name of the field for an answer.
pub fn answer_name(at: usize) -> String {
    format!("answer-{at}")
}

/// The name of the field that says what was asked.
pub fn question_name(at: usize) -> String {
    format!("question-{at}")
}

/// The form.
#[component]
pub fn ApplyPage(
    /// Its content.
    content: ApplyView,
    /// The errors of the form.
    errors: ApplyErrors,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let ApplyView { vacancy, questions, draft, cv, signed_in, kept_until } = content;
    let summary = errors
        .are_any()
        .then(|| view! { <Summary errors=errors.clone() questions=questions.clone() language /> });
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
                error=errors.email.clone()
            />
        }),
    };
    let asked = (!questions.is_empty()).then(|| {
        view! { <Questions questions draft=draft.clone() errors=errors.answers.clone() organisation=organisation.clone() language /> }
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
                    error=errors.name.clone()
                />
                <TextField
                    name="motivation"
                    label=t::apply_motivation(language)
                    hint=t::apply_motivation_hint(language)
                    rows=8
                    value=draft.motivation.clone()
                    required=true
                    error=errors.motivation.clone()
                />
                <CvField cv error=errors.cv.clone() language />
                {asked}
                <CheckField
                    name="keep"
                    label=t::apply_keep(language)
                    hint=t::apply_keep_hint(language, long, &organisation, short)
                    checked=draft.may_be_kept
                />
                <p class="hint"><a href=Page::Privacy.path(language)>{t::apply_privacy(language)}</a></p>
                <Button kind=ButtonKind::Primary name="do" value="send">{t::apply_send(language)}</Button>
                <p id="sending" role="status" class="hint"></p>
            </form>
        </div>
    }
}

#[component]
fn Summary(errors: ApplyErrors, questions: Vec<String>, language: Language) -> impl IntoView {
    let list = errors
        .list(&questions, language)
        .into_iter()
        .map(|(id, label, error)| view! { <li><a href=format!("#{id}")>{label}</a>": "{error}</li> })
        .collect_view();
    view! {
        <Notice kind=NoticeKind::Error>
            <p>{errors.whole.unwrap_or_else(|| t::apply_faults(language).to_owned())}</p>
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
    errors: Vec<Option<String>>,
    organisation: String,
    language: Language,
) -> impl IntoView {
    let fields = questions
        .into_iter()
        .enumerate()
        .map(|(at, question)| {
            let value = draft.answer_to(&question).to_owned();
            let error = errors.get(at).cloned().flatten();
            // The organisation may change its questions meanwhile: the answer says to which it is one.
            let asked = question.clone();
            view! {
                <input type="hidden" name=question_name(at) value=asked />
                <TextField name=answer_name(at) label=question rows=3 value required=true error />
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
