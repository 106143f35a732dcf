//! All open vacancies, in one large segment and a small one.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::vacancies::VacancyCard;

use super::part::IndexPart;
use super::segment::{Segment, SegmentBuilder};
use super::stems::StemFinder;
use crate::analyse::SynonymKeys;
use crate::document::Document;
use crate::elsewhere::Elsewhere;
use crate::knowledge::Knowledge;
use crate::sorting::sort_by_key;

/// All open vacancies of a hub on one day, ready to be searched.
///
/// It never changes; [`Index::changed`] makes another that shares most of it. What changed lately stands in a
/// second, small segment, so that a change costs what it weighs and not what the index weighs.
#[derive(Clone, Debug)]
pub struct Index {
    pub(crate) knowledge: Arc<Knowledge>,
    pub(crate) today: NaiveDate,
    /// The large segment, and after it the small one when something changed.
    pub(crate) parts: Vec<IndexPart>,
    /// The documents of the small segment, from which the next one is made.
    recent: Arc<Vec<Document>>,
}

/// The number of words that are prepared in a step. A slow phone takes some ten milliseconds for them.
const WORDS_IN_A_STEP: usize = 400;

/// The progress of [`Index::prepare`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Preparation {
    keys: SynonymKeys,
    stems: StemFinder,
}

/// Takes vacancies in one after another, so that they need not all be in memory.
pub struct IndexBuilder {
    knowledge: Arc<Knowledge>,
    today: NaiveDate,
    segment: SegmentBuilder,
}

impl IndexBuilder {
    /// Adds a vacancy; one that is closed is left out.
    pub fn add(&mut self, document: &Document) {
        if self.today <= document.card.closes_on {
            self.segment.add(document);
        }
    }

    /// Arranges what was added.
    pub fn finish(self) -> Index {
        let cut = |word: &str| self.knowledge.cut(word);
        let segment = Arc::new(self.segment.finish(&self.knowledge.region, cut, self.today));
        let part = IndexPart::open_on(segment, self.today);
        self.knowledge.synonyms.prepare();
        Index { knowledge: self.knowledge, today: self.today, parts: vec![part], recent: Arc::default() }
    }
}

impl Index {
    /// Starts an index of a day: start periods are seen from it.
    pub fn builder(knowledge: Arc<Knowledge>, today: NaiveDate) -> IndexBuilder {
        IndexBuilder { knowledge, today, segment: SegmentBuilder::default() }
    }

    /// Arranges documents for search; those that are closed on `today` are left out.
    pub fn build(knowledge: Arc<Knowledge>, documents: &[Document], today: NaiveDate) -> Self {
        let mut builder = Self::builder(knowledge, today);
        for document in documents {
            builder.add(document);
        }
        builder.finish()
    }

    /// The index of one segment, such as a snapshot has.
    pub(crate) fn of_segment(knowledge: Arc<Knowledge>, segment: Segment, today: NaiveDate) -> Self {
        let part = IndexPart::open_on(Arc::new(segment), today);
        Self { knowledge, today, parts: vec![part], recent: Arc::default() }
    }

    /// Finds the stems of some more words; whether all are found.
    ///
    /// An index that was opened from a snapshot finds them when they are first needed. Where somebody would wait for
    /// that, call this until it is done: each step is a small part of a frame.
    pub(crate) fn prepare(&self, so_far: &mut Preparation) -> bool {
        let Preparation { keys, stems } = so_far;
        self.knowledge.synonyms.prepare_some(keys, WORDS_IN_A_STEP)
            && self.parts.iter().all(|part| part.segment.vocabulary.prepare_some(stems, WORDS_IN_A_STEP))
    }

