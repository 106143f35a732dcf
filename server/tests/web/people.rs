//! The people of organisations and of the programme office, through pages.

use domain::Language;
use domain::accounts::mail::AccountMail;
use domain::accounts::{EmailAddress, MemberRole, StaffRole};
use domain::applications::ApplicationDraft;
use domain::mail::Message;
use store::{Applied, Applying};

use crate::hub::{TestHub, clock};

const PAGE: &str = "/organisatie/ijsselmetaal/collegas";
const OFFICE: &str = "/kantoor/mensen";

async fn member(hub: &TestHub, address: &str, role: MemberRole) -> String {
    let email = EmailAddress::parse(address).unwrap();
    let organisation = "ijsselmetaal".to_owned();
    hub.server.state.store().add_member(email, organisation, role, Language::Dutch, clock()).await.unwrap();
    enter(hub, address).await
}

async fn staff(hub: &TestHub, address: &str, role: StaffRole) -> String {
    let email = EmailAddress::parse(address).unwrap();
    hub.server.state.store().add_staff(email, role, Language::Dutch, clock()).await.unwrap();
    enter(hub, address).await
}

async fn enter(hub: &TestHub, address: &str) -> String {
    let cookie = hub.sign_in(address).await;
    hub.mail().await;
    cookie
}

async fn read(hub: &TestHub, address: &str, cookie: &str) -> String {
    let answer = hub.get_with(address, &[("cookie", cookie)]).await;
    assert_eq!(answer.status, 200, "{address}");
    answer.text().to_owned()
}

/// The number of somebody whose role a page can change.
fn number(page: &str, address: &str) -> String {
    let row =
        page.split("<li>").find(|row| row.contains(address) && row.contains("name=\"person\"")).unwrap();
    let (_, value) = row.split_once("name=\"person\" value=\"").unwrap();
    value.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_colleague_is_added_signs_in_by_the_mail_and_is_ended() {
    let hub = TestHub::start().await;
    let ann = member(&hub, "ann@ijsselmetaal.example", MemberRole::Manager).await;
    let received = read(&hub, "/organisatie/ijsselmetaal", &ann).await;
    assert!(received.contains(&format!("href=\"{PAGE}\"")));
    assert!(read(&hub, "/mijn", &ann).await.contains(&format!("href=\"{PAGE}\"")));
    let alone = read(&hub, PAGE, &ann).await;
    assert!(alone.contains("De laatste beheerder blijft") && !alone.contains("name=\"person\""));
    assert!(alone.contains("beheerder · sinds 21 november 2026") && alone.contains(" · jij"));

    let added = hub.post(PAGE, &ann, "do=add&email=Ben%40ijsselmetaal.example&role=editor").await;
    assert_eq!(added.leads_to(), format!("{PAGE} people/Added"));
    let mails = hub.mail().await;
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, "ben@ijsselmetaal.example"));
    assert!(
        matches!(&mails[0].message, Message::Account(AccountMail::ColleagueAdded { by, organisation, role: MemberRole::Editor })
        if by == "ann@ijsselmetaal.example" && organisation == "IJsselmetaal")
    );

    let ben = enter(&hub, "ben@ijsselmetaal.example").await;
    read(&hub, "/organisatie/ijsselmetaal", &ben).await;
    let seen = read(&hub, PAGE, &ben).await;
    assert!(seen.contains("ann@ijsselmetaal.example") && seen.contains("Alleen een beheerder"));
    assert!(!seen.contains("name=\"person\"") && !seen.contains("name=\"email\""));
    let page = read(&hub, PAGE, &format!("{ann}; {}", added.cookie("flash"))).await;
    assert!(page.contains("Toegevoegd. Er gaat een mail"));
    let person = number(&page, "ben@ijsselmetaal.example");
    for form in [
        format!("do=end&person={person}"),
        "do=add&email=x%40y.example&role=manager".to_owned(),
        format!("do=change&person={person}&role=manager"),
    ] {
        assert_eq!(hub.post(PAGE, &ben, &form).await.status, 403, "{form}");
    }

    let again = hub.post(PAGE, &ann, "do=add&email=ben%40ijsselmetaal.example&role=manager").await;
    assert_eq!(again.leads_to(), format!("{PAGE} people/Changed"));
    assert!(hub.mail().await.is_empty());
    let lower = format!("do=change&person={person}&role=editor");
    assert_eq!(hub.post(PAGE, &ben, &lower).await.leads_to(), format!("{PAGE} people/Changed"));
    let end = format!("do=end&person={person}&role=editor");
    for _ in 0..2 {
        let ended = hub.post(PAGE, &ann, &end).await;
        assert_eq!(ended.leads_to(), format!("{PAGE} people/Removed"), "pressed twice");
    }
    for gone in [PAGE, "/organisatie/ijsselmetaal"] {
        assert_eq!(hub.get_with(gone, &[("cookie", &ben)]).await.status, 404, "{gone}");
    }
    let account = read(&hub, "/mijn/account", &ben).await;
    assert!(account.contains("Rol bij een organisatie beëindigd") && account.contains(" · een beheerder"));
}

