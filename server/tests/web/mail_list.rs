//! Mail as the programme office sees it: a list with views and files, and sending again what was given up.

use store::Subject;

use crate::hub::{TestHub, clock};
use crate::visitors::{Visitor, visitor_cookie};

const PAGE: &str = "/kantoor/mail";

/// A hub in which two mails about an application were given up and some others sent, with a broker's cookie.
async fn hub_with_mail() -> (TestHub, String) {
    let hub = TestHub::start().await;
    let broker = visitor_cookie(&hub, Visitor::StaffBroker).await;
    visitor_cookie(&hub, Visitor::Manager).await;
    hub.mail().await;
    let talent = hub.sign_in("sanne@talent.example").await;
    let fields = [("name", "Sanne"), ("motivation", "Geheime motivatie."), ("do", "send")];
    let sent = hub.post_parts("/solliciteren/cobot-voor-de-lascel-1", &talent, &fields, None).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let store = hub.server.state.store();
    while let Some(mail) = store.claim_mail(clock()).await.unwrap() {
        if mail.message.kind().code().starts_with("application_") {
            let failure = "550 no such user".to_owned();
            store.mail_failed(mail.id, failure, true, clock()).await.unwrap();
        } else {
            store.mail_was_sent(mail.id, clock()).await.unwrap();
        }
    }
    (hub, broker)
}

/// The numbers of the mails that were given up.
async fn given_up(hub: &TestHub) -> Vec<i64> {
    let mails = hub.server.state.store().list_mail(100).await.unwrap();
    let ids = mails.iter().filter(|mail| mail.sent_at.is_none() && mail.due_at.is_none());
    ids.map(|mail| mail.id).collect()
}

async fn read(hub: &TestHub, path: &str, cookie: &str) -> String {
    let answer = hub.get_with(path, &[("cookie", cookie)]).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text().to_owned()
}

#[tokio::test]
async fn the_office_filters_mail_and_never_reads_it() {
    let (hub, broker) = hub_with_mail().await;
    let failed = given_up(&hub).await;
    assert_eq!(failed.len(), 2, "to the talent and to the organisation");
    let all = read(&hub, PAGE, &broker).await;
    assert!(all.contains("Inloggen") && all.contains("Sollicitatie verstuurd"));
    let page = read(&hub, &format!("{PAGE}?stand=opgegeven&sorteer=aan"), &broker).await;
    assert!(page.contains("2 mails") && page.contains("550 no such user"));
    assert!(!page.contains("Geheime motivatie"), "what a mail says is nobody's to read");
    let today = clock().date_naive();
    for (query, count) in [
        ("soort=application_sent".to_owned(), "1 mail"),
        ("stand=opgegeven&q=sanne%40".to_owned(), "1 mail"),
        (format!("stand=opgegeven&geschreven-van={today}&geschreven-tot={today}"), "2 mails"),
        ("geschreven-tot=2020-01-01".to_owned(), "Niets gevonden"),
        ("stand=wacht".to_owned(), "Niets gevonden"),
    ] {
        assert!(read(&hub, &format!("{PAGE}?{query}"), &broker).await.contains(count), "{query}");
    }
    for (path, title) in [("/de/buero/mail", "E-Mails"), ("/en/office/mail", "Send again")] {
        assert!(read(&hub, path, &broker).await.contains(title), "{path}");
    }
    assert!(read(&hub, "/mijn", &broker).await.contains(&format!("href=\"{PAGE}\"")), "the way there");
}

#[tokio::test]
async fn mail_is_given_as_files_of_the_same_columns() {
    let (hub, broker) = hub_with_mail().await;
    let columns = "kolom=aan&kolom=soort&kolom=stand&kolom=fout";
    let csv = read(&hub, &format!("{PAGE}?bestand=csv&soort=application_sent&{columns}"), &broker).await;
    let row = "sanne@talent.example;Sollicitatie verstuurd;opgegeven;550 no such user";
    assert_eq!(csv, format!("\u{feff}Aan;Waarover;Stand;Wat er misging\r\n{row}\r\n"));
    let workbook = hub.get_with(&format!("{PAGE}?bestand=xlsx"), &[("cookie", &broker)]).await;
    assert!(workbook.status == 200 && workbook.body.starts_with(b"PK"));
    let editor = visitor_cookie(&hub, Visitor::StaffEditor).await;
    assert_eq!(hub.get_with(&format!("{PAGE}?bestand=csv"), &[("cookie", &editor)]).await.status, 404);
}

#[tokio::test]
async fn mail_that_was_given_up_is_sent_again_once_it_is_confirmed() {
    let (hub, broker) = hub_with_mail().await;
    let failed = given_up(&hub).await;
    let asked = read(&hub, &format!("{PAGE}?id%5B%5D={}&do=send-again", failed[0]), &broker).await;
    assert!(asked.contains("Verstuur 1 mail opnieuw?") && asked.contains("name=\"id[]\""));
    assert_eq!(given_up(&hub).await, failed, "asking changes nothing");
    // The first mail of all was sent.
    let form = format!("do=send-again&id[]={}&id[]=1", failed[0]);
    let sent = hub.post(PAGE, &broker, &form).await;
    assert_eq!(sent.leads_to(), format!("{PAGE} mail/Again:again:1,passed_over:1"));
    let store = hub.server.state.store();
    let records = store.list_audit_records(Subject::Mail, failed[0]).await.unwrap();
    assert_eq!(records.len(), 1, "{records:?}");
    assert_eq!(records[0].action, store::Action::SentAgain);
    let with = format!("{broker}; {}", sent.cookie("flash"));
    let told = read(&hub, PAGE, &with).await;
    assert!(told.contains("1 mail gaat opnieuw op weg.") && told.contains("1 bleef zoals die was"));
    let mails = hub.mail().await;
    assert_eq!(mails.iter().map(|mail| mail.id).collect::<Vec<_>>(), [failed[0]], "with what it said");
}

#[tokio::test]
async fn sending_all_that_match_again_needs_the_number_that_was_seen() {
    let (hub, broker) = hub_with_mail().await;
    let asked = read(&hub, &format!("{PAGE}?stand=opgegeven&alles=9"), &broker).await;
    assert!(asked.contains("alle 2 mails") && asked.contains("name=\"alles\" value=\"2\""));
    let refused = hub.post(PAGE, &broker, "do=send-again&query=stand%3Dopgegeven&alles=9").await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Intussen passen er 2 mails bij."));
    let sent = hub.post(PAGE, &broker, "do=send-again&query=stand%3Dopgegeven&alles=2").await;
    assert!(sent.leads_to().ends_with("again:2,passed_over:0"), "{}", sent.leads_to());
    assert!(given_up(&hub).await.is_empty());
}
