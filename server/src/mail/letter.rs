//! From a message to what somebody reads: one layout, as text and as HTML, in three languages.

use askama::Template;
use chrono::NaiveDate;
use domain::Language;
use domain::applications::{ApplicationState, DeclineReason, Side};
use domain::hub::Hub;
use domain::mail::{AboutApplication, ClosingVacancy, Message, NewVacancy, SecondStepChange};
use words::paths::Page;
use words::paths::search_address;
use words::{format, labels, texts as t};

/// A mail in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The subject; also the heading.
    pub title: String,
    /// What follows, from above.
    pub parts: Vec<LetterPart>,
}

/// A part of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterPart {
    /// A paragraph.
    Text(String),
    /// The one thing to do: its label and its address.
    Button(String, String),
    /// Digits to copy.
    Code(String),
    /// A quotation of somebody's words.
    Quote(String),
    /// A page with its label, its address and a line about it.
    Page(String, String, String),
}

#[derive(Template)]
#[template(path = "mail.txt", escape = "none")]
struct AsText<'a> {
    letter: &'a Letter,
    hub: &'a Hub,
    tagline: &'a str,
    public_url: &'a str,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct AsHtml<'a> {
    letter: &'a Letter,
    hub: &'a Hub,
    language: &'static str,
    public_url: &'a str,
    /// The first page of the site, in the reader's language.
    home: String,
}

