//! Which documents of a segment have what was typed, and how well.

use std::ops::Range;
use std::sync::Arc;

use super::typed::{Meaning, Query, QueryWord};
use super::typos::near;
use crate::analyse::{Stemmed, cut_into, is_stop_word, words};
use crate::bits::Bits;
use crate::columns::Columns;
use crate::index::{IndexPart, Segment};
use crate::levels::{Field, Levels, Scores, Way};
use crate::sorting::{sort_and_dedup, sort_by_key};

/// The start of a word is looked for in texts only from this many bytes on: shorter ones are in nearly all.
const SHORTEST_IN_TEXT: usize = 3;

/// The start of a word is looked for within compounds from this many bytes on.
const SHORTEST_IN_COMPOUND: usize = 4;

/// The matches of a query in one part of the index.
#[derive(Clone, Debug)]
pub(crate) struct Matched<'a> {
    part: &'a IndexPart,
    words: Vec<Word>,
    phrases: Vec<Levels>,
}

/// A typed word in one segment: first what it is by itself, then what it means with its neighbours, and what it may
/// have been meant to be.
type Word = Vec<Arc<Found>>;

/// The matches of one meaning of a word.
#[derive(Clone, Debug)]
struct Found {
    levels: Levels,
    /// The words of the index that match, in order, to be marked where they are shown.
    matching: Vec<Range<u32>>,
    /// The words of terms of several, to be marked only in documents that have all of them.
    together: Vec<Together>,
}

#[derive(Clone, Debug)]
struct Together {
    documents: Bits,
    matching: Vec<Range<u32>>,
}

/// A query and where it was found before: its words need not be looked for again.
pub(crate) type Before<'a, 'b> = (&'b Query, &'b [&'b Matched<'a>]);

impl<'a> Matched<'a> {
    /// Finds what was typed in every part. What nobody has is taken for a compound, and then for a slip.
    pub(crate) fn in_parts(
        query: &Query,
        parts: &'a [IndexPart],
        before: Option<Before<'a, '_>>,
    ) -> Vec<Self> {
        let plainly = |(at, part)| {
            Self::plainly(query, part, before.and_then(|(query, matched)| Some((query, *matched.get(at)?))))
        };
        let mut matched: Vec<Self> = parts.iter().enumerate().map(plainly).collect();
        for (at, word) in query.words.iter().enumerate() {
            let is_known = |matched: &[Self]| {
                matched.iter().any(|matched| {
                    matched.words[at].iter().any(|found| found.levels.is_strong_in(&matched.part.live))
                })
            };
            if is_known(&matched) {
                continue;
            }
            let of_parts: Vec<Stemmed> = word.cut(parts).into_iter().map(Stemmed::new).collect();
            if !of_parts.is_empty() {
                for matched in &mut matched {
                    let segment = &matched.part.segment;
                    matched.words[at].push(Found::of(segment, |found| {
                        found.add_all_of(segment, &of_parts, Way::Compound);
                    }));
                }
            }
            for may_go_on in [false, true] {
                if !is_known(&matched) && (word.is_last || !may_go_on) {
                    for matched in &mut matched {
                        let segment = &matched.part.segment;
                        matched.words[at].push(Found::of(segment, |found| {
                            found.add_typos(segment, word, may_go_on, parts);
                        }));
                    }
                }
            }
        }
        matched
    }

    fn plainly(query: &Query, part: &'a IndexPart, before: Option<(&Query, &Self)>) -> Self {
        let segment = &part.segment;
        let known = |word: &QueryWord| {
            let (query, matched) = before?;
            let at = query.words.iter().position(|other| other == word)?;
            Some(Arc::clone(matched.words[at].first()?))
        };
        let find =
            |word| known(word).unwrap_or_else(|| Found::of(segment, |found| found.add_word(segment, word)));
        let words = query.words.iter().map(|word| vec![find(word)]).collect();
        let phrases = query.phrases.iter().map(|phrase| find_phrase(part, phrase)).collect();
        let mut matched = Self { part, words, phrases };
        for span in &query.spans {
            let together = Found::of(segment, |found| match &span.meaning {
                Meaning::Joined(joined) => joined.iter().for_each(|word| found.add_joined(segment, word)),
                Meaning::Terms(terms) => {
                    for term in terms {
                        found.add_all_of(segment, term, Way::Synonym);
                    }
                }
            });
            for at in span.words.clone() {
                matched.words[at].push(Arc::clone(&together));
            }
        }
        matched
    }

