//! Pages of who works for an organisation and for the programme office: what they show, and their commands.

use std::collections::HashMap;

use domain::accounts::{Colleague, EmailAddress, MemberRole, StaffRole};
use domain::organisations::StoredOrganisation;
use domain::text::fold;
use domain::{FieldError, FieldErrors};
use serde::Deserialize;
use store::{Added, Broker, OfficeManager, PeopleRefused, SignedIn, Team, TeamManager};

use hub::local;
use web::{
    Access, Audience, Call, Done, Flash, PageError, PageRequest, PageResult, Rejection, RequestContext, Run,
    private_page,
};

use crate::people::{
    AddForm, AddPerson, ChangePerson, ColleaguesPage, ColleaguesPageProps, OrganisationRow, PeopleFlash,
    PeopleView, PersonRow, RemovePerson, StaffPage, StaffPageProps,
};
use words::field_errors::field_error;
use words::paths::Page;
use words::{labels, texts as t};

/// Organisations that a search shows.
const FOUND_SHOWN: usize = 50;
/// The longest part of a name that is searched for, in characters.
const LONGEST_SEARCH: usize = 80;

impl Flash for PeopleFlash {
    const NOUN: &'static str = "people";
}

/// The right over the people of an organisation.
pub(crate) struct TeamAccess {
    team: Team,
    /// The right to change them, of somebody who has it.
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

/// The right to see the people of the office.
pub(crate) struct OfficeAccess {
    broker: Broker,
    /// The right to change them, of somebody who has it.
    manager: Option<OfficeManager>,
}

impl Access for OfficeAccess {
    const AUDIENCE: Audience = Audience::Office;

    async fn grant(context: &RequestContext, _slug: &str) -> Result<Self, PageError> {
        let who = context.signed_in()?;
        Ok(Self { broker: who.broker().ok_or(PageError::NotFound)?, manager: who.office_manager() })
    }
}

/// The right to change the people of an organisation, or those of the office where the address names none.
pub enum PeopleManager {
    /// Those of an organisation.
    Team(TeamManager),
    /// Those of the office.
    Office(OfficeManager),
}

impl Access for PeopleManager {
    const AUDIENCE: Audience = Audience::SignedIn;

    async fn grant(context: &RequestContext, slug: &str) -> Result<Self, PageError> {
        let manager = if slug.is_empty() {
            OfficeAccess::grant(context, slug).await?.manager.map(Self::Office)
        } else {
            TeamAccess::grant(context, slug).await?.manager.map(Self::Team)
        };
        manager.ok_or(PageError::Forbidden)
    }
}

impl PeopleManager {
    fn has_role(&self, code: &str) -> bool {
        match self {
            Self::Team(_) => MemberRole::from_code(code).is_some(),
            Self::Office(_) => StaffRole::from_code(code).is_some(),
        }
    }

    /// Whether somebody still sees this page who gives themselves a role, or ends their own.
    fn still_sees(&self, role: Option<&str>) -> bool {
        match self {
            Self::Team(manager) => role.is_some() || manager.is_office(),
            Self::Office(_) => role.and_then(StaffRole::from_code).is_some_and(StaffRole::looks_after_people),
        }
    }
}

impl Run for AddPerson {
    type Access = PeopleManager;

    async fn run(self, Call { context, access, .. }: Call<PeopleManager>) -> Result<Done<Self>, PageError> {
        let (store, now) = (context.state.store(), context.now());
        let language = context.state.letter_context().language;
        let email = self.check(&access)?;
        let added = match &access {
            PeopleManager::Team(manager) => {
                let role = MemberRole::from_code(&self.role).ok_or(PageError::NotFound)?;
                store.add_colleague(manager, email, role, language, now).await?
            }
            PeopleManager::Office(manager) => {
                let role = StaffRole::from_code(&self.role).ok_or(PageError::NotFound)?;
                store.add_office_colleague(manager, email, role, language, now).await?
            }
        };
        Ok(Done::here().saying(match added.map_err(|refused| refused_at("email", refused))? {
            Added::Told => &PeopleFlash::Added,
            Added::Known => &PeopleFlash::Changed,
        }))
    }
}

impl AddPerson {
    fn check(&self, manager: &PeopleManager) -> Result<EmailAddress, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = EmailAddress::parse(&self.email);
        if email.is_none() {
            errors.insert("email", FieldError::NoEmail);
        }
        if !manager.has_role(&self.role) {
            errors.insert("role", FieldError::Missing);
        }
        errors.or(()).and(email.ok_or_else(FieldErrors::default))
    }
}

impl Run for ChangePerson {
    type Access = PeopleManager;

    async fn run(self, Call { context, access, .. }: Call<PeopleManager>) -> Result<Done<Self>, PageError> {
        let (store, now) = (context.state.store(), context.now());
        let person = number(&self.person)?;
        let changed = match &access {
            PeopleManager::Team(manager) => {
                let role = MemberRole::from_code(&self.role).ok_or(PageError::NotFound)?;
                store.change_colleague(manager, person, role, now).await?
            }
            PeopleManager::Office(manager) => {
                let role = StaffRole::from_code(&self.role).ok_or(PageError::NotFound)?;
                store.change_office_colleague(manager, person, role, now).await?
            }
        };
        changed.map_err(|refused| refused_at("person", refused))?;
        after(&context, person, access.still_sees(Some(&self.role)), PeopleFlash::Changed)
    }
}

