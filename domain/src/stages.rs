//! The stages through which an organisation brings an application: the columns of its board.

use crate::applications::{ApplicationState, Side};

/// A stage of an application, as an organisation sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has opened it.
    New,
    /// Somebody opened it.
    Seen,
    /// They talk.
    Conversation,
    /// The place was offered.
    Offered,
    /// The talent takes the place.
    Placed,
    /// It came to nothing.
    Ended,
}

impl Stage {
    /// All stages, in the order in which people go through them.
    pub const ALL: [Self; 6] =
        [Self::New, Self::Seen, Self::Conversation, Self::Offered, Self::Placed, Self::Ended];

    /// The states of this stage; the first is the one to which the organisation brings an application.
    pub const fn states(self) -> &'static [ApplicationState] {
        use ApplicationState::{
            Accepted, Declined, Expired, InConversation, Offered, Placed, Seen, Submitted, Withdrawn,
        };
        match self {
            Self::New => &[Submitted],
            Self::Seen => &[Seen],
            Self::Conversation => &[InConversation],
            Self::Offered => &[Offered],
            Self::Placed => &[Placed, Accepted],
            Self::Ended => &[Declined, Withdrawn, Expired],
        }
    }

    /// The verb by which an organisation brings an application here; nothing where it comes by itself.
    pub const fn verb(self) -> Option<&'static str> {
        match self {
            Self::New | Self::Seen => None,
            Self::Conversation => Some("talk"),
            Self::Offered => Some("offer"),
            Self::Placed => Some("place"),
            Self::Ended => Some("decline"),
        }
    }

    /// Whether the verb asks for more: the first day at work, or a reason.
    pub const fn asks_more(self) -> bool {
        matches!(self, Self::Placed | Self::Ended)
    }

    /// The stage of a verb.
    pub fn from_verb(verb: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.verb() == Some(verb))
    }

    /// The stages to which an organisation may bring an application that is in a state.
    pub fn after(state: ApplicationState) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |stage| {
            stage.verb().is_some() && state.may_become(stage.states()[0], Side::Organisation)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_that_an_organisation_sees_has_one_stage() {
        for state in ApplicationState::ALL {
            let stages = Stage::ALL.iter().filter(|stage| stage.states().contains(state)).count();
            assert_eq!(stages, usize::from(*state != ApplicationState::Unconfirmed), "{state:?}");
        }
    }

    #[test]
    fn an_application_goes_only_where_its_organisation_may_bring_it() {
        let verbs = |state| Stage::after(state).filter_map(Stage::verb).collect::<Vec<_>>();
        assert_eq!(verbs(ApplicationState::Submitted), ["talk", "offer", "decline"]);
        assert_eq!(verbs(ApplicationState::InConversation), ["offer", "place", "decline"]);
        assert_eq!(verbs(ApplicationState::Offered), ["place", "decline"]);
        assert_eq!(verbs(ApplicationState::Declined), ["talk"]);
        assert_eq!(verbs(ApplicationState::Withdrawn), Vec::<&str>::new());
    }

    #[test]
    fn a_reason_and_a_first_day_are_asked_for() {
        let asking: Vec<_> = Stage::ALL.into_iter().filter(|stage| stage.asks_more()).collect();
        assert_eq!(asking, ["place", "decline"].map(|verb| Stage::from_verb(verb).unwrap()));
        assert_eq!(Stage::from_verb("talk"), Some(Stage::Conversation));
        assert_eq!(Stage::from_verb("see"), None);
    }
}