    /// Finds in a part what was typed, and nothing that it may have been meant to be.
    pub(crate) fn exactly(query: &Query, part: &'a IndexPart) -> Self {
        Self::plainly(query, part, None)
    }

    /// The documents that have every word and phrase.
    pub(crate) fn documents(&self) -> Bits {
        self.documents_by(Levels::add_to)
    }

    /// The documents that have every word and phrase as it was typed, in another form, or as another word for the same.
    pub(crate) fn exact_documents(&self) -> Bits {
        self.documents_by(Levels::add_exact_to)
    }

    fn documents_by(&self, add: impl Fn(&Levels, &mut Bits)) -> Bits {
        let mut documents = self.part.live.clone();
        self.each(|layers| {
            let mut with = Bits::none(self.part.segment.len());
            for levels in layers {
                add(levels, &mut with);
            }
            documents.keep(&with);
        });
        documents
    }

    /// The scores of documents.
    pub(crate) fn scores(&self, documents: &Bits) -> Scores {
        let mut scores = Scores::of(documents);
        self.each(|layers| scores.add(layers));
        scores
    }

    /// Every word and phrase with the levels of all that it may mean.
    fn each(&self, mut act: impl FnMut(&[&Levels])) {
        for word in &self.words {
            act(&word.iter().map(|found| &found.levels).collect::<Vec<_>>());
        }
        self.phrases.iter().for_each(|levels| act(&[levels]));
    }

    /// Whether a word of a document, given as it stands folded in a text, is one that was looked for.
    pub(crate) fn has(&self, document: u32, folded: &str) -> bool {
        let Some(number) = self.part.number_of(folded) else { return false };
        self.words.iter().flatten().any(|found| found.has(document, number))
    }
}

impl Found {
    /// The matches in a segment, collected by `add`.
    fn of(segment: &Segment, add: impl FnOnce(&mut Self)) -> Arc<Self> {
        let mut found = Self::none(segment.len());
        add(&mut found);
        found.merge_matching();
        Arc::new(found)
    }

    /// No match, among `documents` documents.
    fn none(documents: usize) -> Self {
        Self { levels: Levels::none(documents), matching: Vec::new(), together: Vec::new() }
    }

    fn has(&self, document: u32, number: u32) -> bool {
        let mut together = self.together.iter().filter(|together| together.documents.has(document));
        // What matches by itself stands in order; the words of terms are few.
        let at = self.matching.partition_point(|range| range.end <= number);
        self.matching.get(at).is_some_and(|range| range.contains(&number))
            || together.any(|together| together.matching.iter().any(|range| range.contains(&number)))
    }

    fn add_word(&mut self, segment: &Segment, typed: &QueryWord) {
        let vocabulary = &segment.vocabulary;
        let spellings = [Some(&typed.word.folded), typed.other_spelling.as_ref()];
        for spelling in spellings.into_iter().flatten() {
            if let Some(exact) = vocabulary.dictionary().find(spelling) {
                self.raise(segment, exact, Way::Exact, true);
                self.raise_compounds(segment, exact);
            }
            if typed.is_prefix {
                self.add_starting_with(segment, spelling);
            }
        }
        for number in numbers_with_stem(segment, &typed.word) {
            self.raise(segment, number, Way::Stem, true);
            self.raise_compounds(segment, number);
        }
    }

    fn add_typos(&mut self, segment: &Segment, word: &QueryWord, may_go_on: bool, parts: &[IndexPart]) {
        let dictionary = segment.vocabulary.dictionary();
        for number in near(dictionary, &word.word.folded, may_go_on) {
            self.raise(segment, number, Way::Typo, true);
            // A part that stands nowhere by itself is found where it stands.
            let near = dictionary.word(number);
            let stands =
                |part: &IndexPart| part.number_of(near).is_some_and(|number| part.has_outside_texts(number));
            if !parts.iter().any(stands) {
                for longer in segment.vocabulary.compounds_with(number) {
                    self.raise(segment, *longer, Way::Typo, true);
                }
            }
        }
    }