impl Letter {
    /// Writes a message of a hub to somebody who reads `language`.
    pub fn of(message: &Message, hub: &Hub, language: Language, public_url: &str) -> Self {
        let address = |page: Page| format!("{public_url}{}", page.path(language));
        let text = |text: &str| LetterPart::Text(text.to_owned());
        match message {
            Message::SignIn { link, code } => Self {
                title: t::mail_sign_in_title(language, &hub.name),
                parts: vec![
                    text(t::mail_sign_in(language)),
                    LetterPart::Button(
                        t::sign_in_enter(language).to_owned(),
                        address(Page::SignInLink(link.clone())),
                    ),
                    text(t::mail_code(language)),
                    LetterPart::Code(code.clone()),
                    text(t::mail_not_asked(language)),
                ],
            },
            Message::ConfirmAddress { link, code } => Self {
                title: t::mail_confirm_title(language).to_owned(),
                parts: vec![
                    text(t::mail_confirm(language)),
                    LetterPart::Button(
                        t::sign_in_address_button(language).to_owned(),
                        address(Page::SignInLink(link.clone())),
                    ),
                    text(t::mail_code(language)),
                    LetterPart::Code(code.clone()),
                    text(t::mail_not_asked(language)),
                ],
            },
            Message::AddressChanged { address: new } => Self {
                title: t::mail_changed_title(language).to_owned(),
                parts: vec![
                    LetterPart::Text(t::mail_changed(language, new)),
                    text(t::mail_not_you(language)),
                ],
            },
            Message::PasswordChanged => Self {
                title: t::mail_password_title(language).to_owned(),
                parts: vec![
                    text(t::mail_password(language)),
                    text(t::mail_not_you(language)),
                    LetterPart::Button(t::my_account(language).to_owned(), address(Page::Account)),
                ],
            },
            Message::SecondStepChanged { change } => {
                let (news, button, page) = match change {
                    SecondStepChange::NewCodes => {
                        (t::mail_step_codes(language), t::my_account(language), Page::Account)
                    }
                    SecondStepChange::NewPhone => {
                        (t::mail_step_phone(language), t::my_account(language), Page::Account)
                    }
                    SecondStepChange::Reset => {
                        (t::mail_step_reset(language), t::sign_in_enter(language), Page::SignIn)
                    }
                };
                Self {
                    title: t::mail_step_title(language).to_owned(),
                    parts: vec![
                        text(news),
                        text(t::mail_not_you(language)),
                        LetterPart::Button(button.to_owned(), address(page)),
                    ],
                }
            }
            Message::AccountUnused { erased_on } => {
                let day = format::date(*erased_on, language);
                Self {
                    title: t::mail_unused_title(language, &day),
                    parts: vec![
                        LetterPart::Text(t::mail_unused(language, &day, &hub.name)),
                        LetterPart::Button(t::sign_in_enter(language).to_owned(), address(Page::SignIn)),
                        text(t::mail_unused_nothing(language)),
                    ],
                }
            }
            Message::AccountErased { is_unused } => Self {
                title: t::mail_erased_title(language).to_owned(),
                parts: if *is_unused {
                    vec![
                        LetterPart::Text(t::mail_erased_unused(language, &hub.name)),
                        text(t::mail_erased_last(language)),
                    ]
                } else {
                    vec![
                        LetterPart::Text(t::mail_erased_wish(language, &hub.name)),
                        text(t::mail_erased_last(language)),
                        text(t::mail_not_you(language)),
                    ]
                },
            },
            Message::ApplicationErased { vacancy, talent } => Self {
                title: t::mail_withdrawn_erased_title(language, vacancy),
                parts: vec![LetterPart::Text(t::mail_withdrawn_erased(language, talent, vacancy))],
            },
            Message::ColleagueAdded { by, organisation, role } => {
                let role = labels::member_role(*role, language);
                let title = t::mail_colleague_added_title(language, &hub.name, organisation);
                let news = t::mail_colleague_added(language, by, &hub.name, organisation, role);
                added(title, news, language, address(Page::SignIn))
            }
            Message::StaffAdded { by, role } => {
                let role = labels::staff_role(*role, language);
                let title = t::mail_staff_added_title(language, &hub.name);
                let news = t::mail_staff_added(language, by, &hub.name, role);
                added(title, news, language, address(Page::SignIn))
            }
            Message::ConfirmApplication(about) => Self {
                title: t::mail_apply_confirm_title(language, &about.vacancy),
                parts: vec![
                    LetterPart::Text(t::mail_apply_confirm(language, &about.organisation, &about.vacancy)),
                    way_to(about, t::mail_apply_confirm_button(language), &address),
                    text(t::mail_not_asked(language)),
                ],
            },
            Message::ApplicationKnown(about) => Self {
                title: t::mail_apply_known_title(language, &about.vacancy),
                parts: vec![
                    LetterPart::Text(t::mail_apply_known(language, &about.organisation, &about.vacancy)),
                    way_to(about, t::mail_application_button(language), &address),
                    text(t::mail_not_asked(language)),
                ],
            },
            Message::ApplicationSent { about, kept_until } => Self {
                title: t::mail_apply_sent_title(language, &about.vacancy),
                parts: vec![
                    LetterPart::Text(t::mail_apply_sent(language, &about.organisation, &about.vacancy)),
                    way_to(about, t::mail_application_button(language), &address),
                    LetterPart::Text(t::mail_apply_kept(language, format::date(*kept_until, language))),
                ],
            },
            Message::ApplicationReceived(about) => Self {
                title: t::mail_received_title(language, &about.vacancy),
                parts: vec![
                    LetterPart::Text(t::mail_received(language, &about.talent, &about.vacancy)),
                    way_to(about, t::mail_received_button(language), &address),
                    text(t::mail_received_why(language)),
                ],
            },
            Message::ApplicationWaits { about, days } => Self {
                title: t::mail_waits_title(language, &about.talent, &about.vacancy),
                parts: vec![
                    LetterPart::Text(t::mail_waits(language, *days, &about.talent)),
                    way_to(about, t::mail_received_button(language), &address),
                    text(t::mail_received_why(language)),
                ],
            },
            Message::ApplicationMoved { about, state, reason, text, placed_from } => {
                let moved = Moved { about, state: *state, reason: *reason, text, placed_from: *placed_from };
                moved.letter(language, &address)
            }
            Message::AskOutcome { link, vacancy, closed_on } => Self {
                title: t::outcome_title(language, vacancy),
                parts: vec![
                    LetterPart::Text(t::outcome_lead(language, format::date(*closed_on, language))),
                    LetterPart::Button(
                        t::mail_outcome_button(language).to_owned(),
                        address(Page::Outcome(link.clone())),
                    ),
                    text(t::mail_outcome(language)),
                ],
            },
            Message::VacancyCloses(ClosingVacancy { slug, title, closes_on, days }) => Self {
                title: t::mail_closes_title(language, *days, title),
                parts: vec![
                    LetterPart::Text(t::mail_closes(language, format::date(*closes_on, language))),
                    LetterPart::Button(
                        t::mail_closes_button(language).to_owned(),
                        address(Page::Vacancy(slug.clone())),
                    ),
                ],
            },
            Message::ConfirmAlert { link } => Self {
                title: t::mail_alert_confirm_title(language).to_owned(),
                parts: vec![
                    text(t::mail_alert_confirm(language)),
                    LetterPart::Button(
                        t::mail_alert_confirm_button(language).to_owned(),
                        address(Page::AlertsLink(link.clone())),
                    ),
                    text(t::mail_not_asked(language)),
                ],
            },
            Message::Alert { link, title, filter, vacancies, others } => {
                let count = vacancies.len() as u32 + others;
                let all = format!("{public_url}{}", search_address(filter, language));
                let change = address(Page::AlertsLink(link.clone()));
                let vacancies = vacancies.iter().map(|vacancy| new_vacancy(vacancy, language, &address));
                let others = (*others > 0).then(|| LetterPart::Text(t::mail_alert_others(language, *others)));
                let rest = [
                    LetterPart::Button(t::mail_alert_button(language).to_owned(), all),
                    LetterPart::Page(
                        t::mail_alert_change(language).to_owned(),
                        change,
                        t::mail_alert_why(language).to_owned(),
                    ),
                ];
                Self {
                    title: t::mail_alert_title(language, count, title),
                    parts: vacancies.chain(others).chain(rest).collect(),
                }
            }
            Message::AskFollowUp { link, follow_up } => Self {
                title: t::placement_title(language, &follow_up.vacancy),
                parts: vec![
                    LetterPart::Text(labels::about_follow_up(follow_up, language)),
                    LetterPart::Button(
                        t::mail_outcome_button(language).to_owned(),
                        address(Page::FollowUp(link.clone())),
                    ),
                    text(t::mail_outcome(language)),
                ],
            },
            Message::ApplicationMessage { about, by, text: words } => {
                let from = if *by == Side::Talent { &about.talent } else { &about.organisation };
                Self {
                    title: t::mail_message_title(language, from, &about.vacancy),
                    parts: vec![
                        LetterPart::Text(t::mail_words(language, from)),
                        LetterPart::Quote(words.clone()),
                        way_to(about, t::mail_message_button(language), &address),
                    ],
                }
            }
        }
    }

