//! Pages of alerts: what they show, and what their forms do.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use domain::accounts::EmailAddress;
use domain::alerts::Frequency;
use domain::vacancies::VacancyFilter;
use search::PlaceMatch;
use store::{AlertRefused, Secret, Subscriber, WantedAlert};

use super::super::forms::Form;
use super::super::render::Answer;
use super::super::visit::Visit;
use super::accounts::mailbox;
use super::public::search;
use super::{Refusal, Shown, head, own, pause_text, see_other, signed_in};
use crate::alerts::{
    AlertAskedPage, AlertAskedPageProps, AlertsGonePage, AlertsGonePageProps, AlertsPage, AlertsPageProps,
    AlertsView, NewAlertFaults, NewAlertPage, NewAlertPageProps, NewAlertView, new_alert_address,
    search_words,
};
use crate::paths::Page;
use crate::texts as t;
use crate::ui::NoticeKind;

/// The longest search of an alert, in bytes of its address; nobody who means it types so much.
const LONGEST_SEARCH: usize = 1_500;
/// What the address says after an alert of somebody without an account was asked for.
const MAILED: &str = "gedaan=post";

/// Shows the form to ask for an alert of the search that the address names.
pub(super) fn new_alert(visit: &Visit) -> Response<Body> {
    let language = visit.language;
    let query = visit.uri.query().unwrap_or_default();
    let Some(content) = wanted(visit, query) else { return see_other(&Page::Vacancies.path(language)) };
    if query.split('&').any(|pair| pair == MAILED) {
        let (filter, mailbox) = (content.filter, mailbox(visit));
        return own(visit, Page::NewAlert, t::apply_done_title(language), false, move || {
            AlertAskedPage(AlertAskedPageProps { filter, mailbox, language })
        });
    }
    form_page(visit, content, NewAlertFaults::default())
}

/// What the form shows for a search; nothing when nothing is looked for.
fn wanted(visit: &Visit, query: &str) -> Option<NewAlertView> {
    let language = visit.language;
    let mut filter = VacancyFilter::parse(query).unsorted();
    let mut found = search(&visit.state, &filter, language, None);
    if matches!(found.answer.place, PlaceMatch::Unknown { .. }) {
        // The search page ignores a place that nobody knows, and says so; an alert can't say it.
        filter = filter.with_near(None);
        found = search(&visit.state, &filter, language, None);
    }
    if filter.is_empty() || filter.to_query_string().len() > LONGEST_SEARCH {
        return None;
    }
    let catalogue = visit.state.catalogue();
    let followed = filter.only_organisation().map(|slug| catalogue.find_organisation(slug));
    let follows = match followed {
        // Nobody can follow who is not there.
        Some(None) => return None,
        Some(Some(stored)) => Some(stored.organisation.name.clone()),
        None => None,
    };
    let title = follows.clone().unwrap_or_else(|| search_words(&filter, &found.answer, language));
    Some(NewAlertView {
        now: catalogue.index.count_exact(&filter),
        follows,
        title,
        filter,
        signed_in: visit.signed_in.as_ref().map(|who| who.viewer().email.clone()),
        email: String::new(),
        frequency: Frequency::Daily,
    })
}

fn form_page(visit: &Visit, content: NewAlertView, faults: NewAlertFaults) -> Response<Body> {
    let language = visit.language;
    let title = match &content.follows {
        Some(name) => t::alert_follow_title(language, name),
        None => t::alert_new_title(language).to_owned(),
    };
    let is_wrong = faults != NewAlertFaults::default();
    own(visit, Page::NewAlert, &title, is_wrong, move || {
        NewAlertPage(NewAlertPageProps { content, faults, language })
    })
}

/// Takes an alert that somebody wants.
pub(super) async fn add_alert(visit: &Visit, form: Form) -> Shown {
    let (store, language) = (visit.state.store(), visit.language);
    let Some(mut content) = wanted(visit, form.get("zoek")) else {
        return Ok(see_other(&Page::Vacancies.path(language)));
    };
    content.frequency = frequency_of(&form).unwrap_or(content.frequency);
    form.get("email").clone_into(&mut content.email);
    let wanted = WantedAlert {
        filter: content.filter.clone(),
        title: content.title.clone(),
        frequency: content.frequency,
        language,
    };
    let (taken, next) = if let Some(who) = &visit.signed_in {
        let taken = store.add_alert(&who.subscriber(), wanted, visit.now()).await?;
        (taken, format!("{}?gedaan=aan", Page::Alerts.path(language)))
    } else {
        let Some(email) = EmailAddress::parse(&content.email) else {
            let fault = Some(t::fault_email(language).to_owned());
            return Ok(form_page(visit, content, NewAlertFaults { email: fault, whole: None }));
        };
        let (desk, now) = (visit.state.desk(), visit.now());
        let taken = store.ask_alert(email, wanted, visit.network(), desk, now).await?;
        (taken, format!("{}&{MAILED}", new_alert_address(&content.filter, language)))
    };
    match taken {
        Ok(()) => Ok(see_other(&next)),
        Err(refused) => {
            let fault = match refused {
                AlertRefused::TooMany => t::alert_too_many(language, domain::alerts::MOST_ALERTS as u32),
                AlertRefused::TooOften(next) => pause_text(visit, next),
            };
            Ok(form_page(visit, content, NewAlertFaults { email: None, whole: Some(fault) }))
        }
    }
}

