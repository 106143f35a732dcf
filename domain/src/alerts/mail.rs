//! Mail of alerts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::message::messages;
use crate::vacancies::{VacancyCard, VacancyFilter, VacancyKind};

messages! {
    /// Mail of an alert.
    AlertMail, AlertMailKind {
        /// To a person who asked for an alert without being signed in: a link that confirms the address. It repeats nothing
        /// that was typed: anybody can type anything, and the address of somebody else.
        "confirm_alert" => ConfirmAlert {
            /// The token of the link.
            link: String,
        },
        /// New vacancies for an alert.
        "alert" => Alert {
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
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use crate::vacancies::Remote;

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
