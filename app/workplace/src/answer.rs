//! One answer to many applications: a page on which it is confirmed.

use domain::applications::DeclineReason;
use domain::{FieldErrors, Language, command};
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use ui::{
    Button, ButtonKind, ButtonLink, Choice, ChoiceKind, ChosenView, EmptyState, Notice, NoticeKind,
    SelectField, SelectOption, TextField, static_html,
};
use words::field_errors::error_text;
use words::{labels, texts as t};

command! {
    /// Gives one answer to many applications: to the chosen ones, or to all that match.
    "received" "answer" => pub struct AnswerReceived {
        /// The step: `talk`, `offer` or `decline`.
        pub step: String,
        /// The code of the reason, with `decline`.
        pub reason: String,
        /// The words with it.
        pub words: String,
        /// The numbers of the chosen applications.
        #[serde(rename = "id")]
        pub chosen: Vec<String>,
        /// The number of all that match, as it was seen; empty when some were chosen.
        #[serde(rename = "alles")]
        pub all: String,
        /// The filters that all of these match, as the address of the list has them.
        pub query: String,
    }
}

/// The page on which an answer to many applications is written and confirmed.
#[component]
pub fn AnswerPage(
    /// The name of the organisation.
    organisation: String,
    /// The list from which one came.
    list: String,
    /// The applications that are answered.
    chosen: ChosenView,
    /// The answer so far.
    typed: AnswerReceived,
    /// Its errors.
    errors: FieldErrors,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let count = chosen.count();
    if count == 0 {
        return nothing_chosen(organisation, list, language);
    }
    // Others came, or some were answered, since it was seen how many these are.
    let refusal = errors.get("alles").map(|_| {
        view! { <Notice kind=NoticeKind::Error><p>{t::received_answer_count(language, count)}</p></Notice> }
    });
    static_html(view! {
        <div class="wrap narrow page-top">
            <h1>{t::received_answer_title(language, count)}</h1>
            {refusal}
            <p class="lead">{t::received_answer_lead(language)}</p>
            {chosen.view(|count| t::received_answer_all(language, count))}
            <p class="hint">{t::received_answer_skips(language)}</p>
            {form(chosen, typed, &errors, language)}
            <p><a href=list>{t::received_answer_back(language)}</a></p>
        </div>
    })
}

fn nothing_chosen(organisation: String, list: String, language: Language) -> InertElement {
    static_html(view! {
        <div class="wrap narrow page-top">
            <EmptyState name=organisation title=t::received_answer_none(language) is_page=true>
                <p>{t::received_answer_none_hint(language)}</p>
                <p><ButtonLink href=list>{t::received_answer_back(language)}</ButtonLink></p>
            </EmptyState>
        </div>
    })
}

fn form(chosen: ChosenView, typed: AnswerReceived, errors: &FieldErrors, language: Language) -> InertElement {
    let count = chosen.count();
    let fields = chosen.fields();
    let steps = [
        ("talk", t::application_step_talk(language)),
        ("offer", t::application_step_offer(language)),
        ("decline", t::application_step_decline(language)),
    ];
    let steps = steps.map(|(code, label)| {
        view! { <Choice name="step" value=code label kind=ChoiceKind::One checked=typed.step == code /> }
    });
    let steps = steps.collect_view();
    let step_error = errors
        .get("step")
        .map(|_| t::application_step_missing(language))
        .map(|error| view! { <p class="fault" id="step-fault">{error}</p> });
    let mut reasons = vec![SelectOption::new("", t::application_choose(language))];
    reasons.extend(DeclineReason::ALL.iter().map(|reason| {
        SelectOption::new(reason.code(), labels::decline_reason(*reason, language))
            .selected(typed.reason == reason.code())
    }));
    static_html(view! {
        <form method="post" class="stack answer">
            {fields} <fieldset class="fields">
                <legend>{t::application_step(language)}</legend>
                {steps}
                {step_error}
            </fieldset>
            <div class="when-decline">
                <SelectField name="reason" label=t::application_reason(language) options=reasons error=errors.get("reason").map(|_| t::application_reason_missing(language).to_owned()) />
            </div>
            <TextField
                name="words"
                label=t::application_words(language)
                hint=t::received_answer_hint(language)
                value=typed.words
                error=error_text(errors, "words", language)
            />
            <Button kind=ButtonKind::Primary>{t::received_answer_send(language, count)}</Button>
        </form>
    })
}
