//! The search engine, measured, and its peers beside it. Prints lines of a name and a figure; `scripts/bench.py`
//! starts it and makes the tables.
//!
//!   bench engine N           build, key strokes, suggestions, changes and memory with N made-up vacancies
//!   bench snapshot N         how large its snapshot is, and how long it takes to open
//!   bench peers N            the same key strokes on ours, tantivy and SQLite FTS5
//!   bench judged             which share of the judged queries the three answer as judged
//!   bench profile N SECONDS  only key strokes, for a profiler
//!
//! Instead of N the folder of a hub's spreadsheets may stand, for `engine`, `snapshot` and `peers`.

mod documents;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../../search/tests/judgement/mod.rs"]
mod judgement;
mod peers;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../../search/tests/sheets/mod.rs"]
mod sheets;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use documents::Maker;
use domain::vacancies::VacancyFilter;
use judgement::{is_right, judged};
use peers::{Asked, Fts5, Tantivy};
use search::{BadSnapshot, Document, Elsewhere, Index, Knowledge, Opening};

/// Every key stroke is measured so often, in passes over all of them; the middle one counts.
const ROUNDS: usize = 3;
/// With more vacancies one pass is enough: it takes minutes.
const MOST_FOR_ROUNDS: usize = 100_000;
/// Beside the peers one in so many key strokes is measured, with many vacancies fewer: they take their time.
const PEERS_STEP: usize = 5;
const PEERS_STEP_OF_MANY: usize = 25;
/// An organisation that offers about as many vacancies is edited.
const OFFERED: usize = 100;

const JUDGED: &str = include_str!("../../search/tests/judged/queries.tsv");

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["engine", source] => engine(source),
        ["snapshot", source] => snapshot(source),
        ["peers", source] => peers(source),
        ["judged"] => judge(),
        ["profile", source, seconds] => profile(source, seconds.parse().unwrap()),
        _ => panic!("see the beginning of bench/src/main.rs"),
    }
}

/// What the demo hub knows, with the organisations of a source as what is found beside vacancies.
fn knowledge_for(source: &str) -> Arc<Knowledge> {
    let knowledge = sheets::knowledge();
    let mut with_all = Knowledge::clone(&knowledge);
    if let Ok(count) = source.parse() {
        Maker::new(&knowledge, count).add_organisations(&mut with_all.elsewhere);
    }
    Arc::new(with_all)
}

/// Gives every vacancy of a source to a function, without holding them all.
fn each(source: &str, knowledge: &Knowledge, mut take: impl FnMut(Document)) {
    if let Ok(count) = source.parse() {
        let maker = Maker::new(knowledge, count);
        (1..=count).for_each(|number| take(maker.document(number)));
    } else {
        sheets::open_vacancies(Path::new(source), knowledge).into_iter().for_each(|(_, document)| take(document));
    }
}

fn all(source: &str, knowledge: &Knowledge) -> Vec<Document> {
    let mut documents = Vec::new();
    each(source, knowledge, |document| documents.push(document));
    documents
}

/// Builds an index of vacancies that come one after another; the time is the engine's own.
fn build(source: &str, knowledge: &Arc<Knowledge>) -> (Index, f64) {
    let mut builder = Index::builder(Arc::clone(knowledge), sheets::today());
    let mut spent = 0.0;
    each(source, knowledge, |document| {
        let began = processor_time();
        builder.add(&document);
        spent += processor_time() - began;
    });
    let began = processor_time();
    let index = builder.finish();
    (index, spent + processor_time() - began)
}

/// Every beginning of every judged query, as it is typed.
fn key_strokes() -> Vec<String> {
    let queries = judged(JUDGED);
    let starts = queries.iter().flat_map(|judged| {
        let query = judged.query;
        query.char_indices().map(|(at, letter)| query[..at + letter.len_utf8()].to_owned())
    });
    starts.collect()
}

fn filters(typed: &[String]) -> Vec<VacancyFilter> {
    typed.iter().map(|query| VacancyFilter::default().with_query(query)).collect()
}

/// The processor's time that this thread has used: other work on the machine does not count.
fn processor_time() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// The microseconds of several engines on the same key strokes, taken in turn.
fn measure(vacancies: usize, strokes: usize, engines: &[&dyn Fn(usize)]) -> Vec<Vec<f64>> {
    let mut times = vec![vec![Vec::new(); strokes]; engines.len()];
    for _ in 0..if vacancies > MOST_FOR_ROUNDS { 1 } else { ROUNDS } {
        for stroke in 0..strokes {
            for (engine, times) in engines.iter().zip(&mut times) {
                let began = processor_time();
                engine(stroke);
                times[stroke].push((processor_time() - began) * 1e6);
            }
        }
    }
    let middle = |mut of_stroke: Vec<f64>| {
        of_stroke.sort_by(f64::total_cmp);
        of_stroke[of_stroke.len() / 2]
    };
    times.into_iter().map(|of_engine| of_engine.into_iter().map(middle).collect()).collect()
}

