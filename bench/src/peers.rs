//! SQLite FTS5 and tantivy over the same vacancies, each set up as its documentation advises.

use rusqlite::{Connection, params};
use search::Document;
use search::analyse::{kind_words, level_words, words};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{AsciiFoldingFilter, Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer};
use tantivy::{Searcher, TantivyDocument, Term};

/// As many results as a page of ours has.
const PAGE: usize = search::PAGE_SIZE;

/// What title, skills, names and text weigh.
const WEIGHTS: [f32; 4] = [8.0, 4.0, 2.0, 1.0];

/// The four fields in which both look: title, skills, names, text.
fn fields(document: &Document) -> [String; 4] {
    let card = &document.card;
    let named = |names: [(domain::Language, &str); 3]| names.map(|(_, names)| names).join(" ");
    let levels: Vec<String> = card.levels.iter().map(|level| named(level_words(*level))).collect();
    let names = [
        document.study_fields.join(" "), card.organisation.clone(), card.place.clone(), named(kind_words(card.kind)), levels.join(" "),
    ];
    [card.title.clone(), document.skills.join(" "), names.join(" "), document.text.clone()]
}

fn typed(query: &str) -> Vec<String> {
    words(query).map(|word| word.folded.into_owned()).collect()
}

/// How much FTS5 is asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asked {
    /// The best 15.
    Best,
    /// And how many there are.
    Count,
    /// And how many of each kind, sector, place, language and way of working from home.
    Facets,
}

/// SQLite's full-text search, in memory.
pub(crate) struct Fts5(Connection);

impl Fts5 {
    pub(crate) fn new(documents: &[Document]) -> Self {
        let mut connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE VIRTUAL TABLE texts USING fts5(title, skills, names, text,
                   tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
                 INSERT INTO texts(texts, rank) VALUES('rank', 'bm25(8.0, 4.0, 2.0, 1.0)');
                 CREATE TABLE cards(id INTEGER PRIMARY KEY, kind, sector, place, language, remote);",
            )
            .unwrap();
        let all = connection.transaction().unwrap();
        {
            let mut texts = all.prepare("INSERT INTO texts(rowid, title, skills, names, text) VALUES(?, ?, ?, ?, ?)").unwrap();
            let mut cards = all.prepare("INSERT INTO cards VALUES(?, ?, ?, ?, ?, ?)").unwrap();
            for document in documents {
                let card = &document.card;
                let [title, skills, names, text] = fields(document);
                texts.execute(params![card.id, title, skills, names, text]).unwrap();
                let place = &card.place;
                let (kind, language, remote) = (card.kind.word(), card.language.word(), card.remote.word());
                cards.execute(params![card.id, kind, document.sector, place, language, remote]).unwrap();
            }
        }
        all.commit().unwrap();
        connection.execute_batch("INSERT INTO texts(texts) VALUES('optimize')").unwrap();
        Self(connection)
    }

