//! The rules of the search told again, plainly and slowly, to hold the index against.
//!
//! Every document is asked about every typed word; there are no postings, no sets and no segments. Only the
//! tables of words come from the crate: stems, stop words, other spellings, synonyms, and where the lexicon cuts
//! a compound. How much a match is worth is copied here, so that a change of it is noticed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::Language;
use domain::vacancies::{Facet, HoursBand, Remote, Sort, StartPeriod, VacancyFilter};
use search::analyse::{Lexicon, is_stop_word, kind_words, level_words, other_spelling, stem, words};
use search::{Document, Knowledge};

const TITLE: usize = 0;
const SKILLS: usize = 1;
const NAMES: usize = 2;
const TEXT: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Exact,
    Prefix,
    Stem,
    Compound,
    Synonym,
    Start,
    Typo,
}

/// The table of the engine, by field and way.
const WORTH: [[u32; 7]; 4] = [
    [31, 30, 29, 26, 18, 17, 13],
    [25, 24, 23, 21, 16, 15, 11],
    [22, 20, 19, 17, 14, 12, 9],
    [12, 10, 8, 7, 6, 5, 1],
];

/// The field and way of a match of a typed word.
type Found = Vec<(usize, Way)>;

/// All open documents and what is needed to judge them.
pub(crate) struct Model<'a> {
    knowledge: &'a Knowledge,
    pub(crate) documents: Vec<&'a Document>,
    today: NaiveDate,
    /// For every document its words, each with its field.
    words: Vec<BTreeSet<(String, usize)>>,
    /// For every word of any document the parts that it is made of, and their neighbours together.
    runs: BTreeMap<String, BTreeSet<String>>,
    /// The words that stand outside texts.
    strong: BTreeSet<String>,
}

impl<'a> Model<'a> {
    pub(crate) fn of(knowledge: &'a Knowledge, documents: &'a [Document], today: NaiveDate) -> Self {
        let documents: Vec<&Document> =
            documents.iter().filter(|document| document.card.closes_on >= today).collect();
        let words: Vec<BTreeSet<(String, usize)>> =
            documents.iter().map(|document| words_of(document)).collect();
        let all = words.iter().flatten();
        let runs = all.clone().map(|(word, _)| (word.clone(), runs(&knowledge.lexicon, word))).collect();
        let strong = all.filter(|(_, field)| *field < TEXT).map(|(word, _)| word.clone()).collect();
        Self { knowledge, documents, today, words, runs, strong }
    }

    /// The ids of all that fit, in order.
    pub(crate) fn search(&self, filter: &VacancyFilter) -> Vec<i64> {
        let scores = self.scores(filter.query());
        let fits = |at: &usize| self.fits(filter, &scores, *at, None, true);
        let mut found: Vec<usize> = (0..self.documents.len()).filter(fits).collect();
        let card = |at: &usize| &self.documents[*at].card;
        found.sort_by_key(|at| Reverse((card(at).published_on, card(at).id)));
        match filter.sort() {
            Sort::Newest => {}
            Sort::ClosingSoon => found.sort_by_key(|at| card(at).closes_on),
            Sort::Distance if self.knows_place(filter) => {
                let place = |at: &usize| {
                    let slug = domain::text::slug(&card(at).place);
                    self.knowledge
                        .region
                        .places
                        .iter()
                        .position(|place| domain::text::slug(&place.name) == slug)
                };
                let far = |at: &usize| self.kilometres(filter, self.documents[*at]).unwrap_or(f64::MAX);
                found.sort_by(|a, b| far(a).total_cmp(&far(b)).then(place(a).cmp(&place(b))));
            }
            Sort::Distance | Sort::Relevance | Sort::Fit => found.sort_by_key(|at| Reverse(scores[*at])),
        }
        found.into_iter().map(|at| self.documents[at].card.id).collect()
    }

    /// The number that match all but the facet's own choice and have the value.
    pub(crate) fn count(&self, filter: &VacancyFilter, facet: Facet, value: &str) -> usize {
        let scores = self.scores(filter.query());
        let fits = |at: &usize| {
            self.fits(filter, &scores, *at, Some(facet), true)
                && self.values(facet, self.documents[*at]).iter().any(|own| own == value)
        };
        (0..self.documents.len()).filter(fits).count()
    }

