//! What an organisation received: its list, views, files, and one answer to many.

use domain::Language;
use domain::accounts::{EmailAddress, MemberRole};
use domain::applications::mail::ApplicationMail;
use domain::mail::Message;

use crate::hub::{TestHub, clock};

const PAGE: &str = "/organisatie/ijsselmetaal";
const FORM: &str = "/solliciteren/cobot-voor-de-lascel-1";

/// A hub in which three talents applied to one organisation, and the cookie of somebody who works there.
async fn hub_with_applications() -> (TestHub, String) {
    let hub = TestHub::start().await;
    let member = member(&hub, "ann@ijsselmetaal.example", "ijsselmetaal").await;
    for (address, name) in
        [("sanne@talent.example", "Sanne"), ("tim@talent.example", "Tim"), ("lotte@talent.example", "=Lotte")]
    {
        let cookie = hub.sign_in(address).await;
        let fields = [("name", name), ("motivation", "Ik wil leren lassen."), ("do", "send")];
        let sent = hub.post_parts(FORM, &cookie, &fields, None).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
    }
    hub.mail().await;
    (hub, member)
}

async fn member(hub: &TestHub, address: &str, organisation: &str) -> String {
    let (store, role) = (hub.server.state.store(), MemberRole::Editor);
    let email = EmailAddress::parse(address).unwrap();
    store.add_member(email, organisation.into(), role, Language::Dutch, clock()).await.unwrap();
    hub.sign_in(address).await
}

async fn read(hub: &TestHub, path: &str, cookie: &str) -> String {
    let answer = hub.get_with(path, &[("cookie", cookie)]).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text().to_owned()
}

/// The place of the row of an application in a page.
fn row(page: &str, id: u8) -> Option<usize> {
    page.find(&format!("href=\"/sollicitaties/{id}\""))
}

#[tokio::test]
async fn a_list_is_searched_filtered_and_sorted_by_its_address() {
    let (hub, member) = hub_with_applications().await;
    let all = read(&hub, PAGE, &member).await;
    assert!(all.contains("3 sollicitaties") && (1..=3).all(|id| row(&all, id).is_some()));
    assert!(row(&all, 3) < row(&all, 1), "the newest first");
    let sorted = read(&hub, &format!("{PAGE}?sorteer=naam"), &member).await;
    assert!(row(&sorted, 3) < row(&sorted, 1) && row(&sorted, 1) < row(&sorted, 2), "=Lotte, Sanne, Tim");
    assert!(sorted.contains("aria-sort=\"ascending\""));
    let found = read(&hub, &format!("{PAGE}?q=SANNE&wacht=ja"), &member).await;
    assert!(found.contains("1 sollicitatie") && row(&found, 1).is_some() && row(&found, 2).is_none());
    let columns = read(&hub, &format!("{PAGE}?kolom=naam&kolom=sinds"), &member).await;
    assert!(
        columns.contains("Staat zo sinds</th>")
            || columns.contains("?sorteer=sinds&amp;kolom=naam&amp;kolom=sinds")
    );
    assert!(!columns.contains("<th scope=\"col\">Vacature</th>"));
    let none = read(&hub, &format!("{PAGE}?stand=afgewezen&stand=geplaatst"), &member).await;
    assert!(none.contains("Niets gevonden"));
    assert_eq!(
        none.matches(&format!("href=\"{PAGE}\"")).count(),
        3,
        "the view of all, the chips and the way out"
    );
    assert!(!none.contains("<table"));
}

#[tokio::test]
async fn where_nobody_applied_the_page_says_what_to_do() {
    let hub = TestHub::start().await;
    let member = member(&hub, "ann@ijsselmetaal.example", "ijsselmetaal").await;
    let page = read(&hub, PAGE, &member).await;
    assert!(page.contains("Nog niemand heeft gereageerd") && page.contains("Bekijk en deel je vacature"));
    assert!(!page.contains("class=\"table-tools\""), "there is nothing to look through");
}

#[tokio::test]
async fn a_view_is_kept_for_who_saved_it_until_it_is_removed() {
    let (hub, ann) = hub_with_applications().await;
    let saved = hub.post(PAGE, &ann, "do=save-view&name=Op+ons&query=wacht%3Dja%26sorteer%3Dnaam").await;
    let view = format!("{PAGE}?wacht=ja&sorteer=naam");
    assert_eq!(saved.leads_to(), format!("{view} views/Saved"));
    let page = read(&hub, &view, &ann).await;
    assert!(
        page.contains("Weergave: Op ons")
            && page.contains(&format!("href=\"{}\"", view.replace('&', "&amp;")))
    );
    let ben = member(&hub, "ben@ijsselmetaal.example", "ijsselmetaal").await;
    assert!(!read(&hub, &view, &ben).await.contains("Op ons"), "a colleague has his own");
    for wrong in ["", "+++", &"x".repeat(61)] {
        let refused = hub.post(PAGE, &ann, &format!("do=save-view&name={wrong}&query=wacht%3Dja")).await;
        assert_eq!(refused.status, 422, "{wrong}");
        assert!(refused.text().contains("hoogstens 60 tekens"));
    }
    let removed = hub.post(PAGE, &ann, "do=remove-view&name=Op+ons").await;
    assert_eq!(removed.leads_to(), format!("{PAGE} views/Removed"));
    assert!(!read(&hub, &view, &ann).await.contains("Op ons"));
}

