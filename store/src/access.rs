//! Rights as values: who holds one has them. Only signing in makes them, so a function that takes one can't be called
//! without asking who asks.

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::{EmailAddress, MemberRole, StaffRole, Viewer};
use domain::applications::Side;
use domain::initiator::Initiator;

use crate::audit::Stamp;

use crate::actor::Actor;

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub(crate) session_id: i64,
    pub(crate) account_id: i64,
    pub(crate) language: Language,
    pub(crate) viewer: Viewer,
    pub(crate) second_step: SecondStep,
    pub(crate) has_password: bool,
}

/// How it stands with the second step of signing in, which staff need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondStep {
    /// Nobody asks for it.
    NotNeeded,
    /// It must be set up first.
    NotSetUp,
    /// It was not taken in this session.
    Waiting,
    /// It was taken.
    Taken,
}

impl SignedIn {
    /// The part of the person that pages show.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The language in which mail is written.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The number of this session.
    pub fn session_id(&self) -> i64 {
        self.session_id
    }

    /// Whether it is the account with this number.
    pub fn owns(&self, account_id: i64) -> bool {
        self.account_id == account_id
    }

    /// Whether there is a password.
    pub fn has_password(&self) -> bool {
        self.has_password
    }

    /// How it stands with the second step.
    pub fn second_step(&self) -> SecondStep {
        self.second_step
    }

    /// What everybody may do who is signed in.
    pub fn talent(&self) -> Talent {
        Talent { account_id: self.account_id, email: self.viewer.email.clone(), language: self.language }
    }

    /// What the person may do for an organisation, by the last part of its address.
    pub fn member(&self, slug: &str) -> Option<Member> {
        let membership = self.viewer.memberships.iter().find(|membership| membership.slug == slug)?;
        Some(Member {
            account_id: self.account_id,
            email: self.viewer.email.clone(),
            name: self.viewer.name.clone(),
            organisation_id: membership.organisation_id,
            role: membership.role,
        })
    }

    /// The right to see who works for an organisation, by the last part of its address: all its people have it.
    pub fn team(&self, slug: &str) -> Option<Team> {
        let membership = self.viewer.memberships.iter().find(|membership| membership.slug == slug)?;
        Some(Team {
            organisation_id: membership.organisation_id,
            organisation: membership.organisation.clone(),
        })
    }

    /// The right to change who works for an organisation, by the last part of its address: its managers have it.
    pub fn team_manager(&self, slug: &str) -> Option<TeamManager> {
        let member = self.member(slug).filter(|member| member.role == MemberRole::Manager)?;
        Some(TeamManager {
            team: self.team(slug)?,
            account_id: self.account_id,
            actor: member.actor().label,
            is_office: false,
        })
    }

    /// What the person may do for the programme office, once the second step was taken.
    pub fn staff(&self) -> Option<Staff> {
        let role = self.viewer.staff_role.filter(|_| self.second_step == SecondStep::Taken)?;
        let (email, name) = (self.viewer.email.clone(), self.viewer.name.clone());
        Some(Staff { account_id: self.account_id, email, name, role })
    }

    /// The right over what talents and organisations do here: of staff who are manager or broker.
    pub fn broker(&self) -> Option<Broker> {
        self.staff().filter(|staff| staff.role.looks_after_people()).map(|staff| Broker { staff })
    }

    /// The right to change who works for the programme office: of its managers.
    pub fn office_manager(&self) -> Option<OfficeManager> {
        self.staff().filter(|staff| staff.role == StaffRole::Manager).map(|staff| OfficeManager { staff })
    }
}

/// The right of a person over what is their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talent {
    pub(crate) account_id: i64,
    pub(crate) email: EmailAddress,
    pub(crate) language: Language,
}

/// The right of a colleague over what is the organisation's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub(crate) account_id: i64,
    pub(crate) email: EmailAddress,
    pub(crate) name: Option<String>,
    pub(crate) organisation_id: i64,
    pub(crate) role: MemberRole,
}

