//! Mail that asks where somebody is who was placed.

use super::FollowUp;
use crate::message::messages;

messages! {
    /// Mail about those who were placed.
    FollowUpMail, FollowUpMailKind {
        /// To the organisation: where is the person now who was placed?
        "ask_placement" => AskFollowUp {
            /// The token of the link.
            link: String,
            /// The placement, without a name.
            #[serde(rename = "placement")]
            follow_up: FollowUp,
        },
    }
}