    fn add_starting_with(&mut self, segment: &Segment, start: &str) {
        let longer = segment.vocabulary.dictionary().starting_with(start);
        let (way, is_deep) =
            if start.len() < SHORTEST_IN_TEXT { (Way::Start, false) } else { (Way::Prefix, true) };
        let common = if is_deep { None } else { segment.vocabulary.common_start(start) };
        if let Some(common) = common {
            for (field, documents) in Field::ALL.into_iter().zip(common) {
                self.levels.set(field, way).join(documents);
            }
        } else {
            longer.clone().for_each(|number| self.raise_in_documents(segment, number, way, is_deep));
        }
        if start.len() >= SHORTEST_IN_COMPOUND {
            // Many words with this start are parts of the same compounds; those that begin with it are in already.
            let compounds = longer.clone().flat_map(|number| segment.vocabulary.compounds_with(number));
            let mut compounds: Vec<u32> =
                compounds.copied().filter(|compound| !longer.contains(compound)).collect();
            sort_and_dedup(&mut compounds);
            for number in compounds {
                self.raise(segment, number, Way::Compound, true);
            }
        }
        self.matching.push(longer);
    }

    /// Puts what matches in order, so that it can be searched.
    fn merge_matching(&mut self) {
        sort_by_key(&mut self.matching, |range| range.start);
        self.matching.dedup_by(|later, first| {
            let is_next = later.start <= first.end;
            if is_next {
                first.end = first.end.max(later.end);
            }
            is_next
        });
    }

    /// Two words written as one.
    fn add_joined(&mut self, segment: &Segment, joined: &str) {
        let longer = segment.vocabulary.dictionary().starting_with(joined);
        for number in longer.chain(numbers_with_stem(segment, &Stemmed::new(joined))) {
            self.raise(segment, number, Way::Compound, true);
        }
    }

    /// Takes in the documents that have all words of a term, at the weakest of their fields.
    fn add_all_of(&mut self, segment: &Segment, term: &[Stemmed], way: Way) {
        if let [single] = term {
            self.add_relatives(segment, single, way);
            return;
        }
        let mut common: Option<[Bits; 4]> = None;
        let mut matching = Vec::new();
        // A stop word is not in the lists of texts; it would exclude what it says nothing about.
        for single in term.iter().filter(|word| !is_stop_word(&word.folded)) {
            let mut word = Self::none(segment.len());
            word.add_relatives(segment, single, way);
            if word.matching.is_empty() {
                return;
            }
            matching.append(&mut word.matching);
            let fields = word.levels.up_to_each_field();
            match &mut common {
                None => common = Some(fields),
                Some(common) => common.iter_mut().zip(&fields).for_each(|(common, own)| common.keep(own)),
            }
        }
        let Some(common) = common else { return };
        for (field, documents) in Field::ALL.into_iter().zip(&common) {
            if !documents.is_empty() {
                self.levels.set(field, way).join(documents);
            }
        }
        let [.., documents] = common;
        if !documents.is_empty() {
            self.together.push(Together { documents, matching });
        }
    }

    /// Takes in the documents of a word and of what shares its stem.
    fn add_relatives(&mut self, segment: &Segment, word: &Stemmed, way: Way) {
        let exact = segment.vocabulary.dictionary().find(&word.folded);
        for number in exact.into_iter().chain(numbers_with_stem(segment, word)) {
            self.raise(segment, number, way, true);
            if way == Way::Compound {
                for longer in segment.vocabulary.compounds_with(number) {
                    self.raise(segment, *longer, way, true);
                }
            }
        }
    }

    /// Takes in the documents of a word, and the word itself as one that matches.
    fn raise(&mut self, segment: &Segment, number: u32, way: Way, is_deep: bool) {
        self.raise_in_documents(segment, number, way, is_deep);
        self.matching.push(number..number + 1);
    }

    fn raise_compounds(&mut self, segment: &Segment, number: u32) {
        for longer in segment.vocabulary.compounds_with(number) {
            self.raise(segment, *longer, Way::Compound, true);
        }
    }

    fn raise_in_documents(&mut self, segment: &Segment, number: u32, way: Way, is_deep: bool) {
        let strong = segment.vocabulary.strong();
        strong.few(number).for_each(|(document, field)| self.levels.set(field, way).add(document));
        strong.many(number).for_each(|(field, set)| self.levels.set(field, way).join(set));
        if is_deep && let Some(list) = segment.vocabulary.in_texts(number) {
            list.add_to(self.levels.set(Field::Text, way));
        }
    }
}

