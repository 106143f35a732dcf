//! Mail: what it says in three languages, and how it leaves the outbox.

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use domain::Language;
use domain::accounts::mail::{AccountMail, SecondStepChange};
use domain::accounts::{EmailAddress, MemberRole, StaffRole};
use domain::alerts::mail::{AlertMail, NewVacancy};
use domain::applications::mail::{AboutApplication, ApplicationMail};
use domain::applications::{ApplicationState, DeclineReason, Side};
use domain::follow_ups::FollowUp;
use domain::follow_ups::mail::FollowUpMail;
use domain::mail::Message;
use domain::vacancies::mail::{ClosingVacancy, VacancyMail};
use domain::vacancies::{VacancyFilter, VacancyKind};
use hub::Letter;
use server::config::{Config, Flags, load};
use server::mail::{Mailer, deliver};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::alerts::{cobot, publish};
use crate::hub::{TestHub, clock, hub_file};

#[test]
fn every_mail_says_the_same_in_three_languages() {
    let hub = load(&hub_file(), &Flags::default()).unwrap().hub;
    let url = "https://hub.example";
    let (link, code) = ("A".repeat(43), "012345".to_owned());
    let messages = [
        Message::Account(AccountMail::SignIn { link: link.clone(), code: code.clone() }),
        Message::Account(AccountMail::ConfirmAddress { link, code }),
        Message::Account(AccountMail::AddressChanged { address: "s.wolters@talent.example".into() }),
        Message::Account(AccountMail::PasswordChanged),
        Message::Account(AccountMail::ColleagueAdded {
            by: "Ann de Vries".into(),
            organisation: "IJsselmetaal".into(),
            role: MemberRole::Editor,
        }),
        Message::Account(AccountMail::StaffAdded { by: "eva@hub.example".into(), role: StaffRole::Broker }),
        Message::Vacancy(VacancyMail::VacancyCloses(ClosingVacancy {
            slug: "cobot-voor-de-lascel-1".into(),
            title: "Cobot voor de lascel".into(),
            closes_on: NaiveDate::from_ymd_opt(2027, 2, 1).unwrap(),
            days: 7,
        })),
        Message::Alert(AlertMail::ConfirmAlert { link: "D".repeat(43) }),
        new_for_alert(),
    ];
    let messages = messages.into_iter().map(|message| (message.kind().code().to_owned(), message));
    let messages = messages.chain(about_second_steps()).chain(about_ends_of_accounts());
    for (name, message) in messages.chain(about_applications()) {
        for &language in Language::ALL {
            let letter = Letter::of(&message, &hub, language, url);
            let text = letter.to_text(&hub, language, url).unwrap();
            insta::assert_snapshot!(format!("{name}-{}", language.code()), text);
            let html = letter.to_html(&hub, language, url).unwrap();
            assert!(html.contains(&format!("<html lang=\"{}\">", language.code())));
            assert!(!html.contains("{{") && !text.contains("{{"));
            // One of each kind of part: a code, a list, what somebody wrote.
            if language == Language::German && ["sign_in", "alert", "application_message"].contains(&&*name) {
                insta::assert_snapshot!(format!("html-{name}"), html);
            }
        }
    }
    let hostile = Message::Account(AccountMail::AddressChanged {
        address: "<script>alert(1)</script>@example.nl".into(),
    });
    let html = Letter::of(&hostile, &hub, Language::Dutch, url).to_html(&hub, Language::Dutch, url).unwrap();
    insta::assert_snapshot!("html", html);
    assert!(!html.contains("<script>"));
}

fn new_for_alert() -> Message {
    let vacancy = |number: u32| NewVacancy {
        slug: format!("cobot-voor-de-lascel-{number}"),
        title: "Cobot voor de lascel".into(),
        organisation: "IJsselmetaal".into(),
        place: "Ulft".into(),
        kind: VacancyKind::Internship,
        closes_on: NaiveDate::from_ymd_opt(2027, 2, 1).unwrap(),
    };
    Message::Alert(AlertMail::Alert {
        link: "D".repeat(43),
        title: "“lassen” · stage".into(),
        filter: VacancyFilter::parse("q=lassen&soort=stage"),
        vacancies: vec![vacancy(1), vacancy(2)],
        others: 3,
    })
}

