//! From the bytes of a snapshot to an index, at once or in steps.

use std::cell::{Cell, RefCell};
use std::mem::replace;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::analyse::{Cuts, Synonyms};
use crate::bytes::{Malformed, Reader};
use crate::columns::Columns;
use crate::elsewhere::Elsewhere;
use crate::hash::{ByText, checksum};
use crate::index::{GatheredWords, Index, Preparation, Segment, SortedWords, TextWords, Vocabulary};
use crate::knowledge::Knowledge;
use crate::snapshot::{BadSnapshot, read_bytes, read_columns, read_region, read_text_words, unseal};

impl Index {
    /// Opens the first file of a snapshot. What has closed on `today` is left out. [`Opening`] does it in steps.
    ///
    /// # Errors
    /// The bytes were not made by [`Index::snapshot`].
    pub fn open(core: &[u8], today: NaiveDate) -> Result<Self, BadSnapshot> {
        Source::core(core)?.open(TextWords::default(), today)
    }

    /// The same index with the words of the texts, from the second file of its snapshot.
    ///
    /// # Errors
    /// The bytes were not made by [`Index::snapshot`], or belong to another first file.
    pub fn with_texts(&self, core: &[u8], texts: &[u8]) -> Result<Self, BadSnapshot> {
        let (source, words) = Source::texts(self, core, texts)?;
        source.open(words, self.today)
    }
}

/// An index while it is opened from its snapshot, in steps that each take a small part of a frame: between them a
/// browser paints and answers.
#[derive(Debug)]
pub struct Opening {
    stage: Stage,
    today: NaiveDate,
}

#[derive(Debug)]
enum Stage {
    Read(Source, TextWords),
    Gathered(Source, GatheredWords),
    Sorted(Source, SortedWords),
    Arranged(Source, Vocabulary),
    Open(Index, Preparation),
    Over,
}

impl Opening {
    /// Reads the first file of a snapshot, as [`Index::open`] does all at once.
    ///
    /// # Errors
    /// The bytes were not made by [`Index::snapshot`].
    pub fn of(core: &[u8], today: NaiveDate) -> Result<Self, BadSnapshot> {
        Ok(Self { stage: Stage::Read(Source::core(core)?, TextWords::default()), today })
    }

    /// Reads the second file, as [`Index::with_texts`] does all at once.
    ///
    /// # Errors
    /// The bytes were not made by [`Index::snapshot`], or belong to another first file.
    pub fn of_texts(index: &Index, core: &[u8], texts: &[u8]) -> Result<Self, BadSnapshot> {
        let (source, words) = Source::texts(index, core, texts)?;
        Ok(Self { stage: Stage::Read(source, words), today: index.today })
    }

    /// Takes the next step; the last one gives the index, with all that its first answer needs.
    ///
    /// # Errors
    /// The bytes were not made by [`Index::snapshot`], or all steps were taken.
    pub fn step(&mut self) -> Result<Option<Index>, BadSnapshot> {
        self.stage = match replace(&mut self.stage, Stage::Over) {
            Stage::Read(source, texts) => {
                let gathered = GatheredWords::of(source.columns(), texts);
                Stage::Gathered(source, gathered)
            }
            Stage::Gathered(source, gathered) => {
                let sorted = source.sort(gathered)?;
                Stage::Sorted(source, sorted)
            }
            Stage::Sorted(source, sorted) => {
                let vocabulary = sorted.arrange(source.columns());
                Stage::Arranged(source, vocabulary)
            }
            Stage::Arranged(source, vocabulary) => {
                Stage::Open(source.index(vocabulary, self.today), Preparation::default())
            }
            Stage::Open(index, mut preparation) => {
                if index.prepare(&mut preparation) {
                    return Ok(Some(index));
                }
                Stage::Open(index, preparation)
            }
            Stage::Over => return Err(BadSnapshot),
        };
        Ok(None)
    }
}

/// The data from which an index is opened, besides the words of texts.
#[derive(Debug)]
struct Source {
    contents: Contents,
    /// The cuts of the words that are new in this file, in the order in which they are met.
    cuts: Vec<u8>,
}

