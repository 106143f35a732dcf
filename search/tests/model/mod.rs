//! The rules of the search told again, plainly and slowly, to hold the index against.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::Language;
use domain::region::Region;
use domain::vacancies::{Facet, HoursBand, Remote, Sort, StartPeriod, VacancyFilter};
use search::Document;
use search::analyse::{is_stop_word, kind_words, level_words, other_spelling, stem, words};

/// All documents and what is needed to judge them.
pub(crate) struct Model<'a> {
    pub(crate) region: &'a Region,
    pub(crate) documents: Vec<&'a Document>,
    pub(crate) today: NaiveDate,
}

impl<'a> Model<'a> {
    pub(crate) fn of(region: &'a Region, documents: &'a [Document], today: NaiveDate) -> Self {
        let documents = documents.iter().filter(|document| document.card.closes_on >= today).collect();
        Self { region, documents, today }
    }

    /// The ids of all that fit, in order.
    pub(crate) fn search(&self, filter: &VacancyFilter) -> Vec<i64> {
        let mut found: Vec<&Document> =
            self.documents.iter().copied().filter(|document| self.fits(filter, document, None)).collect();
        found.sort_by_key(|document| Reverse((document.card.published_on, document.card.id)));
        let kilometres = |document: &Document| self.kilometres(filter, document).unwrap_or(f64::MAX);
        match filter.sort() {
            Sort::Newest => {}
            Sort::ClosingSoon => found.sort_by_key(|document| document.card.closes_on),
            Sort::Distance if self.knows_place(filter) => {
                found.sort_by(|a, b| kilometres(a).total_cmp(&kilometres(b)));
            }
            Sort::Distance | Sort::Relevance => {
                found.sort_by_key(|document| Reverse(score(filter.query(), document)));
            }
        }
        found.into_iter().map(|document| document.card.id).collect()
    }

    /// How many fit all but the facet's own choice and have the value.
    pub(crate) fn count(&self, filter: &VacancyFilter, facet: Facet, value: &str) -> usize {
        let fits = |document: &&&Document| {
            self.fits(filter, document, Some(facet))
                && self.values(facet, document).iter().any(|own| own == value)
        };
        self.documents.iter().filter(fits).count()
    }

    /// The values of a document.
    pub(crate) fn values(&self, facet: Facet, document: &Document) -> Vec<String> {
        let card = &document.card;
        let yes = |is: bool| if is { vec!["ja".to_owned()] } else { vec![] };
        match facet {
            Facet::Kind => vec![card.kind.slug()],
            Facet::Level => card.levels.iter().map(|level| level.slug()).collect(),
            Facet::StudyField => {
                document.study_fields.iter().filter_map(|field| facet.accept(field)).collect()
            }
            Facet::Sector => facet.accept(&document.sector).into_iter().collect(),
            Facet::Municipality => {
                let place = self.region.find_place(&card.place);
                place.and_then(|place| facet.accept(&place.municipality)).into_iter().collect()
            }
            Facet::Language => vec![card.language.slug()],
            Facet::Start => vec![StartPeriod::of(card.starts_on, self.today).slug()],
            Facet::Hours => {
                card.hours_per_week.map(|hours| HoursBand::of(hours).slug()).into_iter().collect()
            }
            Facet::Remote if card.remote == Remote::No => vec![],
            Facet::Remote => vec![card.remote.slug()],
            Facet::CrossBorder => yes(card.is_cross_border),
            Facet::PayKnown => yes(card.pay.is_some()),
        }
    }

    fn fits(&self, filter: &VacancyFilter, document: &Document, except: Option<Facet>) -> bool {
        let is_chosen = |facet: &Facet| {
            Some(*facet) == except
                || filter.values(*facet).next().is_none()
                || self.values(*facet, document).iter().any(|value| filter.has(*facet, value))
        };
        let is_near = || {
            let radius = filter.near().map_or(0, |near| near.radius.kilometres());
            self.kilometres(filter, document).is_some_and(|kilometres| kilometres <= f64::from(radius))
        };
        Facet::ALL.iter().all(is_chosen)
            && (!self.knows_place(filter) || is_near())
            && (typed(filter.query()).is_empty() || score(filter.query(), document) > 0)
    }

    fn knows_place(&self, filter: &VacancyFilter) -> bool {
        filter.near().is_some_and(|near| self.region.find_place(&near.place).is_some())
    }

    fn kilometres(&self, filter: &VacancyFilter, document: &Document) -> Option<f64> {
        let centre = self.region.find_place(&filter.near()?.place)?;
        Some(self.region.find_place(&document.card.place)?.distance_to(centre))
    }
}

fn typed(query: &str) -> Vec<String> {
    let all: Vec<String> = words(query).map(|word| word.folded.into_owned()).collect();
    let mut telling: Vec<String> = all.iter().filter(|word| !is_stop_word(word)).cloned().collect();
    if telling.is_empty() {
        telling = all;
    }
    telling.truncate(12);
    telling
}

/// The sum over the typed words of the best of all ways in which each stands in the document; 0 when one lacks.
fn score(query: &str, document: &Document) -> u32 {
    let own = words_of(document);
    let typed = typed(query);
    let mut sum = 0;
    for (at, word) in typed.iter().enumerate() {
        let may_be_start = at + 1 == typed.len() || word.len() >= 4;
        let best = own
            .iter()
            .map(|(other, language, weight)| weight * way(word, other, *language, may_be_start))
            .max();
        match best {
            None | Some(0) => return 0,
            Some(best) => sum += best,
        }
    }
    sum
}

fn way(typed: &str, other: &str, language: Language, may_be_start: bool) -> u32 {
    if typed == other {
        4
    } else if may_be_start && other.starts_with(typed) {
        3
    } else if Language::ALL.iter().any(|any| stem(typed, *any) == stem(other, language)) {
        2
    } else {
        0
    }
}

/// Every word of a document with its language and the weight of its field.
fn words_of(document: &Document) -> Vec<(String, Language, u32)> {
    let (card, own) = (&document.card, document.card.language);
    let mut texts = vec![(card.title.as_str(), own, 20), (&card.organisation, own, 4), (&card.place, own, 4)];
    texts.extend(document.skills.iter().map(|skill| (skill.as_str(), own, 9)));
    texts.extend(document.study_fields.iter().map(|field| (field.as_str(), own, 4)));
    let names = card.levels.iter().flat_map(|level| level_words(*level)).chain(kind_words(card.kind));
    texts.extend(names.map(|(language, names)| (names, language, 4)));
    texts.push((&document.text, own, 1));

    let mut found = Vec::new();
    for (text, language, weight) in texts {
        for word in words(text) {
            found.extend(other_spelling(&word, language).map(|other| (other, language, weight)));
            found.push((word.folded.into_owned(), language, weight));
        }
    }
    found
}
