//! Words that mean the same, in one language or several.

use std::mem::take;
use std::sync::{Arc, OnceLock};

use domain::Language;

use super::stem::Stemmed;
use super::stop::is_stop_word;
use super::words::words;
use crate::bytes::{Malformed, Reader, put, put_texts};
use crate::hash::{ByText, Map, Numbers};
use crate::sorting::sort_and_dedup;

/// A term of more words is looked for no further.
pub(crate) const LONGEST_TERM: usize = 4;

/// The words of a term.
pub(crate) type Term = Arc<[Stemmed]>;

/// Which terms mean the same, and which mean a kind of another.
#[derive(Clone, Debug, Default)]
pub struct Synonyms {
    terms: Vec<KnownTerm>,
    /// The rule of each line: a search for one of its first terms also means the others.
    rules: Vec<Rule>,
    /// For every key of every term the rules that it starts; made when it is first needed, or before in small steps.
    by_key: OnceLock<ByText<Vec<u32>>>,
}

/// A term of the synonyms. Most are never asked for their stems.
#[derive(Clone, Debug)]
struct KnownTerm {
    /// The folded words, with a space between.
    text: Box<str>,
    words: OnceLock<Term>,
}

impl KnownTerm {
    fn new(text: &str) -> Self {
        Self { text: text.into(), words: OnceLock::new() }
    }

    fn words(&self) -> &Term {
        self.words.get_or_init(|| self.text.split(' ').take(LONGEST_TERM).map(Stemmed::new).collect())
    }
}

/// The keys of synonyms while they are made, some rules at a time.
#[derive(Clone, Debug, Default)]
pub(crate) struct SynonymKeys {
    by_key: ByText<Vec<u32>>,
    /// The first rule whose keys are not made yet.
    next: usize,
}

#[derive(Clone, Debug)]
struct Rule {
    from: Vec<u32>,
    to: Vec<u32>,
}

impl Synonyms {
    /// The synonyms that come with the engine.
    pub fn standard() -> Self {
        Self::parse(include_str!("../../synonyms.txt"))
    }

    /// Reads lines of `term = term = term`, where each finds all others, and `term > term, term`, where the
    /// left finds the right. `#` begins a comment; what is no such line says nothing.
    pub fn parse(text: &str) -> Self {
        let mut synonyms = Self::default();
        synonyms.read(text);
        synonyms
    }

    /// The same synonyms and more lines, such as those of a hub.
    #[must_use]
    pub fn with(mut self, text: &str) -> Self {
        self.read(text);
        self
    }

    fn read(&mut self, text: &str) {
        let mut numbers = Numbers::default();
        for term in &self.terms {
            numbers.number(&term.text);
        }
        let mut number = |term: &str| {
            let words = term_words(term);
            (!words.is_empty() && words.len() <= LONGEST_TERM).then(|| {
                let text = words.join(" ");
                let number = numbers.number(&text);
                if number as usize == self.terms.len() {
                    self.terms.push(KnownTerm::new(&text));
                }
                number
            })
        };
        for line in text.lines().map(|line| line.split('#').next().unwrap_or_default()) {
            if let Some((left, right)) = line.split_once('>') {
                let from: Vec<u32> = number(left).into_iter().collect();
                let to: Vec<u32> = right.split(',').filter_map(&mut number).collect();
                if !from.is_empty() && !to.is_empty() {
                    self.rules.push(Rule { from, to });
                }
            } else {
                let group: Vec<u32> = line.split('=').filter_map(&mut number).collect();
                if group.len() > 1 {
                    self.rules.push(Rule { from: group.clone(), to: group });
                }
            }
        }
        self.by_key = OnceLock::new();
    }

    /// Makes all keys now, and not when somebody waits for an answer.
    pub(crate) fn prepare(&self) {
        self.by_key();
    }

    /// Makes keys of rules with about `words` words; whether all are made.
    pub(crate) fn prepare_some(&self, keys: &mut SynonymKeys, words: usize) -> bool {
        if self.by_key.get().is_none() {
            if !self.go_on(keys, words) {
                return false;
            }
            let _ = self.by_key.set(take(keys).by_key);
        }
        true
    }

