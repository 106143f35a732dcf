//! The commands of alerts.

use domain::command;
use serde::{Deserialize, Serialize};

command! {
    /// Asks for an alert of a search.
    "alerts" "add" => pub struct AddAlert {
        /// The search, as its address has it.
        #[serde(rename = "zoek")]
        pub search: String,
        /// The address of somebody who is not signed in.
        pub email: String,
        /// The word for how often it comes.
        pub frequency: String,
    }
}

command! {
    /// Confirms an alert that was asked for without an account.
    "alerts" "confirm" => pub struct ConfirmAlert {
        /// The number of the alert.
        pub alert: String,
    }
}

command! {
    /// Changes how often an alert comes.
    "alerts" "change" => pub struct ChangeAlert {
        /// The number of the alert.
        pub alert: String,
        /// The word for how often it comes.
        pub frequency: String,
    }
}

command! {
    /// Ends an alert.
    "alerts" "stop" => pub struct StopAlert {
        /// The number of the alert.
        pub alert: String,
    }
}

command! {
    /// Ends all alerts of an address.
    "alerts" "stop-all" => pub struct StopAllAlerts {}
}

command! {
    /// Ends all alerts of an address, at the word of a mail program (RFC 8058, section 3.1).
    "alerts" "unsubscribe" => pub struct Unsubscribe {
        /// `One-Click`.
        #[serde(rename = "List-Unsubscribe")]
        pub list_unsubscribe: String,
    }
}

/// The result of a change of alerts, as their page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlertsFlash {
    /// An alert is on.
    On,
    /// An alert comes more or less often.
    Changed,
    /// An alert, or all of them, are off.
    Off,
}
