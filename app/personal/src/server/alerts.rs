//! Pages of alerts: what they show, and their commands.

use axum::body::Body;
use axum::http::Response;
use domain::FieldError;
use domain::accounts::EmailAddress;
use domain::alerts::Frequency;
use domain::vacancies::VacancyFilter;
use search::PlaceMatch;
use store::{AlertRefused, LinkError, Subscriber, Token, WantedAlert};

use site::server::search;
use web::{
    Access, Anyone, Audience, BodyError, Call, Done, Flash, PageError, PageRequest, PageResult, Person,
    Rejection, RequestContext, Run, gone_page, private_page, see_other,
};

use super::mailbox::mailbox;
use crate::alerts::{
    AddAlert, AlertAskedPage, AlertAskedPageProps, AlertsFlash, AlertsGonePage, AlertsGonePageProps,
    AlertsPage, AlertsPageProps, AlertsView, ChangeAlert, ConfirmAlert, NewAlertPage, NewAlertPageProps,
    NewAlertView, StopAlert, StopAllAlerts, Unsubscribe, search_words,
};
use words::field_errors::field_error;
use words::paths::{Page, alert_asked_address};
use words::texts as t;

/// The longest search of an alert, in bytes of its address; nobody who means it types so much.
const LONGEST_SEARCH: usize = 1_500;

impl Flash for AlertsFlash {
    const NOUN: &'static str = "alerts";
}

/// Shows the form to ask for an alert of the search that the address names.
pub(crate) async fn new_alert(request: PageRequest<Anyone>) -> PageResult {
    let PageRequest { context, rejection, .. } = request;
    let language = context.language;
    let rejected = rejection.command::<AddAlert>();
    let query = match &rejected {
        Some((typed, _)) => typed.search.as_str(),
        None => context.uri.query().unwrap_or_default(),
    };
    let Some(mut shown) = wanted(&context, query) else {
        return Ok(see_other(&Page::Vacancies.path(language)));
    };
    let (mut email_error, mut whole_error) = (None, rejection.wait_text(&context));
    if let Some((typed, error)) = rejected {
        email_error = error.of_field("email").map(|error| field_error(error, language));
        if let Some(FieldError::TooMany { most }) = error.of_field("search") {
            whole_error = Some(t::alert_too_many(language, *most as u32));
        }
        shown.frequency = Frequency::from_word(&typed.frequency).unwrap_or(shown.frequency);
        shown.email = typed.email;
    }
    let title = match &shown.follows {
        Some(name) => t::alert_follow_title(language, name),
        None => t::alert_new_title(language).to_owned(),
    };
    Ok(private_page(&context, Page::NewAlert, &title, move || {
        NewAlertPage(NewAlertPageProps { content: shown, email_error, whole_error, language })
    }))
}

