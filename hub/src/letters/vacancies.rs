//! Mail about vacancies to their organisations.

use domain::Language;
use domain::vacancies::mail::{ClosingVacancy, VacancyMail, VacancyMailKind};
use words::paths::Page;
use words::{format, texts as t};

use super::{Letter, LetterPart, Reader};

/// Writes a mail to its reader.
pub(super) fn write(message: &VacancyMail, to: &Reader<'_>) -> Letter {
    let language = to.language;
    match message {
        VacancyMail::AskOutcome { link, vacancy, closed_on } => Letter {
            title: t::outcome_title(language, vacancy),
            parts: vec![
                LetterPart::text(t::outcome_lead(language, format::date(*closed_on, language))),
                LetterPart::button(t::mail_outcome_button(language), to.address(Page::Outcome(link.clone()))),
                LetterPart::text(t::mail_outcome(language)),
            ],
        },
        VacancyMail::VacancyCloses(ClosingVacancy { slug, title, closes_on, days }) => Letter {
            title: t::mail_closes_title(language, *days, title),
            parts: vec![
                LetterPart::text(t::mail_closes(language, format::date(*closes_on, language))),
                LetterPart::button(t::mail_closes_button(language), to.address(Page::Vacancy(slug.clone()))),
            ],
        },
    }
}

/// The name of a kind, as lists of mail say it.
pub(super) fn kind_label(kind: VacancyMailKind, language: Language) -> &'static str {
    match kind {
        VacancyMailKind::AskOutcome => t::outbox_kind_ask_outcome(language),
        VacancyMailKind::VacancyCloses => t::outbox_kind_vacancy_closes(language),
    }
}
