//! Mail about accounts and the roles of people.

use domain::Language;
use domain::accounts::mail::{AccountMail, AccountMailKind, SecondStepChange};
use words::paths::Page;
use words::{format, labels, texts as t};

use super::{Letter, LetterPart, Reader};

/// Writes a mail to its reader.
pub(super) fn write(message: &AccountMail, to: &Reader<'_>) -> Letter {
    let language = to.language;
    match message {
        AccountMail::SignIn { link, code } => Letter {
            title: t::mail_sign_in_title(language, to.hub_name()),
            parts: vec![
                LetterPart::text(t::mail_sign_in(language)),
                LetterPart::button(t::sign_in_enter(language), to.address(Page::SignInLink(link.clone()))),
                LetterPart::text(t::mail_code(language)),
                LetterPart::Code(code.clone()),
                LetterPart::text(t::mail_not_asked(language)),
            ],
        },
        AccountMail::ConfirmAddress { link, code } => Letter {
            title: t::mail_confirm_title(language).to_owned(),
            parts: vec![
                LetterPart::text(t::mail_confirm(language)),
                LetterPart::button(
                    t::sign_in_address_button(language),
                    to.address(Page::SignInLink(link.clone())),
                ),
                LetterPart::text(t::mail_code(language)),
                LetterPart::Code(code.clone()),
                LetterPart::text(t::mail_not_asked(language)),
            ],
        },
        AccountMail::AddressChanged { address: new } => Letter {
            title: t::mail_changed_title(language).to_owned(),
            parts: vec![
                LetterPart::text(t::mail_changed(language, new)),
                LetterPart::text(t::mail_not_you(language)),
            ],
        },
        AccountMail::PasswordChanged => Letter {
            title: t::mail_password_title(language).to_owned(),
            parts: vec![
                LetterPart::text(t::mail_password(language)),
                LetterPart::text(t::mail_not_you(language)),
                LetterPart::button(t::my_account(language), to.address(Page::Account)),
            ],
        },
        AccountMail::SecondStepChanged { change } => {
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
            Letter {
                title: t::mail_step_title(language).to_owned(),
                parts: vec![
                    LetterPart::text(news),
                    LetterPart::text(t::mail_not_you(language)),
                    LetterPart::button(button, to.address(page)),
                ],
            }
        }
        AccountMail::AccountUnused { erased_on } => {
            let day = format::date(*erased_on, language);
            Letter {
                title: t::mail_unused_title(language, &day),
                parts: vec![
                    LetterPart::text(t::mail_unused(language, &day, to.hub_name())),
                    LetterPart::button(t::sign_in_enter(language), to.address(Page::SignIn)),
                    LetterPart::text(t::mail_unused_nothing(language)),
                ],
            }
        }
        AccountMail::AccountErased { is_unused } => Letter {
            title: t::mail_erased_title(language).to_owned(),
            parts: if *is_unused {
                vec![
                    LetterPart::text(t::mail_erased_unused(language, to.hub_name())),
                    LetterPart::text(t::mail_erased_last(language)),
                ]
            } else {
                vec![
                    LetterPart::text(t::mail_erased_wish(language, to.hub_name())),
                    LetterPart::text(t::mail_erased_last(language)),
                    LetterPart::text(t::mail_not_you(language)),
                ]
            },
        },
        AccountMail::ColleagueAdded { by, organisation, role } => {
            let role = labels::member_role(*role, language);
            let title = t::mail_colleague_added_title(language, to.hub_name(), organisation);
            let news = t::mail_colleague_added(language, by, to.hub_name(), organisation, role);
            added(title, news, language, to.address(Page::SignIn))
        }
        AccountMail::StaffAdded { by, role } => {
            let role = labels::staff_role(*role, language);
            let title = t::mail_staff_added_title(language, to.hub_name());
            let news = t::mail_staff_added(language, by, to.hub_name(), role);
            added(title, news, language, to.address(Page::SignIn))
        }
    }
}

/// The name of a kind, as lists of mail say it.
pub(super) fn kind_label(kind: AccountMailKind, language: Language) -> &'static str {
    match kind {
        AccountMailKind::SignIn => t::outbox_kind_sign_in(language),
        AccountMailKind::ConfirmAddress => t::outbox_kind_confirm_address(language),
        AccountMailKind::AddressChanged => t::outbox_kind_address_changed(language),
        AccountMailKind::PasswordChanged => t::outbox_kind_password_changed(language),
        AccountMailKind::SecondStepChanged => t::outbox_kind_second_step_changed(language),
        AccountMailKind::AccountUnused => t::outbox_kind_account_unused(language),
        AccountMailKind::AccountErased => t::outbox_kind_account_erased(language),
        AccountMailKind::ColleagueAdded => t::outbox_kind_colleague_added(language),
        AccountMailKind::StaffAdded => t::outbox_kind_staff_added(language),
    }
}

/// Tells somebody of a new role, with the way to it.
fn added(title: String, news: String, language: Language, sign_in: String) -> Letter {
    Letter {
        title,
        parts: vec![
            LetterPart::text(news),
            LetterPart::button(t::sign_in_enter(language), sign_in),
            LetterPart::text(t::mail_added_wrong(language)),
        ],
    }
}
