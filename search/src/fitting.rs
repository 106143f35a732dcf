//! Which vacancies of the index fit a talent, by the rule of [`domain::talents`].

use domain::talents::{Fit, Fitting, Offered};
use domain::vacancies::Level;

use crate::bits::Bits;
use crate::distance::Surroundings;
use crate::index::{Index, IndexPart};

/// A talent as one part of the index sees it: skills and study fields are looked up once.
pub(crate) struct PartFitting<'a> {
    fitting: &'a Fitting,
    part: &'a IndexPart,
    has_skill: Vec<bool>,
    has_study_field: Vec<bool>,
    home: Option<Surroundings<'a>>,
}

impl<'a> PartFitting<'a> {
    pub(crate) fn of(fitting: &'a Fitting, part: &'a IndexPart) -> Self {
        let columns = &part.segment.columns;
        Self {
            fitting,
            part,
            has_skill: columns.skills.iter().map(|skill| fitting.has_skill(skill)).collect(),
            has_study_field: columns
                .study_fields
                .iter()
                .map(|field| fitting.has_study_field(field))
                .collect(),
            home: part.segment.places.around(fitting.home_place()),
        }
    }

    /// The match of a vacancy with the talent's profile.
    pub(crate) fn fit(&self, document: u32) -> Option<Fit> {
        let columns = &self.part.segment.columns;
        let row = &columns.rows[document as usize];
        let levels: Vec<Level> = row.levels().collect();
        let skills = columns.skills_of.get(document);
        let study_fields = columns.study_fields_of.get(document);
        let has = |known: &[bool], number: &u32| known[*number as usize];
        self.fitting.fit(&Offered {
            kind: row.kind,
            levels: &levels,
            skills: skills.len() as u32,
            skills_met: skills.iter().filter(|skill| has(&self.has_skill, skill)).count() as u32,
            has_study_fields: !study_fields.is_empty(),
            shares_study_field: study_fields.iter().any(|field| has(&self.has_study_field, field)),
            distance_km: self.home.as_ref().and_then(|home| home.distance_to(document)),
            remote: row.remote,
            hours_per_week: row.hours_per_week,
            starts_on: row.starts_on,
            language: columns.language(document),
        })
    }

    /// The first documents of a set, what fits best first; each with what it is sorted by.
    pub(crate) fn best_first(&self, documents: &Bits, count: usize) -> Vec<(u32, (u64, u32))> {
        let worst = u64::from(u8::MAX);
        let key = |document| worst - self.fit(document).map_or(0, |fit| u64::from(fit.score) + 1);
        let mut keyed: Vec<(u32, (u64, u32))> =
            documents.ones().map(|document| (document, (key(document), 0))).collect();
        // Documents stand newest first, and stay so among equals.
        keyed.sort_by_key(|(_, key)| *key);
        keyed.truncate(count);
        keyed
    }
}

impl Index {
    /// The match of an open vacancy with a talent's profile.
    pub fn fit(&self, id: i64, fitting: &Fitting) -> Option<Fit> {
        let (part, document) = self.parts.iter().rev().find_map(|part| {
            let rows = &part.segment.columns.rows;
            let at = rows.iter().position(|row| row.id == id)? as u32;
            part.live.has(at).then_some((part, at))
        })?;
        PartFitting::of(fitting, part).fit(document)
    }
}
