//! The mail of the hub: of each noun its kinds, with the data that they must state.
//!
//! A mail waits in the database as one of these; it becomes text when it is sent.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::accounts::mail::{AccountMail, AccountMailKind};
use crate::alerts::mail::{AlertMail, AlertMailKind};
use crate::applications::mail::{ApplicationMail, ApplicationMailKind};
use crate::follow_ups::mail::{FollowUpMail, FollowUpMailKind};
use crate::list::{Column, Direction, FilterKind, ListSpec, Sort};
use crate::vacancies::mail::{VacancyMail, VacancyMailKind};
use crate::words::words;

/// The time for which a link in a mail that asks something can be answered.
pub const QUESTION_LINK_LASTS: TimeDelta = TimeDelta::days(365);

/// The mail of the hub, as the programme office lists it; its search looks for addresses.
pub static MAIL: ListSpec = ListSpec {
    name: "mail",
    columns: &[
        Column { key: "aan", is_sortable: true, is_shown: true, filter: None },
        Column { key: "soort", is_sortable: false, is_shown: true, filter: Some(FilterKind::Reference) },
        Column {
            key: "stand",
            is_sortable: false,
            is_shown: true,
            filter: Some(FilterKind::Choice(MAIL_STATES)),
        },
        Column { key: "fout", is_sortable: false, is_shown: true, filter: None },
        Column { key: "pogingen", is_sortable: false, is_shown: false, filter: None },
        Column { key: "geschreven", is_sortable: true, is_shown: true, filter: Some(FilterKind::Days) },
        Column { key: "verstuurd", is_sortable: false, is_shown: false, filter: None },
        Column { key: "opnieuw", is_sortable: false, is_shown: false, filter: None },
    ],
    sort: Sort { column: "geschreven", direction: Direction::Descending },
    page_size: 50,
    has_search: true,
    has_board: false,
};

words! {
    /// How it stands with a mail.
    MailState {
        /// It is to be sent, or to be tried again.
        Waiting = "waiting", "wacht";
        /// It was sent.
        Sent = "sent", "verstuurd";
        /// It could not be sent, and is not tried again.
        GivenUp = "given_up", "opgegeven";
    }
}

const MAIL_STATES: &[&str] = &[MailState::Waiting.word(), MailState::Sent.word(), MailState::GivenUp.word()];

/// Defines a mail as one of the nouns' mails.
macro_rules! of_nouns {
    ($($noun:ident: $message:ident, $kind:ident;)+) => {
        /// A mail that is to be written. The database keeps it as JSON, with the code of its kind.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(untagged)]
        pub enum Message {
            $(#[doc = concat!("[`", stringify!($message), "`].")] $noun($message),)+
        }

        /// A kind of mail.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum MailKind {
            $(#[doc = concat!("One of [`", stringify!($message), "`].")] $noun($kind),)+
        }

        $(
            impl From<$message> for Message {
                fn from(message: $message) -> Self {
                    Self::$noun(message)
                }
            }
        )+

        impl Message {
            /// The kind.
            pub const fn kind(&self) -> MailKind {
                match self { $(Self::$noun(message) => MailKind::$noun(message.kind()),)+ }
            }
        }

        impl MailKind {
            /// The word by which lists and the database call it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$noun(kind) => kind.code(),)+ }
            }

            /// The kind that the database calls `code`.
            pub fn from_code(code: &str) -> Option<Self> {
                None$(.or_else(|| $kind::from_code(code).map(Self::$noun)))+
            }

            /// All kinds.
            pub fn all() -> impl Iterator<Item = Self> {
                std::iter::empty()$(.chain($kind::ALL.iter().copied().map(Self::$noun)))+
            }
        }
    };
}

of_nouns! {
    Account: AccountMail, AccountMailKind;
    Application: ApplicationMail, ApplicationMailKind;
    Vacancy: VacancyMail, VacancyMailKind;
    Alert: AlertMail, AlertMailKind;
    FollowUp: FollowUpMail, FollowUpMailKind;
}

impl Message {
    /// The token of the link that ends mail of this kind by one press; only what comes of itself has one.
    pub fn unsubscribe(&self) -> Option<&str> {
        match self {
            Self::Alert(AlertMail::Alert { link, .. }) => Some(link),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;

    use super::*;
    use crate::accounts::mail::SecondStepChange;
    use crate::follow_ups::FollowUp;
    use crate::vacancies::VacancyFilter;

    fn alert() -> Message {
        Message::Alert(AlertMail::Alert {
            link: "geheim".into(),
            title: "Lassen".into(),
            filter: VacancyFilter::default(),
            vacancies: vec![],
            others: 0,
        })
    }

    #[test]
    fn only_mail_that_comes_of_itself_can_be_ended_by_one_press() {
        assert_eq!(alert().unsubscribe(), Some("geheim"));
        let asked = Message::Alert(AlertMail::ConfirmAlert { link: "geheim".into() });
        assert_eq!(
            (asked.unsubscribe(), Message::Account(AccountMail::PasswordChanged).unsubscribe()),
            (None, None)
        );
    }

    #[test]
    fn the_database_reads_a_mail_by_the_word_of_its_kind() {
        let follow_up = FollowUp {
            vacancy: "Lasrobot".into(),
            placed_from: NaiveDate::from_ymd_opt(2027, 2, 1).unwrap(),
            months: 6,
            number: 1,
            of: 1,
        };
        let messages = [
            alert(),
            Message::Account(AccountMail::PasswordChanged),
            Message::Account(AccountMail::SignIn { link: "geheim".into(), code: "123456".into() }),
            Message::Account(AccountMail::AccountErased { is_unused: true }),
            Message::Account(AccountMail::SecondStepChanged { change: SecondStepChange::Reset }),
            Message::FollowUp(FollowUpMail::AskFollowUp { link: "geheim".into(), follow_up }),
        ];
        for message in messages {
            let data = serde_json::to_value(&message).unwrap();
            assert_eq!(data["kind"], message.kind().code());
            assert_eq!(serde_json::from_value::<Message>(data).unwrap(), message);
        }
    }

    #[test]
    fn no_two_kinds_of_mail_share_a_code() {
        let codes: BTreeSet<&str> = MailKind::all().map(MailKind::code).collect();
        assert_eq!(codes.len(), MailKind::all().count());
        for kind in MailKind::all() {
            assert_eq!(MailKind::from_code(kind.code()), Some(kind));
        }
    }
}
