//! Queries with the results that a sensible student expects; any engine can be judged by them.

use domain::text::fold;
use domain::vacancies::Vacancy;

/// A query with its judgement.
pub(crate) struct Judged<'a> {
    /// The kind of query.
    pub(crate) group: &'a str,
    /// The query as it is typed.
    pub(crate) query: &'a str,
    /// The number of first results that are judged.
    pub(crate) first: usize,
    /// The condition that they must meet.
    pub(crate) judgement: &'a str,
}

/// Reads the queries.
pub(crate) fn judged(text: &str) -> Vec<Judged<'_>> {
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

/// The folded contents of a field of a vacancy.
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

/// Whether the first results of a query, given by their ids out of `total`, are as judged.
pub(crate) fn is_right(
    judged: &Judged<'_>,
    ids: &[i64],
    total: u32,
    vacancies: &[Vacancy],
) -> Result<(), String> {
    let vacancy =
        |id: &i64| vacancies.iter().find(|vacancy| vacancy.reference == format!("V-{id:06}")).unwrap();
    let found: Vec<&Vacancy> = ids.iter().map(vacancy).collect();
    let shown = || {
        found
            .iter()
            .map(|vacancy| format!("{} {}", vacancy.reference, vacancy.title))
            .collect::<Vec<_>>()
            .join(" | ")
    };
    let is_right = if judged.judgement == "none" {
        total == 0
    } else if let Some(conditions) = judged.judgement.strip_prefix("each ") {
        !found.is_empty() && found.iter().all(|vacancy| meets(vacancy, conditions))
    } else {
        judged
            .judgement
            .split(' ')
            .all(|reference| found.iter().any(|vacancy| vacancy.reference == reference))
    };
    if is_right { Ok(()) } else { Err(format!("{} of {}: {}", found.len(), total, shown())) }
}
