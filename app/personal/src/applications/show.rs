//! An application as talent and organisation see it: where it stands, what one can do, what happened.

use chrono::NaiveDateTime;
use domain::applications::{Application, ApplicationState, DeclineReason, Side, TimelineEntry};
use domain::{FieldErrors, Language};
use leptos::prelude::*;

use super::commands::AnswerApplication;
use crate::accounts::AccountOffer;
use ui::{
    Badge, Button, ButtonKind, ButtonLink, Choice, ChoiceKind, Disclosure, Field, Icon, Notice, NoticeKind,
    SelectField, SelectOption, TextField, static_html,
};
use words::field_errors::error_text;
use words::format::file_size;
use words::paths::Page;
use words::{format, labels, texts as t};

/// The content of an application's page.
#[derive(Clone, Debug)]
pub struct ApplicationView {
    /// The application.
    pub application: Application,
    /// The side that looks.
    pub side: Side,
    /// The last part of the page's address: a number, or the token of a link.
    pub key: String,
    /// When each entry was made, on the hub's own clock.
    pub times: Vec<NaiveDateTime>,
    /// How many other applications of the talent still run.
    pub others: u32,
    /// Whether one can still apply for the vacancy.
    pub is_open: bool,
    /// Whether who looks came by a link and is not signed in.
    pub is_by_link: bool,
    /// What was done just now, or could not be.
    pub notice: Option<(NoticeKind, String)>,
    /// The form of an answer, as typed, with its errors.
    pub answer: (AnswerApplication, FieldErrors),
    /// The form of a message, as typed, with its error in words.
    pub message: (String, Option<String>),
}

/// The page of an application.
#[component]
pub fn ApplicationPage(
    /// Its content.
    content: ApplicationView,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let application = content.application.clone();
    let vacancy = &application.vacancy;
    let is_talent = content.side == Side::Talent;
    // An organisation opens an application by pressing a button: programs that guard mailboxes open links.
    let is_shut = !is_talent && !application.is_opened();
    let title = if is_talent {
        t::application_to(language, &vacancy.title)
    } else {
        t::application_of(language, &application.name)
    };
    let notice = content.notice.clone().map(|(kind, text)| view! { <Notice kind><p>{text}</p></Notice> });
    let actions = if is_shut && application.state == ApplicationState::Withdrawn {
        static_html(view! { <p class="lead">{t::application_unopened_withdrawn(language)}</p> })
    } else if is_shut {
        static_html(view! { <Unopened application=application.clone() language /> })
    } else if is_talent {
        static_html(view! { <TalentActions content=content.clone() language /> })
    } else {
        static_html(view! { <AnswerActions content=content.clone() language /> })
    };
    let what = (!is_shut).then(|| view! { <What content=content.clone() language /> });
    let is_sent = !is_shut && application.state != ApplicationState::Unconfirmed;
    let offer = (is_sent && is_talent && content.is_by_link).then(|| {
        let text = t::application_account(language);
        view! { <AccountOffer text email=application.email.clone() wanted=Page::My language /> }
    });
    let rest = is_sent.then(|| {
        view! {
            <Timeline content=content.clone() language />
            <Messages content=content.clone() language />
            <Keeping content=content.clone() language />
        }
    });
    view! {
        <div class="wrap page-top narrow">
            <p>
                <a href=Page::Vacancy(vacancy.slug.clone()).path(language)>{vacancy.title.clone()}</a>
                " · "{vacancy.organisation.clone()}
            </p>
            <h1 dir="auto">{title}</h1>
            <p><Badge is_over=application.state.is_over()>{state_text(&application, language)}</Badge></p>
            {notice}
            {actions}
            {offer}
            {what}
            {rest}
        </div>
    }
}

fn state_text(application: &Application, language: Language) -> String {
    match (application.state, application.placed_from) {
        (ApplicationState::Placed, Some(day)) => {
            t::application_state_placed_from(language, format::date(day, language))
        }
        (state, _) => labels::application_state(state, language).to_owned(),
    }
}

#[component]
fn Unopened(application: Application, language: Language) -> impl IntoView {
    view! {
        <p class="lead">{t::application_unopened(language, &application.name, &application.vacancy.title)}</p>
        <form method="post">
            <Button kind=ButtonKind::Primary name="do" value="see">{t::application_open(language)}</Button>
        </form>
    }
}

