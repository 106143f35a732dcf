//! One answer to many applications: a page on which it is confirmed.

use domain::Language;
use domain::applications::DeclineReason;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use ui::{
    Button, ButtonKind, ButtonLink, CHOSEN_FIELD, Choice, ChoiceKind, EmptyState, Notice, NoticeKind,
    SelectField, SelectOption, TextField, static_html,
};
use words::{labels, texts as t};

/// The applications that are answered together.
#[derive(Clone, Debug)]
pub enum ChosenView {
    /// Those that were ticked: number and name.
    Some(Vec<(i64, String)>),
    /// All that match: the filters, as fields of a form, and how many these are.
    All {
        /// Names and values.
        filters: Vec<(String, String)>,
        /// The number of applications.
        count: u64,
    },
}

impl ChosenView {
    fn count(&self) -> u32 {
        let count = match self {
            Self::Some(chosen) => chosen.len() as u64,
            Self::All { count, .. } => *count,
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// The answer as it was typed, with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct TypedAnswer {
    /// The step: `talk`, `offer` or `decline`.
    pub step: String,
    /// The code of the reason.
    pub reason: String,
    /// The words with it.
    pub words: String,
    /// The error of the step.
    pub step_error: Option<String>,
    /// The error of the reason.
    pub reason_error: Option<String>,
    /// The error of the words.
    pub words_error: Option<String>,
    /// Why nothing was sent, when the fields are right.
    pub refusal: Option<String>,
}

impl TypedAnswer {
    /// Whether something is wrong.
    pub fn is_wrong(&self) -> bool {
        self.step_error.is_some()
            || self.reason_error.is_some()
            || self.words_error.is_some()
            || self.refusal.is_some()
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
    typed: TypedAnswer,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let count = chosen.count();
    if count == 0 {
        return nothing_chosen(organisation, list, language);
    }
    let refusal = typed.refusal.clone().map(|text| {
        view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> }
    });
    static_html(view! {
        <div class="wrap narrow page-top">
            <h1>{t::received_answer_title(language, count)}</h1>
            {refusal}
            <p class="lead">{t::received_answer_lead(language)}</p>
            {told(&chosen, language)}
            <p class="hint">{t::received_answer_skips(language)}</p>
            {form(chosen, typed, language)}
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

/// Whom the answer reaches.
fn told(chosen: &ChosenView, language: Language) -> InertElement {
    match chosen {
        ChosenView::Some(chosen) => {
            let names =
                chosen.iter().map(|(_, name)| view! { <li dir="auto">{name.clone()}</li> }).collect_view();
            static_html(view! { <ul class="tags">{names}</ul> })
        }
        ChosenView::All { .. } => {
            static_html(view! { <p><b>{t::received_answer_all(language, chosen.count())}</b></p> })
        }
    }
}

/// The names and values by which the form says what was chosen.
fn chosen_fields(chosen: ChosenView) -> Vec<(String, String)> {
    match chosen {
        ChosenView::Some(chosen) => {
            chosen.into_iter().map(|(id, _)| (CHOSEN_FIELD.to_owned(), id.to_string())).collect()
        }
        ChosenView::All { mut filters, count } => {
            filters.push((ALL_FIELD.to_owned(), count.to_string()));
            filters
        }
    }
}

/// The field that says that all that match are meant, with the number that was seen.
pub const ALL_FIELD: &str = "alles";

fn form(chosen: ChosenView, typed: TypedAnswer, language: Language) -> InertElement {
    let count = chosen.count();
    let fields = chosen_fields(chosen).into_iter().map(|(name, value)| {
        view! { <input type="hidden" name=name value=value /> }
    });
    let fields = fields.collect_view();
    let steps = [
        ("talk", t::application_step_talk(language)),
        ("offer", t::application_step_offer(language)),
        ("decline", t::application_step_decline(language)),
    ];
    let steps = steps.map(|(code, label)| {
        view! { <Choice name="step" value=code label kind=ChoiceKind::One checked=typed.step == code /> }
    });
    let steps = steps.collect_view();
    let step_error = typed.step_error.map(|error| view! { <p class="fault" id="step-fault">{error}</p> });
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
                <SelectField name="reason" label=t::application_reason(language) options=reasons error=typed.reason_error />
            </div>
            <TextField
                name="words"
                label=t::application_words(language)
                hint=t::received_answer_hint(language)
                value=typed.words
                error=typed.words_error
            />
            <Button kind=ButtonKind::Primary>{t::received_answer_send(language, count)}</Button>
        </form>
    })
}