/// Says what somebody does next who asked for an alert without an account.
pub(crate) async fn alert_asked(PageRequest { context, .. }: PageRequest<Anyone>) -> PageResult {
    let (language, mailbox) = (context.language, mailbox(&context));
    let filter = VacancyFilter::parse(context.uri.query().unwrap_or_default()).unsorted();
    Ok(private_page(&context, Page::AlertAsked, t::apply_done_title(language), move || {
        AlertAskedPage(AlertAskedPageProps { filter, mailbox, language })
    }))
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

impl Run for AddAlert {
    type Access = Anyone;

    async fn run(self, Call { context, .. }: Call<Anyone>) -> Result<Done<Self>, PageError> {
        let (store, language, now) = (context.state.store(), context.language, context.now());
        let search = wanted(&context, &self.search);
        let search = search.ok_or_else(|| PageError::Elsewhere(Page::Vacancies.path(language)))?;
        let frequency = Frequency::from_word(&self.frequency).unwrap_or(search.frequency);
        let filter = search.filter.clone();
        let alert = WantedAlert { filter: search.filter, title: search.title, frequency, language };
        if let Some(who) = &context.signed_in {
            store.add_alert(&who.subscriber(), alert, now).await?.map_err(refused_alert)?;
            return Ok(Done::here().to(Page::Alerts.path(language)).saying(&AlertsFlash::On));
        }
        let email = EmailAddress::parse(&self.email);
        let email = email.ok_or_else(|| PageError::field("email", FieldError::NoEmail))?;
        let letter_context = context.state.letter_context();
        let asked = store.ask_alert(email, alert, context.network(), letter_context, now).await?;
        asked.map_err(refused_alert)?;
        Ok(Done::here().to(alert_asked_address(&filter, language)))
    }
}

fn refused_alert(refused: AlertRefused) -> PageError {
    match refused {
        AlertRefused::TooMany => {
            PageError::field("search", FieldError::TooMany { most: domain::alerts::MOST_ALERTS as usize })
        }
        AlertRefused::TooOften(next) => PageError::Later(next),
    }
}

/// The right over the alerts of an address: of somebody who is signed in, or of somebody who holds the link of a mail where the page's address
/// has one. Nothing when that link leads nowhere.
pub struct SubscriberAccess(Option<Subscriber>);

impl Access for SubscriberAccess {
    const AUDIENCE: Audience = Audience::Concerned;

    async fn grant(context: &RequestContext, slug: &str) -> Result<Self, PageError> {
        if slug.is_empty() {
            return Ok(Self(Some(context.signed_in()?.subscriber())));
        }
        let Some(link) = Token::parse(slug) else { return Ok(Self(None)) };
        Ok(Self(context.state.store().subscriber_by_link(&link, context.now()).await?))
    }
}

impl SubscriberAccess {
    fn subscriber(&self) -> Result<&Subscriber, PageError> {
        self.0.as_ref().ok_or(PageError::Link(LinkError::Unknown))
    }
}

/// Shows the alerts of somebody who is signed in.
pub(crate) async fn alerts(request: PageRequest<Person>) -> PageResult {
    let PageRequest { context, access: Person(who), rejection, .. } = request;
    list(&context, Page::Alerts, &who.subscriber(), &rejection).await
}

/// Shows the alerts to which the link of a mail leads.
pub(crate) async fn alerts_by_link(request: PageRequest<SubscriberAccess>) -> PageResult {
    let PageRequest { context, slug, access, rejection } = request;
    let page = Page::AlertsLink(slug);
    match &access.0 {
        Some(who) => list(&context, page, who, &rejection).await,
        None => Ok(gone(&context, page)),
    }
}

async fn list(context: &RequestContext, page: Page, who: &Subscriber, rejection: &Rejection) -> PageResult {
    let language = context.language;
    let shown = AlertsView {
        email: who.email().clone(),
        alerts: context.state.store().list_alerts(who).await?,
        is_by_link: context.signed_in.is_none(),
        done: context.flash(),
        are_too_many: rejection.error().is_some_and(|error| error.of_field("alert").is_some()),
    };
    Ok(private_page(context, page, t::alert_title(language), move || {
        AlertsPage(AlertsPageProps { content: shown, language })
    }))
}

fn gone(context: &RequestContext, page: Page) -> Response<Body> {
    let language = context.language;
    gone_page(context, page, t::sign_in_fault_title(language), move || {
        AlertsGonePage(AlertsGonePageProps { language })
    })
}

/// The number of an alert.
fn number(text: &str) -> Result<i64, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

impl Run for ConfirmAlert {
    type Access = SubscriberAccess;

    async fn run(
        self,
        Call { context, access, .. }: Call<SubscriberAccess>,
    ) -> Result<Done<Self>, PageError> {
        let (who, id) = (access.subscriber()?, number(&self.alert)?);
        let confirmed = context.state.store().confirm_alert(who, id, context.now()).await?;
        let most = domain::alerts::MOST_ALERTS as usize;
        confirmed.map_err(|_| PageError::field("alert", FieldError::TooMany { most }))?;
        Ok(Done::here().saying(&AlertsFlash::On))
    }
}

impl Run for ChangeAlert {
    type Access = SubscriberAccess;

    async fn run(
        self,
        Call { context, access, .. }: Call<SubscriberAccess>,
    ) -> Result<Done<Self>, PageError> {
        let (who, id) = (access.subscriber()?, number(&self.alert)?);
        let frequency = Frequency::from_word(&self.frequency);
        let frequency = frequency.ok_or_else(|| PageError::field("frequency", FieldError::UnknownChoice))?;
        context.state.store().change_alert(who, id, frequency).await?;
        Ok(Done::here().saying(&AlertsFlash::Changed))
    }
}

impl Run for StopAlert {
    type Access = SubscriberAccess;

    async fn run(
        self,
        Call { context, access, .. }: Call<SubscriberAccess>,
    ) -> Result<Done<Self>, PageError> {
        let (who, id) = (access.subscriber()?, number(&self.alert)?);
        context.state.store().remove_alerts(who, Some(id)).await?;
        Ok(Done::here().saying(&AlertsFlash::Off))
    }
}

impl Run for StopAllAlerts {
    type Access = SubscriberAccess;

    async fn run(
        self,
        Call { context, access, .. }: Call<SubscriberAccess>,
    ) -> Result<Done<Self>, PageError> {
        context.state.store().remove_alerts(access.subscriber()?, None).await?;
        Ok(Done::here().saying(&AlertsFlash::Off))
    }
}

impl Run for Unsubscribe {
    type Access = Anyone;

    async fn run(self, Call { context, slug, .. }: Call<Anyone>) -> Result<Done<Self>, PageError> {
        if self.list_unsubscribe != "One-Click" {
            return Err(PageError::Body(BodyError::Broken));
        }
        let link = Token::parse(&slug).ok_or(PageError::Link(LinkError::Unknown))?;
        if !context.state.store().unsubscribe(&link, context.now()).await? {
            return Err(PageError::Link(LinkError::Unknown));
        }
        // A mail program has no use for a page.
        Ok(Done::here().showing(Response::new(Body::empty())))
    }
}