#[derive(Debug)]
enum Contents {
    /// The first file.
    Core(Box<(Columns, Knowledge)>),
    /// An index that was opened of it.
    Opened(Arc<Segment>, Arc<Knowledge>),
}

impl Source {
    fn core(bytes: &[u8]) -> Result<Self, BadSnapshot> {
        let mut reader = Reader(unseal(bytes)?);
        let region = read_region(&mut reader)?;
        let columns = read_columns(&mut reader)?;
        let cuts = read_bytes(&mut reader)?.to_vec();
        let synonyms = Arc::new(Synonyms::read_from(&mut reader)?);
        let names = Knowledge::read_names(&mut reader)?;
        let elsewhere = Elsewhere::read(&mut reader)?;
        if !reader.0.is_empty() {
            return Err(BadSnapshot);
        }
        let knowledge = Knowledge { region, synonyms, lexicon: Arc::default(), names, elsewhere };
        Ok(Self { contents: Contents::Core(Box::new((columns, knowledge))), cuts })
    }

    fn texts(index: &Index, core: &[u8], bytes: &[u8]) -> Result<(Self, TextWords), BadSnapshot> {
        let segment = Arc::clone(&index.parts.first().ok_or(BadSnapshot)?.segment);
        let mut reader = Reader(unseal(bytes)?);
        if reader.take(size_of::<u64>())? != checksum(core).to_le_bytes() {
            return Err(BadSnapshot);
        }
        let cuts = read_bytes(&mut reader)?.to_vec();
        let words = read_text_words(&mut reader, segment.len())?;
        Ok((Self { contents: Contents::Opened(segment, Arc::clone(&index.knowledge)), cuts }, words))
    }

    fn open(self, texts: TextWords, today: NaiveDate) -> Result<Index, BadSnapshot> {
        let sorted = self.sort(GatheredWords::of(self.columns(), texts))?;
        let vocabulary = sorted.arrange(self.columns());
        Ok(self.index(vocabulary, today))
    }

    fn columns(&self) -> &Columns {
        match &self.contents {
            Contents::Core(core) => &core.0,
            Contents::Opened(segment, _) => &segment.columns,
        }
    }

    fn sort(&self, words: GatheredWords) -> Result<SortedWords, BadSnapshot> {
        let cutter = Cutter::new(&self.cuts);
        let sorted = match &self.contents {
            Contents::Core(_) => words.sort(|word| cutter.next(word)),
            Contents::Opened(segment, _) => {
                let known: ByText<&Cuts> = segment.vocabulary.compounds().collect();
                let table_words = segment.vocabulary.table_words();
                let seen = Cell::new(0usize);
                words.sort(|word| {
                    seen.set(seen.get() + 1);
                    if seen.get() <= table_words {
                        known.get(word).map(|cuts| (*cuts).clone())
                    } else {
                        cutter.next(word)
                    }
                })
            }
        };
        cutter.finish()?;
        Ok(sorted)
    }

    fn index(self, vocabulary: Vocabulary, today: NaiveDate) -> Index {
        match self.contents {
            Contents::Core(core) => {
                let (columns, knowledge) = *core;
                let segment = Segment::arrange(&knowledge.region, columns, vocabulary, today);
                Index::of_segment(Arc::new(knowledge), segment, today)
            }
            Contents::Opened(segment, knowledge) => {
                Index::of_segment(knowledge, segment.with_vocabulary(vocabulary), today)
            }
        }
    }
}

/// Hands out cuts in the order in which words are asked for: it is the order in which they were written.
struct Cutter<'a>(RefCell<Result<Reader<'a>, Malformed>>);

impl<'a> Cutter<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self(RefCell::new(Ok(Reader(bytes))))
    }

    fn next(&self, word: &str) -> Option<Cuts> {
        let mut state = self.0.borrow_mut();
        let reader = state.as_mut().ok()?;
        // A word that is no compound has no parts.
        if let Ok(cuts) = Cuts::read(reader, word) {
            Some(cuts).filter(|cuts| cuts.parts(word).next().is_some())
        } else {
            *state = Err(Malformed);
            None
        }
    }

    fn finish(self) -> Result<(), Malformed> {
        if self.0.into_inner()?.0.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}