    /// The best for a query, and how many there are when that is asked.
    pub(crate) fn search(&self, query: &str, first: usize, asked: Asked) -> (Vec<i64>, u32) {
        let mut typed = typed(query);
        let Some(last) = typed.pop() else { return (Vec::new(), 0) };
        let mut wanted: String = typed.iter().map(|word| format!("\"{word}\" ")).collect();
        wanted.push_str(&format!("\"{last}\"*"));
        let mut best = self.0.prepare_cached("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?").unwrap();
        let ids = best.query_map(params![wanted, first as i64], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut total = 0;
        if asked == Asked::Count {
            let mut count = self.0.prepare_cached("SELECT count(*) FROM texts WHERE texts MATCH ?").unwrap();
            total = count.query_row([&wanted], |row| row.get(0)).unwrap();
        }
        if asked == Asked::Facets {
            let facets = "WITH found AS MATERIALIZED (
                 SELECT kind, sector, place, language, remote FROM texts JOIN cards ON cards.id = texts.rowid WHERE texts MATCH ?)
               SELECT 0, '', count(*) FROM found
               UNION ALL SELECT 1, kind, count(*) FROM found GROUP BY kind
               UNION ALL SELECT 2, sector, count(*) FROM found GROUP BY sector
               UNION ALL SELECT 3, place, count(*) FROM found GROUP BY place
               UNION ALL SELECT 4, language, count(*) FROM found GROUP BY language
               UNION ALL SELECT 5, remote, count(*) FROM found GROUP BY remote";
            let mut facets = self.0.prepare_cached(facets).unwrap();
            let rows = facets.query_map([&wanted], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
            let counts: Vec<(i64, String, u32)> = rows.map(Result::unwrap).collect();
            total = counts[0].2;
        }
        (ids, total)
    }

    pub(crate) fn page(&self, query: &str, asked: Asked) -> usize {
        self.search(query, PAGE, asked).0.len()
    }
}

/// Tantivy in memory, one segment, one thread.
pub(crate) struct Tantivy {
    searcher: Searcher,
    fields: [Field; 4],
    id: Field,
    stemmer: TextAnalyzer,
}

impl Tantivy {
    pub(crate) fn new(documents: &[Document]) -> Self {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_tokenizer("dutch").set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields = ["title", "skills", "names", "text"].map(|name| schema.add_text_field(name, options.clone()));
        let id = schema.add_i64_field("id", STORED);
        let index = tantivy::Index::create_in_ram(schema.build());
        let stemmer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter)
            .filter(Stemmer::new(Language::Dutch))
            .build();
        index.tokenizers().register("dutch", stemmer.clone());
        let mut writer = index.writer_with_num_threads(1, 400_000_000).unwrap();
        for document in documents {
            let mut own = TantivyDocument::default();
            own.add_i64(id, document.card.id);
            fields.iter().zip(self::fields(document)).for_each(|(field, text)| own.add_text(*field, text));
            writer.add_document(own).unwrap();
        }
        writer.commit().unwrap();
        let segments = index.searchable_segment_ids().unwrap();
        if segments.len() > 1 {
            writer.merge(&segments).wait().unwrap();
        }
        writer.wait_merging_threads().unwrap();
        let searcher = index.reader().unwrap().searcher();
        Self { searcher, fields, id, stemmer }
    }

    fn stem(&self, word: &str) -> String {
        let mut stemmer = self.stemmer.clone();
        let mut stream = stemmer.token_stream(word);
        if stream.advance() { stream.token().text.clone() } else { word.to_owned() }
    }

    /// Every word in any field: from 4 letters on with typos, the last one as the start of a word. Typos are all
    /// worth the same in tantivy; `is_ranked` adds the exact word, whose worth is bm25's.
    fn query(&self, query: &str, is_ranked: bool) -> BooleanQuery {
        let typed = typed(query);
        let last = typed.len().saturating_sub(1);
        let of_word = |(at, word): (usize, &String)| -> (Occur, Box<dyn Query>) {
            let stem = self.stem(word);
            let slips = match word.chars().count() {
                0..4 => 0,
                4..8 => 1,
                _ => 2,
            };
            let mut any: Vec<(Occur, Box<dyn Query>)> = Vec::new();
            for (field, weight) in self.fields.iter().zip(WEIGHTS) {
                let term = |text: &str| Term::from_field_text(*field, text);
                let mut add = |query: Box<dyn Query>| any.push((Occur::Should, Box::new(BoostQuery::new(query, weight))));
                if at == last {
                    add(Box::new(FuzzyTermQuery::new_prefix(term(word), slips, true)));
                } else if slips > 0 {
                    add(Box::new(FuzzyTermQuery::new(term(&stem), slips, true)));
                }
                if is_ranked || (at < last && slips == 0) {
                    add(Box::new(TermQuery::new(term(&stem), IndexRecordOption::WithFreqs)));
                }
            }
            (Occur::Must, Box::new(BooleanQuery::new(any)))
        };
        BooleanQuery::new(typed.iter().enumerate().map(of_word).collect())
    }

    /// The best for a query, and how many there are.
    pub(crate) fn search(&self, query: &str, first: usize, is_ranked: bool) -> (Vec<i64>, u32) {
        let query = self.query(query, is_ranked);
        let (best, total) = self.searcher.search(&query, &(TopDocs::with_limit(first).order_by_score(), Count)).unwrap();
        let ids = best.into_iter().map(|(_, address)| {
            let found: TantivyDocument = self.searcher.doc(address).unwrap();
            found.get_first(self.id).and_then(|id| id.as_i64()).unwrap()
        });
        (ids.collect(), total as u32)
    }

    pub(crate) fn page(&self, query: &str) -> usize {
        self.search(query, PAGE, false).0.len()
    }
}
