//! Rights as values: who holds one has them. Only signing in makes them, so a function that takes one can't be called
//! without asking who asks.

use domain::Language;
use domain::accounts::{EmailAddress, MemberRole, StaffRole, Viewer};
use domain::applications::Side;

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
    /// What pages show of the person.
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

    /// What the person may do for the programme office, once the second step was taken.
    pub fn staff(&self) -> Option<Staff> {
        let role = self.viewer.staff_role.filter(|_| self.second_step == SecondStep::Taken)?;
        Some(Staff { account_id: self.account_id, email: self.viewer.email.clone(), role })
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
    /// How others read who did something.
    pub(crate) fn actor(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.email.to_string())
    }
}

/// The right over one application: of who sent it, or of who received it. Links in mails give it, and signing in does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    pub(crate) application_id: i64,
    pub(crate) side: Side,
    pub(crate) actor: String,
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

/// The right of the programme office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub(crate) account_id: i64,
    pub(crate) email: EmailAddress,
    pub(crate) role: StaffRole,
}

impl Staff {
    /// What the person may do.
    pub fn role(&self) -> StaffRole {
        self.role
    }
}
