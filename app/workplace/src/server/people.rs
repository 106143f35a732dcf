//! Pages of who works for an organisation and for the programme office: what they show, and what their forms do.

use std::collections::HashMap;

use domain::Language;
use domain::accounts::{Colleague, EmailAddress, MemberRole, StaffRole};
use domain::organisations::StoredOrganisation;
use domain::text::fold;
use store::{Added, Broker, PeopleRefused, SignedIn, Team, TeamManager};

use hub::local;
use web::{
    Access, Audience, Form, PageError, PageResult, RequestContext, pairs, pause_text, private_page, see_other,
};

use crate::people::{
    AddForm, ColleaguesPage, ColleaguesPageProps, OrganisationRow, PeopleView, PersonRow, StaffPage,
    StaffPageProps,
};
use words::paths::Page;
use words::{labels, texts as t};

/// Organisations that a search shows.
const FOUND_SHOWN: usize = 50;
/// The longest part of a name that is searched for, in characters.
const LONGEST_SEARCH: usize = 80;

/// The right over the people of an organisation.
pub(crate) struct TeamAccess {
    team: Team,
    /// The right to change them, of who has it.
    manager: Option<TeamManager>,
    /// Whether the person is one of them.
    is_member: bool,
}

impl Access for TeamAccess {
    const AUDIENCE: Audience = Audience::Organisation;

    async fn grant(context: &RequestContext, slug: &str) -> Result<Self, PageError> {
        let who = context.signed_in()?;
        let office = match who.broker() {
            Some(broker) => context.state.store().find_team(&broker, slug).await?,
            None => None,
        };
        let manager = office.or_else(|| who.team_manager(slug));
        let own = who.team(slug);
        let is_member = own.is_some();
        let team = manager.as_ref().map(|manager| manager.team().clone()).or(own);
        Ok(Self { team: team.ok_or(PageError::NotFound)?, manager, is_member })
    }
}

/// What a form of these pages got wrong, with what was typed.
#[derive(Default)]
struct Typed {
    add: AddForm,
    /// The number of the account that can't be changed so.
    person: Option<i64>,
}

impl Typed {
    fn is_wrong(&self) -> bool {
        self.add.is_wrong() || self.person.is_some()
    }
}

/// Shows who works for an organisation here.
pub(crate) async fn colleagues(context: &RequestContext, slug: &str, access: TeamAccess) -> PageResult {
    colleagues_page(context, slug, &access, Typed::default()).await
}

async fn colleagues_page(
    context: &RequestContext,
    slug: &str,
    access: &TeamAccess,
    typed: Typed,
) -> PageResult {
    let (who, language) = (context.signed_in()?, context.language);
    let list = context.state.store().list_colleagues(&access.team).await?;
    let is_office = access.manager.as_ref().is_some_and(TeamManager::is_office);
    let stays = (!is_office && has_one(&list, MemberRole::Manager))
        .then_some((MemberRole::Manager, t::people_colleagues_stays(language)));
    let roles = MemberRole::ALL.iter().map(|role| (role.code(), labels::member_role(*role, language)));
    let is_wrong = typed.is_wrong();
    let shown = PeopleView {
        people: list
            .into_iter()
            .map(|one| person_row(who, one, MemberRole::code, stays, typed.person))
            .collect(),
        roles: roles.collect(),
        may_change: access.manager.is_some(),
        add: typed.add,
        done: done_text(context),
    };
    let organisation = access.team.organisation().to_owned();
    let received = access.is_member.then(|| Page::ReceivedApplications(slug.to_owned()).path(language));
    let page = Page::Colleagues(slug.to_owned());
    Ok(private_page(context, page, t::people_colleagues(language), is_wrong, move || {
        ColleaguesPage(ColleaguesPageProps { organisation, received, content: shown, language })
    }))
}

/// Whether one person alone has a role.
fn has_one<Role: Copy + PartialEq>(people: &[Colleague<Role>], role: Role) -> bool {
    people.iter().filter(|one| one.role == role).count() == 1
}

