//! Every word of every vacancy: where it stands, its stems, and the words that contain it.

use std::mem::take;
use std::sync::OnceLock;

use domain::Language;

use super::dictionary::Dictionary;
use super::lists::Lists;
use super::stems::{StemFinder, Stems};
use super::strong::Strong;
use super::texts::{TextList, TextWords};
use crate::analyse::{Cuts, Stemmed, is_stop_word, kind_words, level_words, other_spelling, words};
use crate::bits::Bits;
use crate::columns::Columns;
use crate::hash::{ByText, Numbers};
use crate::levels::Field;
use crate::sorting::{order, sort_by_key};
use domain::vacancies::{Level, VacancyKind};

/// The words of an index, sorted, each known by its number.
///
/// The parts of compounds are words too, though they may stand nowhere by themselves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    dictionary: Dictionary,
    /// For every word the documents that have it outside their text.
    strong: Strong,
    /// For every word the documents that have it in their text.
    texts: Vec<Option<TextList>>,
    /// For every word the longer words of which it is a part.
    compounds: Lists,
    /// Which words share a stem; found when it is first needed, or before in small steps.
    stems: OnceLock<Stems>,
    /// The words that are compounds, with their parts.
    cuts: Vec<(u32, Cuts)>,
    /// The number of words outside texts.
    table_words: usize,
    /// For starts of a letter or two that many documents have outside their text: the documents by field.
    common_starts: ByText<[Bits; 4]>,
}

/// The longest start whose documents are found beforehand, in bytes.
const LONGEST_COMMON_START: usize = 2;
/// A start is common when more than one in this many documents has it.
const COMMON: usize = 4;

impl Vocabulary {
    /// Reads the columns and the words of the texts. `cut` tells of a word whether and where it is a compound.
    pub(crate) fn of(columns: &Columns, texts: TextWords, cut: impl Fn(&str) -> Option<Cuts>) -> Self {
        GatheredWords::of(columns, texts).sort(cut).arrange(columns)
    }

    /// The words outside texts, in the order in which they are first met. `cut` is asked about them in this
    /// order, and then about the other words of the texts in theirs.
    pub(crate) fn words_of_tables(columns: &Columns) -> Vec<String> {
        let mut words = Words::default();
        Bags::of(columns, &mut words);
        words.texts
    }

    /// The number of words outside texts.
    pub(crate) fn table_words(&self) -> usize {
        self.table_words
    }

    /// Whether every word, or another with its stem, stands somewhere.
    pub(crate) fn knows_all(&self, words: &[Stemmed]) -> bool {
        words.iter().all(|word| {
            self.dictionary.find(&word.folded).is_some()
                || is_stop_word(&word.folded)
                || word.stems().any(|(language, stem)| {
                    self.dictionary.find(stem).is_some()
                        || self.words_with_stem(stem, language).next().is_some()
                })
        })
    }

    /// All words, sorted.
    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// For every word the documents that have it outside their text.
    pub(crate) fn strong(&self) -> &Strong {
        &self.strong
    }

    /// For a common start the documents that have it outside their text, by field.
    pub(crate) fn common_start(&self, start: &str) -> Option<&[Bits; 4]> {
        self.common_starts.get(start)
    }

    /// The documents that have a word in their text.
    pub(crate) fn in_texts(&self, word: u32) -> Option<&TextList> {
        self.texts[word as usize].as_ref()
    }

    /// The words that stand in texts.
    pub(crate) fn text_words(&self) -> impl Iterator<Item = (&str, &TextList)> {
        self.dictionary.words().zip(&self.texts).filter_map(|(word, list)| Some((word, list.as_ref()?)))
    }

    /// The words that are compounds.
    pub(crate) fn compounds(&self) -> impl ExactSizeIterator<Item = (&str, &Cuts)> {
        self.cuts.iter().map(|(word, cuts)| (self.dictionary.word(*word), cuts))
    }

    /// The longer words of which a word is a part.
    pub(crate) fn compounds_with(&self, word: u32) -> &[u32] {
        self.compounds.get(word)
    }

    /// The words that have this stem in a language, but not the word that equals it.
    pub(crate) fn words_with_stem(&self, stem: &str, language: Language) -> impl Iterator<Item = u32> {
        self.stems().words(stem, language)
    }

