//! What each table holds of persons: declared, exported and erased as declared.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, TimeDelta};
use domain::Language;
use domain::Moment;
use domain::accounts::{MemberRole, StaffRole};
use domain::alerts::Frequency;
use domain::applications::{ApplicationDraft, QuestionAnswer, RECEIVED, Step};
use domain::follow_ups::Whereabouts;
use domain::follow_ups::mail::FollowUpMail;
use domain::list::{ListQuery, SavedView};
use domain::mail::Message;
use domain::organisations::Organisation;
use domain::talents::Profile;
use domain::vacancies::mail::VacancyMail;
use domain::vacancies::{Vacancy, VacancyFilter, VacancyOutcome, VacancyStep};
use sea_orm::{ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, QueryResult, Statement};
use store::{
    Applied, Applying, Browser, Code, ContentEditor, PersonalData, Saved, SavedDraft, SignInRequest,
    SignInTokens, SignedIn, StoredProfile, Token, TotpSecret, WantedAlert, declared_tables,
};

use crate::applications::{apply, applying, cv, email, letter_context, mail, member, sent, token};
use crate::edits::of_berkel;
use crate::hub::{Hub, event, moment, now, on_each_database, organisation, today, vacancy};

/// The person: each text of the person holds the first word of the name.
const ADDRESS: &str = "kanarie@talent.example";
/// The address that the person asked for and did not confirm.
const OTHER_ADDRESS: &str = "kanarie-nieuw@talent.example";
const NAME: &str = "Kanarie Vogel";
const NUMBER: i64 = 770_077_007_700;
/// Texts that the person wrote for an organisation hold this instead.
const AS_COLLEAGUE: &str = "kolibrie";

/// Tables that know a person by the number of another row, or by a hash: no canary is seen there.
const INDIRECT: [&str; 3] = ["alert_vacancies", "application_figures", "tries"];

/// Table, column, and the text of one value.
type Cell = (String, String, String);

async fn query(connection: &DatabaseConnection, sql: String) -> Vec<QueryResult> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    connection.query_all_raw(statement).await.unwrap()
}

/// The columns of every table that the migrations make.
async fn columns(hub: &Hub) -> BTreeMap<String, BTreeSet<String>> {
    let connection = Database::connect(&hub.url).await.unwrap();
    let sql = match connection.get_database_backend() {
        DatabaseBackend::Sqlite => {
            "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' \
             AND m.name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in query(&connection, sql.to_owned()).await {
        let (table, column) = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        columns.entry(table).or_default().insert(column);
    }
    connection.close().await.unwrap();
    // The list of migrations is the library's own.
    columns.remove("seaql_migrations").unwrap();
    columns
}

/// Every value of the database.
async fn cells(hub: &Hub) -> Vec<Cell> {
    let columns = columns(hub).await;
    let connection = Database::connect(&hub.url).await.unwrap();
    let mut cells = Vec::new();
    for (table, columns) in columns {
        for column in columns {
            let sql = format!(
                "SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL ORDER BY id"
            );
            for row in query(&connection, sql).await {
                cells.push((table.clone(), column.clone(), row.try_get_by_index(0).unwrap()));
            }
        }
    }
    connection.close().await.unwrap();
    cells
}

fn rows_of(cells: &[Cell], table: &str) -> usize {
    cells.iter().filter(|(of, column, _)| of == table && column == "id").count()
}

/// Whether a text holds something of the person.
fn is_canary(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("kanarie") || text.contains(AS_COLLEAGUE) || text.contains(&NUMBER.to_string())
}

/// The texts of a value that hold something of the person: of JSON, those in it.
fn canaries(value: &str) -> Vec<String> {
    fn texts(json: &serde_json::Value) -> Vec<String> {
        match json {
            serde_json::Value::Array(list) => list.iter().flat_map(texts).collect(),
            serde_json::Value::Object(map) => map.values().flat_map(texts).collect(),
            serde_json::Value::String(text) => vec![text.clone()],
            other => vec![other.to_string()],
        }
    }
    let json: Result<serde_json::Value, _> = serde_json::from_str(value);
    let texts = json.map_or_else(|_| vec![value.to_owned()], |json| texts(&json));
    texts.into_iter().filter(|text| is_canary(text)).collect()
}

fn personal() -> impl Iterator<Item = (&'static str, &'static PersonalData)> {
    declared_tables().filter_map(|table| Some((table.name, table.personal.as_ref()?)))
}

fn personal_of(table: &str) -> Option<&'static PersonalData> {
    personal().find(|(name, _)| *name == table).map(|(_, personal)| personal)
}

