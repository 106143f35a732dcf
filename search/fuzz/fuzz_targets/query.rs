//! Any bytes as an address, as words and as the words of a vacancy: an index answers, and an index that came by
//! other ways to the same vacancies gives the same answer.

#![no_main]

use std::sync::LazyLock;

use domain::Language;
use domain::vacancies::VacancyFilter;
use libfuzzer_sys::fuzz_target;
use search::Index;
use search_fuzz::{ask_everything, documents, knowledge, today};

struct Indexes {
    whole: Index,
    changed: Index,
    opened: Index,
}

static INDEXES: LazyLock<Indexes> = LazyLock::new(|| {
    let knowledge = knowledge();
    let documents = documents(150);
    let whole = Index::build(knowledge.clone(), &documents, today());
    let mut old = documents.clone();
    old.iter_mut().take(20).for_each(|document| document.card.title = "Iets anders: robotlasser".to_owned());
    let changed = Index::build(knowledge, &old, today()).changed(documents[..20].to_vec(), &[]);
    let snapshot = whole.snapshot();
    let opened = Index::open(&snapshot.core, today()).unwrap();
    let opened = opened.with_texts(&snapshot.core, &snapshot.texts).unwrap();
    Indexes { whole, changed, opened }
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Indexes { whole, changed, opened } = &*INDEXES;
    for filter in [VacancyFilter::parse(&text), VacancyFilter::default().with_query(&text)] {
        ask_everything(whole, &filter);
        let answer = whole.search(&filter);
        assert_eq!(changed.search(&filter), answer);
        assert_eq!(changed.suggest(&filter, Language::Dutch), whole.suggest(&filter, Language::Dutch));
        if !filter.query().contains(['"', '“', '”', '„']) {
            assert_eq!(opened.search(&filter), answer);
        }
    }
});
