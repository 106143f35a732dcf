//! The words of all documents, as they stand and by their stem.

use domain::Language;

use super::Document;
use super::lists::Lists;
use super::postings::{Field, Postings, PostingsBuilder};
use crate::analyse::{Word, is_stop_word, kind_words, level_words, other_spelling, stem, words};

/// Words and stems with their documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    /// Folded words as they were written.
    pub(crate) words: Postings,
    /// Stems, each in the language of its document.
    pub(crate) stems: Postings,
    /// For every document the stems of its title and skills.
    pub(crate) topics: Lists,
}

impl Texts {
    /// Reads all documents.
    pub(crate) fn of(documents: &[Document]) -> Self {
        let mut reader = Reader::default();
        let topics: Vec<Vec<u32>> =
            (0..).zip(documents).map(|(number, document)| reader.read(number, document)).collect();
        let (words, _) = reader.words.finish();
        let (stems, finals) = reader.stems.finish();
        let mut lists = Lists::default();
        for stems in topics {
            lists.push(stems.into_iter().map(|stem| finals[stem as usize]));
        }
        Self { words, stems, topics: lists }
    }
}

/// The stems by which a document is compared with others: those of its title and skills, each once.
pub(crate) fn topics_of(document: &Document) -> Vec<String> {
    let texts = std::iter::once(&document.card.title).chain(&document.skills);
    let mut topics: Vec<String> = texts
        .flat_map(|text| words(text))
        .filter(|word| !is_stop_word(&word.folded))
        .map(|word| stem(&word.folded, document.card.language).into_owned())
        .collect();
    topics.sort_unstable();
    topics.dedup();
    topics
}

/// Says that a word has not been stemmed yet.
const UNKNOWN: u32 = u32::MAX;

#[derive(Default)]
struct Reader {
    words: PostingsBuilder,
    stems: PostingsBuilder,
    /// For every word the number of its stem in each language: a word is stemmed once, however often it stands.
    stem_of: Vec<[u32; Language::ALL.len()]>,
}

impl Reader {
    fn read(&mut self, number: u32, document: &Document) -> Vec<u32> {
        let (card, own) = (&document.card, document.card.language);
        self.read_text(number, &card.title, own, Field::Title);
        for skill in &document.skills {
            self.read_text(number, skill, own, Field::Skills);
        }
        for name in document.study_fields.iter().chain([&card.organisation, &card.place]) {
            self.read_text(number, name, own, Field::Names);
        }
        for (language, names) in
            card.levels.iter().flat_map(|level| level_words(*level)).chain(kind_words(card.kind))
        {
            self.read_text(number, names, language, Field::Names);
        }
        self.read_text(number, &document.text, own, Field::Text);
        topics_of(document).iter().map(|stem| self.stems.number(stem)).collect()
    }

    fn read_text(&mut self, number: u32, text: &str, language: Language, field: Field) {
        for word in words(text) {
            self.add(number, &word.folded, language, field);
            self.add_other_spelling(number, &word, language, field);
        }
    }

    fn add_other_spelling(&mut self, number: u32, word: &Word<'_>, language: Language, field: Field) {
        if let Some(other) = other_spelling(word, language) {
            self.add(number, &other, language, field);
        }
    }

    fn add(&mut self, number: u32, folded: &str, language: Language, field: Field) {
        let word = self.words.number(folded);
        let stem = self.stem(word, folded, language);
        self.words.add(word, number, field);
        self.stems.add(stem, number, field);
    }

    fn stem(&mut self, word: u32, folded: &str, language: Language) -> u32 {
        let word = word as usize;
        if word == self.stem_of.len() {
            self.stem_of.push([UNKNOWN; Language::ALL.len()]);
        }
        let known = &mut self.stem_of[word][language as usize];
        if *known == UNKNOWN {
            *known = self.stems.number(&stem(folded, language));
        }
        *known
    }
}
