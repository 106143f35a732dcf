//! Whether the engine finds what a sensible student expects: `judged/queries.tsv`, written before tuning.

#[cfg(test)]
mod judgement;
#[cfg(test)]
mod sheets;

use std::collections::BTreeMap;

use domain::vacancies::VacancyFilter;
use judgement::{is_right, judged};

/// The least share of queries that must be answered as judged.
const LEAST_RATE: f64 = 0.97;

#[test]
fn what_a_student_expects_is_found_first() {
    let knowledge = sheets::knowledge();
    let (vacancies, index) = sheets::index(sheets::demo(), &knowledge);
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judged/queries.tsv")).unwrap();
    let all = judged(&text);
    assert!(all.len() >= 150);
    let mut groups: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for judged in &all {
        let (right, of) = groups.entry(judged.group).or_default();
        *of += 1;
        let answer =
            index.search_limited(&VacancyFilter::default().with_query(judged.query), 0, judged.first.max(1));
        let ids: Vec<i64> = answer.hits.iter().map(|hit| hit.card.id).collect();
        match is_right(judged, &ids, answer.total, &vacancies) {
            Ok(()) => *right += 1,
            Err(found) => {
                println!(
                    "{}: {} [{} {}] {found}",
                    judged.group, judged.query, judged.first, judged.judgement
                );
            }
        }
    }
    for (group, (right, of)) in &groups {
        println!("{group:<14}{right:>4} of {of}");
    }
    let right: usize = groups.values().map(|(right, _)| right).sum();
    let rate = right as f64 / all.len() as f64;
    println!("judged queries: {right} of {} right, {:.1}%", all.len(), rate * 100.0);
    assert!(rate >= LEAST_RATE, "{right} of {} judged queries are right", all.len());
}