fn names(columns: &'static [store::ColumnReason]) -> impl Iterator<Item = &'static str> {
    columns.iter().map(|one| one.column)
}

#[tokio::test]
async fn every_table_is_declared_once_and_with_columns_that_it_has() {
    on_each_database(async |hub| {
        let columns = columns(hub).await;
        let declared: Vec<&str> = declared_tables().map(|table| table.name).collect();
        let undeclared: Vec<&String> =
            columns.keys().filter(|table| !declared.contains(&table.as_str())).collect();
        assert!(undeclared.is_empty(), "nobody declared what these hold of persons: {undeclared:?}");
        let unknown: Vec<&&str> = declared.iter().filter(|table| !columns.contains_key(**table)).collect();
        assert!(unknown.is_empty(), "declared, but there is no such table: {unknown:?}");
        assert_eq!(declared.len(), columns.len(), "one is declared twice: {declared:?}");
        for (table, personal) in personal() {
            for column in personal.withheld.iter().chain(personal.kept) {
                assert!(columns[table].contains(column.column), "{table} has no {}", column.column);
                assert!(!column.reason.is_empty(), "{table}.{} without a reason", column.column);
            }
            for reason in [personal.not_exported_because(), personal.left_because()].into_iter().flatten() {
                assert!(!reason.is_empty(), "{table} without a reason");
            }
            let with = personal.erased_with();
            assert!(with.is_none_or(|other| columns.contains_key(other)), "{table} goes with {with:?}");
        }
    })
    .await;
}

/// Lets the next account have the number of the canary.
async fn set_next_number(hub: &Hub) {
    let before = NUMBER - 1;
    if !hub.url.starts_with("sqlite") {
        return hub.run(&format!("SELECT setval(pg_get_serial_sequence('accounts', 'id'), {before})")).await;
    }
    hub.run(&format!(
        "INSERT INTO accounts (id, email, language, created_at, seen_at) VALUES ({before}, 'a@b.example', 'nl', '', '')"
    ))
    .await;
    hub.run(&format!("DELETE FROM accounts WHERE id = {before}")).await;
}

/// Lets the canary in, as somebody of the programme office and of the first organisation.
async fn enter(hub: &Hub) -> SignedIn {
    let store = &hub.store;
    set_next_number(hub).await;
    let (session, language, network) = (token(), Language::Dutch, "192.0.2.1".to_owned());
    let tokens = SignInTokens { link: token(), browser: token(), code: Code::of([7; 8]) };
    let wanted = "/kanarie-pagina".to_owned();
    let asked = SignInRequest { email: email(ADDRESS), language, wanted, network: network.clone() };
    store.ask_sign_in(asked.clone(), tokens.clone(), now()).await.unwrap().unwrap();
    let browser = Browser { token: session.clone(), device: "Kanarie-apparaat".into(), network };
    let who = store.sign_in_by_link(tokens.link, browser, now()).await.unwrap().unwrap().who;
    store.change_account(&who, Some(NAME.into()), language, now()).await.unwrap();
    let berkel = "berkel-staal".to_owned();
    store.add_member(email(ADDRESS), berkel, MemberRole::Manager, language, now()).await.unwrap();
    store.add_staff(email(ADDRESS), StaffRole::Broker, language, now()).await.unwrap();
    let who = store.find_signed_in(&session, now()).await.unwrap().unwrap_or(who);
    // The code that RFC 6238 gives for this token and moment.
    let at = chrono::DateTime::from_timestamp(1_111_111_109, 0).unwrap();
    store.begin_second_step(&who, &TotpSecret::of(*b"12345678901234567890")).await.unwrap();
    let codes = vec!["abcde-fghij".to_owned()];
    store.finish_second_step(&who, "081804".into(), codes, at).await.unwrap().unwrap();
    let who = store.find_signed_in(&session, now()).await.unwrap().unwrap();
    let tokens = SignInTokens { link: token(), browser: token(), code: Code::of([8; 8]) };
    let asked = SignInRequest { email: email(OTHER_ADDRESS), ..asked };
    store.ask_address_change(&who, asked, tokens, now()).await.unwrap().unwrap();
    mail(hub, now()).await;
    who
}

fn draft(motivation: &str, question: &str) -> ApplicationDraft {
    ApplicationDraft {
        name: NAME.into(),
        email: ADDRESS.into(),
        motivation: motivation.into(),
        answers: vec![QuestionAnswer { question: question.into(), answer: format!("{motivation}-antwoord") }],
        may_be_kept: true,
    }
}

/// The canary as a talent: a profile, things that are kept, an alert that told something, an application, and a draft in the
/// browser that is returned.
async fn live_as_talent(hub: &Hub, who: &SignedIn, vacancy_id: i64) -> Token {
    let store = &hub.store;
    let profile = Profile {
        programme: "kanarie-opleiding".into(),
        institution: "kanarie-school".into(),
        study_fields: vec!["kanarie-richting".into()],
        skills: vec!["kanarie-kunnen".into()],
        home_place: "kanarie-woonplaats".into(),
        roots: "kanarie-wortels".into(),
        about: "kanarie-verhaal".into(),
        ..Profile::default()
    };
    let told = StoredProfile { profile, cv: Some(cv(hub).await), hides_fits: false };
    store.save_profile(&who.talent(), told, now()).await.unwrap();
    store.save_vacancy(&who.talent(), vacancy_id, "kanarie-notitie".into(), now()).await.unwrap();
    let view = SavedView::new("kanarie-lijst", &ListQuery::parse(&RECEIVED, "stand=gezien")).unwrap();
    assert!(store.save_view(&who.talent(), &RECEIVED, view, now()).await.unwrap());

    let alert = WantedAlert {
        filter: VacancyFilter::parse("q=kanarie"),
        title: "kanarie-zoektocht".into(),
        frequency: Frequency::AtOnce,
        language: Language::Dutch,
    };
    store.add_alert(&who.subscriber(), alert, now()).await.unwrap().unwrap();
    let at = now() + TimeDelta::minutes(1);
    let (due, _) = store.due_alerts(&[(Frequency::AtOnce, at)], 0, 9).await.unwrap();
    let card = store.find_vacancy(vacancy_id).await.unwrap().unwrap().card();
    let looked = due.into_iter().map(|due| (due, vec![card.clone()])).collect();
    assert_eq!(store.tell_alerts(looked, &letter_context(), at).await.unwrap(), 1);

    let question = "Waarom?";
    let slinge = member(hub, "cas@slinge.example", "slinge-zorg").await;
    store.change_questions(&slinge, vacancy_id, 1, vec![question.into()], now()).await.unwrap();
    let application = draft("kanarie-motivatie", question).check(&[question.into()]).unwrap();
    let applying = Applying { application, cv: Some(cv(hub).await), ..applying(vacancy_id, ADDRESS) };
    let Ok(Applied::Sent(number)) = apply(hub, applying, Some(&who.talent())).await else {
        panic!("not sent")
    };
    let own = store.own_participant(&who.talent(), number).await.unwrap().unwrap();
    store.write_message(&own, "kanarie-bericht".into(), letter_context(), now()).await.unwrap().unwrap();
    store.change_consent(&own, true, now()).await.unwrap();

    let browser = token();
    let saved = SavedDraft { draft: draft("kanarie-klad", question), cv: Some(cv(hub).await) };
    store.save_draft(browser.clone(), vacancy_id, saved, now()).await.unwrap();
    browser
}

/// The canary as a colleague: answers an application, places its talent, and says what became of the vacancy and the talent.
async fn live_as_colleague(hub: &Hub, editor: &ContentEditor, vacancy_id: i64) {
    let store = &hub.store;
    let (_, right) = sent(hub, vacancy_id, "wim@talent.example", false).await;
    let text = format!("Dag Wim, {AS_COLLEAGUE}");
    for (step, text) in [(Step::Talk, Some(text)), (Step::Place(today()), None)] {
        assert!(store.take_step(&right, step, text, letter_context(), now()).await.unwrap());
    }
    mail(hub, now()).await;
    let later = today() + Days::new(15);
    store.ask_outcomes(&letter_context(), Moment { now: now(), today: later }).await.unwrap();
    let asked = mail(hub, now()).await.pop().unwrap();
    let Message::Vacancy(VacancyMail::AskOutcome { link, .. }) = asked.message else { panic!("{asked:?}") };
    let link = Token::parse(&link).unwrap();
    assert!(store.answer_outcome(&link, VacancyOutcome::ThroughHub, now()).await.unwrap());
    let later = today() + Months::new(6);
    store.ask_follow_ups(&letter_context(), Moment { now: now(), today: later }).await.unwrap();
    let asked = mail(hub, now()).await.pop().unwrap();
    let Message::FollowUp(FollowUpMail::AskFollowUp { link, .. }) = asked.message else {
        panic!("{asked:?}")
    };
    let link = Token::parse(&link).unwrap();
    assert!(store.answer_follow_up(&link, Whereabouts::StillThere, now()).await.unwrap());
    let filled =
        store.change_vacancy_state(editor, vacancy_id, 1, VacancyStep::Fill, moment()).await.unwrap();
    assert_eq!(filled, Saved::Written { version: 2 });
}

/// Fills every table, and those that hold something of persons with something of the canary; returns who that is, and the
/// browser of the draft.
async fn fill(hub: &Hub) -> (SignedIn, Token) {
    let first = hub.add_vacancy(Vacancy { closes_on: today(), ..vacancy("V-1") }).await;
    hub.add(vec![Vacancy { organisation_id: 2, organisation: "Slinge Zorg".into(), ..vacancy("V-2") }])
        .await
        .unwrap();
    hub.add(vec![event("E-1", "2027-12-31T16:00:00")]).await.unwrap();
    let second = hub.store.existing::<Vacancy>().await.unwrap()["V-2"].0;
    let contact = Organisation {
        contact_name: Some(NAME.into()),
        email: Some(ADDRESS.into()),
        ..organisation("O-1", "Berkel Staal")
    };
    hub.change(contact).await.unwrap();
    let who = enter(hub).await;
    let editor = ContentEditor::from(&who.member("berkel-staal").unwrap());
    let changed = hub.store.change_vacancy(&editor, first, 1, of_berkel("Een ander opschrift"), moment());
    changed.await.unwrap();
    live_as_colleague(hub, &editor, first).await;
    hub.store.add_jobs(vec!["tidy"], now()).await.unwrap();
    (who.clone(), live_as_talent(hub, &who, second).await)
}

#[tokio::test]
async fn a_canary_is_exported_and_erased_as_every_table_declares() {
    on_each_database(async |hub| {
        let (who, browser) = fill(hub).await;
        let before = cells(hub).await;
        for table in declared_tables() {
            assert!(rows_of(&before, table.name) > 0, "the test fills no row of {}", table.name);
            let is_seen = before.iter().any(|(of, _, value)| of == table.name && is_canary(value));
            let is_expected = table.personal.is_some() && !INDIRECT.contains(&table.name);
            assert_eq!(is_seen, is_expected, "whether {} holds something of the canary", table.name);
        }

        let data = hub.store.my_data(&who, Some(&browser), "", now()).await.unwrap();
        let export = serde_json::to_string(&data).unwrap();
        for (table, column, value) in &before {
            let Some(personal) = personal_of(table) else { continue };
            let Some(part) = personal.exported_in() else { continue };
            assert!(data.part(part).is_some(), "{table} is exported in {part}, which is no part");
            if names(personal.withheld).any(|withheld| withheld == column) {
                continue;
            }
            for canary in canaries(value) {
                assert!(
                    export.contains(&canary) || canary.contains(AS_COLLEAGUE),
                    "“{canary}” of {table}.{column} is not in the export"
                );
            }
        }

        hub.store.erase_own_account(&who, Some(browser), letter_context(), now()).await.unwrap().unwrap();
        let after = cells(hub).await;
        let places = |cells: &[Cell]| -> BTreeSet<String> {
            let seen = cells.iter().filter(|(_, _, value)| is_canary(value));
            seen.map(|(table, column, _)| format!("{table}.{column}")).collect()
        };
        let kept: BTreeSet<String> = personal()
            .flat_map(|(table, personal)| names(personal.kept).map(move |column| format!("{table}.{column}")))
            .collect();
        assert_eq!(places(&after), kept, "what is left of the canary, and what is declared to be kept");
        for (table, personal) in personal() {
            if let Some(other) = personal.erased_with() {
                let (before, after) = (rows_of(&before, table), rows_of(&after, table));
                assert!(after < before, "{table} did not go with {other}: {before} rows, then {after}");
            }
        }

        mail(hub, now() + TimeDelta::hours(1)).await;
        let left = cells(hub).await;
        let in_mail: Vec<&str> = left
            .iter()
            .filter(|(table, _, value)| table == "outbox" && is_canary(value))
            .map(|(_, _, value)| value.as_str())
            .collect();
        assert_eq!(in_mail, [OTHER_ADDRESS], "mail that was sent");
    })
    .await;
}