#[tokio::test]
async fn what_is_wrong_with_a_colleague_stands_beside_its_field() {
    let hub = TestHub::start().await;
    let ann = member(&hub, "ann@ijsselmetaal.example", MemberRole::Manager).await;
    for (page, error, stays) in [
        (PAGE, "Vul een e-mailadres in", "De laatste beheerder blijft"),
        (
            "/de/organisation/ijsselmetaal/kollegen",
            "Gib eine E-Mail-Adresse ein",
            "Die letzte Verwaltung bleibt",
        ),
        ("/en/organisation/ijsselmetaal/colleagues", "Fill in an e-mail address", "The last manager stays"),
    ] {
        let wrong = hub.post(page, &ann, "do=add&email=%3Cben%3E+%22&role=manager").await;
        assert_eq!(wrong.status, 422);
        let text = wrong.text();
        assert!(text.contains(error) && text.contains("aria-invalid=\"true\""), "{page}");
        assert!(text.contains("value=\"&lt;ben&gt; &quot;\""), "{page}");
        let last = hub.post(page, &ann, "do=add&email=ann%40ijsselmetaal.example&role=editor").await;
        assert_eq!(last.status, 422);
        assert!(last.text().matches(stays).count() == 2, "beside the field and in the row: {page}");
    }
    let none = hub.post(PAGE, &ann, "do=add&email=ben%40ijsselmetaal.example&role=god").await;
    assert_eq!(none.status, 422);
    assert!(none.text().contains("id=\"role-fault\""));
    assert_eq!(hub.post(PAGE, &ann, "do=change&person=999&role=editor").await.status, 404);

    // A page that was opened before the others left.
    member(&hub, "ben@ijsselmetaal.example", MemberRole::Manager).await;
    let page = read(&hub, PAGE, &ann).await;
    let (own, other) = (number(&page, "ann@ijsselmetaal.example"), number(&page, "ben@ijsselmetaal.example"));
    assert_eq!(hub.post(PAGE, &ann, &format!("do=end&person={other}")).await.status, 303);
    let stays = hub.post(PAGE, &ann, &format!("do=end&person={own}")).await;
    assert_eq!(stays.status, 422);
    assert!(stays.text().contains("class=\"fault\">De laatste beheerder blijft"), "{}", stays.text());
    hub.mail().await;

    for at in 0..20 {
        let form = format!("do=add&email=p{at}%40ijsselmetaal.example&role=editor");
        assert_eq!(hub.post(PAGE, &ann, &form).await.status, 303);
    }
    let often = hub.post(PAGE, &ann, "do=add&email=p20%40ijsselmetaal.example&role=editor").await;
    assert_eq!(often.status, 429);
    assert!(often.text().contains("Wacht 31 seconden"), "{}", often.text());
    assert_eq!(hub.mail().await.len(), 20);
}