    /// The same index after some vacancies changed: those in `documents` are new or replace their earlier form,
    /// those in `removed` are gone.
    ///
    /// It answers as if it were built anew. Its cost grows with all that changed since the last [`Index::build`],
    /// of which [`Index::recent_len`] tells the number.
    #[must_use]
    pub fn changed(&self, documents: Vec<Document>, removed: &[i64]) -> Self {
        let Some(base) = self.parts.first() else { return self.clone() };
        let gone: HashSet<i64> =
            documents.iter().map(|document| document.card.id).chain(removed.iter().copied()).collect();
        let mut live = base.live.clone();
        gone.iter().filter_map(|id| base.segment.find(*id)).for_each(|document| live.remove(document));
        let mut recent: Vec<Document> =
            self.recent.iter().filter(|document| !gone.contains(&document.card.id)).cloned().collect();
        recent.extend(documents.into_iter().filter(|document| self.today <= document.card.closes_on));
        let mut parts = vec![IndexPart::new(Arc::clone(&base.segment), live)];
        if !recent.is_empty() {
            let mut builder = SegmentBuilder::default();
            for document in &recent {
                builder.add(document);
            }
            let cut = |word: &str| self.knowledge.cut(word);
            let segment = builder.finish(&self.knowledge.region, cut, self.today);
            parts.push(IndexPart::open_on(Arc::new(segment), self.today));
        }
        Self { knowledge: Arc::clone(&self.knowledge), today: self.today, parts, recent: Arc::new(recent) }
    }

    /// The same index with other entries outside vacancies.
    #[must_use]
    pub fn with_elsewhere(&self, elsewhere: Elsewhere) -> Self {
        let knowledge = Knowledge { elsewhere, ..Knowledge::clone(&self.knowledge) };
        Self { knowledge: Arc::new(knowledge), ..self.clone() }
    }

    /// The same vacancies in one segment again.
    #[must_use]
    pub fn compacted(&self) -> Self {
        let mut builder = Self::builder(Arc::clone(&self.knowledge), self.today);
        for part in &self.parts {
            part.live.ones().for_each(|document| builder.add(&part.segment.document(document)));
        }
        builder.finish()
    }

    /// The number of vacancies that changed since the index was built.
    pub fn recent_len(&self) -> usize {
        self.recent.len()
    }

    /// The number of vacancies in the index.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.live.count() as usize).sum()
    }

    /// Whether there is no vacancy at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The fields shown in lists of an open vacancy.
    pub fn card(&self, id: i64) -> Option<VacancyCard> {
        self.parts.iter().find_map(|part| {
            let document = part.segment.find(id).filter(|document| part.live.has(*document))?;
            Some(part.segment.columns.card(document))
        })
    }

    /// The knowledge with which the index was built.
    pub fn knowledge(&self) -> &Arc<Knowledge> {
        &self.knowledge
    }

    /// The vacancies that became public last, newest first.
    pub fn newest(&self, count: usize) -> Vec<VacancyCard> {
        self.newest_where(count, |_, _| true)
    }

    /// The vacancies of an organisation, newest first.
    pub fn of_organisation(&self, slug: &str) -> Vec<VacancyCard> {
        self.newest_where(usize::MAX, |segment, document| {
            let row = &segment.columns.rows[document as usize];
            segment.columns.organisations[row.organisation as usize].slug == slug
        })
    }

    /// The numbers of the vacancies of these organisations, in no order.
    pub fn ids_of_organisations(&self, slugs: &HashSet<&str>) -> Vec<i64> {
        let mut ids = Vec::new();
        for part in &self.parts {
            let columns = &part.segment.columns;
            let is_wanted: Vec<bool> = columns
                .organisations
                .iter()
                .map(|organisation| slugs.contains(organisation.slug.as_str()))
                .collect();
            let rows = part.live.ones().map(|document| &columns.rows[document as usize]);
            ids.extend(rows.filter(|row| is_wanted[row.organisation as usize]).map(|row| row.id));
        }
        ids
    }

    fn newest_where(&self, count: usize, fits: impl Fn(&Segment, u32) -> bool) -> Vec<VacancyCard> {
        let mut found = Vec::new();
        for part in &self.parts {
            let fitting = part.live.ones().filter(|document| fits(&part.segment, *document));
            found.extend(fitting.take(count).map(|document| (&part.segment.columns, document)));
        }
        sort_by_key(&mut found, |(columns, document)| columns.rows[*document as usize].newest_first());
        found.into_iter().take(count).map(|(columns, document)| columns.card(document)).collect()
    }
}

impl Default for Index {
    /// An index without vacancies, in a region without places.
    fn default() -> Self {
        Self::build(Arc::default(), &[], NaiveDate::default())
    }
}
