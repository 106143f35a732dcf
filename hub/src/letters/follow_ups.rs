//! Mail about those who were placed.

use domain::Language;
use domain::follow_ups::mail::{FollowUpMail, FollowUpMailKind};
use words::paths::Page;
use words::{labels, texts as t};

use super::{Letter, LetterPart, Reader};

/// Writes a mail to its reader.
pub(super) fn write(message: &FollowUpMail, to: &Reader<'_>) -> Letter {
    let language = to.language;
    match message {
        FollowUpMail::AskFollowUp { link, follow_up } => Letter {
            title: t::placement_title(language, &follow_up.vacancy),
            parts: vec![
                LetterPart::text(labels::about_follow_up(follow_up, language)),
                LetterPart::button(
                    t::mail_outcome_button(language),
                    to.address(Page::FollowUp(link.clone())),
                ),
                LetterPart::text(t::mail_outcome(language)),
            ],
        },
    }
}

/// The name of a kind, as lists of mail say it.
pub(super) fn kind_label(kind: FollowUpMailKind, language: Language) -> &'static str {
    match kind {
        FollowUpMailKind::AskFollowUp => t::outbox_kind_ask_placement(language),
    }
}
