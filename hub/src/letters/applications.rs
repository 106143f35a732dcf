//! Mail about applications.

use chrono::NaiveDate;
use domain::Language;
use domain::applications::mail::{AboutApplication, ApplicationMail, ApplicationMailKind};
use domain::applications::{ApplicationState, DeclineReason, Side};
use words::paths::Page;
use words::{format, labels, texts as t};

use super::{Letter, LetterPart, Reader};

/// Writes a mail to its reader.
pub(super) fn write(message: &ApplicationMail, to: &Reader<'_>) -> Letter {
    let language = to.language;
    match message {
        ApplicationMail::ConfirmApplication(about) => Letter {
            title: t::mail_apply_confirm_title(language, &about.vacancy),
            parts: vec![
                LetterPart::text(t::mail_apply_confirm(language, &about.organisation, &about.vacancy)),
                way_to(about, t::mail_apply_confirm_button(language), to),
                LetterPart::text(t::mail_not_asked(language)),
            ],
        },
        ApplicationMail::ApplicationKnown(about) => Letter {
            title: t::mail_apply_known_title(language, &about.vacancy),
            parts: vec![
                LetterPart::text(t::mail_apply_known(language, &about.organisation, &about.vacancy)),
                way_to(about, t::mail_application_button(language), to),
                LetterPart::text(t::mail_not_asked(language)),
            ],
        },
        ApplicationMail::ApplicationSent { about, kept_until } => Letter {
            title: t::mail_apply_sent_title(language, &about.vacancy),
            parts: vec![
                LetterPart::text(t::mail_apply_sent(language, &about.organisation, &about.vacancy)),
                way_to(about, t::mail_application_button(language), to),
                LetterPart::text(t::mail_apply_kept(language, format::date(*kept_until, language))),
            ],
        },
        ApplicationMail::ApplicationReceived(about) => Letter {
            title: t::mail_received_title(language, &about.vacancy),
            parts: vec![
                LetterPart::text(t::mail_received(language, &about.talent, &about.vacancy)),
                way_to(about, t::mail_received_button(language), to),
                LetterPart::text(t::mail_received_why(language)),
            ],
        },
        ApplicationMail::ApplicationWaits { about, days } => Letter {
            title: t::mail_waits_title(language, &about.talent, &about.vacancy),
            parts: vec![
                LetterPart::text(t::mail_waits(language, *days, &about.talent)),
                way_to(about, t::mail_received_button(language), to),
                LetterPart::text(t::mail_received_why(language)),
            ],
        },
        ApplicationMail::ApplicationMoved { about, state, reason, text, placed_from } => {
            let moved = Moved { about, state: *state, reason: *reason, text, placed_from: *placed_from };
            moved.letter(to)
        }
        ApplicationMail::ApplicationMessage { about, by, text: words } => {
            let from = if *by == Side::Talent { &about.talent } else { &about.organisation };
            Letter {
                title: t::mail_message_title(language, from, &about.vacancy),
                parts: vec![
                    LetterPart::text(t::mail_words(language, from)),
                    LetterPart::Quote(words.clone()),
                    way_to(about, t::mail_message_button(language), to),
                ],
            }
        }
        ApplicationMail::ApplicationErased { vacancy, talent } => Letter {
            title: t::mail_withdrawn_erased_title(language, vacancy),
            parts: vec![LetterPart::text(t::mail_withdrawn_erased(language, talent, vacancy))],
        },
    }
}

/// The name of a kind, as lists of mail say it.
pub(super) fn kind_label(kind: ApplicationMailKind, language: Language) -> &'static str {
    match kind {
        ApplicationMailKind::ConfirmApplication => t::outbox_kind_confirm_application(language),
        ApplicationMailKind::ApplicationKnown => t::outbox_kind_application_known(language),
        ApplicationMailKind::ApplicationSent => t::outbox_kind_application_sent(language),
        ApplicationMailKind::ApplicationReceived => t::outbox_kind_application_received(language),
        ApplicationMailKind::ApplicationWaits => t::outbox_kind_application_waits(language),
        ApplicationMailKind::ApplicationMoved => t::outbox_kind_application_moved(language),
        ApplicationMailKind::ApplicationMessage => t::outbox_kind_application_message(language),
        ApplicationMailKind::ApplicationErased => t::outbox_kind_application_erased(language),
    }
}

/// The button that leads to an application.
fn way_to(about: &AboutApplication, label: &str, to: &Reader<'_>) -> LetterPart {
    LetterPart::button(label, to.address(Page::Application(about.link.clone())))
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
    fn letter(&self, to: &Reader<'_>) -> Letter {
        let language = to.language;
        let AboutApplication { vacancy, organisation, talent, .. } = self.about;
        let is_by_talent = matches!(self.state, ApplicationState::Accepted | ApplicationState::Withdrawn);
        let (writer, button) = if is_by_talent {
            (talent, t::mail_received_button(language))
        } else {
            (organisation, t::mail_application_button(language))
        };
        let mut parts = vec![LetterPart::text(self.news(language))];
        if let Some(words) = self.text {
            parts.push(LetterPart::text(t::mail_words(language, writer)));
            parts.push(LetterPart::Quote(words.clone()));
        }
        parts.push(way_to(self.about, button, to));
        if matches!(self.state, ApplicationState::Declined | ApplicationState::Expired) {
            let search = to.address(Page::Vacancies);
            parts.push(LetterPart::text(format!("{} {search}", t::mail_moved_decline_search(language))));
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