/// A person as the page shows them; who has the role that `stays` names can't be changed.
fn person_row<Role: Copy + PartialEq>(
    who: &SignedIn,
    colleague: Colleague<Role>,
    code: impl Fn(Role) -> &'static str,
    stays: Option<(Role, &'static str)>,
    wrong: Option<i64>,
) -> PersonRow {
    PersonRow {
        id: colleague.account_id,
        role: code(colleague.role),
        since: colleague.since.map(|at| local(at).date()),
        is_you: who.owns(colleague.account_id),
        stays: stays.filter(|(role, _)| *role == colleague.role).map(|(_, why)| why),
        is_wrong: wrong == Some(colleague.account_id),
        name: colleague.name,
        email: colleague.email,
    }
}

/// The result of the last change, as the address says.
fn done_text(context: &RequestContext) -> Option<&'static str> {
    let language = context.language;
    match context.uri.query() {
        Some("gedaan=toegevoegd") => Some(t::people_done_added(language)),
        Some("gedaan=rol") => Some(t::people_done_role(language)),
        Some("gedaan=weg") => Some(t::people_done_ended(language)),
        _ => None,
    }
}

/// What the address says after somebody was added.
fn added_word(added: Added) -> &'static str {
    match added {
        Added::Told => "toegevoegd",
        Added::Known => "rol",
    }
}

/// The address to add, where it can be read, and the form with its errors.
fn typed_of(form: &Form, is_role: bool, language: Language) -> (Option<EmailAddress>, AddForm) {
    let email = EmailAddress::parse(form.get("email"));
    let add = AddForm {
        email: form.get("email").to_owned(),
        role: form.get("role").to_owned(),
        email_error: email.is_none().then(|| t::fault_email(language).to_owned()),
        role_error: (!is_role).then(|| t::fault_missing(language).to_owned()),
    };
    (email, add)
}

/// The same form, which says why nobody was added.
fn refused_add(context: &RequestContext, add: AddForm, refused: PeopleRefused, stays: &str) -> Typed {
    let error = match refused {
        PeopleRefused::LastManager => stays.to_owned(),
        PeopleRefused::TooOften(next) => pause_text(context, next),
    };
    Typed { add: AddForm { email_error: Some(error), ..add }, person: None }
}

/// Does what a form of the page of colleagues asks for.
pub(crate) async fn change_colleagues(
    context: &RequestContext,
    slug: &str,
    access: TeamAccess,
    form: Form,
) -> PageResult {
    let (who, language) = (context.signed_in()?, context.language);
    let manager = access.manager.as_ref().ok_or(PageError::NotFound)?;
    let (store, now) = (context.state.store(), context.now());
    let done = |what: &str| {
        see_other(&format!("{}?gedaan={what}", Page::Colleagues(slug.to_owned()).path(language)))
    };
    let role = MemberRole::from_code(form.get("role"));
    let person: i64 = form.get("person").parse().unwrap_or_default();
    let (refused, word) = match form.get("do") {
        "add" => {
            let (email, add) = typed_of(&form, role.is_some(), language);
            let (Some(email), Some(role)) = (email, role) else {
                return colleagues_page(context, slug, &access, Typed { add, person: None }).await;
            };
            let own_language = context.state.letter_context().language;
            return match store.add_colleague(manager, email, role, own_language, now).await? {
                Ok(added) => Ok(done(added_word(added))),
                Err(refused) => {
                    let typed = refused_add(context, add, refused, t::people_colleagues_stays(language));
                    colleagues_page(context, slug, &access, typed).await
                }
            };
        }
        "change" => {
            let role = role.ok_or(PageError::NotFound)?;
            (store.change_colleague(manager, person, role, now).await?, "rol")
        }
        "end" => (gone_or(store.remove_colleague(manager, person, now).await)?, "weg"),
        _ => return colleagues_page(context, slug, &access, Typed::default()).await,
    };
    if refused.is_err() {
        let typed = Typed { person: Some(person), ..Typed::default() };
        return colleagues_page(context, slug, &access, typed).await;
    }
    if word == "weg" && who.owns(person) && !manager.is_office() {
        // Who left sees this page no longer.
        return Ok(see_other(&Page::My.path(language)));
    }
    Ok(done(word))
}

/// What became of ending something. A button that is pressed twice ends it once, and that is no error.
fn gone_or(
    ended: Result<Result<(), PeopleRefused>, store::Error>,
) -> Result<Result<(), PeopleRefused>, store::Error> {
    if matches!(ended, Err(store::Error::NotFound)) { Ok(Ok(())) } else { ended }
}

/// Shows who works for the programme office, and which organisations have people here.
pub(crate) async fn staff(context: &RequestContext, OfficeAccess(broker): OfficeAccess) -> PageResult {
    staff_page(context, &broker, Typed::default()).await
}

/// The right to see the people of the office.
pub(crate) struct OfficeAccess(Broker);

impl Access for OfficeAccess {
    const AUDIENCE: Audience = Audience::Office;

