//! Immutable segments of the index: vacancies arranged for quick answers.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::Language;
use domain::region::Region;

use super::skills::Skills;
use super::texts::TextWords;
use super::vocabulary::Vocabulary;
use crate::analyse::Cuts;
use crate::columns::{Columns, ColumnsBuilder};
use crate::distance::Places;
use crate::document::Document;
use crate::facets::FacetTables;
use crate::sorting::{order, sort_by_key};

/// A set of vacancies, newest first; the place in that order is the document's number everywhere else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segment {
    pub(crate) columns: Arc<Columns>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) facets: Arc<FacetTables>,
    pub(crate) places: Arc<Places>,
    pub(crate) skills: Arc<Skills>,
    /// The documents in the order in which they close; on the same day the newest first.
    pub(crate) closing: Arc<Vec<u32>>,
    /// The documents by their id, sorted.
    by_id: Arc<Vec<(i64, u32)>>,
    /// The description of each vacancy as plain text; empty in the browser.
    pub(crate) texts: Vec<Box<str>>,
}

impl Segment {
    /// Arranges vacancies.
    pub(crate) fn arrange(
        region: &Region,
        columns: Columns,
        vocabulary: Vocabulary,
        today: NaiveDate,
    ) -> Self {
        let places = Places::of(region, &columns);
        let mut by_id: Vec<(i64, u32)> = columns.rows.iter().map(|row| row.id).zip(0..).collect();
        sort_by_key(&mut by_id, |(id, _)| *id);
        let closes_on = |document: u32| columns.rows[document as usize].closes_on;
        let closing = order(columns.rows.len(), &|a, b| closes_on(a).cmp(&closes_on(b)));
        Self {
            facets: Arc::new(FacetTables::of(&columns, &places, today)),
            skills: Arc::new(Skills::of(&columns)),
            places: Arc::new(places),
            closing: Arc::new(closing),
            by_id: Arc::new(by_id),
            texts: Vec::new(),
            columns: Arc::new(columns),
            vocabulary,
        }
    }

    /// The same vacancies with other words.
    pub(crate) fn with_vocabulary(&self, vocabulary: Vocabulary) -> Self {
        Self {
            facets: Arc::clone(&self.facets),
            skills: Arc::clone(&self.skills),
            places: Arc::clone(&self.places),
            closing: Arc::clone(&self.closing),
            by_id: Arc::clone(&self.by_id),
            texts: Vec::new(),
            columns: Arc::clone(&self.columns),
            vocabulary,
        }
    }

    /// The number of documents.
    pub(crate) fn len(&self) -> usize {
        self.columns.rows.len()
    }

    /// The document with this id.
    pub(crate) fn find(&self, id: i64) -> Option<u32> {
        let at = self.by_id.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(self.by_id[at].1)
    }

    /// A vacancy as it was taken in.
    pub(crate) fn document(&self, document: u32) -> Document {
        let columns = &self.columns;
        let row = &columns.rows[document as usize];
        let texts = |numbers: &[u32], table: &[String]| {
            numbers.iter().map(|number| table[*number as usize].clone()).collect()
        };
        Document {
            card: columns.card(document),
            sector: columns.organisations[row.organisation as usize].sector.clone(),
            study_fields: texts(columns.study_fields_of.get(document), &columns.study_fields),
            skills: texts(columns.skills_of.get(document), &columns.skills),
            text: self.texts.get(document as usize).map_or_else(String::new, ToString::to_string),
        }
    }
}

/// Takes vacancies in one after another.
#[derive(Default)]
pub(crate) struct SegmentBuilder {
    columns: ColumnsBuilder,
    texts: Vec<Box<str>>,
}

impl SegmentBuilder {
    /// Adds a vacancy.
    pub(crate) fn add(&mut self, document: &Document) {
        self.columns.add(document);
        self.texts.push(document.text.as_str().into());
    }

    /// Arranges what was added.
    pub(crate) fn finish(
        mut self,
        region: &Region,
        cut: impl Fn(&str) -> Option<Cuts>,
        today: NaiveDate,
    ) -> Segment {
        let (columns, order) = self.columns.finish();
        let texts: Vec<Box<str>> =
            order.iter().map(|at| std::mem::take(&mut self.texts[*at as usize])).collect();
        let read = (0..).zip(&texts).map(|(document, text)| (&**text, columns.language(document)));
        let read: Vec<(&str, Language)> = read.collect();
        let words = TextWords::of(read.into_iter());
        let vocabulary = Vocabulary::of(&columns, words, cut);
        vocabulary.prepare();
        Segment { texts, ..Segment::arrange(region, columns, vocabulary, today) }
    }
}
