//! What an organisation received: what its page shows, and what its forms do.

use chrono::NaiveDate;
use domain::applications::{LONGEST_QUESTION, MOST_QUESTIONS, RECEIVED};
use domain::list::{ListQuery, MOST_VIEWS, SavedView};
use domain::text::clean_line;
use hub::local;
use store::{Member, ReceivedApplication, ReceivedVacancy, Talent};
use web::{Access, Audience, Form, PageError, PageResult, RequestContext, pairs, private_page, see_other};
use words::paths::Page;
use words::texts as t;

use crate::received::{
    QuestionErrors, ReceivedList, ReceivedNotice, ReceivedPage, ReceivedPageProps, ReceivedRow,
    ReceivedVacancyView,
};

/// The right of an organisation's people over what it received.
pub(crate) struct MemberAccess {
    pub(crate) member: Member,
    /// The right of the person over the views that he keeps.
    person: Talent,
    pub(crate) organisation: String,
}

impl Access for MemberAccess {
    const AUDIENCE: Audience = Audience::Organisation;

    async fn grant(context: &RequestContext, slug: &str) -> Result<Self, PageError> {
        let who = context.signed_in()?;
        let (member, team) = who.member(slug).zip(who.team(slug)).ok_or(PageError::NotFound)?;
        Ok(Self { member, person: who.talent(), organisation: team.organisation().to_owned() })
    }
}

/// Shows an organisation what it received.
pub(crate) async fn received(context: &RequestContext, slug: &str, access: MemberAccess) -> PageResult {
    let query = ListQuery::parse(&RECEIVED, context.uri.query().unwrap_or_default());
    let notice = notice(context).map(ReceivedNotice::Done);
    received_page(context, slug, access, query, None, notice).await
}

/// What is said of what was just done.
fn notice(context: &RequestContext) -> Option<String> {
    let asked = pairs(context.uri.query().unwrap_or_default().as_bytes());
    let value = |name: &str| asked.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
    let count = |name: &str| value(name).and_then(|count| count.parse::<u32>().ok());
    let language = context.language;
    match value("gedaan")? {
        "vragen" => Some(t::application_saved(language).to_owned()),
        "weergave" => Some(t::table_view_saved(language).to_owned()),
        "weergave-weg" => Some(t::table_view_removed(language).to_owned()),
        "antwoorden" => {
            let told = t::received_answered(language, count("beantwoord")?);
            let passed_over = count("overgeslagen").filter(|count| *count > 0);
            let rest = passed_over.map(|count| format!(" {}", t::received_answered_not(language, count)));
            Some(told + &rest.unwrap_or_default())
        }
        _ => None,
    }
}

async fn received_page(
    context: &RequestContext,
    slug: &str,
    MemberAccess { member, person, organisation }: MemberAccess,
    query: ListQuery,
    errors: Option<QuestionErrors>,
    notice: Option<ReceivedNotice>,
) -> PageResult {
    let (store, language, today) = (context.state.store(), context.language, context.moment.today);
    let vacancies = store.list_received_vacancies(&member, today).await?;
    let page = store.page_received(&member, &query).await?;
    // All of them were counted by vacancy already, which is as much work again where there are many.
    let count = if query.is_filtered() {
        store.count_received(&member, &query).await?
    } else {
        vacancies.iter().map(|one| one.applications).sum()
    };
    let views = store.list_views(&person, &RECEIVED).await?;
    let list = ReceivedList {
        rows: page.rows.into_iter().map(|row| row_of(row, today)).collect(),
        previous: page.previous,
        next: page.next,
        query,
        count,
        views,
    };
    let (slug, is_wrong) = (slug.to_owned(), errors.is_some() || is_refused(notice.as_ref()));
    let shown = ReceivedPageProps {
        organisation,
        slug: slug.clone(),
        list,
        vacancies: vacancies.into_iter().map(vacancy_of).collect(),
        errors,
        notice,
        language,
    };
    let title = t::member_received(language);
    Ok(private_page(context, Page::ReceivedApplications(slug), title, is_wrong, move || ReceivedPage(shown)))
}