    async fn grant(context: &RequestContext, _slug: &str) -> Result<Self, PageError> {
        context.signed_in()?.broker().map(Self).ok_or(PageError::NotFound)
    }
}

async fn staff_page(context: &RequestContext, broker: &Broker, typed: Typed) -> PageResult {
    let (who, language) = (context.signed_in()?, context.language);
    let list = context.state.store().list_staff(broker).await?;
    let counts = context.state.store().count_colleagues(broker).await?;
    let search = searched(context);
    let organisations = context.state.store().list_all_organisations(broker.staff()).await?;
    let organisations = organisation_rows(&organisations, &counts, &search);
    let stays =
        has_one(&list, StaffRole::Manager).then_some((StaffRole::Manager, t::people_staff_stays(language)));
    let roles = StaffRole::ALL.iter().map(|role| (role.code(), labels::staff_role(*role, language)));
    let is_wrong = typed.is_wrong();
    let shown = PeopleView {
        people: list
            .into_iter()
            .map(|one| person_row(who, one, StaffRole::code, stays, typed.person))
            .collect(),
        roles: roles.collect(),
        may_change: who.office_manager().is_some(),
        add: typed.add,
        done: done_text(context),
    };
    Ok(private_page(context, Page::OfficePeople, t::people_staff_title(language), is_wrong, move || {
        StaffPage(StaffPageProps { content: shown, organisations, search, language })
    }))
}

/// The part of a name that the address asks for.
fn searched(context: &RequestContext) -> String {
    let pairs = pairs(context.uri.query().unwrap_or_default().as_bytes());
    let name = pairs.iter().find(|(key, _)| key == "naam").map_or("", |(_, name)| name.trim());
    name.chars().filter(|letter| !letter.is_control()).take(LONGEST_SEARCH).collect()
}

/// The organisations with a name that is searched for, or else those that have people here, by name.
fn organisation_rows(
    organisations: &[StoredOrganisation],
    counts: &HashMap<i64, u32>,
    search: &str,
) -> Vec<OrganisationRow> {
    let wanted = fold(search);
    let rows = organisations.iter().map(|stored| OrganisationRow {
        slug: stored.slug.clone(),
        name: stored.organisation.name.clone(),
        people: counts.get(&stored.id).copied().unwrap_or(0),
    });
    if wanted.is_empty() {
        return rows.filter(|row| row.people > 0).collect();
    }
    rows.filter(|row| fold(&row.name).contains(&wanted)).take(FOUND_SHOWN).collect()
}

/// Does what a form of the page of staff asks for.
pub(crate) async fn change_staff(
    context: &RequestContext,
    OfficeAccess(broker): OfficeAccess,
    form: Form,
) -> PageResult {
    let (who, language) = (context.signed_in()?, context.language);
    let manager = who.office_manager().ok_or(PageError::NotFound)?;
    let (store, now) = (context.state.store(), context.now());
    let done = |what: &str| see_other(&format!("{}?gedaan={what}", Page::OfficePeople.path(language)));
    let role = StaffRole::from_code(form.get("role"));
    let person: i64 = form.get("person").parse().unwrap_or_default();
    let (refused, word) = match form.get("do") {
        "add" => {
            let (email, add) = typed_of(&form, role.is_some(), language);
            let (Some(email), Some(role)) = (email, role) else {
                return staff_page(context, &broker, Typed { add, person: None }).await;
            };
            let own_language = context.state.letter_context().language;
            return match store.add_office_colleague(&manager, email, role, own_language, now).await? {
                Ok(added) => Ok(done(added_word(added))),
                Err(refused) => {
                    let typed = refused_add(context, add, refused, t::people_staff_stays(language));
                    staff_page(context, &broker, typed).await
                }
            };
        }
        "change" => {
            let role = role.ok_or(PageError::NotFound)?;
            (store.change_office_colleague(&manager, person, role, now).await?, "rol")
        }
        "end" => (gone_or(store.remove_office_colleague(&manager, person, now).await)?, "weg"),
        _ => return staff_page(context, &broker, Typed::default()).await,
    };
    if refused.is_err() {
        return staff_page(context, &broker, Typed { person: Some(person), ..Typed::default() }).await;
    }
    let stays = word == "rol" && role.is_some_and(StaffRole::looks_after_people);
    if who.owns(person) && !stays {
        // Who gave the right away sees this page no longer.
        return Ok(see_other(&Page::My.path(language)));
    }
    Ok(done(word))
}
