//! The place in a text where the words stand that were looked for.

use domain::vacancies::VacancyFilter;
use serde::{Deserialize, Serialize};

use crate::index::Index;
use crate::marks::marks;
use crate::query::{Matched, Query};
use crate::results::Hit;

/// The approximate length of an excerpt in bytes.
const LENGTH: usize = 160;

/// A piece of a text, with marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The piece; it begins or ends with `…` where the text goes on.
    pub text: String,
    /// The matched words in the excerpt: start and end, in bytes.
    pub marks: Vec<(u32, u32)>,
}

impl Index {
    /// For every hit the piece of its text with a word that was looked for, when its title has none.
    ///
    /// Nothing where the index holds no texts, as in a browser.
    pub fn excerpts(&self, filter: &VacancyFilter, hits: &[Hit]) -> Vec<Option<Excerpt>> {
        let query = Query::parse(filter.query(), &self.knowledge.synonyms);
        if query.is_empty() {
            return vec![None; hits.len()];
        }
        let matched = Matched::in_parts(&query, &self.parts, None);
        hits.iter().map(|hit| self.excerpt(hit, &matched)).collect()
    }

    fn excerpt(&self, hit: &Hit, matched: &[Matched<'_>]) -> Option<Excerpt> {
        if !hit.marks.is_empty() {
            return None;
        }
        let (part, matched) = self.parts.iter().zip(matched).rev().find(|(part, _)| {
            part.segment.find(hit.card.id).is_some_and(|document| part.live.has(document))
        })?;
        let document = part.segment.find(hit.card.id)?;
        let text = part.segment.texts.get(document as usize)?;
        let (first, _) = *marks(matched, document, text, hit.card.language).first()?;
        let piece = piece_around(text, first as usize);
        Some(Excerpt { marks: marks(matched, document, &piece, hit.card.language), text: piece })
    }
}

/// About [`LENGTH`] bytes around a place, cut between words.
fn piece_around(text: &str, place: usize) -> String {
    let blank_from = |from: usize| {
        let from = (from..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        text[from..].find(' ').map_or(text.len(), |at| from + at)
    };
    let wanted = place.saturating_sub(LENGTH / 3);
    let start = if wanted == 0 { 0 } else { blank_from(wanted).min(place) };
    let end = blank_from((start + LENGTH).min(text.len()));
    let (before, after) = (if start == 0 { "" } else { "… " }, if end == text.len() { "" } else { " …" });
    format!("{before}{}{after}", text[start..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_cut_between_words_and_says_where_the_text_goes_on() {
        let text = "één twee drie ".repeat(40);
        let piece = piece_around(&text, 300);
        assert!(piece.starts_with("… ") && piece.ends_with(" …") && piece.len() < LENGTH + 30);
        assert_eq!(piece_around("kort", 0), "kort");
    }
}