    /// Finds all stems now, and not when somebody waits for an answer.
    pub(crate) fn prepare(&self) {
        self.stems();
    }

    /// Finds the stems of `words` more words; whether all are found.
    pub(crate) fn prepare_some(&self, finder: &mut StemFinder, words: usize) -> bool {
        if self.stems.get().is_none() {
            if !finder.go_on(&self.dictionary, words) {
                return false;
            }
            let _ = self.stems.set(take(finder).finish());
        }
        true
    }

    fn stems(&self) -> &Stems {
        self.stems.get_or_init(|| {
            let mut finder = StemFinder::default();
            finder.go_on(&self.dictionary, usize::MAX);
            finder.finish()
        })
    }
}

/// A vocabulary whose words are known, in the order in which they were met.
#[derive(Debug)]
pub(crate) struct GatheredWords {
    words: Words,
    bags: Bags,
    /// The number of words outside texts.
    table_words: usize,
    texts: Vec<(u32, TextList)>,
}

impl GatheredWords {
    /// Reads the columns and the words of the texts.
    pub(crate) fn of(columns: &Columns, texts: TextWords) -> Self {
        let mut words = Words::default();
        let bags = Bags::of(columns, &mut words);
        let table_words = words.texts.len();
        let texts = texts.lists.into_iter().map(|(word, list)| (words.number(&word), list)).collect();
        Self { words, bags, table_words, texts }
    }

    /// Cuts compounds, as `cut` tells, and sorts all words.
    pub(crate) fn sort(self, cut: impl Fn(&str) -> Option<Cuts>) -> SortedWords {
        let Self { mut words, mut bags, table_words, texts } = self;
        let mut cuts = Vec::new();
        let mut contained = Vec::new();
        for whole in 0..words.texts.len() as u32 {
            let Some(parts) = cut(&words.texts[whole as usize]) else { continue };
            for (start, end) in parts.runs() {
                let part = words.texts[whole as usize][start..end].to_owned();
                contained.push((words.number(&part), whole));
            }
            cuts.push((whole, parts));
        }
        let finals = words.sort();
        let renumber = |word: u32| finals[word as usize];
        bags.renumber(&finals);
        let mut lists = vec![None; words.texts.len()];
        for (word, list) in texts {
            lists[renumber(word) as usize] = Some(list);
        }
        let mut contained: Vec<(u32, u32)> =
            contained.into_iter().map(|(part, whole)| (renumber(part), renumber(whole))).collect();
        sort_by_key(&mut contained, |pair| *pair);
        contained.dedup();
        let mut cuts: Vec<(u32, Cuts)> =
            cuts.into_iter().map(|(word, cuts)| (renumber(word), cuts)).collect();
        sort_by_key(&mut cuts, |(word, _)| *word);
        let dictionary = Dictionary::of(words.texts.iter().map(String::as_str));
        let compounds = Lists::collect(dictionary.len(), contained.iter().copied());
        SortedWords { dictionary, bags, table_words, texts: lists, compounds, cuts }
    }
}

/// A vocabulary whose words stand in order; where they stand is not known yet.
#[derive(Debug)]
pub(crate) struct SortedWords {
    dictionary: Dictionary,
    bags: Bags,
    table_words: usize,
    texts: Vec<Option<TextList>>,
    compounds: Lists,
    cuts: Vec<(u32, Cuts)>,
}

impl SortedWords {
    /// Notes where the words stand.
    pub(crate) fn arrange(self, columns: &Columns) -> Vocabulary {
        let Self { dictionary, bags, table_words, texts, compounds, cuts } = self;
        let strong = Strong::of(dictionary.len(), columns.rows.len(), &|document, add| {
            bags.each(columns, document, add);
        });
        let common_starts = common_starts(&dictionary, &strong, columns.rows.len());
        let stems = OnceLock::new();
        Vocabulary { dictionary, strong, texts, compounds, stems, cuts, table_words, common_starts }
    }
}

