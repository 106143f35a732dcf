//! Mail about alerts.

use domain::Language;
use domain::alerts::mail::{AlertMail, AlertMailKind, NewVacancy};
use words::paths::{Page, search_address};
use words::{format, labels, texts as t};

use super::{Letter, LetterPart, Reader};

/// Writes a mail to its reader.
pub(super) fn write(message: &AlertMail, to: &Reader<'_>) -> Letter {
    let language = to.language;
    match message {
        AlertMail::ConfirmAlert { link } => Letter {
            title: t::mail_alert_confirm_title(language).to_owned(),
            parts: vec![
                LetterPart::text(t::mail_alert_confirm(language)),
                LetterPart::button(
                    t::mail_alert_confirm_button(language),
                    to.address(Page::AlertsLink(link.clone())),
                ),
                LetterPart::text(t::mail_not_asked(language)),
            ],
        },
        AlertMail::Alert { link, title, filter, vacancies, others } => {
            let count = vacancies.len() as u32 + others;
            let all = format!("{}{}", to.public_url, search_address(filter, language));
            let change = to.address(Page::AlertsLink(link.clone()));
            let vacancies = vacancies.iter().map(|vacancy| new_vacancy(vacancy, to));
            let others = (*others > 0).then(|| LetterPart::text(t::mail_alert_others(language, *others)));
            let rest = [
                LetterPart::button(t::mail_alert_button(language), all),
                LetterPart::Page(
                    t::mail_alert_change(language).to_owned(),
                    change,
                    t::mail_alert_why(language).to_owned(),
                ),
            ];
            Letter {
                title: t::mail_alert_title(language, count, title),
                parts: vacancies.chain(others).chain(rest).collect(),
            }
        }
    }
}

/// The name of a kind, as lists of mail say it.
pub(super) fn kind_label(kind: AlertMailKind, language: Language) -> &'static str {
    match kind {
        AlertMailKind::ConfirmAlert => t::outbox_kind_confirm_alert(language),
        AlertMailKind::Alert => t::outbox_kind_alert(language),
    }
}

fn new_vacancy(vacancy: &NewVacancy, to: &Reader<'_>) -> LetterPart {
    let language = to.language;
    let kind = labels::vacancy_kind(vacancy.kind, language);
    let day = format::date(vacancy.closes_on, language);
    let line = t::mail_alert_until(language, day, kind, &vacancy.organisation, &vacancy.place);
    LetterPart::Page(vacancy.title.clone(), to.address(Page::Vacancy(vacancy.slug.clone())), line)
}