/// Every mail about a second step that changed, with a name for each.
fn about_second_steps() -> Vec<(String, Message)> {
    let changed =
        |name: &str, change| (name.to_owned(), Message::Account(AccountMail::SecondStepChanged { change }));
    vec![
        changed("second_step_new_codes", SecondStepChange::NewCodes),
        changed("second_step_new_phone", SecondStepChange::NewPhone),
        changed("second_step_reset", SecondStepChange::Reset),
    ]
}

/// Every mail about an account that goes, with a name for each.
fn about_ends_of_accounts() -> Vec<(String, Message)> {
    let erased_on = NaiveDate::from_ymd_opt(2028, 11, 21).unwrap();
    let (vacancy, talent) = ("Cobot voor de lascel".to_owned(), "Tim van den Berg".to_owned());
    vec![
        ("account_unused".to_owned(), Message::Account(AccountMail::AccountUnused { erased_on })),
        ("account_erased".to_owned(), Message::Account(AccountMail::AccountErased { is_unused: false })),
        (
            "account_erased_unused".to_owned(),
            Message::Account(AccountMail::AccountErased { is_unused: true }),
        ),
        (
            "application_erased".to_owned(),
            Message::Application(ApplicationMail::ApplicationErased { vacancy, talent }),
        ),
    ]
}

/// Every mail about an application, with a name for each.
fn about_applications() -> Vec<(String, Message)> {
    let about = || AboutApplication {
        link: "B".repeat(43),
        vacancy: "Cobot voor de lascel".into(),
        organisation: "IJsselmetaal".into(),
        talent: "Tim van den Berg".into(),
    };
    let day = NaiveDate::from_ymd_opt(2027, 2, 1).unwrap();
    let moved = |state, reason, text: Option<&str>| {
        Message::Application(ApplicationMail::ApplicationMoved {
            about: about(),
            state,
            reason,
            text: text.map(str::to_owned),
            placed_from: (state == ApplicationState::Placed).then_some(day),
        })
    };
    let follow_up =
        |of| FollowUp { vacancy: "Cobot voor de lascel".into(), placed_from: day, months: 6, number: of, of };
    let words = "Kom je langs?\nWe zitten in Ulft.";
    let mut messages: Vec<(String, Message)> = [
        Message::Application(ApplicationMail::ConfirmApplication(about())),
        Message::Application(ApplicationMail::ApplicationKnown(about())),
        Message::Application(ApplicationMail::ApplicationSent { about: about(), kept_until: day }),
        Message::Application(ApplicationMail::ApplicationReceived(about())),
        Message::Application(ApplicationMail::ApplicationWaits { about: about(), days: 7 }),
        Message::Application(ApplicationMail::ApplicationMessage {
            about: about(),
            by: Side::Organisation,
            text: words.into(),
        }),
        Message::Vacancy(VacancyMail::AskOutcome {
            link: "C".repeat(43),
            vacancy: "Cobot voor de lascel".into(),
            closed_on: day,
        }),
        Message::FollowUp(FollowUpMail::AskFollowUp { link: "D".repeat(43), follow_up: follow_up(1) }),
    ]
    .into_iter()
    .map(|message| (message.kind().code().to_owned(), message))
    .collect();
    let together =
        Message::FollowUp(FollowUpMail::AskFollowUp { link: "D".repeat(43), follow_up: follow_up(3) });
    messages.push(("ask_placement_of_several".to_owned(), together));
    for (state, reason, text) in [
        (ApplicationState::InConversation, None, Some(words)),
        (ApplicationState::Offered, None, None),
        (ApplicationState::Accepted, None, None),
        (ApplicationState::Placed, None, None),
        (ApplicationState::Declined, Some(DeclineReason::Filled), Some("Sorry!")),
        (ApplicationState::Withdrawn, None, None),
        (ApplicationState::Expired, None, None),
    ] {
        messages.push((format!("application_{}", state.code()), moved(state, reason, text)));
    }
    messages
}