#[tokio::test]
async fn who_ends_their_own_role_goes_to_their_own_page() {
    let hub = TestHub::start().await;
    member(&hub, "ann@ijsselmetaal.example", MemberRole::Manager).await;
    let ben = member(&hub, "ben@ijsselmetaal.example", MemberRole::Manager).await;
    let own = number(&read(&hub, PAGE, &ben).await, "ben@ijsselmetaal.example");
    assert_eq!(hub.post(PAGE, &ben, &format!("do=end&person={own}")).await.header("location"), "/mijn");
    read(&hub, "/mijn", &ben).await;
}

#[tokio::test]
async fn the_office_reaches_the_people_of_every_organisation() {
    let hub = TestHub::start().await;
    member(&hub, "ann@ijsselmetaal.example", MemberRole::Manager).await;
    let bram = staff(&hub, "bram@hub.example", StaffRole::Broker).await;
    assert!(read(&hub, "/mijn", &bram).await.contains(&format!("href=\"{OFFICE}\"")));
    let list = read(&hub, OFFICE, &bram).await;
    assert!(list.contains(&format!("href=\"{PAGE}\"")) && list.contains("1 persoon"));
    assert!(list.contains("talentmakelaar · sinds 21 november 2026") && !list.contains("Bits"));
    assert!(!list.contains("name=\"person\"") && !list.contains("name=\"email\""));
    for form in ["do=add&email=x%40y.example&role=manager", "do=end&person=1"] {
        assert_eq!(hub.post(OFFICE, &bram, form).await.status, 403, "{form}");
    }
    let found = read(&hub, &format!("{OFFICE}?naam=bits+%26+BOE"), &bram).await;
    assert!(found.contains("href=\"/organisatie/bits-boeren/collegas\"") && found.contains("0 mensen"));
    assert!(!found.contains(&format!("href=\"{PAGE}\"")));
    let nothing = read(&hub, &format!("{OFFICE}?naam=%3Cscript%3E"), &bram).await;
    assert!(nothing.contains("Geen organisatie gevonden") && !nothing.contains("<script>\""));

    let page = "/organisatie/bits-boeren/collegas";
    assert!(read(&hub, page, &bram).await.contains("Nog niemand heeft hier een account voor Bits"));
    assert_eq!(hub.get_with("/organisatie/bits-boeren", &[("cookie", &bram)]).await.status, 404);
    assert_eq!(hub.get_with("/organisatie/nergens/collegas", &[("cookie", &bram)]).await.status, 404);
    let added = hub.post(page, &bram, "do=add&email=cas%40bits.example&role=manager").await;
    assert_eq!(added.leads_to(), format!("{page} people/Added"));
    let person = number(&read(&hub, page, &bram).await, "cas@bits.example");
    let ended = hub.post(page, &bram, &format!("do=end&person={person}")).await;
    assert_eq!(ended.leads_to(), format!("{page} people/Removed"), "the office may end the last manager");
}