fn print_times(name: &str, times: &[f64]) {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share).round() as usize];
    for (figure, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0)] {
        println!("{name} {figure}\t{:.1}", at(share));
    }
}

fn print_slowest(typed: &[String], times: &[f64]) {
    let mut slowest: Vec<(&f64, &String)> = times.iter().zip(typed).collect();
    slowest.sort_by(|a, b| b.0.total_cmp(a.0));
    slowest.dedup_by_key(|(_, query)| query.as_bytes()[..query.len().min(8)].to_vec());
    for (time, query) in slowest.iter().take(25) {
        let short: String = query.chars().take(60).collect();
        eprintln!("{time:>12.1} µs  {short}");
    }
}

fn engine(source: &str) {
    let knowledge = knowledge_for(source);
    let (index, spent) = build(source, &knowledge);
    println!("vacancies\t{}", index.len());
    println!("build/s\t{:.0}", index.len() as f64 / spent);
    println!("MB of the index\t{:.0}", memory("VmRSS"));
    println!("MB at most\t{:.0}", memory("VmHWM"));
    let typed = key_strokes();
    let filters = filters(&typed);
    println!("strokes\t{}", filters.len());
    let search = |stroke: usize| drop(black_box(index.search(&filters[stroke])));
    let suggest = |stroke: usize| drop(black_box(index.suggest(&filters[stroke], domain::Language::Dutch)));
    let [search, suggest] = &measure(index.len(), filters.len(), &[&search, &suggest])[..] else { return };
    print_times("search", search);
    print_times("suggest", suggest);
    print_slowest(&typed, search);
    let changed = Maker::new(&knowledge, 640).document(1);
    println!("change ms\t{:.2}", middle(&|| drop(black_box(index.changed(vec![changed.clone()], &[])))));
    let (offered, maker) = (documents_of_one(source, &knowledge, &index), Maker::new(&knowledge, index.len()));
    let edit = middle(&|| drop(black_box(edit_organisation(&index, &offered, &maker))));
    println!("offered\t{}", offered.len());
    println!("edit ms\t{edit:.2}");
    println!("rebuild/edit\t{:.0}", spent * 1000.0 / edit);
}

/// The vacancies of the organisation whose number of them is nearest to [`OFFERED`].
fn documents_of_one(source: &str, knowledge: &Knowledge, index: &Index) -> Vec<Document> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for card in index.newest(index.len()) {
        *counts.entry(card.organisation_slug).or_default() += 1;
    }
    let (slug, _) = counts.into_iter().min_by_key(|(_, count)| count.abs_diff(OFFERED)).unwrap();
    let mut documents = Vec::new();
    each(source, knowledge, |document| {
        if document.card.organisation_slug == slug {
            documents.push(document);
        }
    });
    documents
}

/// What the hub does with its index when an organisation changes, once the database gave what it offers.
fn edit_organisation(index: &Index, offered: &[Document], maker: &Maker) -> Index {
    let slugs = offered.iter().map(|document| document.card.organisation_slug.as_str()).collect();
    let ids = index.ids_of_organisations(&slugs);
    let mut elsewhere = Elsewhere::default();
    maker.add_organisations(&mut elsewhere);
    index.changed(offered.to_vec(), &ids).with_elsewhere(elsewhere)
}

/// The milliseconds of an act: the middle of nine.
fn middle(act: &dyn Fn()) -> f64 {
    middle_of(&|| {
        let began = processor_time();
        act();
        (processor_time() - began) * 1000.0
    })
}

