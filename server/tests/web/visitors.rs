//! The kinds of visitors of a hub, for tests of who may do what.

use domain::Language;
use domain::accounts::{EmailAddress, MemberRole, StaffRole};

use crate::hub::{TestHub, clock};

/// Somebody who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visitor {
    Stranger,
    Talent,
    OtherTalent,
    /// Of the first organisation.
    Manager,
    /// Of the first organisation.
    Editor,
    /// Of the second.
    OtherManager,
    StaffManager,
    StaffBroker,
    StaffEditor,
    /// With a cookie of a session that ended.
    Ended,
}

use Visitor::{
    Editor, Ended, Manager, OtherManager, OtherTalent, StaffBroker, StaffEditor, StaffManager, Stranger,
    Talent,
};

/// All kinds of visitors.
pub(crate) const ALL: [Visitor; 10] = [
    Stranger,
    Talent,
    OtherTalent,
    Manager,
    Editor,
    OtherManager,
    StaffManager,
    StaffBroker,
    StaffEditor,
    Ended,
];

impl Visitor {
    pub(crate) fn is_signed_in(self) -> bool {
        !matches!(self, Stranger | Ended)
    }
}

/// The cookie of a visitor; empty for a stranger.
pub(crate) async fn visitor_cookie(hub: &TestHub, visitor: Visitor) -> String {
    let store = hub.server.state.store();
    let email = |text: &str| EmailAddress::parse(text).unwrap();
    let member = async |address: &str, organisation: &str, role| {
        let (organisation, language) = (organisation.to_owned(), Language::Dutch);
        store.add_member(email(address), organisation, role, language, clock()).await.unwrap();
        hub.sign_in(address).await
    };
    let staff = async |address: &str, role| {
        store.add_staff(email(address), role, Language::Dutch, clock()).await.unwrap();
        hub.sign_in(address).await
    };
    match visitor {
        Stranger => String::new(),
        Talent => hub.sign_in("sanne@talent.example").await,
        OtherTalent => hub.sign_in("tim@talent.example").await,
        Manager => member("ann@ijsselmetaal.example", "ijsselmetaal", MemberRole::Manager).await,
        Editor => member("ben@ijsselmetaal.example", "ijsselmetaal", MemberRole::Editor).await,
        OtherManager => member("cas@bits.example", "bits-boeren", MemberRole::Manager).await,
        StaffManager => staff("eva@hub.example", StaffRole::Manager).await,
        StaffBroker => staff("bram@hub.example", StaffRole::Broker).await,
        StaffEditor => staff("joost@hub.example", StaffRole::Editor).await,
        Ended => {
            let cookie = hub.sign_in("lotte@talent.example").await;
            assert_eq!(hub.post("/mijn/account", &cookie, "do=sign-out").await.status, 303);
            cookie
        }
    }
}