impl Member {
    /// The actor of what the colleague does.
    pub(crate) fn actor(&self) -> Actor {
        let label = self.name.clone().unwrap_or_else(|| self.email.to_string());
        Actor::person(Some(self.account_id), label)
    }
}

/// The right over one application: of who sent it, or of who received it. Links in mails give it, and signing in does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    pub(crate) application_id: i64,
    pub(crate) side: Side,
    pub(crate) actor: Actor,
}

impl Participant {
    /// Which side it is.
    pub fn side(&self) -> Side {
        self.side
    }
}

/// The right over the alerts of an address. Links in mails give it, and signing in does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    pub(crate) email: EmailAddress,
}

impl Subscriber {
    /// The address.
    pub fn email(&self) -> &EmailAddress {
        &self.email
    }
}

/// The right to see who works for an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    pub(crate) organisation_id: i64,
    pub(crate) organisation: String,
}

impl Team {
    /// The name of the organisation.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }
}

/// The right to change who works for an organisation. Signing in gives it to its managers, and [`Store::find_team`] to staff.
///
/// [`Store::find_team`]: crate::Store::find_team
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamManager {
    pub(crate) team: Team,
    pub(crate) account_id: i64,
    /// The name by which others read who did something.
    pub(crate) actor: String,
    /// Whether the programme office does it.
    pub(crate) is_office: bool,
}

impl TeamManager {
    /// The right to see whom it can change.
    pub fn team(&self) -> &Team {
        &self.team
    }

    /// Whether the programme office has it: it may leave an organisation without a manager.
    pub fn is_office(&self) -> bool {
        self.is_office
    }
}

/// The right of the programme office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub(crate) account_id: i64,
    pub(crate) email: EmailAddress,
    pub(crate) name: Option<String>,
    pub(crate) role: StaffRole,
}

impl Staff {
    /// The role of the person.
    pub fn role(&self) -> StaffRole {
        self.role
    }

    /// How others read who did something.
    pub(crate) fn actor(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.email.to_string())
    }
}

/// The right of the programme office over what talents and organisations do here. Who looks after texts has it not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broker {
    staff: Staff,
}

impl Broker {
    /// The right of the programme office.
    pub fn staff(&self) -> &Staff {
        &self.staff
    }

    /// The right to change who works for an organisation.
    pub(crate) fn over(&self, team: Team) -> TeamManager {
        let (account_id, actor) = (self.staff.account_id, self.staff.actor());
        TeamManager { team, account_id, actor, is_office: true }
    }
}

/// The right to write what the site shows: of a colleague over what is the organisation's, of the programme office over
/// everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentEditor {
    pub(crate) account_id: i64,
    /// The organisation whose things it may write; of all of them when there is none.
    pub(crate) organisation_id: Option<i64>,
}

impl From<&Member> for ContentEditor {
    fn from(member: &Member) -> Self {
        Self { account_id: member.account_id, organisation_id: Some(member.organisation_id) }
    }
}

impl From<&Staff> for ContentEditor {
    fn from(staff: &Staff) -> Self {
        Self { account_id: staff.account_id, organisation_id: None }
    }
}

impl ContentEditor {
    /// Who brings a thing from one state to another with this right.
    pub fn initiator(&self) -> Initiator {
        if self.is_office() { Initiator::Office } else { Initiator::Member }
    }

    /// Who writes with this right at a moment, for the audit trail.
    pub(crate) fn stamp(&self, at: DateTime<Utc>) -> Stamp {
        Stamp::of_account(self.account_id, at)
    }

    /// Whether the programme office has it.
    pub(crate) const fn is_office(&self) -> bool {
        self.organisation_id.is_none()
    }

    /// Whether it reaches what an organisation has, or what is nobody's.
    pub(crate) fn may_edit(&self, organisation_id: Option<i64>) -> bool {
        self.is_office() || self.organisation_id == organisation_id
    }
}

/// The right to change who works for the programme office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeManager {
    pub(crate) staff: Staff,
}
