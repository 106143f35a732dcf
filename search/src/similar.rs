//! Vacancies that are like another: about the same things, for the same people, nearby.

use domain::vacancies::{Facet, VacancyCard};

use crate::analyse::{is_stop_word, stem, words};
use crate::bits::Bits;
use crate::document::Document;
use crate::index::{Index, IndexPart};
use crate::levels::Field;
use crate::sorting::sort_and_dedup;

/// A shared word of title or skills weighs more the rarer it is, but not more than this.
const HIGHEST_TOPIC_WEIGHT: u32 = 6;

/// A word of a title or a skill, with what shares its stem, in every part of the index.
struct Topic {
    numbers: Vec<Vec<u32>>,
    rarity: u32,
}

impl Index {
    /// The vacancies most like the one with this id, the most alike first; none when it is not in the index.
    pub fn similar(&self, id: i64, count: usize) -> Vec<VacancyCard> {
        let found = self.parts.iter().find_map(|part| {
            let document = part.segment.find(id).filter(|document| part.live.has(*document))?;
            Some(part.segment.document(document))
        });
        found.map_or(vec![], |document| self.similar_to(&document, count))
    }

    /// The vacancies most like one that need not be in the index, such as one that is closed.
    ///
    /// Only what shares a study field, a skill or a word of its title is alike; the rest of what it shares
    /// tells how much.
    pub fn similar_to(&self, document: &Document, count: usize) -> Vec<VacancyCard> {
        let topics = self.topics_of(document);
        let mut alike = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let scores = self.scores_in(part, at, document, &topics);
            let columns = &part.segment.columns;
            alike.extend(scores.into_iter().map(|(document, score)| (score, columns, document)));
        }
        alike.sort_by_key(|(score, columns, document)| {
            (std::cmp::Reverse(*score), columns.rows[*document as usize].newest_first())
        });
        alike.into_iter().take(count).map(|(_, columns, document)| columns.card(document)).collect()
    }

    fn scores_in(
        &self,
        part: &IndexPart,
        at: usize,
        document: &Document,
        topics: &[Topic],
    ) -> Vec<(u32, u32)> {
        let segment = &part.segment;
        let mut scores = vec![0u32; segment.len()];
        for topic in topics {
            let mut strongest = vec![0u32; segment.len()];
            for (other, field) in
                topic.numbers[at].iter().flat_map(|word| segment.vocabulary.strong().get(*word))
            {
                let weight = match field {
                    Field::Title => 2 * topic.rarity,
                    Field::Skills => topic.rarity,
                    _ => 0,
                };
                let known = &mut strongest[other as usize];
                *known = weight.max(*known);
            }
            scores.iter_mut().zip(strongest).for_each(|(score, weight)| *score += weight);
        }
        let values = segment.facets.numbers_of(document, &segment.places, self.today);
        let values = || values.iter().map(|value| segment.facets.value(*value));
        for (_, documents) in values().filter(|(facet, _)| *facet == Facet::StudyField) {
            documents.for_each(|document| scores[document as usize] += 6);
        }
        let mut alike = Bits::none(segment.len());
        for other in part.live.ones() {
            if scores[other as usize] > 0 && segment.columns.rows[other as usize].id != document.card.id {
                alike.add(other);
            }
        }
        for (facet, documents) in values() {
            let weight = weight_of(facet);
            if weight > 0 {
                documents.for_each(|document| scores[document as usize] += weight);
            }
        }
        alike.ones().map(|document| (document, scores[document as usize])).collect()
    }

    fn topics_of(&self, document: &Document) -> Vec<Topic> {
        let language = document.card.language;
        let texts = std::iter::once(&document.card.title).chain(&document.skills);
        let mut topics: Vec<(String, String)> = texts
            .flat_map(|text| words(text))
            .filter(|word| !is_stop_word(&word.folded))
            .map(|word| (stem(&word.folded, language).into_owned(), word.folded.into_owned()))
            .collect();
        topics.sort_unstable();
        topics.dedup_by(|later, first| later.0 == first.0);
        let in_all = self.len();
        topics
            .into_iter()
            .map(|(stem, word)| {
                let numbers: Vec<Vec<u32>> =
                    self.parts.iter().map(|part| relatives(part, &word, &stem, language)).collect();
                let standing = self.parts.iter().zip(&numbers).map(|(part, numbers)| {
                    let mut with = Bits::none(part.segment.len());
                    let documents =
                        numbers.iter().flat_map(|number| part.segment.vocabulary.strong().get(*number));
                    documents.for_each(|(document, _)| with.add(document));
                    with.count_with(&part.live) as usize
                });
                let rarity = (in_all / standing.sum::<usize>().max(1)).checked_ilog2().unwrap_or(0);
                Topic { numbers, rarity: rarity.min(HIGHEST_TOPIC_WEIGHT) }
            })
            .collect()
    }
}

/// The words of a part that equal a word or share its stem.
fn relatives(part: &IndexPart, word: &str, stem: &str, language: domain::Language) -> Vec<u32> {
    let vocabulary = &part.segment.vocabulary;
    let mut numbers: Vec<u32> = vocabulary.words_with_stem(stem, language).collect();
    numbers.extend(vocabulary.dictionary().find(word));
    numbers.extend(vocabulary.dictionary().find(stem));
    sort_and_dedup(&mut numbers);
    numbers
}

const fn weight_of(facet: Facet) -> u32 {
    match facet {
        Facet::Kind => 3,
        Facet::Sector | Facet::Municipality => 2,
        Facet::Level => 1,
        _ => 0,
    }
}