/// A server for mail: what it heard, and what it answers to each recipient.
struct MailServer {
    url: String,
    heard: Arc<Mutex<String>>,
}

impl MailServer {
    async fn start(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(String::new()));
        let all = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, answer, Arc::clone(&all)));
            }
        });
        Self { url, heard }
    }

    fn heard(&self) -> String {
        self.heard.lock().unwrap().clone()
    }
}

async fn talk(stream: TcpStream, answer: &'static str, heard: Arc<Mutex<String>>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 test\r\n").await.unwrap();
    let mut is_in_data = false;
    while let Ok(Some(line)) = lines.next_line().await {
        heard.lock().unwrap().extend([line.as_str(), "\n"]);
        let reply = match line.split([' ', ':']).next().unwrap_or_default() {
            _ if is_in_data && line != "." => continue,
            "." => {
                is_in_data = false;
                "250 taken"
            }
            "EHLO" => "250-test\r\n250-8BITMIME\r\n250 SMTPUTF8",
            "RCPT" => answer,
            "DATA" => {
                is_in_data = true;
                "354 go on"
            }
            _ => "250 fine",
        };
        if write.write_all(format!("{reply}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

/// Sends what waits until one mail was tried, and says what became of it.
async fn delivered(change: impl FnOnce(&mut Config), address: &str) -> (TestHub, store::MailStatus) {
    let hub = TestHub::start_with(change).await;
    hub.new_link(address).await;
    let status = deliver_newest(&hub).await;
    (hub, status)
}

async fn deliver_newest(hub: &TestHub) -> store::MailStatus {
    let mailer = Mailer::new(hub.server.state.clone(), &hub.server.config).unwrap();
    let stop = CancellationToken::new();
    let task = tokio::spawn(deliver(mailer, clock, stop.clone()));
    let store = hub.server.state.store().clone();
    let status = loop {
        let status = store.list_mail(1).await.unwrap().remove(0);
        if status.sent_at.is_some() || status.failure.is_some() {
            break status;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    stop.cancel();
    task.await.unwrap();
    status
}

#[tokio::test]
async fn mail_that_comes_by_itself_says_how_a_mail_program_ends_it() {
    let server = MailServer::start("250 fine").await;
    let hub = TestHub::start_with(|config| config.mail.smtp = Some(server.url.clone())).await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    hub.post("/meldingen/nieuw", &cookie, "zoek=q%3Dcobot&frequency=meteen").await;
    hub.mail().await;
    let at = clock() + chrono::TimeDelta::minutes(1);
    publish(&hub, cobot(&hub).await, "NIEUW-1".into(), at).await;
    assert_eq!(hub.server.state.send_alerts(at).await.unwrap(), 1);
    let tells = deliver(
        Mailer::new(hub.server.state.clone(), &hub.server.config).unwrap(),
        later,
        CancellationToken::new(),
    );
    tokio::time::timeout(std::time::Duration::from_secs(2), tells).await.ok();
    let heard = server.heard();
    assert!(heard.contains("List-Unsubscribe: <https://hub.example/meldingen/"), "{heard}");
    assert!(heard.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{heard}");
}

fn later() -> chrono::DateTime<chrono::Utc> {
    clock() + chrono::TimeDelta::minutes(2)
}

#[tokio::test]
async fn mail_is_sent_by_smtp_to_any_address() {
    for address in ["sanne.wolters+stage@talent.example", "jürgen@müller.example"] {
        let server = MailServer::start("250 fine").await;
        let url = server.url.clone();
        let (_, status) = delivered(|config| config.mail.smtp = Some(url), address).await;
        assert_eq!((status.failure, status.attempts), (None, 1));
        assert_eq!(status.sent_at, Some(clock()));
        let heard = server.heard();
        assert!(heard.contains("MAIL FROM:<info@smarthub-achterhoek.example>"), "{heard}");
        assert!(heard.contains("Subject: Inloggen bij SmartHub Achterhoek"), "{heard}");
        assert!(heard.contains("Message-ID: <1.") && heard.contains("@hub.example>"), "{heard}");
        assert!(heard.contains("Date: Sat, 21 Nov 2026 12:00:00 +0000"), "{heard}");
        assert!(heard.contains("multipart/alternative"), "{heard}");
    }
}

#[tokio::test]
async fn a_server_that_is_busy_gets_the_mail_later_and_one_that_refuses_does_not() {
    // Whoever runs the hub can mend a refused sender or a full service; nobody can mend a mailbox that is not there.
    for answer in ["451 later, please", "554 later, please", "550 5.7.1 later, please", "530 later, please"] {
        let busy = MailServer::start(answer).await;
        let url = busy.url.clone();
        let (_, status) = delivered(|config| config.mail.smtp = Some(url), "sanne@talent.example").await;
        assert!(status.failure.as_deref().unwrap().contains("later, please"), "{status:?}");
        assert_eq!(status.due_at, Some(clock() + chrono::TimeDelta::minutes(1)), "{answer}");
    }
    let refuses = MailServer::start("550 nobody here").await;
    let url = refuses.url.clone();
    let (hub, status) = delivered(|config| config.mail.smtp = Some(url), "sanne@talent.example").await;
    assert_eq!((status.due_at, status.sent_at), (None, None));
    // Staff who look after people see it; others do not.
    let store = hub.server.state.store();
    for (address, role) in [("eva@hub.example", StaffRole::Broker), ("joost@hub.example", StaffRole::Editor)]
    {
        let email = EmailAddress::parse(address).unwrap();
        store.add_staff(email, role, Language::Dutch, clock()).await.unwrap();
    }
    let seen = [("eva@hub.example", true), ("joost@hub.example", false), ("tim@talent.example", false)];
    for (address, is_seen) in seen {
        let cookie = hub.sign_in(address).await;
        let my = hub.get_with("/mijn", &[("cookie", &cookie)]).await;
        assert_eq!(my.text().contains("nobody here"), is_seen, "{address}: {}", my.text());
        assert_eq!(my.text().contains("opgegeven"), is_seen);
    }
}

#[tokio::test]
async fn without_a_server_mail_is_a_file_that_only_a_demo_shows() {
    let (hub, status) = delivered(|config| config.demo = Some("demo".into()), "sanne@talent.example").await;
    assert!(status.sent_at.is_some());
    let file = std::fs::read_to_string(hub.server.config.mail_folder().join("1.eml")).unwrap();
    assert!(file.contains("To: sanne@talent.example"), "{file}");
    let list = hub.get("/post").await;
    assert_eq!(list.status, 200);
    assert!(
        list.text().contains("Inloggen bij SmartHub Achterhoek")
            && list.text().contains("sanne@talent.example")
    );
    let mail = hub.get("/post/1").await;
    assert!(mail.header("content-security-policy").contains("sandbox"));
    assert!(mail.text().contains("https://hub.example/inloggen/"));
    assert_eq!(hub.get("/post/2").await.status, 404);
    // Names and links stay no longer than a week.
    let (folder, now) = (hub.server.config.mail_folder(), std::time::SystemTime::from(server::clock::now()));
    let in_days = |days: u64| now + std::time::Duration::from_hours(24 * days);
    assert_eq!(server::mail::tidy(&folder, in_days(6)).await.unwrap(), 0);
    assert_eq!(server::mail::tidy(&folder, in_days(8)).await.unwrap(), 2);
    assert_eq!(hub.get("/post/1").await.status, 404);

    let (hub, _) = delivered(|_| {}, "sanne@talent.example").await;
    assert_eq!(hub.get("/post").await.status, 404, "a true hub shows nobody's mail");
}
