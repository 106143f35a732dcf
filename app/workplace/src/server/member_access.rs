//! The right over what an organisation received, and what its page and its file both say of a row.

use chrono::NaiveDate;
use domain::applications::RECEIVED;
use domain::list::ListSpec;
use hub::local;
use store::{Member, ReceivedApplication, Talent};
use web::{Access, Audience, ListAccess, PageError, RequestContext};
use words::paths::Page;

/// The right of an organisation's people over what it received.
pub struct MemberAccess {
    pub(crate) member: Member,
    /// The right of the person over the views that he keeps.
    pub(crate) person: Talent,
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

impl ListAccess for MemberAccess {
    const LIST: &'static ListSpec = &RECEIVED;

    fn page(slug: String) -> Page {
        Page::ReceivedApplications(slug)
    }

    fn person(&self) -> &Talent {
        &self.person
    }
}

/// The days for which an application has waited for an answer, while it does.
pub(crate) fn days_waited(row: &ReceivedApplication, today: NaiveDate) -> Option<u32> {
    let days = (today - local(row.submitted_at).date()).num_days();
    row.state.waits_for_answer().then(|| u32::try_from(days).unwrap_or(0))
}
