//! Pages of alerts: what they show, and what their forms do.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use domain::accounts::EmailAddress;
use domain::alerts::Frequency;
use domain::vacancies::VacancyFilter;
use search::PlaceMatch;
use store::{AlertRefused, Subscriber, Token, WantedAlert};

use site::server::search;
use web::{
    Form, PageError, PageResponse, PageResult, RequestContext, head, pause_text, private_page, see_other,
};

use super::mailbox::mailbox;
use crate::alerts::{
    AlertAskedPage, AlertAskedPageProps, AlertsGonePage, AlertsGonePageProps, AlertsPage, AlertsPageProps,
    AlertsView, NewAlertErrors, NewAlertPage, NewAlertPageProps, NewAlertView, search_words,
};
use ui::NoticeKind;
use words::paths::{Page, new_alert_address};
use words::texts as t;

/// The longest search of an alert, in bytes of its address; nobody who means it types so much.
const LONGEST_SEARCH: usize = 1_500;
/// What the address says after an alert of somebody without an account was asked for.
const MAILED: &str = "gedaan=post";

/// Shows the form to ask for an alert of the search that the address names.
pub(crate) fn new_alert(context: &RequestContext) -> Response<Body> {
    let language = context.language;
    let query = context.uri.query().unwrap_or_default();
    let Some(shown) = wanted(context, query) else { return see_other(&Page::Vacancies.path(language)) };
    if query.split('&').any(|pair| pair == MAILED) {
        let (filter, mailbox) = (shown.filter, mailbox(context));
        return private_page(context, Page::NewAlert, t::apply_done_title(language), false, move || {
            AlertAskedPage(AlertAskedPageProps { filter, mailbox, language })
        });
    }
    form_page(context, shown, NewAlertErrors::default())
}

/// What the form shows for a search; nothing when nothing is looked for.
fn wanted(context: &RequestContext, query: &str) -> Option<NewAlertView> {
    let language = context.language;
    let mut filter = VacancyFilter::parse(query).unsorted();
    let mut found = search(&context.state, &filter, language, None);
    if matches!(found.answer.place, PlaceMatch::Unknown { .. }) {
        // The search page ignores a place that nobody knows, and says so; an alert can't say it.
        filter = filter.with_near(None);
        found = search(&context.state, &filter, language, None);
    }
    if filter.is_empty() || filter.to_query_string().len() > LONGEST_SEARCH {
        return None;
    }
    let catalogue = context.state.catalogue();
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
        signed_in: context.signed_in.as_ref().map(|who| who.viewer().email.clone()),
        email: String::new(),
        frequency: Frequency::Daily,
    })
}

fn form_page(context: &RequestContext, shown: NewAlertView, errors: NewAlertErrors) -> Response<Body> {
    let language = context.language;
    let title = match &shown.follows {
        Some(name) => t::alert_follow_title(language, name),
        None => t::alert_new_title(language).to_owned(),
    };
    let is_wrong = errors != NewAlertErrors::default();
    private_page(context, Page::NewAlert, &title, is_wrong, move || {
        NewAlertPage(NewAlertPageProps { content: shown, errors, language })
    })
}

/// Takes an alert that somebody wants.
pub(crate) async fn add_alert(context: &RequestContext, form: Form) -> PageResult {
    let (store, language) = (context.state.store(), context.language);
    let Some(mut shown) = wanted(context, form.get("zoek")) else {
        return Ok(see_other(&Page::Vacancies.path(language)));
    };
    shown.frequency = frequency_of(&form).unwrap_or(shown.frequency);
    form.get("email").clone_into(&mut shown.email);
    let wanted = WantedAlert {
        filter: shown.filter.clone(),
        title: shown.title.clone(),
        frequency: shown.frequency,
        language,
    };
    let (taken, next) = if let Some(who) = &context.signed_in {
        let taken = store.add_alert(&who.subscriber(), wanted, context.now()).await?;
        (taken, format!("{}?gedaan=aan", Page::Alerts.path(language)))
    } else {
        let Some(email) = EmailAddress::parse(&shown.email) else {
            let error = Some(t::fault_email(language).to_owned());
            return Ok(form_page(context, shown, NewAlertErrors { email: error, whole: None }));
        };
        let (letter_context, now) = (context.state.letter_context(), context.now());
        let taken = store.ask_alert(email, wanted, context.network(), letter_context, now).await?;
        (taken, format!("{}&{MAILED}", new_alert_address(&shown.filter, language)))
    };
    match taken {
        Ok(()) => Ok(see_other(&next)),
        Err(refused) => {
            let error = match refused {
                AlertRefused::TooMany => t::alert_too_many(language, domain::alerts::MOST_ALERTS as u32),
                AlertRefused::TooOften(next) => pause_text(context, next),
            };
            Ok(form_page(context, shown, NewAlertErrors { email: None, whole: Some(error) }))
        }
    }
}

