//! Some of the vacancies, arranged for quick answers. It never changes.

use chrono::NaiveDate;
use domain::Language;
use domain::region::Region;

use super::skills::Skills;
use super::texts::TextWords;
use super::vocabulary::Vocabulary;
use crate::Document;
use crate::analyse::Cuts;
use crate::columns::{Columns, ColumnsBuilder};
use crate::distance::Places;
use crate::facets::FacetTables;
use crate::sorting::{order, sort_by_key};

/// Some of the vacancies, newest first; the place in that order is the document's number everywhere else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segment {
    pub(crate) columns: Columns,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) facets: FacetTables,
    pub(crate) places: Places,
    pub(crate) skills: Skills,
    /// The documents in the order in which they close; on the same day the newest first.
    pub(crate) closing: Vec<u32>,
    /// The documents by their id, sorted.
    by_id: Vec<(i64, u32)>,
    /// What each vacancy is about, without Markdown's marks; nothing in the browser.
    pub(crate) texts: Vec<Box<str>>,
}

impl Segment {
    /// Arranges vacancies. `cut` tells of a word whether and where it is a compound.
    pub(crate) fn assemble(
        region: &Region,
        columns: Columns,
        texts: TextWords,
        cut: impl Fn(&str) -> Option<Cuts>,
        today: NaiveDate,
    ) -> Self {
        let places = Places::of(region, &columns);
        let mut by_id: Vec<(i64, u32)> = columns.rows.iter().map(|row| row.id).zip(0..).collect();
        sort_by_key(&mut by_id, |(id, _)| *id);
        let closes_on = |document: u32| columns.rows[document as usize].closes_on;
        let closing = order(columns.rows.len(), &|a, b| closes_on(a).cmp(&closes_on(b)));
        Self {
            facets: FacetTables::of(&columns, &places, today),
            vocabulary: Vocabulary::of(&columns, texts, cut),
            skills: Skills::of(&columns),
            places,
            closing,
            by_id,
            texts: Vec::new(),
            columns,
        }
    }

    /// How many documents there are.
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
        let mut segment = Segment::assemble(region, columns, words, cut, today);
        segment.texts = texts;
        segment
    }
}
