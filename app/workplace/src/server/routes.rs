//! The pages of the dashboards: their addresses, for whom they are, what they show and the commands of their forms.

use web::{Commands, Routes};
use words::paths::{Page, slug};

use super::people::{OfficeAccess, TeamAccess, colleagues, staff};
use super::received::{MemberAccess, received};
use crate::people::{AddPerson, ChangePerson, RemovePerson};
use crate::received::ChangeQuestions;

/// The rows of the dashboards.
pub fn routes() -> Routes {
    let received_commands = Commands::<MemberAccess>::default().add::<ChangeQuestions>();
    Routes::default()
        .form(Page::ReceivedApplications(slug()), received, received_commands)
        .form(Page::Colleagues(slug()), colleagues, people::<TeamAccess>())
        .form(Page::OfficePeople, staff, people::<OfficeAccess>())
}

fn people<Gate: web::Access>() -> Commands<Gate> {
    Commands::default().add::<AddPerson>().add::<ChangePerson>().add::<RemovePerson>()
}