/// What a talent can do now.
#[component]
fn TalentActions(content: ApplicationView, language: Language) -> impl IntoView {
    let application = content.application;
    let organisation = application.vacancy.organisation.clone();
    let state = application.state;
    let confirm = match state {
        ApplicationState::Unconfirmed if content.is_open => {
            Some((t::application_confirm(language, &organisation), t::apply_send(language)))
        }
        ApplicationState::Withdrawn if content.is_open => {
            Some((String::new(), t::application_again(language)))
        }
        ApplicationState::Unconfirmed => Some((t::application_closed(language).to_owned(), "")),
        _ => None,
    };
    let confirm = confirm.map(|(text, button)| {
        let button = (!button.is_empty())
            .then(|| view! { <Button kind=ButtonKind::Primary name="do" value="confirm">{button}</Button> });
        view! { <form method="post" class="stack"><p>{text}</p>{button}</form> }
    });
    let accept = (state == ApplicationState::Offered).then(|| {
        view! {
            <form method="post" class="stack">
                <p class="lead">{t::application_accept_text(language, &organisation)}</p>
                <Button kind=ButtonKind::Primary name="do" value="accept">{t::application_accept(language)}</Button>
            </form>
        }
    });
    let is_taken = matches!(state, ApplicationState::Accepted | ApplicationState::Placed);
    let others = (is_taken && content.others > 0).then(|| {
        view! {
            <form method="post" class="stack">
                <p>{t::application_others(language, content.others)}</p>
                <Button name="do" value="withdraw-others">{t::application_withdraw_others(language)}</Button>
            </form>
        }
    });
    let can_withdraw = state.may_become(ApplicationState::Withdrawn, Side::Talent);
    let withdraw = can_withdraw.then(|| {
        view! {
            <Disclosure summary=t::application_withdraw(language)>
                <form method="post" class="stack">
                    <p>{t::application_withdraw_text(language, &organisation)}</p>
                    <Button name="do" value="withdraw">{t::application_withdraw_confirm(language)}</Button>
                </form>
            </Disclosure>
        }
    });
    view! { <div class="stack">{confirm}{accept}{others}{withdraw}</div> }
}

/// What an organisation can answer now.
#[component]
fn AnswerActions(content: ApplicationView, language: Language) -> impl IntoView {
    let (form, errors) = content.answer;
    let application = content.application;
    let steps = [
        ("talk", ApplicationState::InConversation, t::application_step_talk(language).to_owned()),
        ("offer", ApplicationState::Offered, t::application_step_offer(language).to_owned()),
        ("place", ApplicationState::Placed, t::application_step_place(language, &application.name)),
        ("decline", ApplicationState::Declined, t::application_step_decline(language).to_owned()),
    ];
    let can = |next| application.state.may_become(next, Side::Organisation);
    let choices: Vec<_> = steps.into_iter().filter(|(_, next, _)| can(*next)).collect();
    if choices.is_empty() {
        return static_html(());
    }
    let (can_place, can_decline) = (can(ApplicationState::Placed), can(ApplicationState::Declined));
    let choices = choices
        .into_iter()
        .map(|(code, _, label)| {
            let checked = form.step == code;
            view! { <Choice name="step" value=code label kind=ChoiceKind::One checked /> }
        })
        .collect_view();
    let step_error = errors
        .get("step")
        .map(|_| t::application_step_missing(language))
        .map(|error| view! { <p class="fault" id="step-fault">{error}</p> });
    let from = can_place.then(|| {
        view! {
            <div class="when-place">
                <Field name="from" r#type="date" label=t::application_from(language) value=form.from.clone() error=errors.get("from").map(|_| t::application_from_missing(language).to_owned()) />
            </div>
        }
    });
    let reason = can_decline.then(|| {
        let mut options = vec![SelectOption::new("", t::application_choose(language))];
        options.extend(DeclineReason::ALL.iter().map(|reason| {
            SelectOption::new(reason.code(), labels::decline_reason(*reason, language))
                .selected(form.reason == reason.code())
        }));
        view! {
            <div class="when-decline">
                <SelectField name="reason" label=t::application_reason(language) options error=errors.get("reason").map(|_| t::application_reason_missing(language).to_owned()) />
            </div>
        }
    });
    static_html(view! {
        <section aria-labelledby="answer">
            <h2 id="answer">{t::application_answer(language)}</h2>
            <form method="post" class="stack answer">
                <fieldset class="fields">
                    <legend>{t::application_step(language)}</legend>
                    {choices}
                    {step_error}
                </fieldset>
                {reason}
                {from}
                <TextField
                    name="words"
                    label=t::application_words(language)
                    hint=t::application_words_hint(language, &application.name)
                    value=form.words.clone()
                    error=error_text(&errors, "words", language)
                />
                <Button kind=ButtonKind::Primary name="do" value="answer">{t::application_give_answer(language)}</Button>
            </form>
        </section>
    })
}