impl Run for RemovePerson {
    type Access = PeopleManager;

    async fn run(self, Call { context, access, .. }: Call<PeopleManager>) -> Result<Done<Self>, PageError> {
        let (store, now) = (context.state.store(), context.now());
        let person = number(&self.person)?;
        let ended = match &access {
            PeopleManager::Team(manager) => store.remove_colleague(manager, person, now).await,
            PeopleManager::Office(manager) => store.remove_office_colleague(manager, person, now).await,
        };
        match ended {
            // A button that is pressed twice ends it once, and that is no error.
            Err(store::Error::NotFound) => {}
            ended => ended?.map_err(|refused| refused_at("person", refused))?,
        }
        after(&context, person, access.still_sees(None), PeopleFlash::Removed)
    }
}

/// The number of an account.
fn number(text: &str) -> Result<i64, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

fn refused_at(field: &str, refused: PeopleRefused) -> PageError {
    match refused {
        PeopleRefused::LastManager => PageError::field(field, FieldError::LastOne),
        PeopleRefused::TooOften(next) => PageError::Later(next),
    }
}

/// Leads back to the page, or to one's own page who gave the right to see it away.
fn after<C: domain::Command<Answer = ()>>(
    context: &RequestContext,
    person: i64,
    still_sees: bool,
    flash: PeopleFlash,
) -> Result<Done<C>, PageError> {
    let leaves = context.signed_in()?.owns(person) && !still_sees;
    let done = Done::here();
    Ok(if leaves { done.to(Page::My.path(context.language)) } else { done.saying(&flash) })
}

/// Shows who works for an organisation here.
pub(crate) async fn colleagues(request: PageRequest<TeamAccess>) -> PageResult {
    let PageRequest { context, slug, access, rejection } = request;
    let (who, language) = (context.signed_in()?, context.language);
    let people = context.state.store().list_colleagues(&access.team).await?;
    let is_office = access.manager.as_ref().is_some_and(TeamManager::is_office);
    let stays = t::people_colleagues_stays(language);
    let last = (!is_office && has_one(&people, MemberRole::Manager)).then_some((MemberRole::Manager, stays));
    let roles = MemberRole::ALL.iter().map(|role| (role.code(), labels::member_role(*role, language)));
    let wrong = wrong_person(&rejection);
    let shown = PeopleView {
        people: people.into_iter().map(|one| person_row(who, one, MemberRole::code, last, wrong)).collect(),
        roles: roles.collect(),
        may_change: access.manager.is_some(),
        add: add_form(&context, &rejection, stays),
        done: context.flash(),
    };
    let organisation = access.team.organisation().to_owned();
    let received = access.is_member.then(|| Page::ReceivedApplications(slug.clone()).path(language));
    Ok(private_page(&context, Page::Colleagues(slug), t::people_colleagues(language), move || {
        ColleaguesPage(ColleaguesPageProps { organisation, received, content: shown, language })
    }))
}

/// The form to add somebody, with what was typed and why nobody was added.
fn add_form(context: &RequestContext, rejection: &Rejection, stays: &str) -> AddForm {
    let Some((typed, errors)) = rejection.typed::<AddPerson>() else { return AddForm::default() };
    let in_words = |error: &FieldError| match error {
        FieldError::LastOne => stays.to_owned(),
        error => field_error(error, context.language),
    };
    let email_error = rejection.wait_text(context).or_else(|| errors.get("email").map(in_words));
    AddForm { typed, email_error, role_error: errors.get("role").map(in_words) }
}

/// The number of the account that could not be changed as somebody wanted.
fn wrong_person(rejection: &Rejection) -> Option<i64> {
    let changed = rejection.command().map(|(ChangePerson { person, .. }, _)| person);
    changed.or_else(|| rejection.command().map(|(RemovePerson { person }, _)| person))?.parse().ok()
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

/// Shows who works for the programme office, and which organisations have people here.
pub(crate) async fn staff(request: PageRequest<OfficeAccess>) -> PageResult {
    let PageRequest { context, access: OfficeAccess { broker, manager }, rejection, .. } = request;
    let (who, language) = (context.signed_in()?, context.language);
    let people = context.state.store().list_staff(&broker).await?;
    let counts = context.state.store().count_colleagues(&broker).await?;
    let search = searched(&context);
    let organisations = context.state.store().list_all_organisations(broker.staff()).await?;
    let organisations = organisation_rows(&organisations, &counts, &search);
    let stays = t::people_staff_stays(language);
    let last = has_one(&people, StaffRole::Manager).then_some((StaffRole::Manager, stays));
    let roles = StaffRole::ALL.iter().map(|role| (role.code(), labels::staff_role(*role, language)));
    let wrong = wrong_person(&rejection);
    let shown = PeopleView {
        people: people.into_iter().map(|one| person_row(who, one, StaffRole::code, last, wrong)).collect(),
        roles: roles.collect(),
        may_change: manager.is_some(),
        add: add_form(&context, &rejection, stays),
        done: context.flash(),
    };
    Ok(private_page(&context, Page::OfficePeople, t::people_staff_title(language), move || {
        StaffPage(StaffPageProps { content: shown, organisations, search, language })
    }))
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct StaffQuery {
    /// The part of an organisation's name.
    naam: String,
}

/// The part of a name that the address asks for.
fn searched(context: &RequestContext) -> String {
    let name = context.query::<StaffQuery>().naam;
    name.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST_SEARCH).collect()
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
