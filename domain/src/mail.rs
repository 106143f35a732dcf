//! The mails of the hub: each kind with the data that it must state.
//!
//! A mail waits in the database as one of these; it becomes text when it is sent.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::accounts::{MemberRole, StaffRole};
use crate::applications::{ApplicationState, DeclineReason, Side};
use crate::follow_ups::FollowUp;
use crate::list::{Column, Direction, FilterKind, ListSpec, Sort};
use crate::vacancies::{VacancyCard, VacancyFilter, VacancyKind};
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

words! {
    /// A kind of mail.
    MailKind {
        /// A link and a code to sign in.
        SignIn = "sign_in", "inloggen";
        /// A link and a code that confirm another address.
        ConfirmAddress = "confirm_address", "adres bevestigen";
        /// An account has another address.
        AddressChanged = "address_changed", "adres gewijzigd";
        /// A password was set, changed or removed.
        PasswordChanged = "password_changed", "wachtwoord gewijzigd";
        /// Something of the second step changed.
        SecondStepChanged = "second_step_changed", "tweede stap gewijzigd";
        /// An account goes soon.
        AccountUnused = "account_unused", "account lang niet gebruikt";
        /// An account is gone, after which nobody remembers the address.
        AccountErased = "account_erased", "account gewist";
        /// Somebody may work for an organisation.
        ColleagueAdded = "colleague_added", "collega toegevoegd";
        /// Somebody may work for the programme office.
        StaffAdded = "staff_added", "medewerker toegevoegd";
        /// A link that sends an application.
        ConfirmApplication = "confirm_application", "sollicitatie bevestigen";
        /// A link to an application that is there already.
        ApplicationKnown = "application_known", "al gesolliciteerd";
        /// An application is with the organisation.
        ApplicationSent = "application_sent", "sollicitatie verstuurd";
        /// An organisation received an application.
        ApplicationReceived = "application_received", "sollicitatie ontvangen";
        /// An application waits for an answer.
        ApplicationWaits = "application_waits", "sollicitatie wacht";
        /// An application changed its state.
        ApplicationMoved = "application_moved", "sollicitatie verder";
        /// A message about an application.
        ApplicationMessage = "application_message", "bericht bij sollicitatie";
        /// An application is gone.
        ApplicationErased = "application_erased", "sollicitatie gewist";
        /// Whether a vacancy was filled.
        AskOutcome = "ask_outcome", "vraag naar uitkomst";
        /// A vacancy closes soon.
        VacancyCloses = "vacancy_closes", "vacature sluit";
        /// A link that begins an alert.
        ConfirmAlert = "confirm_alert", "melding bevestigen";
        /// What is new for an alert, which can wait for all others.
        Alert = "alert", "nieuwe vacatures";
        /// Where somebody is who was placed.
        AskFollowUp = "ask_placement", "vraag naar plaatsing";
    }
}

