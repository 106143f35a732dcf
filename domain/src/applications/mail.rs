//! Mail about applications.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ApplicationState, DeclineReason, Side};
use crate::message::messages;

messages! {
    /// Mail about an application.
    ApplicationMail, ApplicationMailKind {
        /// To a talent who applied without an account: a link that confirms the address and sends the application.
        "confirm_application" => ConfirmApplication(AboutApplication),
        /// To a talent who applied again: a link to the application that is there.
        "application_known" => ApplicationKnown(AboutApplication),
        /// To the talent: the application is with the organisation.
        "application_sent" => ApplicationSent {
            /// Which one.
            about: AboutApplication,
            /// The last day on which it is kept.
            kept_until: NaiveDate,
        },
        /// To the organisation: there is a new application.
        "application_received" => ApplicationReceived(AboutApplication),
        /// To the organisation: an application waits for an answer.
        "application_waits" => ApplicationWaits {
            /// Which one.
            about: AboutApplication,
            /// The number of days that it has waited.
            days: u32,
        },
        /// To the talent or the organisation: the other side moved the application on.
        "application_moved" => ApplicationMoved {
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
        /// To the talent or the organisation: the other side wrote something.
        "application_message" => ApplicationMessage {
            /// Which one.
            about: AboutApplication,
            /// The side that wrote it.
            by: Side,
            /// The text.
            text: String,
        },
        /// To the organisation: a talent withdrew an application that ran, and had it erased.
        "application_erased" => ApplicationErased {
            /// The title of the vacancy.
            vacancy: String,
            /// The name of the talent.
            talent: String,
        },
    }
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