    /// The number that match all but the place at every place that has any, in the order of the region.
    pub(crate) fn places(&self, filter: &VacancyFilter) -> Vec<(String, u32)> {
        let scores = self.scores(filter.query());
        let region = &self.knowledge.region;
        let count = |name: &str| {
            let is_here = |at: &usize| {
                region.find_place(&self.documents[*at].card.place).is_some_and(|place| place.name == name)
                    && self.fits(filter, &scores, *at, None, false)
            };
            (0..self.documents.len()).filter(is_here).count() as u32
        };
        let counts = region.places.iter().map(|place| (place.name.clone(), count(&place.name)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// The values of a document.
    pub(crate) fn values(&self, facet: Facet, document: &Document) -> Vec<String> {
        let card = &document.card;
        let yes = |is: bool| if is { vec!["ja".to_owned()] } else { vec![] };
        match facet {
            Facet::Kind => vec![card.kind.slug()],
            Facet::Level => card.levels.iter().map(|level| level.slug()).collect(),
            Facet::StudyField => {
                document.study_fields.iter().filter_map(|field| facet.accept(field)).collect()
            }
            Facet::Sector => facet.accept(&document.sector).into_iter().collect(),
            Facet::Organisation => facet.accept(&card.organisation_slug).into_iter().collect(),
            Facet::Municipality => {
                let place = self.knowledge.region.find_place(&card.place);
                place.and_then(|place| facet.accept(&place.municipality)).into_iter().collect()
            }
            Facet::Language => vec![card.language.slug()],
            Facet::Start => vec![StartPeriod::of(card.starts_on, self.today).slug()],
            Facet::Hours => {
                card.hours_per_week.map(|hours| HoursBand::of(hours).slug()).into_iter().collect()
            }
            Facet::Remote if card.remote == Remote::No => vec![],
            Facet::Remote => vec![card.remote.slug()],
            Facet::CrossBorder => yes(card.is_cross_border),
            Facet::PayKnown => yes(card.pay.is_some()),
        }
    }

    fn fits(
        &self,
        filter: &VacancyFilter,
        scores: &[Option<u32>],
        at: usize,
        except: Option<Facet>,
        near_counts: bool,
    ) -> bool {
        let document = self.documents[at];
        let is_chosen = |facet: &Facet| {
            Some(*facet) == except
                || filter.values(*facet).next().is_none()
                || self.values(*facet, document).iter().any(|value| filter.has(*facet, value))
        };
        let is_near = || {
            let radius = filter.near().map_or(0, |near| near.radius.kilometres());
            self.kilometres(filter, document).is_some_and(|kilometres| kilometres <= f64::from(radius))
        };
        Facet::ALL.iter().all(is_chosen)
            && (!near_counts || !self.knows_place(filter) || is_near())
            && scores[at].is_some()
    }

    fn knows_place(&self, filter: &VacancyFilter) -> bool {
        filter.near().is_some_and(|near| self.knowledge.region.find_place(&near.place).is_some())
    }

    fn kilometres(&self, filter: &VacancyFilter, document: &Document) -> Option<f64> {
        let centre = self.knowledge.region.find_place(&filter.near()?.place)?;
        Some(self.knowledge.region.find_place(&document.card.place)?.distance_to(centre))
    }

    /// For every document the sum over all typed words and phrases of what the best match is worth; nothing for
    /// one that lacks any of them.
    fn scores(&self, query: &str) -> Vec<Option<u32>> {
        let typed = Typed::read(query);
        let found: Vec<Vec<Found>> = (0..typed.words.len()).map(|at| self.word(&typed, at)).collect();
        let best = |found: &Found| found.iter().map(|(field, way)| WORTH[*field][*way as usize]).max();
        let score = |(at, document): (usize, &&Document)| {
            let words = found.iter().map(|found| best(&found[at])).sum::<Option<u32>>()?;
            let phrase = |phrase: &Vec<String>| Some(WORTH[field_of_phrase(document, phrase)?][0]);
            Some(words + typed.phrases.iter().map(phrase).sum::<Option<u32>>()?)
        };
        self.documents.iter().enumerate().map(score).collect()
    }

    /// For every document where and how it has a typed word.
    fn word(&self, typed: &Typed, at: usize) -> Vec<Found> {
        let word = &typed.words[at];
        let is_last = at + 1 == typed.words.len();
        let mut found = self.each(|other, field| self.ways(word, other, field, is_last || word.len() >= 4));
        self.add_neighbours(typed, at, &mut found);
        if is_known(&found) {
            return found;
        }
        let parts = self.cut(word);
        if !parts.is_empty() {
            self.add_all_of(&parts, Way::Compound, &mut found);
        }
        for may_go_on in [false, true] {
            if !is_known(&found) && (is_last || !may_go_on) {
                let is_near = |other: &str| is_near(word, other, may_go_on);
                let is_typo = |other: &str| {
                    is_near(other)
                        || self.runs[other].iter().any(|run| !self.strong.contains(run) && is_near(run))
                };
                join(&mut found, self.each(|other, _| if is_typo(other) { vec![Way::Typo] } else { vec![] }));
            }
        }
        found
    }

    fn each(&self, ways: impl Fn(&str, usize) -> Vec<Way>) -> Vec<Found> {
        let of_document = |words: &BTreeSet<(String, usize)>| {
            let ways = |(word, field): &(String, usize)| {
                ways(word, *field).into_iter().map(|way| (*field, way)).collect::<Found>()
            };
            words.iter().flat_map(ways).collect()
        };
        self.words.iter().map(of_document).collect()
    }

    /// The way in which a word of a document matches a typed word.
    fn ways(&self, typed: &str, other: &str, field: usize, may_be_start: bool) -> Vec<Way> {
        let mut ways = Vec::new();
        let runs = &self.runs[other];
        for spelling in std::iter::once(typed.to_owned()).chain(y_for_ij(typed)) {
            if other == spelling {
                ways.push(Way::Exact);
            }
            if runs.contains(&spelling) {
                ways.push(Way::Compound);
            }
            if may_be_start && other.starts_with(&spelling) {
                if spelling.len() >= 3 {
                    ways.push(Way::Prefix);
                } else if field < TEXT {
                    ways.push(Way::Start);
                }
            }
            if may_be_start && spelling.len() >= 4 && runs.iter().any(|run| run.starts_with(&spelling)) {
                ways.push(Way::Compound);
            }
        }
        if is_relative(typed, other) {
            ways.push(Way::Stem);
        }
        if runs.iter().any(|run| is_relative(typed, run)) {
            ways.push(Way::Compound);
        }
        ways
    }

    /// The meanings of the word together with its neighbours: a synonym, or one word with a link between.
    fn add_neighbours(&self, typed: &Typed, at: usize, found: &mut [Found]) {
        for first in 0..=at {
            for end in at + 1..=typed.words.len().min(first + 4) {
                for term in self.knowledge.synonyms.of(&typed.words[first..end]) {
                    self.add_all_of(&term, Way::Synonym, found);
                }
            }
        }
        for left in at.saturating_sub(1)..=at {
            let Some([left, right]) = typed.words.get(left..left + 2) else { continue };
            if left.len() + right.len() < 6 {
                continue;
            }
            for link in ["", "s", "en", "e", "n"] {
                let joined = format!("{left}{link}{right}");
                let is_joined = |other: &str| other.starts_with(&joined) || is_relative(&joined, other);
                join(
                    found,
                    self.each(|other, _| if is_joined(other) { vec![Way::Compound] } else { vec![] }),
                );
            }
        }
    }

    /// Documents that have all words of a term, at the weakest of their fields.
    fn add_all_of(&self, term: &[String], way: Way, found: &mut [Found]) {
        let telling: Vec<&String> =
            term.iter().filter(|word| term.len() == 1 || !is_stop_word(word)).collect();
        let is_like = |word: &String, other: &String| other == word || is_relative(word, other);
        for (own, found) in self.words.iter().zip(found) {
            let field = |word: &&String| {
                let fits = |other: &String| {
                    is_like(word, other)
                        || (way == Way::Compound && self.runs[other].iter().any(|run| is_like(word, run)))
                };
                own.iter().filter(|(other, _)| fits(other)).map(|(_, field)| *field).min()
            };
            let fields: Option<Vec<usize>> = telling.iter().map(field).collect();
            if let Some(weakest) = fields.and_then(|fields| fields.into_iter().max()) {
                found.push((weakest, way));
            }
        }
    }

    /// The known words of which a typed word is made. What is known stands outside a text, alone or in a compound.
    fn cut(&self, word: &str) -> Vec<String> {
        let runs = self.strong.iter().flat_map(|word| &self.runs[word]);
        let is_plain = |word: &&String| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let known = self.strong.iter().chain(runs).filter(is_plain).filter(|word| !is_stop_word(word));
        let known: BTreeSet<&str> = known.map(String::as_str).collect();
        let lexicon =
            Lexicon::parse(&[&format!("[parts]\n{}", known.into_iter().collect::<Vec<_>>().join(" "))]);
        lexicon.cut(word).map_or(vec![], |cuts| cuts.parts(word).map(str::to_owned).collect())
    }
}

fn join(found: &mut [Found], more: Vec<Found>) {
    found.iter_mut().zip(more).for_each(|(found, more)| found.extend(more));
}

/// Whether any document has the word outside its text.
fn is_known(found: &[Found]) -> bool {
    found.iter().flatten().any(|(field, _)| *field < TEXT)
}

/// A typed query.
struct Typed {
    words: Vec<String>,
    phrases: Vec<Vec<String>>,
}

impl Typed {
    fn read(query: &str) -> Self {
        let folded = |text: &str| words(text).map(|word| word.folded.into_owned()).collect::<Vec<_>>();
        let (mut plain, mut phrases) = (Vec::new(), Vec::new());
        let pieces: Vec<&str> = query.split(['"', '“', '”', '„']).collect();
        for (at, piece) in pieces.iter().enumerate() {
            let is_closed = at % 2 == 1 && at + 1 < pieces.len();
            let mut own = folded(piece);
            if is_closed && own.len() > 1 {
                own.truncate(12);
                phrases.push(own);
            } else {
                plain.append(&mut own);
            }
        }
        phrases.truncate(12);
        if !phrases.is_empty() || plain.iter().any(|word| !is_stop_word(word)) {
            plain.retain(|word| !is_stop_word(word));
        }
        plain.truncate(12);
        Self { words: plain, phrases }
    }
}

fn y_for_ij(typed: &str) -> Option<String> {
    if typed.contains("ij") {
        Some(typed.replace("ij", "y"))
    } else {
        (typed.len() > 2 && typed.contains('y')).then(|| typed.replace('y', "ij"))
    }
}

/// Whether a word has a stem of what was typed, or is one.
fn is_relative(typed: &str, other: &str) -> bool {
    Language::ALL.iter().any(|language| {
        let stem_of_typed = stem(typed, *language);
        stem(other, *language) == stem_of_typed || other == stem_of_typed
    })
}

/// Whether a word, or with `may_go_on` its start, differs from what was typed by no more slips than allowed.
fn is_near(typed: &str, other: &str, may_go_on: bool) -> bool {
    let (typed, other) = (typed.as_bytes(), other.as_bytes());
    if typed.len() < 4 || !typed.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    let (slips, is_long) = if typed.len() < 8 { (1, false) } else { (2, true) };
    if !is_long && other.first() != typed.first() {
        return false;
    }
    let shortest = if may_go_on && typed.len() >= 5 { 0 } else { other.len() };
    (shortest..=other.len()).any(|end| slips_between(typed, &other[..end]) <= slips)
}

/// Letters too many, too few, others, and neighbours swapped.
fn slips_between(a: &[u8], b: &[u8]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if i == 0 || j == 0 {
                table[i][j] = i + j;
                continue;
            }
            let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            table[i][j] = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                table[i][j] = table[i][j].min(table[i - 2][j - 2] + 1);
            }
        }
    }
    table[a.len()][b.len()]
}