    fn go_on(&self, keys: &mut SynonymKeys, words: usize) -> bool {
        let mut made = 0;
        while let Some(rule) = self.rules.get(keys.next).filter(|_| made < words) {
            for term in &rule.from {
                let words = self.terms[*term as usize].words();
                made += words.len();
                for key in keys_of(words) {
                    let rules = keys.by_key.or_insert_with(&key, Vec::new);
                    if rules.last() != Some(&(keys.next as u32)) {
                        rules.push(keys.next as u32);
                    }
                }
            }
            keys.next += 1;
        }
        keys.next == self.rules.len()
    }

    fn by_key(&self) -> &ByText<Vec<u32>> {
        self.by_key.get_or_init(|| {
            let mut keys = SynonymKeys::default();
            self.go_on(&mut keys, usize::MAX);
            keys.by_key
        })
    }

    /// The terms that folded words mean besides themselves.
    pub fn of(&self, words: &[String]) -> Vec<Vec<String>> {
        let words: Vec<Stemmed> = words.iter().map(Stemmed::new).collect();
        let texts = |term: &Term| term.iter().map(|word| word.folded.clone()).collect();
        self.terms_for(&words).iter().map(texts).collect()
    }

    /// The terms that words of a query mean besides themselves.
    pub(crate) fn terms_for(&self, words: &[Stemmed]) -> Vec<Term> {
        let mut terms: Vec<u32> = Vec::new();
        for key in keys_of(words) {
            for rule in self.by_key().get(&key).into_iter().flatten() {
                terms.extend(&self.rules[*rule as usize].to);
            }
        }
        sort_and_dedup(&mut terms);
        terms
            .into_iter()
            .map(|term| self.terms[term as usize].words())
            .filter(|term| term[..] != *words)
            .cloned()
            .collect()
    }

    /// Only the lines in which some term is kept; so a browser gets no more than its vacancies need.
    pub(crate) fn only(&self, is_kept: impl Fn(&[Stemmed]) -> bool) -> Self {
        let kept: Vec<bool> = self.terms.iter().map(|term| is_kept(term.words())).collect();
        let mut synonyms = Self { terms: self.terms.clone(), ..Self::default() };
        for rule in &self.rules {
            let to: Vec<u32> = rule.to.iter().copied().filter(|term| kept[*term as usize]).collect();
            if !to.is_empty() {
                synonyms.rules.push(Rule { from: rule.from.clone(), to });
            }
        }
        synonyms
    }

    /// Writes the synonyms: the terms in the order in which rules first name them, so that most numbers are "the next".
    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        let mut numbers: Map<u32, u64> = Map::default();
        let mut texts: Vec<&str> = Vec::new();
        let mut rules = Vec::new();
        for rule in &self.rules {
            let mut write_terms = |rules: &mut Vec<u8>, terms: &[u32]| {
                for term in terms {
                    let next = texts.len() as u64;
                    let number = *numbers.entry(*term).or_insert(next);
                    if number == next {
                        texts.push(&self.terms[*term as usize].text);
                    }
                    put(rules, next - number);
                }
            };
            // Most rules lead to some of the terms from which they start.
            let kept = |term: &u32| u64::from(rule.to.contains(term));
            let is_group =
                rule.from.len() < u64::BITS as usize && rule.to.iter().all(|term| rule.from.contains(term));
            put(&mut rules, (rule.from.len() as u64) << 1 | u64::from(is_group));
            write_terms(&mut rules, &rule.from);
            if is_group {
                put(&mut rules, rule.from.iter().rev().fold(0, |mask, term| mask << 1 | kept(term)));
            } else {
                put(&mut rules, rule.to.len() as u64);
                write_terms(&mut rules, &rule.to);
            }
        }
        put_texts(bytes, texts.into_iter());
        put(bytes, self.rules.len() as u64);
        bytes.append(&mut rules);
    }

    /// Reads synonyms.
    pub(crate) fn read_from(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let terms = reader.texts()?;
        let known = terms.len() as u64;
        let mut next = 0;
        let mut read_term = |reader: &mut Reader<'_>| {
            let number = next - reader.number()?.min(next);
            next = next.max(number + 1);
            if number < known { Ok(number as u32) } else { Err(Malformed) }
        };
        let count = reader.count()?;
        let rules = reader.list(count, |reader| {
            let head = reader.small::<usize>()?;
            let from = reader.list(head >> 1, &mut read_term)?;
            let to = if head & 1 == 1 {
                let mask = reader.number()?;
                let kept = (0..u64::BITS).zip(&from).filter(|(bit, _)| mask >> bit & 1 == 1);
                kept.map(|(_, term)| *term).collect()
            } else {
                let count = reader.count()?;
                reader.list(count, &mut read_term)?
            };
            Ok(Rule { from, to })
        })?;
        let terms = terms.iter().map(|text| KnownTerm::new(text)).collect();
        Ok(Self { terms, rules, by_key: OnceLock::new() })
    }
}