/// The middle of nine measures.
fn middle_of(measure: &dyn Fn() -> f64) -> f64 {
    let mut times: Vec<f64> = (0..9).map(|_| measure()).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn snapshot(source: &str) {
    let knowledge = knowledge_for(source);
    let (index, _) = build(source, &knowledge);
    println!("vacancies\t{}", index.len());
    let snapshot = index.snapshot();
    for (name, bytes) in [("core", &snapshot.core), ("texts", &snapshot.texts)] {
        println!("{name} kB\t{:.1}", bytes.len() as f64 / 1000.0);
        for quality in [9, 11] {
            println!("{name} kB br{quality}\t{:.1}", compressed(bytes, quality) as f64 / 1000.0);
        }
    }
    let open = || Index::open(&snapshot.core, sheets::today()).unwrap();
    println!("open ms\t{:.1}", middle(&|| drop(black_box(open()))));
    let opened = open();
    let with_texts = || opened.with_texts(&snapshot.core, &snapshot.texts).unwrap();
    println!("texts ms\t{:.1}", middle(&|| drop(black_box(with_texts()))));
    let in_steps: [(&str, &dyn Fn() -> Result<Opening, BadSnapshot>); 2] = [
        ("open", &|| Opening::of(&snapshot.core, sheets::today())),
        ("texts", &|| Opening::of_texts(&opened, &snapshot.core, &snapshot.texts)),
    ];
    for (what, begin) in in_steps {
        println!("{what} whole ms\t{:.1}", middle_of(&|| steps(begin).0));
        println!("{what} step ms\t{:.1}", middle_of(&|| steps(begin).1));
    }
}

/// The milliseconds in which an index is opened in steps, and those of the longest step.
fn steps(begin: &dyn Fn() -> Result<Opening, BadSnapshot>) -> (f64, f64) {
    let mut began = processor_time();
    let mut opening = begin().unwrap();
    let mut index = None;
    let (mut all, mut longest) = (0.0, 0f64);
    loop {
        let step = (processor_time() - began) * 1000.0;
        all += step;
        longest = longest.max(step);
        if index.is_some() {
            return (all, longest);
        }
        began = processor_time();
        index = opening.step().unwrap();
    }
}

fn compressed(bytes: &[u8], quality: i32) -> usize {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).unwrap();
    out.len()
}

fn peers(source: &str) {
    let knowledge = knowledge_for(source);
    let documents = all(source, &knowledge);
    let index = Index::build(Arc::clone(&knowledge), &documents, sheets::today());
    let (fts5, tantivy) = (Fts5::new(&documents), Tantivy::new(&documents));
    println!("vacancies\t{}", index.len());
    let step = if index.len() > 10_000 { PEERS_STEP_OF_MANY } else { PEERS_STEP };
    let typed: Vec<String> = key_strokes().into_iter().step_by(step).collect();
    let filters = filters(&typed);
    println!("strokes\t{}", filters.len());
    let engines: [(&str, &dyn Fn(usize)); 5] = [
        ("ours", &|stroke| drop(black_box(index.search(&filters[stroke])))),
        ("tantivy", &|stroke| { black_box(tantivy.page(&typed[stroke])); }),
        ("fts5 best", &|stroke| { black_box(fts5.page(&typed[stroke], Asked::Best)); }),
        ("fts5 count", &|stroke| { black_box(fts5.page(&typed[stroke], Asked::Count)); }),
        ("fts5 facets", &|stroke| { black_box(fts5.page(&typed[stroke], Asked::Facets)); }),
    ];
    // One after the other, as each would run in a program of its own: in turn each finds the processor's caches full
    // of another's data.
    for (name, engine) in engines {
        print_times(name, &measure(index.len(), filters.len(), &[engine])[0]);
    }
}

fn judge() {
    let knowledge = sheets::knowledge();
    let (vacancies, documents): (Vec<_>, Vec<Document>) =
        sheets::open_vacancies(sheets::demo(), &knowledge).into_iter().unzip();
    let index = Index::build(Arc::clone(&knowledge), &documents, sheets::today());
    let (fts5, tantivy) = (Fts5::new(&documents), Tantivy::new(&documents));
    let ours = |query: &str, first: usize| {
        let answer = index.search_limited(&VacancyFilter::default().with_query(query), 0, first);
        (answer.hits.iter().map(|hit| hit.card.id).collect(), answer.total)
    };
    let engines: [(&str, &dyn Fn(&str, usize) -> (Vec<i64>, u32)); 3] = [
        ("ours", &ours),
        ("tantivy", &|query, first| tantivy.search(query, first, true)),
        ("fts5", &|query, first| fts5.search(query, first, Asked::Count)),
    ];
    let all = judged(JUDGED);
    println!("queries\t{}", all.len());
    for (name, engine) in engines {
        let is_right = |judged: &&judgement::Judged<'_>| {
            let (ids, total) = engine(judged.query, judged.first.max(1));
            is_right(judged, &ids, total, &vacancies).is_ok()
        };
        println!("{name}\t{}", all.iter().filter(is_right).count());
    }
}

fn profile(source: &str, seconds: u64) {
    let (index, _) = build(source, &knowledge_for(source));
    let filters = filters(&key_strokes());
    let until = Instant::now() + Duration::from_secs(seconds);
    for filter in filters.iter().cycle() {
        black_box(index.search(filter));
        if Instant::now() > until {
            break;
        }
    }
}

/// A figure of this process's memory, in MB.
fn memory(key: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(key)).unwrap();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap() / 1024.0
}