/// The sent values.
#[component]
fn What(content: ApplicationView, language: Language) -> impl IntoView {
    let application = content.application;
    let name = application.name.clone();
    let contact = (content.side != Side::Talent).then(|| {
        view! {
            <p>
                <ButtonLink href=format!("mailto:{}", application.email) icon=Icon::Mail>
                    {t::application_contact(language, &application.name)}
                </ButtonLink>
            </p>
        }
    });
    let cv = match application.cv {
        Some(cv) => {
            let label = t::application_cv_download(language, &cv.name, file_size(cv.bytes, language));
            static_html(
                view! { <p><a href=format!("/cv/{}", content.key) download=cv.name.clone()>{label}</a></p> },
            )
        }
        None => static_html(view! { <p class="hint">{t::application_no_cv(language)}</p> }),
    };
    let answers = application
        .answers
        .into_iter()
        .map(|answer| view! { <h3>{answer.question}</h3><p class="typed" dir="auto">{answer.answer}</p> })
        .collect_view();
    view! {
        <section aria-labelledby="what">
            <h2 id="what" dir="auto">{name}</h2>
            {contact}
            <h3>{t::application_motivation(language)}</h3>
            <p class="typed" dir="auto">{application.motivation}</p>
            {answers}
            <h3>{t::application_cv(language)}</h3>
            {cv}
        </section>
    }
}

#[component]
fn Timeline(content: ApplicationView, language: Language) -> impl IntoView {
    let organisation = content.application.vacancy.organisation;
    let is_talent = content.side == Side::Talent;
    let rows = content
        .application
        .entries
        .into_iter()
        .zip(content.times)
        .map(|(entry, at)| {
            let actor = if is_talent { entry.actor_for_talent(&organisation) } else { &entry.actor };
            let entry = TimelineEntry { actor: actor.to_owned(), ..entry };
            view! { <Happened entry at language /> }
        })
        .collect_view();
    view! {
        <section aria-labelledby="timeline">
            <h2 id="timeline">{t::application_timeline(language)}</h2>
            <ol class="timeline">{rows}</ol>
        </section>
    }
}

#[component]
fn Happened(entry: TimelineEntry, at: NaiveDateTime, language: Language) -> impl IntoView {
    let actor =
        if entry.side == Side::Hub { t::application_by_hub(language).to_owned() } else { entry.actor };
    let what = entry
        .state
        .map_or(t::application_message(language), |state| labels::application_state(state, language));
    let reason = entry.reason.map(|reason| view! { <p>{labels::decline_reason(reason, language)}</p> });
    let text = entry.text.map(|text| view! { <p class="typed" dir="auto">{text}</p> });
    view! {
        <li>
            <p><strong>{what}</strong>" "<span class="hint" dir="auto">{actor}" · "{format::date(at.date(), language)}", "{format::time(at, language)}</span></p>
            {reason}
            {text}
        </li>
    }
}

#[component]
fn Messages(content: ApplicationView, language: Language) -> impl IntoView {
    let (typed, error) = content.message;
    view! {
            <section aria-labelledby="messages">
                <h2 id="messages">{t::application_messages(language)}</h2>
                <form method="post" class="stack">
                    <TextField name="message" label=t::application_message(language) value=typed required=true error />
                    <Button name="do" value="message">{t::application_message_send(language)}</Button>
                </form>
            </section>
    }
}

#[component]
fn Keeping(content: ApplicationView, language: Language) -> impl IntoView {
    let application = content.application;
    let until = t::application_kept_until(language, format::date(application.kept_until(), language));
    let (value, label) = if application.may_be_kept {
        ("no", t::application_keep_short(language))
    } else {
        ("yes", t::application_keep_year(language))
    };
    let change = (content.side == Side::Talent).then(|| {
        view! {
            <form method="post">
                <input type="hidden" name="keep" value=value />
                <Button name="do" value="keep">{label}</Button>
            </form>
        }
    });
    view! {
        <section>
            <p class="hint">{until}</p>
            {change}
        </section>
    }
}

/// What is left when a link leads nowhere any more.
#[component]
pub fn GonePage(
    /// What is not there any more.
    title: &'static str,
    /// Why.
    text: &'static str,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <div class="wrap page-top narrow">
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            <ButtonLink href=Page::Vacancies.path(language) kind=ButtonKind::Primary icon=Icon::Search>
                {t::closed_search(language)}
            </ButtonLink>
        </div>
    }
}