/// The words of a term that say something.
fn term_words(term: &str) -> Vec<String> {
    let mut all: Vec<String> = words(term).map(|word| word.folded.into_owned()).collect();
    if all.iter().any(|word| !is_stop_word(word)) {
        all.retain(|word| !is_stop_word(word));
    }
    all
}

/// Under which keys a term stands: its words, and their stems in each language.
fn keys_of(words: &[Stemmed]) -> Vec<String> {
    let joined = |text: &dyn Fn(&Stemmed) -> &str| {
        let mut key = String::new();
        for word in words {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(text(word));
        }
        key
    };
    let mut keys = vec![joined(&|word| &word.folded)];
    for at in 0..Language::ALL.len() {
        let key = joined(&|word| &word.stems[at]);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(synonyms: &Synonyms, words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        synonyms.of(&words).iter().map(|term| term.join(" ")).collect()
    }

    #[test]
    fn terms_of_a_line_find_each_other_and_a_wider_term_the_narrower() {
        let synonyms = Synonyms::parse(
            "# uitleg\nwerktuigbouwkunde = mechanical engineering\ntechniek > lassen, frezen\nalleen\n",
        );
        assert_eq!(meant(&synonyms, &["mechanical", "engineering"]), ["werktuigbouwkunde"]);
        assert_eq!(meant(&synonyms, &["techniek"]), ["lassen", "frezen"]);
        assert!(meant(&synonyms, &["lassen"]).is_empty() && meant(&synonyms, &["alleen"]).is_empty());
        let more = synonyms.with("stage = stageplek");
        assert_eq!(meant(&more, &["stages"]), ["stage", "stageplek"]);
    }

    #[test]
    fn synonyms_are_written_and_read_again() {
        let synonyms = Synonyms::parse("stage = internship\nict = computer science\ntechniek > lassen");
        let mut bytes = Vec::new();
        synonyms.only(|term| term[0].folded != "internship").write(&mut bytes);
        let read = Synonyms::read_from(&mut Reader(&bytes)).unwrap();
        assert_eq!(meant(&read, &["ict"]), ["computer science"]);
        assert_eq!(meant(&read, &["internship"]), ["stage"]);
        assert!(meant(&read, &["stage"]).is_empty());
    }

    #[test]
    fn more_than_two_hundred_groups_come_with_the_engine() {
        let synonyms = Synonyms::standard();
        assert!(synonyms.rules.len() >= 200);
        assert!(meant(&synonyms, &["stage"]).contains(&"internship".to_owned()));
        assert!(meant(&synonyms, &["maschinenbau"]).contains(&"werktuigbouwkunde".to_owned()));
        assert!(meant(&synonyms, &["computer", "science"]).contains(&"informatica".to_owned()));
        assert!(meant(&synonyms, &["hrm"]).contains(&"personeelszaken".to_owned()));
    }
}