#[tokio::test]
async fn the_list_is_given_as_files_to_the_people_of_the_organisation_alone() {
    let (hub, member_of) = hub_with_applications().await;
    let path = |kind: &str, query: &str| format!("{PAGE}?bestand={kind}{query}");
    let csv =
        hub.get_with(&path("csv", "&sorteer=naam&kolom=naam&kolom=stand"), &[("cookie", &member_of)]).await;
    assert_eq!(csv.text(), "\u{feff}Naam;Stand\r\n'=Lotte;Verstuurd\r\nSanne;Verstuurd\r\nTim;Verstuurd\r\n");
    assert_eq!(
        (csv.header("content-type"), csv.header("cache-control")),
        ("text/csv; charset=utf-8", "no-store")
    );
    assert!(csv.header("content-disposition").starts_with("attachment; filename=\"sollicitaties-"));
    let packed = [("cookie", member_of.as_str()), ("accept-encoding", "br")];
    let one = hub.get_with(&path("csv", "&q=tim&kolom=naam"), &packed).await;
    assert_eq!(
        (one.text(), one.header("content-encoding")),
        ("\u{feff}Naam\r\nTim\r\n", ""),
        "it is sent as it is read"
    );
    let workbook = hub.get_with(&path("xlsx", ""), &[("cookie", &member_of)]).await;
    assert!(workbook.status == 200 && workbook.body.starts_with(b"PK"));

    let talent = hub.sign_in("sanne@talent.example").await;
    let other = member(&hub, "cas@bits.example", "bits-boeren").await;
    for kind in ["csv", "xlsx"] {
        let stranger = hub.get(&path(kind, "")).await;
        assert_eq!(stranger.header("location"), "/inloggen?naar=%2Forganisatie%2Fijsselmetaal");
        for cookie in [&talent, &other] {
            assert_eq!(hub.get_with(&path(kind, ""), &[("cookie", cookie)]).await.status, 404);
        }
    }
}

/// The addresses to which mail went that says where an application stands.
async fn told(hub: &TestHub) -> Vec<String> {
    let mails = hub.mail().await.into_iter();
    let moved = mails.filter(|mail| {
        matches!(mail.message, Message::Application(ApplicationMail::ApplicationMoved { .. }))
    });
    moved.map(|mail| mail.to.to_string()).collect()
}

#[tokio::test]
async fn one_answer_goes_to_all_who_were_chosen_once_it_is_confirmed() {
    let (hub, member_of) = hub_with_applications().await;
    let page = format!("{PAGE}/antwoorden");
    let asked = read(&hub, &format!("{page}?id%5B%5D=1&id%5B%5D=2&do=decline"), &member_of).await;
    assert!(asked.contains("Beantwoord 2 sollicitaties") && asked.contains("<li dir=\"auto\">Tim</li>"));
    assert!(asked.contains("name=\"id[]\" value=\"2\"") && asked.contains("value=\"decline\" checked"));
    let nothing = read(&hub, &page, &member_of).await;
    assert!(nothing.contains("Je hebt niets gekozen") && nothing.contains(&format!("href=\"{PAGE}\"")));

    let wrong = hub.post(&page, &member_of, "id[]=1&id[]=2&step=decline&words=Helaas").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("Kies een reden.") && wrong.text().contains("Helaas"));
    assert!(told(&hub).await.is_empty());

    let other = member(&hub, "cas@bits.example", "bits-boeren").await;
    hub.mail().await;
    let foreign = hub.post("/organisatie/bits-boeren/antwoorden", &other, "id[]=1&id[]=2&step=talk").await;
    assert!(foreign.leads_to().ends_with("answered:0,passed_over:2"), "{}", foreign.leads_to());
    assert!(told(&hub).await.is_empty(), "nobody answers for another organisation");

    let sent = hub.post(&page, &member_of, "id[]=1&id[]=2&step=decline&reason=filled&words=Helaas").await;
    assert_eq!(sent.leads_to(), format!("{PAGE} received/Answered:answered:2,passed_over:0"));
    assert_eq!(told(&hub).await, ["sanne@talent.example", "tim@talent.example"]);
    let with = format!("{member_of}; {}", sent.cookie("flash"));
    assert!(read(&hub, PAGE, &with).await.contains("2 antwoorden verstuurd."));
    let again = hub.post(&page, &member_of, "id[]=1&id[]=2&step=decline&reason=filled").await;
    assert!(again.leads_to().ends_with("answered:0,passed_over:2"), "pressing twice answers once");
    assert!(told(&hub).await.is_empty());
}

