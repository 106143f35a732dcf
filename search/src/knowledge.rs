//! The data of an index besides vacancies: the region, the synonyms, the entries elsewhere.

use std::sync::Arc;

use domain::Language;
use domain::region::Region;
use domain::vacancies::Facet;

use crate::analyse::{Cuts, Lexicon, Synonyms};
use crate::bytes::{Malformed, Reader, put, put_text};
use crate::elsewhere::Elsewhere;
use crate::results::FacetCounts;

/// The data of an index besides vacancies.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// The places with their coordinates.
    pub region: Region,
    /// Which words mean the same.
    pub synonyms: Arc<Synonyms>,
    /// The parts of compounds; needed where an index is built, not where a snapshot is opened.
    pub lexicon: Arc<Lexicon>,
    /// The names of study fields and sectors in the other languages.
    pub names: Vec<Name>,
    /// The entries that are found outside vacancies.
    pub elsewhere: Elsewhere,
}

/// The names of a value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The facet.
    pub facet: Facet,
    /// The value as an address has it.
    pub value: String,
    /// In German.
    pub german: String,
    /// In English.
    pub english: String,
}

impl Knowledge {
    /// A region with the synonyms and the lexicon that come with the engine.
    pub fn of(region: Region) -> Self {
        Self {
            region,
            synonyms: Arc::new(Synonyms::standard()),
            lexicon: Arc::new(Lexicon::standard()),
            ..Self::default()
        }
    }

    /// Cuts a word when it is a compound.
    pub(crate) fn cut(&self, word: &str) -> Option<Cuts> {
        self.lexicon.cut(word)
    }

    /// The name of a value in a language; `None` where the data's own text is all there is.
    pub(crate) fn name(&self, facet: Facet, value: &str, language: Language) -> Option<&str> {
        let name = self.names.iter().find(|name| name.facet == facet && name.value == value)?;
        match language {
            Language::Dutch => None,
            Language::German => Some(&name.german),
            Language::English => Some(&name.english),
        }
    }

    /// Gives the values their names in a language.
    pub(crate) fn translate(&self, facets: &mut [FacetCounts], language: Language) {
        if language == Language::Dutch || self.names.is_empty() {
            return;
        }
        for counts in facets {
            for value in &mut counts.values {
                if let Some(name) = self.name(counts.facet, &value.value, language) {
                    name.clone_into(&mut value.label);
                }
            }
        }
    }

    /// Writes the names.
    pub(crate) fn write_names(&self, bytes: &mut Vec<u8>) {
        put(bytes, self.names.len() as u64);
        for name in &self.names {
            put_text(bytes, name.facet.code());
            put_text(bytes, &name.value);
            put_text(bytes, &name.german);
            put_text(bytes, &name.english);
        }
    }

    /// Reads names.
    pub(crate) fn read_names(reader: &mut Reader<'_>) -> Result<Vec<Name>, Malformed> {
        let count = reader.count()?;
        reader.list(count, |reader| {
            Ok(Name {
                facet: Facet::from_code(reader.text()?).ok_or(Malformed)?,
                value: reader.text()?.to_owned(),
                german: reader.text()?.to_owned(),
                english: reader.text()?.to_owned(),
            })
        })
    }
}
