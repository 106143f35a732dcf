//! What the hub holds of a person's applications, and what is exported and erased of them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::applications::{ApplicationDraft, ApplicationState, DeclineReason, QuestionAnswer, kept_until};
use futures::FutureExt;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::erase::{erase_drafts, erase_for_talent, forget_colleague, of_person};
use super::rows::{cv_of, read_entry, unreadable};
use crate::Error;
use crate::entity::{application_drafts, application_entries, applications, organisations, vacancies};
use crate::personal_data::{ColumnReason, Erasing, Export, Person, TableDeclaration, Turn, erased, gathered};
use crate::vacancies::ends_on;

/// What the tables of applications hold of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[
    TableDeclaration::of_persons(
        "applications",
        Export::Part("applications", |connection, person| gathered(applications(connection, person))),
        Erasing::By(Turn::BeforeAccount, |transaction, departure| {
            erase_for_talent(transaction, departure).boxed()
        }),
    )
    .withholding(&[
        ColumnReason::new("folded_name", "it is the name once more, to sort by"),
        ColumnReason::new("cv_document", "the CV itself is behind a link"),
        ColumnReason::new("account_id", "the account tells its own number"),
    ]),
    TableDeclaration::of_persons(
        "application_entries",
        Export::Within("applications"),
        Erasing::By(Turn::BeforeAccount, |transaction, departure| {
            erased(forget_colleague(transaction, departure))
        }),
    )
    .withholding(&[ColumnReason::new("actor_account_id", "the account tells its own number")])
    .keeping(&[
        ColumnReason::new("actor_account_id", "the number names nobody once the account is gone"),
        ColumnReason::new("text", "what a colleague wrote to a talent is the talent's, as a letter is"),
    ]),
    TableDeclaration::of_persons(
        "application_drafts",
        Export::Part("drafts", |connection, person| gathered(drafts(connection, person))),
        Erasing::By(Turn::BeforeAccount, |transaction, departure| {
            erase_drafts(transaction, departure).boxed()
        }),
    )
    .withholding(&[
        ColumnReason::new("browser_hash", "it only recognises the browser"),
        ColumnReason::new("cv_document", "a CV that was not sent is nowhere given out"),
    ]),
    TableDeclaration::of_persons(
        "application_figures",
        Export::Nothing("the application tells the same"),
        Erasing::Nothing("it only counts, and loses its application when that goes"),
    ),
];

/// An application, as its talent sent it, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ApplicationData {
    /// Its number in the hub.
    pub number: i64,
    /// The title of the vacancy.
    pub vacancy: String,
    /// The organisation that offers it.
    pub organisation: String,
    /// Where it stands, as a word of the hub.
    pub state: String,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// When it was filled in.
    pub filled_in_at: DateTime<Utc>,
    /// When the organisation got it.
    pub sent_at: Option<DateTime<Utc>>,
    /// The first day at work.
    pub starts_on: Option<NaiveDate>,
    /// The name under which it was sent.
    pub name: String,
    /// The address under which it was sent.
    pub email: String,
    /// The language of the mail about it.
    pub language: String,
    /// Why this place.
    pub motivation: String,
    /// What the organisation asked, and what was answered.
    pub answers: Vec<QuestionAnswer>,
    /// The CV.
    pub cv: Option<CvData>,
    /// The consent to keep it for a year, when it was given.
    pub consent: Option<ConsentData>,
    /// The last day on which it is kept.
    pub kept_until: NaiveDate,
    /// What happened, the oldest first.
    pub timeline: Vec<EntryData>,
}

/// A CV: the file itself is behind a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct CvData {
    /// The name of the file.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Where to get it, for somebody who is signed in; a CV that was not sent yet has no address.
    pub link: Option<String>,
}

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ConsentData {
    /// The version of the text that was agreed with.
    pub text_version: String,
    /// When.
    pub given_at: DateTime<Utc>,
}

/// Something that happened to an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct EntryData {
    /// When.
    pub at: DateTime<Utc>,
    /// Which side did it: `talent`, `organisation` or `hub`.
    pub side: &'static str,
    /// The actor, as the page of the application says it.
    pub by: String,
    /// The state to which it led.
    pub became: Option<&'static str>,
    /// Why the organisation said no.
    pub reason: Option<&'static str>,
    /// The written text.
    pub text: Option<String>,
}