#[tokio::test]
async fn an_answer_to_all_that_match_needs_the_number_that_was_seen() {
    let (hub, member_of) = hub_with_applications().await;
    let page = format!("{PAGE}/antwoorden");
    let asked = read(&hub, &format!("{page}?wacht=ja&alles=2"), &member_of).await;
    assert!(asked.contains("op alle 3 sollicitaties") && asked.contains("name=\"alles\" value=\"3\""));
    assert!(
        asked.contains("name=\"query\" value=\"wacht=ja\"")
            && asked.contains(&format!("href=\"{PAGE}?wacht=ja\""))
    );
    let refused = hub.post(&page, &member_of, "query=wacht%3Dja&alles=2&step=talk").await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Intussen passen er 3 sollicitaties bij."));
    assert!(told(&hub).await.is_empty());
    let sent = hub.post(&page, &member_of, "query=wacht%3Dja&alles=3&step=talk").await;
    assert!(sent.leads_to().ends_with("answered:3,passed_over:0"));
    assert_eq!(told(&hub).await.len(), 3);
    assert!(read(&hub, &format!("{PAGE}?wacht=ja"), &member_of).await.contains("Niets gevonden"));
}

#[tokio::test]
async fn a_board_shows_the_same_list_and_its_cards_are_moved_by_a_form() {
    let (hub, member) = hub_with_applications().await;
    let table = read(&hub, PAGE, &member).await;
    assert!(table.contains(&format!("href=\"{PAGE}?vorm=bord\"")) && !table.contains("class=\"board\""));
    let board = format!("{PAGE}?vorm=bord&q=a");
    let page = read(&hub, &board, &member).await;
    assert!(page.contains("class=\"board\"") && !page.contains("<table"));
    assert!(row(&page, 1).is_some() && row(&page, 2).is_none(), "Sanne, but not Tim");
    assert!(page.contains("name=\"vorm\" value=\"bord\""), "the filters keep the layout");
    let moved = hub.post(&board, &member, "do=move&card=1&step=talk").await;
    assert_eq!(moved.leads_to(), format!("{PAGE}?q=a&vorm=bord received/Moved:name:Sanne"));
    assert_eq!(told(&hub).await, ["sanne@talent.example"]);
    let again = hub.post(&board, &member, "do=move&card=1&step=talk").await;
    assert_eq!(again.status, 409, "it is there already");
    let declined = hub.post(&board, &member, "do=move&card=2&step=decline").await;
    assert_eq!(
        declined.header("location"),
        format!("{PAGE}/antwoorden?do=decline&id%5B%5D=2"),
        "which asks for a reason"
    );
    let placed = hub.post(&board, &member, "do=move&card=1&step=place").await;
    assert_eq!(placed.header("location"), "/sollicitaties/1", "which asks for a day");
    assert_eq!(hub.post(&board, &member, "do=move&card=1&step=nothing").await.status, 422);
    assert_eq!(hub.post(&board, &member, "do=move&card=99&step=talk").await.status, 404);
}

#[tokio::test]
async fn who_saves_questions_after_somebody_else_sees_both_and_loses_nothing() {
    let (hub, member) = hub_with_applications().await;
    let save = |version: u8, question: &str| {
        let form = format!("do=change&vacancy=1&version={version}&questions%5B%5D={question}");
        let (hub, member) = (&hub, &member);
        async move { hub.post(PAGE, member, &form).await }
    };
    assert_eq!(save(1, "Rijbewijs%3F").await.leads_to(), format!("{PAGE} received/Questions"));
    let stale = save(1, "Waarom+wij%3F").await;
    assert_eq!(stale.status, 409);
    let page = stale.text();
    assert!(
        page.contains("value=\"Waarom wij?\"") && page.contains("Iemand anders schreef hier: Rijbewijs?")
    );
    assert!(
        page.contains("name=\"version\" value=\"2\""),
        "the next save is based on what the page shows now"
    );
    assert!(hub.get(FORM).await.text().contains("Rijbewijs?"), "nothing is overwritten unseen");
    assert_eq!(save(2, "Waarom+wij%3F").await.leads_to(), format!("{PAGE} received/Questions"));
    assert!(hub.get(FORM).await.text().contains("Waarom wij?"));
}