    /// The mail as plain text.
    ///
    /// # Errors
    /// When a part can't be written, which no text causes.
    pub fn to_text(&self, hub: &Hub, language: Language, public_url: &str) -> Result<String, askama::Error> {
        AsText { letter: self, hub, tagline: hub.tagline.get(language), public_url }.render()
    }

    /// The mail as HTML.
    ///
    /// # Errors
    /// When a part can't be written, which no text causes.
    pub fn to_html(&self, hub: &Hub, language: Language, public_url: &str) -> Result<String, askama::Error> {
        let home = format!("{public_url}{}", Page::Home.path(language));
        AsHtml { letter: self, hub, language: language.code(), public_url, home }.render()
    }
}

/// Tells somebody of a new role, with the way to it.
fn added(title: String, news: String, language: Language, sign_in: String) -> Letter {
    Letter {
        title,
        parts: vec![
            LetterPart::Text(news),
            LetterPart::Button(t::sign_in_enter(language).to_owned(), sign_in),
            LetterPart::Text(t::mail_added_wrong(language).to_owned()),
        ],
    }
}

/// The button that leads to an application.
fn way_to(about: &AboutApplication, label: &str, address: &impl Fn(Page) -> String) -> LetterPart {
    LetterPart::Button(label.to_owned(), address(Page::Application(about.link.clone())))
}

fn new_vacancy(vacancy: &NewVacancy, language: Language, address: &impl Fn(Page) -> String) -> LetterPart {
    let kind = labels::vacancy_kind(vacancy.kind, language);
    let day = format::date(vacancy.closes_on, language);
    let line = t::mail_alert_until(language, day, kind, &vacancy.organisation, &vacancy.place);
    LetterPart::Page(vacancy.title.clone(), address(Page::Vacancy(vacancy.slug.clone())), line)
}

/// An application that was moved on.
struct Moved<'a> {
    about: &'a AboutApplication,
    state: ApplicationState,
    reason: Option<DeclineReason>,
    text: &'a Option<String>,
    placed_from: Option<NaiveDate>,
}

impl Moved<'_> {
    fn letter(&self, language: Language, address: &impl Fn(Page) -> String) -> Letter {
        let AboutApplication { vacancy, organisation, talent, .. } = self.about;
        let is_by_talent = matches!(self.state, ApplicationState::Accepted | ApplicationState::Withdrawn);
        let (writer, button) = if is_by_talent {
            (talent, t::mail_received_button(language))
        } else {
            (organisation, t::mail_application_button(language))
        };
        let mut parts = vec![LetterPart::Text(self.news(language))];
        if let Some(words) = self.text {
            parts.push(LetterPart::Text(t::mail_words(language, writer)));
            parts.push(LetterPart::Quote(words.clone()));
        }
        parts.push(way_to(self.about, button, address));
        if matches!(self.state, ApplicationState::Declined | ApplicationState::Expired) {
            let search = address(Page::Vacancies);
            parts.push(LetterPart::Text(format!("{} {search}", t::mail_moved_decline_search(language))));
        }
        let state = labels::application_state(self.state, language);
        Letter { title: t::mail_moved_title(language, state, vacancy), parts }
    }

    fn news(&self, language: Language) -> String {
        let AboutApplication { vacancy, organisation, talent, .. } = self.about;
        match self.state {
            ApplicationState::InConversation => t::mail_moved_talk(language, organisation, vacancy),
            ApplicationState::Offered => t::mail_moved_offer(language, organisation, vacancy),
            ApplicationState::Placed => {
                let day = self.placed_from.map(|day| format::date(day, language)).unwrap_or_default();
                t::mail_moved_place(language, day, organisation, vacancy)
            }
            ApplicationState::Declined => {
                let reason = self.reason.map_or("", |reason| labels::decline_reason(reason, language));
                t::mail_moved_decline(language, organisation, reason, vacancy)
            }
            ApplicationState::Expired => t::mail_moved_expired(language, organisation, vacancy),
            ApplicationState::Accepted => t::mail_moved_accepted(language, talent, vacancy),
            ApplicationState::Withdrawn => t::mail_moved_withdrawn(language, talent, vacancy),
            // Nobody is written to about these.
            ApplicationState::Unconfirmed | ApplicationState::Submitted | ApplicationState::Seen => {
                String::new()
            }
        }
    }
}