/// A mail that is to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// A link and a code to sign in, or to make an account.
    SignIn {
        /// The token of the link.
        link: String,
        /// Six digits.
        code: String,
    },
    /// A link and a code that confirm another address for an account.
    ConfirmAddress {
        /// The token of the link.
        link: String,
        /// Six digits.
        code: String,
    },
    /// To the old address: the account has another one now.
    AddressChanged {
        /// The new address.
        address: String,
    },
    /// The password was set, changed or removed.
    PasswordChanged,
    /// To staff: something of the second step of signing in changed.
    SecondStepChanged {
        /// The change.
        change: SecondStepChange,
    },
    /// To the owner of an account without a visit for long: it will go, unless its owner signs in.
    AccountUnused {
        /// The day on which it goes.
        erased_on: NaiveDate,
    },
    /// To the address of an account that is gone: the last mail that it gets.
    AccountErased {
        /// Whether it went because nobody came; otherwise its owner wanted it so.
        is_unused: bool,
    },
    /// To a person who may work for an organisation here from now on.
    ColleagueAdded {
        /// The colleague who added the person.
        by: String,
        /// The organisation.
        organisation: String,
        /// The person's role in it.
        role: MemberRole,
    },
    /// To a person who may work for the programme office here from now on.
    StaffAdded {
        /// The colleague who added the person.
        by: String,
        /// The person's role in it.
        role: StaffRole,
    },
    /// To a talent who applied without an account: a link that confirms the address and sends the application.
    ConfirmApplication(AboutApplication),
    /// To a talent who applied again: a link to the application that is there.
    ApplicationKnown(AboutApplication),
    /// To the talent: the application is with the organisation.
    ApplicationSent {
        /// Which one.
        about: AboutApplication,
        /// The last day on which it is kept.
        kept_until: NaiveDate,
    },
    /// To the organisation: there is a new application.
    ApplicationReceived(AboutApplication),
    /// To the organisation: an application waits for an answer.
    ApplicationWaits {
        /// Which one.
        about: AboutApplication,
        /// The number of days that it has waited.
        days: u32,
    },
    /// To the talent or the organisation: the other side moved the application on.
    ApplicationMoved {
        /// Which one.
        about: AboutApplication,
        /// Its new state.
        state: ApplicationState,
        /// The organisation's reason for declining.
        reason: Option<DeclineReason>,
        /// The text that the other side wrote with it.
        text: Option<String>,
        /// The talent's first day.
        placed_from: Option<NaiveDate>,
    },
    /// To the organisation: a talent withdrew an application that ran, and had it erased.
    ApplicationErased {
        /// The title of the vacancy.
        vacancy: String,
        /// The name of the talent.
        talent: String,
    },
    /// To the organisation: what became of a vacancy that closed?
    AskOutcome {
        /// The token of the link.
        link: String,
        /// The title of the vacancy.
        vacancy: String,
        /// The last day on which it was public.
        closed_on: NaiveDate,
    },
    /// To the people of the organisation: a vacancy closes soon.
    VacancyCloses(ClosingVacancy),
    /// To a person who asked for an alert without being signed in: a link that confirms the address. It repeats nothing
    /// that was typed: anybody can type anything, and the address of somebody else.
    ConfirmAlert {
        /// The token of the link.
        link: String,
    },
    /// New vacancies for an alert.
    Alert {
        /// The token of the link that changes or ends it.
        link: String,
        /// The search in words.
        title: String,
        /// The search.
        filter: VacancyFilter,
        /// The new vacancies, the best first.
        vacancies: Vec<NewVacancy>,
        /// The number of further new vacancies.
        others: u32,
    },
    /// To the organisation: where is the person now who was placed?
    #[serde(rename = "ask_placement")]
    AskFollowUp {
        /// The token of the link.
        link: String,
        /// The placement, without a name.
        #[serde(rename = "placement")]
        follow_up: FollowUp,
    },
    /// To the talent or the organisation: the other side wrote something.
    ApplicationMessage {
        /// Which one.
        about: AboutApplication,
        /// The side that wrote it.
        by: Side,
        /// The text.
        text: String,
    },
}

/// A change of the second step of signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondStepChange {
    /// There are new recovery codes.
    NewCodes,
    /// Another phone gives the codes.
    NewPhone,
    /// It was taken away.
    Reset,
}

/// The application that a mail is about, and the way to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutApplication {
    /// The token of the link.
    pub link: String,
    /// The title of the vacancy.
    pub vacancy: String,
    /// The organisation that offers it.
    pub organisation: String,
    /// The name of the talent.
    pub talent: String,
}

/// A vacancy that a mail tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVacancy {
    /// The last part of its address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The organisation that offers it.
    pub organisation: String,
    /// The place of work.
    pub place: String,
    /// The kind of vacancy.
    pub kind: VacancyKind,
    /// The last day on which it is public.
    pub closes_on: NaiveDate,
}

/// A vacancy that closes soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingVacancy {
    /// The last part of its address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The last day on which it is public.
    pub closes_on: NaiveDate,
    /// The number of days until then.
    pub days: u32,
}

impl From<VacancyCard> for NewVacancy {
    fn from(card: VacancyCard) -> Self {
        Self {
            slug: card.slug(),
            title: card.title,
            organisation: card.organisation,
            place: card.place,
            kind: card.kind,
            closes_on: card.closes_on,
        }
    }
}