#[tokio::test]
async fn managers_of_the_office_add_and_end_staff() {
    let hub = TestHub::start().await;
    let eva = staff(&hub, "eva@hub.example", StaffRole::Manager).await;
    let alone = read(&hub, OFFICE, &eva).await;
    assert!(alone.contains("De laatste programmamanager blijft") && !alone.contains("name=\"person\""));
    let added = hub.post(OFFICE, &eva, "do=add&email=bram%40hub.example&role=manager").await;
    assert_eq!(added.leads_to(), format!("{OFFICE} people/Added"));
    let mails = hub.mail().await;
    assert!(
        matches!(&mails[0].message, Message::Account(AccountMail::StaffAdded { by, role: StaffRole::Manager }) if by == "eva@hub.example")
    );
    let bram = enter(&hub, "bram@hub.example").await;
    let page = read(&hub, OFFICE, &bram).await;
    let (own, other) = (number(&page, "bram@hub.example"), number(&page, "eva@hub.example"));
    let lower = hub.post(OFFICE, &bram, &format!("do=change&person={other}&role=editor")).await;
    assert_eq!(lower.leads_to(), format!("{OFFICE} people/Changed"));
    assert_eq!(hub.get_with(OFFICE, &[("cookie", &eva)]).await.status, 404);
    let my = read(&hub, "/mijn", &eva).await;
    assert!(my.contains("als redacteur") && !my.contains(OFFICE));
    let stays = hub.post(OFFICE, &bram, &format!("do=end&person={own}")).await;
    assert_eq!(stays.status, 422);
    assert!(stays.text().contains("class=\"fault\">De laatste programmamanager blijft"));
    let wrong = hub.post(OFFICE, &bram, "do=add&email=niemand&role=broker").await;
    assert!(wrong.status == 422 && wrong.text().contains("Vul een e-mailadres in"));
    assert_eq!(hub.post(OFFICE, &bram, &format!("do=end&person={other}")).await.status, 303);
    assert!(!read(&hub, "/mijn", &eva).await.contains("programmabureau als"));
    for (page, title) in [
        (OFFICE, "Mensen en rollen"),
        ("/de/buero/leute", "Personen und Rollen"),
        ("/en/office/people", "People and roles"),
    ] {
        assert!(read(&hub, page, &bram).await.contains(&format!("<h1>{title}</h1>")), "{page}");
    }
}

#[tokio::test]
async fn staff_take_the_second_step_before_they_see_people() {
    let hub = TestHub::start().await;
    staff(&hub, "eva@hub.example", StaffRole::Manager).await;
    let link = hub.new_link("eva@hub.example").await;
    let waits = hub.post(&format!("/inloggen/{link}"), "", "").await.cookie("__Host-session");
    for page in [OFFICE, PAGE] {
        let wanted = format!("/inloggen/tweede-stap?naar={}", domain::text::encode(page));
        let shown = hub.get_with(page, &[("cookie", &waits)]).await;
        assert_eq!((shown.status.as_u16(), shown.header("location")), (303, wanted.as_str()));
        let sent = hub.post(page, &waits, "do=add&email=x%40y.example&role=manager").await;
        assert_eq!((sent.status.as_u16(), sent.header("location")), (303, wanted.as_str()));
    }
    assert!(
        hub.mail()
            .await
            .iter()
            .all(|mail| matches!(mail.message, Message::Account(AccountMail::SignIn { .. })))
    );
}

#[tokio::test]
async fn a_day_on_the_office_page_is_that_of_amsterdam() {
    let hub = TestHub::start().await;
    let store = hub.server.state.store();
    let talent = hub.signed_in("sanne@talent.example").await.talent();
    let draft = ApplicationDraft {
        name: "Sanne Wolters".to_owned(),
        email: "sanne@talent.example".to_owned(),
        motivation: "Ik wil leren lassen.".to_owned(),
        ..ApplicationDraft::default()
    };
    let applying = Applying {
        vacancy_id: 1,
        application: draft.check(&[]).unwrap(),
        cv: None,
        language: Language::Dutch,
        network: "192.0.2.1".to_owned(),
        browser: None,
    };
    // Half past midnight in Amsterdam; in UTC it is still the day before.
    let moment = ::hub::moment_at("2026-10-10T22:30:00Z".parse().unwrap());
    assert_eq!(moment.today.to_string(), "2026-10-11");
    let letters = hub.server.state.letter_context();
    assert!(matches!(
        store.apply(applying, Some(&talent), letters, moment).await.unwrap(),
        Ok(Applied::Sent(_))
    ));
    let broker = staff(&hub, "bram@hub.example", StaffRole::Broker).await;
    let page = hub.get_with("/mijn", &[("cookie", &broker)]).await;
    assert!(
        page.text().contains("11 oktober 2026") && !page.text().contains("10 oktober"),
        "{}",
        page.text()
    );
}