fn frequency_of(form: &Form) -> Option<Frequency> {
    Frequency::from_word(form.get("frequency"))
}

/// Shows the alerts of who is signed in.
pub(super) async fn alerts(visit: &Visit) -> Shown {
    let who = signed_in(visit)?.subscriber();
    list(visit, Page::Alerts, &who).await
}

/// Shows the alerts to which the link of a mail leads.
pub(super) async fn alerts_by_link(visit: &Visit, link: &str) -> Shown {
    let page = Page::AlertsLink(link.to_owned());
    match subscriber(visit, link).await? {
        Some(who) => list(visit, page, &who).await,
        None => Ok(gone(visit, page)),
    }
}

async fn subscriber(visit: &Visit, link: &str) -> Result<Option<Subscriber>, Refusal> {
    let Some(link) = Secret::parse(link) else { return Ok(None) };
    Ok(visit.state.store().subscriber_by_link(&link, visit.now()).await?)
}

async fn list(visit: &Visit, page: Page, who: &Subscriber) -> Shown {
    let language = visit.language;
    let content = AlertsView {
        email: who.email().clone(),
        alerts: visit.state.store().list_alerts(who).await?,
        is_by_link: visit.signed_in.is_none(),
        done: done_text(visit),
    };
    Ok(own(visit, page, t::alert_title(language), false, move || {
        AlertsPage(AlertsPageProps { content, language })
    }))
}

fn gone(visit: &Visit, page: Page) -> Response<Body> {
    let language = visit.language;
    let head = head(language, page, t::sign_in_fault_title(language), "");
    Answer::ok(head)
        .own()
        .with_status(StatusCode::GONE)
        .render(visit, move || AlertsGonePage(AlertsGonePageProps { language }))
}

/// What was done just now, as the address says.
fn done_text(visit: &Visit) -> Option<(NoticeKind, String)> {
    let language = visit.language;
    let text = match visit.uri.query()? {
        "gedaan=aan" => t::alert_done_on(language),
        "gedaan=gewijzigd" => t::alert_done_changed(language),
        "gedaan=uit" => t::alert_done_off(language),
        "gedaan=vol" => {
            let most = domain::alerts::MOST_ALERTS as u32;
            return Some((NoticeKind::Warning, t::alert_too_many(language, most)));
        }
        _ => return None,
    };
    Some((NoticeKind::Info, text.to_owned()))
}

/// Changes alerts of who is signed in.
pub(super) async fn change_alerts(visit: &Visit, form: Form) -> Shown {
    let who = signed_in(visit)?.subscriber();
    change(visit, &Page::Alerts, &who, &form).await
}

/// Changes alerts by the link of a mail. A mail program that was told to stop sends `List-Unsubscribe=One-Click` (RFC 8058,
/// 3.1) and has no use for a page.
pub(super) async fn change_alerts_by_link(visit: &Visit, link: &str, form: Form) -> Shown {
    let page = Page::AlertsLink(link.to_owned());
    if form.get("List-Unsubscribe") == "One-Click" {
        let stopped = match Secret::parse(link) {
            Some(link) => visit.state.store().unsubscribe(&link, visit.now()).await?,
            None => false,
        };
        if !stopped {
            return Ok(gone(visit, page));
        }
        return Ok(Response::new(Body::empty()));
    }
    match subscriber(visit, link).await? {
        Some(who) => change(visit, &page, &who, &form).await,
        None => Ok(gone(visit, page)),
    }
}

async fn change(visit: &Visit, page: &Page, who: &Subscriber, form: &Form) -> Shown {
    let store = visit.state.store();
    let id: i64 = form.get("alert").parse().unwrap_or_default();
    let done = match (form.get("do"), frequency_of(form)) {
        ("confirm", _) => match store.confirm_alert(who, id, visit.now()).await? {
            Ok(()) => "aan",
            Err(_) => "vol",
        },
        ("change", Some(frequency)) => {
            store.change_alert(who, id, frequency).await?;
            "gewijzigd"
        }
        ("stop", _) => {
            store.remove_alerts(who, Some(id)).await?;
            "uit"
        }
        ("stop-all", _) => {
            store.remove_alerts(who, None).await?;
            "uit"
        }
        _ => return list(visit, page.clone(), who).await,
    };
    Ok(see_other(&format!("{}?gedaan={done}", page.path(visit.language))))
}