fn frequency_of(form: &Form) -> Option<Frequency> {
    Frequency::from_word(form.get("frequency"))
}

/// Shows the alerts of who is signed in.
pub(crate) async fn alerts(context: &RequestContext) -> PageResult {
    let who = context.signed_in()?.subscriber();
    list(context, Page::Alerts, &who).await
}

/// Shows the alerts to which the link of a mail leads.
pub(crate) async fn alerts_by_link(context: &RequestContext, link: &str) -> PageResult {
    let page = Page::AlertsLink(link.to_owned());
    match subscriber(context, link).await? {
        Some(who) => list(context, page, &who).await,
        None => Ok(gone(context, page)),
    }
}

async fn subscriber(context: &RequestContext, link: &str) -> Result<Option<Subscriber>, PageError> {
    let Some(link) = Token::parse(link) else { return Ok(None) };
    Ok(context.state.store().subscriber_by_link(&link, context.now()).await?)
}

async fn list(context: &RequestContext, page: Page, who: &Subscriber) -> PageResult {
    let language = context.language;
    let shown = AlertsView {
        email: who.email().clone(),
        alerts: context.state.store().list_alerts(who).await?,
        is_by_link: context.signed_in.is_none(),
        done: done_text(context),
    };
    Ok(private_page(context, page, t::alert_title(language), false, move || {
        AlertsPage(AlertsPageProps { content: shown, language })
    }))
}

fn gone(context: &RequestContext, page: Page) -> Response<Body> {
    let language = context.language;
    let head = head(language, page, t::sign_in_fault_title(language), "");
    PageResponse::ok(head)
        .private()
        .with_status(StatusCode::GONE)
        .render(context, move || AlertsGonePage(AlertsGonePageProps { language }))
}

/// The result of the last change, as the address says.
fn done_text(context: &RequestContext) -> Option<(NoticeKind, String)> {
    let language = context.language;
    let text = match context.uri.query()? {
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
pub(crate) async fn change_alerts(context: &RequestContext, form: Form) -> PageResult {
    let who = context.signed_in()?.subscriber();
    change(context, &Page::Alerts, &who, &form).await
}

/// Changes alerts by the link of a mail. A mail program that was told to stop sends `List-Unsubscribe=One-Click` (RFC 8058,
/// 3.1) and has no use for a page.
pub(crate) async fn change_alerts_by_link(context: &RequestContext, link: &str, form: Form) -> PageResult {
    let page = Page::AlertsLink(link.to_owned());
    if form.get("List-Unsubscribe") == "One-Click" {
        let stopped = match Token::parse(link) {
            Some(link) => context.state.store().unsubscribe(&link, context.now()).await?,
            None => false,
        };
        if !stopped {
            return Ok(gone(context, page));
        }
        return Ok(Response::new(Body::empty()));
    }
    match subscriber(context, link).await? {
        Some(who) => change(context, &page, &who, &form).await,
        None => Ok(gone(context, page)),
    }
}

async fn change(context: &RequestContext, page: &Page, who: &Subscriber, form: &Form) -> PageResult {
    let store = context.state.store();
    let id: i64 = form.get("alert").parse().unwrap_or_default();
    let done = match (form.get("do"), frequency_of(form)) {
        ("confirm", _) => match store.confirm_alert(who, id, context.now()).await? {
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
        _ => return list(context, page.clone(), who).await,
    };
    Ok(see_other(&format!("{}?gedaan={done}", page.path(context.language))))
}
