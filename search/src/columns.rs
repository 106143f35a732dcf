//! The fields shown in lists and those by which vacancies are found: each text once, all else in few bytes.
//!
//! The server makes it of documents, the browser reads it from a snapshot; all of the index follows from it.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::Language;
use domain::vacancies::{Level, Pay, Remote, VacancyCard, VacancyKind};

use crate::document::Document;
use crate::hash::Map;
use crate::index::Lists;

/// An organisation as cards show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Organisation {
    pub(crate) name: String,
    pub(crate) slug: String,
    pub(crate) logo: Option<String>,
    pub(crate) sector: String,
}

/// A title with the language in which its words are read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Title {
    pub(crate) text: String,
    pub(crate) language: Language,
}

/// A vacancy in few bytes; texts are numbers of the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) title: u32,
    pub(crate) organisation: u32,
    pub(crate) place: u32,
    pub(crate) kind: VacancyKind,
    /// One bit for each of [`Level::ALL`].
    pub(crate) levels: u8,
    pub(crate) remote: Remote,
    pub(crate) is_cross_border: bool,
    pub(crate) hours_per_week: Option<u8>,
    pub(crate) weeks: Option<u16>,
    pub(crate) starts_on: Option<NaiveDate>,
    pub(crate) closes_on: NaiveDate,
    pub(crate) published_on: Option<NaiveDate>,
    pub(crate) pay: Option<Pay>,
}

impl Row {
    /// The levels of education that fit.
    pub(crate) fn levels(&self) -> impl Iterator<Item = Level> {
        let mask = self.levels;
        (0..).zip(Level::ALL).filter(move |(bit, _)| mask >> bit & 1 == 1).map(|(_, level)| *level)
    }

    /// The sort key of every list without another order: the newest first.
    pub(crate) fn newest_first(&self) -> (Reverse<Option<NaiveDate>>, Reverse<i64>) {
        (Reverse(self.published_on), Reverse(self.id))
    }
}

/// The vacancies, newest first, and the tables of their texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    pub(crate) titles: Vec<Title>,
    pub(crate) organisations: Vec<Organisation>,
    pub(crate) places: Vec<String>,
    pub(crate) study_fields: Vec<String>,
    pub(crate) skills: Vec<String>,
    pub(crate) rows: Vec<Row>,
    /// For every vacancy its study fields.
    pub(crate) study_fields_of: Lists,
    /// For every vacancy its skills.
    pub(crate) skills_of: Lists,
}

impl Columns {
    /// The fields shown in lists of a vacancy.
    pub(crate) fn card(&self, document: u32) -> VacancyCard {
        let row = &self.rows[document as usize];
        let title = &self.titles[row.title as usize];
        let organisation = &self.organisations[row.organisation as usize];
        VacancyCard {
            id: row.id,
            title: title.text.clone(),
            organisation: organisation.name.clone(),
            organisation_slug: organisation.slug.clone(),
            organisation_logo: organisation.logo.clone(),
            kind: row.kind,
            levels: row.levels().collect(),
            place: self.places[row.place as usize].clone(),
            hours_per_week: row.hours_per_week,
            weeks: row.weeks,
            starts_on: row.starts_on,
            closes_on: row.closes_on,
            published_on: row.published_on,
            pay: row.pay,
            language: title.language,
            is_cross_border: row.is_cross_border,
            remote: row.remote,
        }
    }

    /// The language of a vacancy's texts.
    pub(crate) fn language(&self, document: u32) -> Language {
        self.titles[self.rows[document as usize].title as usize].language
    }
}

/// A table that grows: each value once.
#[derive(Clone, Debug)]
struct Table<V> {
    numbers: Map<V, u32>,
    values: Vec<V>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self { numbers: Map::default(), values: Vec::new() }
    }
}

impl<V: Clone + Eq + std::hash::Hash> Table<V> {
    fn number(&mut self, value: V) -> u32 {
        let next = self.values.len() as u32;

        *self.numbers.entry(value).or_insert_with_key(|value| {
            self.values.push(value.clone());
            next
        })
    }
}

/// Takes vacancies in one after another, in any order.
#[derive(Clone, Debug, Default)]
pub(crate) struct ColumnsBuilder {
    titles: Table<Title>,
    organisations: Table<Organisation>,
    places: Table<String>,
    study_fields: Table<String>,
    skills: Table<String>,
    rows: Vec<Row>,
    study_fields_of: Lists,
    skills_of: Lists,
}

impl ColumnsBuilder {
    /// Adds a vacancy.
    pub(crate) fn add(&mut self, document: &Document) {
        let card = &document.card;
        let organisation = Organisation {
            name: card.organisation.clone(),
            slug: card.organisation_slug.clone(),
            logo: card.organisation_logo.clone(),
            sector: document.sector.clone(),
        };
        self.rows.push(Row {
            id: card.id,
            title: self.titles.number(Title { text: card.title.clone(), language: card.language }),
            organisation: self.organisations.number(organisation),
            place: self.places.number(card.place.clone()),
            kind: card.kind,
            levels: card.levels.iter().fold(0, |mask, level| mask | 1 << *level as u8),
            remote: card.remote,
            is_cross_border: card.is_cross_border,
            hours_per_week: card.hours_per_week,
            weeks: card.weeks,
            starts_on: card.starts_on,
            closes_on: card.closes_on,
            published_on: card.published_on,
            pay: card.pay,
        });
        let fields = &document.study_fields;
        self.study_fields_of.push(fields.iter().map(|field| self.study_fields.number(field.clone())));
        self.skills_of.push(document.skills.iter().map(|skill| self.skills.number(skill.clone())));
    }

    /// The columns, newest first, and for every place the number at which the vacancy was added.
    pub(crate) fn finish(self) -> (Columns, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        order.sort_by_key(|at| self.rows[*at as usize].newest_first());
        let columns = Columns {
            titles: self.titles.values,
            organisations: self.organisations.values,
            places: self.places.values,
            study_fields: self.study_fields.values,
            skills: self.skills.values,
            rows: order.iter().map(|at| self.rows[*at as usize].clone()).collect(),
            study_fields_of: self.study_fields_of.in_order(&order),
            skills_of: self.skills_of.in_order(&order),
        };
        (columns, order)
    }
}
