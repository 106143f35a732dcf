//! Which values a document has, and in which order values are shown.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::Language;
use domain::vacancies::{Facet, HoursBand, Level, Remote, StartPeriod, VacancyKind};

use crate::distance::Places;
use crate::document::Document;
use crate::results::FacetValue;
use crate::sorting::{sort_by, sort_by_key};

/// The value of a facet that is either so or not.
const YES: &str = "ja";

/// In which order the values of a facet are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// All values, in the order of the domain's list.
    Listed,
    /// Values that occur, in chronological order.
    Time,
    /// Values that occur, the most frequent first.
    Frequency,
}

impl Order {
    pub(crate) const fn of(facet: Facet) -> Self {
        match facet {
            Facet::Start => Self::Time,
            Facet::StudyField | Facet::Sector | Facet::Organisation | Facet::Municipality => Self::Frequency,
            _ => Self::Listed,
        }
    }

    /// Puts values in this order.
    pub(crate) fn sort(self, values: &mut [FacetValue]) {
        match self {
            Self::Listed => {}
            Self::Time => sort_by_key(values, |value| moment(&value.value)),
            Self::Frequency => sort_by(values, |a, b| {
                (Reverse(a.count), &a.label, &a.value).cmp(&(Reverse(b.count), &b.label, &b.value))
            }),
        }
    }
}

/// Now comes first, then half year after half year, then by arrangement.
fn moment(value: &str) -> (u8, i32, u8) {
    match StartPeriod::parse(value) {
        Some(StartPeriod::Now) => (0, 0, 0),
        Some(StartPeriod::Spring(year)) => (1, year, 1),
        Some(StartPeriod::Autumn(year)) => (1, year, 2),
        Some(StartPeriod::ByArrangement) => (2, 0, 0),
        None => (3, 0, 0),
    }
}

/// The values that a facet always shows.
pub(super) fn listed_values(facet: Facet) -> Vec<String> {
    match facet {
        Facet::Kind => VacancyKind::ALL.iter().map(|kind| kind.slug()).collect(),
        Facet::Level => Level::ALL.iter().map(|level| level.slug()).collect(),
        Facet::Language => Language::ALL.iter().map(|language| language.slug()).collect(),
        Facet::Hours => HoursBand::ALL.iter().map(|band| band.slug()).collect(),
        Facet::Remote => [Remote::Partly, Remote::Fully].iter().map(|remote| remote.slug()).collect(),
        Facet::CrossBorder | Facet::PayKnown => vec![YES.to_owned()],
        Facet::StudyField | Facet::Sector | Facet::Organisation | Facet::Municipality | Facet::Start => {
            Vec::new()
        }
    }
}

/// The facets and values of a document. Text that no address can hold is left out.
pub(super) fn values_of(document: &Document, places: &Places, today: NaiveDate) -> Vec<(Facet, String)> {
    let card = &document.card;
    let mut values = vec![
        (Facet::Kind, card.kind.slug()),
        (Facet::Language, card.language.slug()),
        (Facet::Start, StartPeriod::of(card.starts_on, today).slug()),
    ];
    values.extend(card.levels.iter().map(|level| (Facet::Level, level.slug())));
    values.extend(card.hours_per_week.map(|hours| (Facet::Hours, HoursBand::of(hours).slug())));
    let remote = Some(card.remote).filter(|remote| *remote != Remote::No);
    values.extend(remote.map(|remote| (Facet::Remote, remote.slug())));
    values.extend(card.is_cross_border.then(|| (Facet::CrossBorder, YES.to_owned())));
    values.extend(card.pay.map(|_| (Facet::PayKnown, YES.to_owned())));

    let fields = document.study_fields.iter().map(|field| (Facet::StudyField, field.as_str()));
    let municipality = places.municipality_of(&card.place).map(|name| (Facet::Municipality, name));
    let names = [(Facet::Sector, document.sector.as_str()), (Facet::Organisation, &card.organisation_slug)];
    let texts = fields.chain(names).chain(municipality);
    values.extend(texts.filter_map(|(facet, text)| Some((facet, facet.accept(text)?))));
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_periods_follow_each_other_in_time() {
        let value = |value: &str| FacetValue { value: value.to_owned(), label: value.to_owned(), count: 1 };
        let mut values = ["overleg", "2028-1", "2027-2", "nu", "2027-1"].map(value);
        Order::Time.sort(&mut values);
        assert_eq!(values.map(|value| value.value), ["nu", "2027-1", "2027-2", "2028-1", "overleg"]);
    }

    #[test]
    fn texts_are_sorted_by_frequency_and_then_by_label() {
        let value =
            |label: &str, count| FacetValue { value: label.to_lowercase(), label: label.to_owned(), count };
        let mut values = [value("Zorg", 1), value("ICT", 3), value("Bouw", 1)];
        Order::Frequency.sort(&mut values);
        assert_eq!(values.map(|value| value.label), ["ICT", "Bouw", "Zorg"]);
    }

    #[test]
    fn every_listed_value_is_one_that_an_address_can_choose() {
        for facet in Facet::ALL {
            for value in listed_values(*facet) {
                assert_eq!(facet.accept(&value), Some(value));
            }
        }
    }
}
