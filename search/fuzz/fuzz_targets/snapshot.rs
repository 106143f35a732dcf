//! Any bytes as a snapshot: plainly, in a sound envelope, and as changes of a snapshot that was good.

#![no_main]

use std::sync::LazyLock;

use domain::vacancies::VacancyFilter;
use libfuzzer_sys::fuzz_target;
use search::{Index, Snapshot};
use search_fuzz::{ask_everything, documents, knowledge, today};

static GOOD: LazyLock<(Snapshot, Index)> = LazyLock::new(|| {
    let snapshot = Index::build(knowledge(), &documents(12), today()).snapshot();
    let index = Index::open(&snapshot.core, today()).unwrap();
    (snapshot, index)
});

/// A good file with changes: every three bytes say where and what.
fn changed(file: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut payload = file[Index::sealed(&[]).len()..].to_vec();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % payload.len();
        payload[at] = change[2];
    }
    Index::sealed(&payload)
}

fn open(core: &[u8], texts: &[u8]) {
    let Ok(index) = Index::open(core, today()) else { return };
    ask(&index);
    if let Ok(index) = index.with_texts(core, texts) {
        ask(&index);
    }
}

fn ask(index: &Index) {
    for text in
        ["q=stage+las", "q=%22lasrobot+programmeren%22", "plaats=Ulft&straal=50&sorteer=afstand", "q=fuhrunk"]
    {
        ask_everything(index, &VacancyFilter::parse(text));
    }
    let again = index.snapshot();
    Index::open(&again.core, today()).unwrap().with_texts(&again.core, &again.texts).unwrap();
}

fuzz_target!(|bytes: &[u8]| {
    let (good, index) = &*GOOD;
    let Some((way, rest)) = bytes.split_first() else { return };
    match way % 4 {
        0 => open(rest, rest),
        1 => {
            let (core, texts) = rest.split_at(rest.len() / 2);
            open(&Index::sealed(core), &Index::sealed(texts));
        }
        2 => open(&changed(&good.core, rest), &good.texts),
        _ => {
            if let Ok(index) = index.with_texts(&good.core, &changed(&good.texts, rest)) {
                ask(&index);
            }
        }
    }
});