/// What was filled in of an application in this browser, and not sent yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct DraftData {
    /// The number of the vacancy.
    pub vacancy: i64,
    /// When.
    pub saved_at: DateTime<Utc>,
    /// The typed text.
    pub typed: ApplicationDraft,
    /// The CV.
    pub cv: Option<CvData>,
}

/// A person's applications, the oldest first.
async fn applications(
    connection: &DatabaseTransaction,
    person: &Person<'_>,
) -> Result<Vec<ApplicationData>, Error> {
    let rows = of_person(connection, Some(person.account_id), person.address).await?;
    let wanted = rows.iter().map(|row| row.vacancy_id);
    let offered: HashMap<i64, (vacancies::Model, Option<organisations::Model>)> = vacancies::Entity::find()
        .filter(vacancies::Column::Id.is_in(wanted))
        .find_also_related(organisations::Entity)
        .all(connection)
        .await?
        .into_iter()
        .map(|(vacancy, organisation)| (vacancy.id, (vacancy, organisation)))
        .collect();
    let entries = application_entries::Entity::find()
        .filter(application_entries::Column::ApplicationId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(application_entries::Column::Id)
        .all(connection)
        .await?;
    let mut happened: HashMap<i64, Vec<application_entries::Model>> = HashMap::new();
    for entry in entries {
        happened.entry(entry.application_id).or_default().push(entry);
    }
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let (vacancy, organisation) = offered.get(&row.vacancy_id).ok_or(Error::NotFound)?;
        let organisation = organisation.as_ref().ok_or(Error::NotFound)?;
        let entries = happened.remove(&row.id).unwrap_or_default();
        list.push(application(row, vacancy, &organisation.name, entries, person)?);
    }
    Ok(list)
}

fn application(
    row: applications::Model,
    vacancy: &vacancies::Model,
    organisation: &str,
    entries: Vec<application_entries::Model>,
    person: &Person<'_>,
) -> Result<ApplicationData, Error> {
    let consent = row.consent_version.zip(row.consented_at);
    let link = format!("{}{}", person.cv_address, row.id);
    Ok(ApplicationData {
        number: row.id,
        vacancy: vacancy.title.clone(),
        organisation: organisation.to_owned(),
        state: row.state,
        state_since: row.state_since,
        filled_in_at: row.created_at,
        sent_at: row.submitted_at,
        starts_on: row.placed_from,
        name: row.name,
        email: row.email,
        language: row.language,
        motivation: row.motivation,
        answers: serde_json::from_str(&row.answers).map_err(|_| unreadable("answers", row.id))?,
        cv: cv(row.cv_name, row.cv_bytes, Some(link)),
        kept_until: kept_until(ends_on(vacancy), consent.is_some()),
        consent: consent.map(|(text_version, given_at)| ConsentData { text_version, given_at }),
        timeline: entries.into_iter().map(|row| entry(row, organisation)).collect::<Result<_, _>>()?,
    })
}

fn cv(name: Option<String>, bytes: Option<i64>, link: Option<String>) -> Option<CvData> {
    cv_of(name, bytes).map(|cv| CvData { name: cv.name, bytes: cv.bytes, link })
}

fn entry(row: application_entries::Model, organisation: &str) -> Result<EntryData, Error> {
    let entry = read_entry(row)?;
    Ok(EntryData {
        at: entry.at,
        side: entry.side.code(),
        by: entry.actor_for_talent(organisation).to_owned(),
        became: entry.state.map(ApplicationState::code),
        reason: entry.reason.map(DeclineReason::code),
        text: entry.text,
    })
}

/// What this browser has of applications that were not sent yet.
async fn drafts(connection: &DatabaseTransaction, person: &Person<'_>) -> Result<Vec<DraftData>, Error> {
    let Some(browser) = person.browser else { return Ok(Vec::new()) };
    let rows = application_drafts::Entity::find()
        .filter(application_drafts::Column::BrowserHash.eq(browser.hash()))
        .order_by_asc(application_drafts::Column::Id)
        .all(connection)
        .await?;
    let draft = |row: application_drafts::Model| DraftData {
        vacancy: row.vacancy_id,
        saved_at: row.saved_at,
        typed: serde_json::from_str(&row.content).unwrap_or_default(),
        cv: cv(row.cv_name, row.cv_bytes, None),
    };
    Ok(rows.into_iter().map(draft).collect())
}
