//! What the hub writes to people: each kind of mail with what it must say.
//!
//! A mail waits in the database as one of these; it becomes text when it is sent.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::accounts::{MemberRole, StaffRole};
use crate::applications::{ApplicationState, DeclineReason, Side};
use crate::follow_ups::FollowUp;
use crate::vacancies::{VacancyCard, VacancyFilter, VacancyKind};

/// The kind of [`Message::AccountErased`], after which nobody remembers the address.
pub const ACCOUNT_ERASED: &str = "account_erased";
/// The kind of [`Message::Alert`], which can wait for all others.
pub const ALERT: &str = "alert";
/// How long the link of a mail with a question works.
pub const QUESTION_LINK_LASTS: TimeDelta = TimeDelta::days(365);

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
        /// What changed.
        change: SecondStepChange,
    },
    /// To who did not come for long: the account will go, unless its owner signs in.
    AccountUnused {
        /// The day on which it goes.
        erased_on: NaiveDate,
    },
    /// To the address of an account that is gone: the last mail that it gets.
    AccountErased {
        /// Whether it went because nobody came; otherwise its owner wanted it so.
        is_unused: bool,
    },
    /// To who may work for an organisation here from now on.
    ColleagueAdded {
        /// The name of the person who added them.
        by: String,
        /// The organisation.
        organisation: String,
        /// What the person may do for it.
        role: MemberRole,
    },
    /// To who may work for the programme office here from now on.
    StaffAdded {
        /// The name of the person who added them.
        by: String,
        /// What the person may do for it.
        role: StaffRole,
    },
    /// To who applied without an account: a link that confirms the address and sends the application.
    ConfirmApplication(AboutApplication),
    /// To who applied again: a link to the application that is there.
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
        /// For so many days.
        days: u32,
    },
    /// To the talent or the organisation: the other side moved the application on.
    ApplicationMoved {
        /// Which one.
        about: AboutApplication,
        /// Where it stands now.
        state: ApplicationState,
        /// Why the organisation said no.
        reason: Option<DeclineReason>,
        /// What the other side wrote with it.
        text: Option<String>,
        /// When the talent starts.
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
    /// To who asked for an alert without being signed in: a link that confirms the address. It repeats nothing of what was
    /// typed: anybody can type anything, and the address of somebody else.
    ConfirmAlert {
        /// The token of the link.
        link: String,
    },
    /// What is new for an alert.
    Alert {
        /// The token of the link that changes or ends it.
        link: String,
        /// What is looked for, in words.
        title: String,
        /// What is looked for.
        filter: VacancyFilter,
        /// What is new, the best first.
        vacancies: Vec<NewVacancy>,
        /// How many more are new.
        others: u32,
    },
    /// To the organisation: where is somebody now who was placed?
    #[serde(rename = "ask_placement")]
    AskFollowUp {
        /// The token of the link.
        link: String,
        /// Who, without a name.
        #[serde(rename = "placement")]
        follow_up: FollowUp,
    },
    /// To the talent or the organisation: the other side wrote something.
    ApplicationMessage {
        /// Which one.
        about: AboutApplication,
        /// The side that wrote it.
        by: Side,
        /// What was written.
        text: String,
    },
}

/// What changed of the second step of signing in.
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
    /// Where the work is.
    pub place: String,
    /// What kind of vacancy it is.
    pub kind: VacancyKind,
    /// The last day on which it is public.
    pub closes_on: NaiveDate,
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

    /// The word by which lists and the database call the kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign_in",
            Self::ConfirmAddress { .. } => "confirm_address",
            Self::AddressChanged { .. } => "address_changed",
            Self::PasswordChanged => "password_changed",
            Self::SecondStepChanged { .. } => "second_step_changed",
            Self::AccountUnused { .. } => "account_unused",
            Self::AccountErased { .. } => ACCOUNT_ERASED,
            Self::ColleagueAdded { .. } => "colleague_added",
            Self::StaffAdded { .. } => "staff_added",
            Self::ConfirmApplication(_) => "confirm_application",
            Self::ApplicationKnown(_) => "application_known",
            Self::ApplicationSent { .. } => "application_sent",
            Self::ApplicationReceived(_) => "application_received",
            Self::ApplicationWaits { .. } => "application_waits",
            Self::ApplicationMoved { .. } => "application_moved",
            Self::ApplicationMessage { .. } => "application_message",
            Self::ApplicationErased { .. } => "application_erased",
            Self::AskOutcome { .. } => "ask_outcome",
            Self::ConfirmAlert { .. } => "confirm_alert",
            Self::Alert { .. } => ALERT,
            Self::AskFollowUp { .. } => "ask_placement",
        }
    }
}