fn common_starts(dictionary: &Dictionary, strong: &Strong, documents: usize) -> ByText<[Bits; 4]> {
    let mut starts = ByText::default();
    for length in 1..=LONGEST_COMMON_START {
        let mut number = 0;
        while number < dictionary.len() as u32 {
            let Some(start) = dictionary.word(number).get(..length) else {
                number += 1;
                continue;
            };
            let words = dictionary.starting_with(start);
            if words.clone().map(|word| strong.count(word)).sum::<usize>() * COMMON > documents {
                let mut sets: [Bits; 4] = std::array::from_fn(|_| Bits::none(documents));
                for word in words.clone() {
                    strong.few(word).for_each(|(document, field)| sets[field as usize].add(document));
                    strong.many(word).for_each(|(field, set)| sets[field as usize].join(set));
                }
                starts.or_insert_with(start, || sets);
            }
            number = words.end;
        }
    }
    starts
}

/// The words while they are collected.
#[derive(Debug, Default)]
struct Words {
    numbers: Numbers,
    texts: Vec<String>,
}

impl Words {
    fn number(&mut self, word: &str) -> u32 {
        let number = self.numbers.number(word);
        if number as usize == self.texts.len() {
            self.texts.push(word.to_owned());
        }
        number
    }

    /// The words of a text and their other spellings.
    fn of_text(&mut self, text: &str, language: Language) -> Vec<u32> {
        let mut numbers = Vec::new();
        for word in words(text) {
            numbers.push(self.number(&word.folded));
            if let Some(other) = other_spelling(&word, language) {
                numbers.push(self.number(&other));
            }
        }
        numbers
    }

    /// Sorts the words; gives the final number for each earlier one.
    fn sort(&mut self) -> Vec<u32> {
        let text = |at: u32| self.texts[at as usize].as_str();
        let order = order(self.texts.len(), &|a, b| text(a).cmp(text(b)));
        let mut finals = vec![0; order.len()];
        for (number, before) in (0..).zip(&order) {
            finals[*before as usize] = number;
        }
        self.texts = order.iter().map(|before| std::mem::take(&mut self.texts[*before as usize])).collect();
        finals
    }
}

/// For every value of every table the numbers of its words.
#[derive(Debug)]
struct Bags {
    titles: Vec<Vec<u32>>,
    organisations: Vec<Vec<u32>>,
    places: Vec<Vec<u32>>,
    study_fields: Vec<Vec<u32>>,
    skills: Vec<Vec<u32>>,
    kinds: Vec<Vec<u32>>,
    levels: Vec<Vec<u32>>,
}

impl Bags {
    fn of(columns: &Columns, words: &mut Words) -> Self {
        let mut named = |names: [(Language, &'static str); 3]| {
            names.iter().flat_map(|(language, names)| words.of_text(names, *language)).collect()
        };
        let kinds = VacancyKind::ALL.iter().map(|kind| named(kind_words(*kind))).collect();
        let levels = Level::ALL.iter().map(|level| named(level_words(*level))).collect();
        let mut plain = |text: &String| words.of_text(text, Language::Dutch);
        let places = columns.places.iter().map(&mut plain).collect();
        let study_fields = columns.study_fields.iter().map(&mut plain).collect();
        let skills = columns.skills.iter().map(&mut plain).collect();
        let organisations =
            columns.organisations.iter().map(|organisation| plain(&organisation.name)).collect();
        let titles = columns.titles.iter().map(|title| words.of_text(&title.text, title.language)).collect();
        Self { titles, organisations, places, study_fields, skills, kinds, levels }
    }

    fn renumber(&mut self, finals: &[u32]) {
        let Self { titles, organisations, places, study_fields, skills, kinds, levels } = self;
        for table in [titles, organisations, places, study_fields, skills, kinds, levels] {
            table.iter_mut().flatten().for_each(|word| *word = finals[*word as usize]);
        }
    }

    /// All words of a document outside its text, those of the strongest fields first.
    fn each(&self, columns: &Columns, document: u32, add: &mut dyn FnMut(u32, Field)) {
        let row = &columns.rows[document as usize];
        let mut bag = |words: &[u32], field| words.iter().for_each(|word| add(*word, field));
        bag(&self.titles[row.title as usize], Field::Title);
        for skill in columns.skills_of.get(document) {
            bag(&self.skills[*skill as usize], Field::Skills);
        }
        for field in columns.study_fields_of.get(document) {
            bag(&self.study_fields[*field as usize], Field::Names);
        }
        bag(&self.organisations[row.organisation as usize], Field::Names);
        bag(&self.places[row.place as usize], Field::Names);
        bag(&self.kinds[row.kind as usize], Field::Names);
        row.levels().for_each(|level| bag(&self.levels[level as usize], Field::Names));
    }
}