/// The parts of a word and their neighbours together, but not the whole.
fn runs(lexicon: &Lexicon, word: &str) -> BTreeSet<String> {
    let Some(cuts) = lexicon.cut(word) else { return BTreeSet::new() };
    let parts: Vec<(usize, usize)> = cuts
        .parts(word)
        .map(|part| {
            let start = part.as_ptr() as usize - word.as_ptr() as usize;
            (start, start + part.len())
        })
        .collect();
    let mut runs = BTreeSet::new();
    for (first, (start, _)) in parts.iter().enumerate() {
        for (last, (_, end)) in parts.iter().enumerate().skip(first) {
            if last - first + 1 < parts.len() {
                runs.insert(word[*start..*end].to_owned());
            }
        }
    }
    runs
}

fn field_of_phrase(document: &Document, phrase: &[String]) -> Option<usize> {
    let card = &document.card;
    let has = |text: &str| {
        let own: Vec<String> = words(text).map(|word| word.folded.into_owned()).collect();
        own.windows(phrase.len()).any(|window| window == phrase)
    };
    let is_named =
        || [&card.place, &card.organisation].into_iter().chain(&document.study_fields).any(|name| has(name));
    if has(&card.title) {
        Some(TITLE)
    } else if document.skills.iter().any(|skill| has(skill)) {
        Some(SKILLS)
    } else if is_named() {
        Some(NAMES)
    } else {
        has(&document.text).then_some(TEXT)
    }
}

/// Every word of a document with its field. Stop words of the text are left out.
fn words_of(document: &Document) -> BTreeSet<(String, usize)> {
    let (card, own) = (&document.card, document.card.language);
    let dutch = Language::Dutch;
    let mut texts = vec![
        (card.title.as_str(), own, TITLE),
        (&card.organisation, dutch, NAMES),
        (&card.place, dutch, NAMES),
        (&document.text, own, TEXT),
    ];
    texts.extend(document.skills.iter().map(|skill| (skill.as_str(), dutch, SKILLS)));
    texts.extend(document.study_fields.iter().map(|field| (field.as_str(), dutch, NAMES)));
    let names = card.levels.iter().flat_map(|level| level_words(*level)).chain(kind_words(card.kind));
    texts.extend(names.map(|(language, names)| (names, language, NAMES)));

    let mut found = BTreeSet::new();
    for (text, language, field) in texts {
        for word in words(text).filter(|word| field < TEXT || !is_stop_word(&word.folded)) {
            found.extend(other_spelling(&word, language).map(|other| (other, field)));
            found.insert((word.folded.into_owned(), field));
        }
    }
    found
}