impl Message {
    /// The token of the link that ends mail of this kind by one press; only what comes of itself has one.
    pub fn unsubscribe(&self) -> Option<&str> {
        match self {
            Self::Alert { link, .. } => Some(link),
            _ => None,
        }
    }

    /// The kind.
    pub const fn kind(&self) -> MailKind {
        match self {
            Self::SignIn { .. } => MailKind::SignIn,
            Self::ConfirmAddress { .. } => MailKind::ConfirmAddress,
            Self::AddressChanged { .. } => MailKind::AddressChanged,
            Self::PasswordChanged => MailKind::PasswordChanged,
            Self::SecondStepChanged { .. } => MailKind::SecondStepChanged,
            Self::AccountUnused { .. } => MailKind::AccountUnused,
            Self::AccountErased { .. } => MailKind::AccountErased,
            Self::ColleagueAdded { .. } => MailKind::ColleagueAdded,
            Self::StaffAdded { .. } => MailKind::StaffAdded,
            Self::ConfirmApplication(_) => MailKind::ConfirmApplication,
            Self::ApplicationKnown(_) => MailKind::ApplicationKnown,
            Self::ApplicationSent { .. } => MailKind::ApplicationSent,
            Self::ApplicationReceived(_) => MailKind::ApplicationReceived,
            Self::ApplicationWaits { .. } => MailKind::ApplicationWaits,
            Self::ApplicationMoved { .. } => MailKind::ApplicationMoved,
            Self::ApplicationMessage { .. } => MailKind::ApplicationMessage,
            Self::ApplicationErased { .. } => MailKind::ApplicationErased,
            Self::AskOutcome { .. } => MailKind::AskOutcome,
            Self::VacancyCloses(_) => MailKind::VacancyCloses,
            Self::ConfirmAlert { .. } => MailKind::ConfirmAlert,
            Self::Alert { .. } => MailKind::Alert,
            Self::AskFollowUp { .. } => MailKind::AskFollowUp,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use crate::vacancies::Remote;

    fn alert() -> Message {
        Message::Alert {
            link: "geheim".into(),
            title: "Lassen".into(),
            filter: VacancyFilter::default(),
            vacancies: vec![],
            others: 0,
        }
    }

    #[test]
    fn only_mail_that_comes_of_itself_can_be_ended_by_one_press() {
        assert_eq!(alert().unsubscribe(), Some("geheim"));
        let asked = Message::ConfirmAlert { link: "geheim".into() };
        assert_eq!((asked.unsubscribe(), Message::PasswordChanged.unsubscribe()), (None, None));
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
            Message::PasswordChanged,
            Message::SignIn { link: "geheim".into(), code: "123456".into() },
            Message::AccountErased { is_unused: true },
            Message::SecondStepChanged { change: SecondStepChange::Reset },
            Message::AskFollowUp { link: "geheim".into(), follow_up },
        ];
        for message in messages {
            let data = serde_json::to_value(&message).unwrap();
            assert_eq!(data["kind"], message.kind().code());
            assert_eq!(serde_json::from_value::<Message>(data).unwrap(), message);
        }
    }

    #[test]
    fn a_new_vacancy_in_a_mail_leads_to_its_page() {
        let closes_on = NaiveDate::from_ymd_opt(2027, 1, 15).unwrap();
        let card = VacancyCard {
            id: 12,
            title: "Lasrobot".into(),
            organisation: "IJsselmetaal".into(),
            organisation_slug: "ijsselmetaal".into(),
            organisation_logo: None,
            kind: VacancyKind::StarterJob,
            levels: vec![],
            place: "Ulft".into(),
            hours_per_week: None,
            weeks: None,
            starts_on: None,
            closes_on,
            published_on: None,
            pay: None,
            language: Language::Dutch,
            is_cross_border: false,
            remote: Remote::No,
        };
        let expected = NewVacancy {
            slug: "lasrobot-12".into(),
            title: "Lasrobot".into(),
            organisation: "IJsselmetaal".into(),
            place: "Ulft".into(),
            kind: VacancyKind::StarterJob,
            closes_on,
        };
        assert_eq!(NewVacancy::from(card), expected);
    }
}