fn is_refused(notice: Option<&ReceivedNotice>) -> bool {
    matches!(notice, Some(ReceivedNotice::Refused(_)))
}

fn row_of(row: ReceivedApplication, today: NaiveDate) -> ReceivedRow {
    ReceivedRow {
        waits: days_waited(&row, today),
        id: row.id,
        name: row.name,
        vacancy: row.vacancy,
        state: row.state,
        since: local(row.state_since).date(),
        received: local(row.submitted_at).date(),
    }
}

/// The days for which an application has waited for an answer, while it does.
pub(crate) fn days_waited(row: &ReceivedApplication, today: NaiveDate) -> Option<u32> {
    let days = (today - local(row.submitted_at).date()).num_days();
    row.state.waits_for_answer().then(|| u32::try_from(days).unwrap_or(0))
}

fn vacancy_of(one: ReceivedVacancy) -> ReceivedVacancyView {
    ReceivedVacancyView {
        vacancy: one.vacancy,
        is_open: one.is_open,
        questions: one.questions,
        applications: one.applications,
    }
}

/// Does what a form on the page of what was received asks for.
pub(crate) async fn change_received(
    context: &RequestContext,
    slug: &str,
    access: MemberAccess,
    form: Form,
) -> PageResult {
    match form.get("do") {
        "save-view" => save_view(context, slug, access, &form).await,
        "remove-view" => remove_view(context, slug, &access, &form).await,
        _ => change_questions(context, slug, access, form).await,
    }
}

/// Keeps a view of the list under a name.
async fn save_view(context: &RequestContext, slug: &str, access: MemberAccess, form: &Form) -> PageResult {
    let (store, language) = (context.state.store(), context.language);
    let query = ListQuery::parse(&RECEIVED, form.get("query"));
    let Some(view) = SavedView::new(form.get("name"), &query) else {
        let refused = ReceivedNotice::Refused(t::table_view_wrong(language).to_owned());
        return received_page(context, slug, access, query, None, Some(refused)).await;
    };
    let address = view.address(&Page::ReceivedApplications(slug.to_owned()).path(language));
    if !store.save_view(&access.person, &RECEIVED, view, context.now()).await? {
        let refused = ReceivedNotice::Refused(t::table_views_too_many(language, MOST_VIEWS));
        return received_page(context, slug, access, query, None, Some(refused)).await;
    }
    let join = if address.contains('?') { '&' } else { '?' };
    Ok(see_other(&format!("{address}{join}gedaan=weergave")))
}

async fn remove_view(context: &RequestContext, slug: &str, access: &MemberAccess, form: &Form) -> PageResult {
    let name = form.get("name").to_owned();
    context.state.store().remove_view(&access.person, &RECEIVED, name).await?;
    let page = Page::ReceivedApplications(slug.to_owned()).path(context.language);
    Ok(see_other(&format!("{page}?gedaan=weergave-weg")))
}

/// Changes what an organisation asks of who applies.
async fn change_questions(
    context: &RequestContext,
    slug: &str,
    access: MemberAccess,
    form: Form,
) -> PageResult {
    let vacancy_id = form.get("vacancy").parse().unwrap_or_default();
    let typed: Vec<String> =
        (0..MOST_QUESTIONS).map(|at| form.get(&format!("question-{at}")).to_owned()).collect();
    let questions: Vec<String> =
        typed.iter().map(|question| clean_line(question)).filter(|question| !question.is_empty()).collect();
    if questions.iter().any(|question| question.chars().count() > LONGEST_QUESTION) {
        let errors = Some(QuestionErrors { vacancy_id, typed });
        return received_page(context, slug, access, ListQuery::new(&RECEIVED), errors, None).await;
    }
    context.state.store().change_questions(&access.member, vacancy_id, questions).await?;
    Ok(see_other(&format!(
        "{}?gedaan=vragen",
        Page::ReceivedApplications(slug.to_owned()).path(context.language)
    )))
}
