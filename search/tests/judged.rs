//! Whether the engine finds what a sensible student expects: `judged/queries.tsv`, written before tuning.

mod sheets;

use std::collections::BTreeMap;

use domain::text::fold;
use domain::vacancies::{Vacancy, VacancyFilter};
use search::Index;

/// The least share of queries that must be answered as judged.
const LEAST_RATE: f64 = 0.97;

/// A query with its judgement.
struct Judged<'a> {
    group: &'a str,
    query: &'a str,
    first: usize,
    judgement: &'a str,
}

fn judged(text: &str) -> Vec<Judged<'_>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let [group, query, first, judgement] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("four columns: {line}")
            };
            Judged { group, query, first: first.parse().unwrap(), judgement }
        })
        .collect()
}

/// What a field of a vacancy holds, folded.
fn field(vacancy: &Vacancy, name: &str) -> String {
    let levels = || vacancy.levels.iter().map(|level| level.word()).collect::<Vec<_>>().join("|");
    let text = match name {
        "title" => vacancy.title.clone(),
        "skills" => vacancy.skills.join("|"),
        "study_field" => vacancy.study_fields.join("|"),
        "organisation" => vacancy.organisation.clone(),
        "place" => vacancy.place.clone(),
        "kind" => vacancy.kind.word().to_owned(),
        "level" => levels(),
        "language" => vacancy.language.word().to_owned(),
        "text" => vacancy.text.clone(),
        "any" => ["title", "skills", "study_field", "organisation", "place", "kind", "level", "text"]
            .map(|name| field(vacancy, name))
            .join("|"),
        other => panic!("no field {other}"),
    };
    fold(&text)
}

fn meets(vacancy: &Vacancy, conditions: &str) -> bool {
    conditions.split(" & ").all(|condition| {
        let (name, texts) = condition.trim().split_once('~').unwrap();
        let own = field(vacancy, name);
        texts.split('|').any(|text| own.contains(&fold(text)))
    })
}

fn is_right(judged: &Judged<'_>, index: &Index, vacancies: &[Vacancy]) -> Result<(), String> {
    let answer = index.search_limited(&VacancyFilter::default().with_query(judged.query), 0, judged.first.max(1));
    let found: Vec<&Vacancy> = answer
        .hits
        .iter()
        .map(|hit| vacancies.iter().find(|vacancy| vacancy.reference == format!("V-{:06}", hit.card.id)).unwrap())
        .collect();
    let shown = || found.iter().map(|vacancy| format!("{} {}", vacancy.reference, vacancy.title)).collect::<Vec<_>>().join(" | ");
    let is_right = if judged.judgement == "none" {
        answer.total == 0
    } else if let Some(conditions) = judged.judgement.strip_prefix("each ") {
        !found.is_empty() && found.iter().all(|vacancy| meets(vacancy, conditions))
    } else {
        judged.judgement.split(' ').all(|reference| found.iter().any(|vacancy| vacancy.reference == reference))
    };
    if is_right { Ok(()) } else { Err(format!("{} of {}: {}", found.len(), answer.total, shown())) }
}

#[test]
fn what_a_student_expects_is_found_first() {
    let knowledge = sheets::knowledge();
    let (vacancies, index) = sheets::index(sheets::demo(), &knowledge);
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judged/queries.tsv")).unwrap();
    let all = judged(&text);
    assert!(all.len() >= 150);
    let mut groups: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for judged in &all {
        let (right, of) = groups.entry(judged.group).or_default();
        *of += 1;
        match is_right(judged, &index, &vacancies) {
            Ok(()) => *right += 1,
            Err(found) => println!("{}: {} [{} {}] {found}", judged.group, judged.query, judged.first, judged.judgement),
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
