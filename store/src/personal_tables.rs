//! The declarations of all nouns of what their tables hold of persons. Whatever is exported or erased of a person runs through
//! them.

use std::collections::BTreeSet;

use sea_orm::DatabaseTransaction;
use serde_json::value::RawValue;

use crate::personal_data::{Departure, Person, PersonalData, TableDeclaration};
use crate::{
    Error, accounts::data as accounts, alerts::data as alerts, applications::data as applications, audit,
    changes, events::data as events, inquiries, jobs, mail_links, organisations::data as organisations,
    outbox, revisions, saved_views, talents::data as talents, throttle, vacancies::data as vacancies,
};

/// The tables of each noun, in the order of the data export.
const NOUNS: [&[TableDeclaration]; 16] = [
    accounts::TABLES,
    applications::TABLES,
    talents::TABLES,
    saved_views::TABLES,
    alerts::TABLES,
    outbox::TABLES,
    audit::TABLES,
    inquiries::TABLES,
    mail_links::TABLES,
    organisations::TABLES,
    vacancies::TABLES,
    events::TABLES,
    changes::TABLES,
    revisions::TABLES,
    throttle::TABLES,
    jobs::TABLES,
];

/// Every table of the hub, and what it holds of persons.
pub fn declared_tables() -> impl Iterator<Item = &'static TableDeclaration> {
    NOUNS.into_iter().flatten()
}

fn personal_tables() -> impl Iterator<Item = &'static PersonalData> {
    declared_tables().filter_map(|table| table.personal.as_ref())
}

/// Everything that the tables hold of a person: the parts by name, as JSON.
pub(crate) async fn export(
    connection: &DatabaseTransaction,
    person: &Person<'_>,
) -> Result<Vec<(&'static str, Box<RawValue>)>, Error> {
    let mut parts = Vec::new();
    for (part, gather) in personal_tables().filter_map(PersonalData::own_part) {
        parts.push((part, gather(connection, person).await?));
    }
    Ok(parts)
}

/// Erases a person from every table; returns the files of CVs that the rows named.
pub(crate) async fn erase(
    transaction: &DatabaseTransaction,
    departure: &Departure<'_>,
) -> Result<BTreeSet<String>, Error> {
    let mut work: Vec<_> = personal_tables().filter_map(PersonalData::own_erasing).collect();
    work.sort_by_key(|(turn, _)| *turn);
    let mut files = BTreeSet::new();
    for (_, erase) in work {
        files.extend(erase(transaction, departure).await?);
    }
    Ok(files)
}