impl QueryWord {
    /// The words of which this one is made, when all of them are known somewhere.
    fn cut(&self, parts: &[IndexPart]) -> Vec<String> {
        let is_known = |word: &str| {
            parts.iter().any(|part| {
                part.number_of(word).is_some_and(|number| {
                    let mut compounds = part.segment.vocabulary.compounds_with(number).iter();
                    part.has_outside_texts(number) || compounds.any(|longer| part.has_outside_texts(*longer))
                })
            })
        };
        let cuts = cut_into(&self.word.folded, |word, _| !is_stop_word(word) && is_known(word));
        cuts.map_or(vec![], |cuts| cuts.parts(&self.word.folded).map(str::to_owned).collect())
    }
}

/// The words of the index that share a stem with a word.
fn numbers_with_stem(segment: &Segment, word: &Stemmed) -> Vec<u32> {
    let vocabulary = &segment.vocabulary;
    let mut numbers = Vec::new();
    for (language, stem) in word.stems() {
        if stem != word.folded {
            numbers.extend(vocabulary.dictionary().find(stem));
        }
        numbers.extend(vocabulary.words_with_stem(stem, language));
    }
    sort_and_dedup(&mut numbers);
    numbers
}

/// The documents in which the words of a phrase stand next to each other, in one text.
fn find_phrase(part: &IndexPart, phrase: &[String]) -> Levels {
    let segment = &part.segment;
    // Only where all words are can they stand next to each other. Stop words are not in the lists of texts.
    let (mut short, mut texts) = (part.live.clone(), part.live.clone());
    for folded in phrase {
        let (mut in_short, mut in_text) = (Bits::none(segment.len()), Bits::none(segment.len()));
        if let Some(number) = segment.vocabulary.dictionary().find(folded) {
            segment.vocabulary.strong().get(number).for_each(|(document, _)| in_short.add(document));
            if let Some(list) = segment.vocabulary.in_texts(number) {
                list.add_to(&mut in_text);
            }
        }
        short.keep(&in_short);
        if !is_stop_word(folded) {
            texts.keep(&in_text);
        }
    }
    let mut levels = Levels::none(segment.len());
    let mut fields = PhraseFields { columns: &segment.columns, phrase, known: Default::default() };
    for document in short.ones() {
        if let Some(field) = fields.of(document) {
            levels.set(field, Way::Exact).add(document);
            texts.remove(document);
        }
    }
    for document in texts.ones() {
        if segment.texts.get(document as usize).is_some_and(|text| has_phrase(text, phrase)) {
            levels.set(Field::Text, Way::Exact).add(document);
        }
    }
    levels
}

/// The fields outside texts that have a phrase. Every title, skill and name is read once, however many documents have it.
struct PhraseFields<'a> {
    columns: &'a Columns,
    phrase: &'a [String],
    /// The outcomes so far, for every table by the number in it.
    known: [Vec<Option<bool>>; 5],
}

impl PhraseFields<'_> {
    fn of(&mut self, document: u32) -> Option<Field> {
        let Self { columns, phrase, known } = self;
        let row = &columns.rows[document as usize];
        let mut has = |table: usize, number: u32, text: &str| {
            let (known, number) = (&mut known[table], number as usize);
            if known.len() <= number {
                known.resize(number + 1, None);
            }
            *known[number].get_or_insert_with(|| has_phrase(text, phrase))
        };
        if has(0, row.title, &columns.titles[row.title as usize].text) {
            return Some(Field::Title);
        }
        let mut any = |table, numbers: &[u32], texts: &[String]| {
            numbers.iter().any(|number| has(table, *number, &texts[*number as usize]))
        };
        if any(1, columns.skills_of.get(document), &columns.skills) {
            return Some(Field::Skills);
        }
        let is_named = any(2, columns.study_fields_of.get(document), &columns.study_fields)
            || any(3, &[row.place], &columns.places)
            || has(4, row.organisation, &columns.organisations[row.organisation as usize].name);
        is_named.then_some(Field::Names)
    }
}

/// Whether the words stand in the text, next to each other.
fn has_phrase(text: &str, phrase: &[String]) -> bool {
    // How many words of the phrase were read, for every place where it may have begun.
    let mut begun: Vec<usize> = Vec::new();
    words(text).any(|word| {
        begun.push(0);
        begun.retain_mut(|count| {
            let is_next = *word.folded == phrase[*count];
            *count += 1;
            is_next
        });
        begun.first() == Some(&phrase.len())
    })
}
