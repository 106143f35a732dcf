//! The skills as they are suggested: several spellings of one are the same skill.

use domain::text::slug;

use crate::bits::Bits;
use crate::columns::Columns;
use crate::hash::ByText;

/// The skills of the columns, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Skills {
    /// Each as a slug.
    pub(crate) slugs: Vec<String>,
    /// For each the first with the same slug.
    first: Vec<u32>,
}

impl Skills {
    pub(crate) fn of(columns: &Columns) -> Self {
        let slugs: Vec<String> = columns.skills.iter().map(|skill| slug(skill)).collect();
        let mut known: ByText<u32> = ByText::default();
        let first =
            slugs.iter().zip(0..).map(|(slug, number)| *known.or_insert_with(slug, || number)).collect();
        Self { slugs, first }
    }

    /// For every spelling that these documents use how many of them have the skill: all at its first spelling,
    /// none at the others.
    pub(crate) fn totals(&self, columns: &Columns, live: &Bits) -> Vec<Option<u32>> {
        let mut counts = vec![0; self.first.len()];
        let mut is_used = vec![false; self.first.len()];
        let mut own = Vec::new();
        for document in live.ones() {
            own.clear();
            for skill in columns.skills_of.get(document) {
                is_used[*skill as usize] = true;
                let first = self.first[*skill as usize];
                if !own.contains(&first) {
                    own.push(first);
                    counts[first as usize] += 1;
                }
            }
        }
        let total =
            |(first, is_used): (&u32, bool)| is_used.then(|| std::mem::take(&mut counts[*first as usize]));
        self.first.iter().zip(is_used).map(total).collect()
    }
}
