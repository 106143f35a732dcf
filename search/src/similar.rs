//! Vacancies that are like another: about the same things, for the same people, nearby.

use domain::vacancies::{Facet, VacancyCard};

use crate::bits::Bits;
use crate::index::{Document, Field, Index, topics_of};
use crate::order::best;

/// A shared word of title or skills weighs more the rarer it is, but not more than this.
const HIGHEST_TOPIC_WEIGHT: u32 = 6;

impl Index {
    /// The vacancies most like the one with this id, the most alike first; none when it is not in the index.
    pub fn similar(&self, id: i64, count: usize) -> Vec<VacancyCard> {
        let Some(document) = (0..).zip(&self.cards).find(|(_, card)| card.id == id).map(|(number, _)| number)
        else {
            return Vec::new();
        };
        self.most_alike(self.texts.topics.get(document), self.facets.numbers_at(document), id, count)
    }

    /// The vacancies most like one that need not be in the index, such as one that is closed.
    pub fn similar_to(&self, document: &Document, count: usize) -> Vec<VacancyCard> {
        let topics: Vec<u32> =
            topics_of(document).iter().filter_map(|stem| self.texts.stems.find(stem)).collect();
        let values = self.facets.numbers_of(document, &self.places, self.today);
        self.most_alike(&topics, &values, document.card.id, count)
    }

    /// Only what shares a study field, a skill or a word of its title is alike; the rest of what it shares
    /// tells how much.
    fn most_alike(&self, topics: &[u32], values: &[u32], id: i64, count: usize) -> Vec<VacancyCard> {
        let mut scores = vec![0u32; self.len()];
        for topic in topics {
            self.add_topic(*topic, &mut scores);
        }
        let values = || values.iter().map(|value| self.facets.value(*value));
        for (_, documents) in values().filter(|(facet, _)| *facet == Facet::StudyField) {
            documents.ones().for_each(|document| scores[document as usize] += 6);
        }
        let mut alike = Bits::none(self.len());
        for (document, card) in (0..).zip(&self.cards) {
            if scores[document as usize] > 0 && card.id != id {
                alike.add(document);
            }
        }
        for (facet, documents) in values() {
            let weight = weight_of(facet);
            if weight > 0 {
                documents.ones().for_each(|document| scores[document as usize] += weight);
            }
        }
        best(&alike, &scores, 0, count)
            .into_iter()
            .map(|document| self.cards[document as usize].clone())
            .collect()
    }

    fn add_topic(&self, topic: u32, scores: &mut [u32]) {
        let stems = &self.texts.stems;
        let rarity = (self.len() / stems.documents_with(topic).max(1)).checked_ilog2().unwrap_or(0);
        for (document, field) in stems.of(topic).filter(|(_, field)| *field <= Field::Skills) {
            scores[document] += rarity.min(HIGHEST_TOPIC_WEIGHT) * if field == Field::Title { 2 } else { 1 };
        }
    }
}

const fn weight_of(facet: Facet) -> u32 {
    match facet {
        Facet::Kind => 3,
        Facet::Sector | Facet::Municipality => 2,
        Facet::Level => 1,
        _ => 0,
    }
}
