//! The commands that editors send, and the rules that hold for each while one types.

use domain::FieldErrors;
use domain::applications::check_questions;
use domain::command::SaveAnswer;
use domain::{Command, form};
use ui::client::{CallError, call, call_at_last};

use crate::fields::Pairs;
use workplace::received::ChangeQuestions;

/// The answer to a save: the version that it has now, or what somebody else saved in between.
pub(crate) enum Saved {
    Version(i64),
    Stale(Pairs),
}

/// A command that an editor sends.
pub(crate) trait EditCommand {
    /// The errors of what is typed.
    fn check(&self, typed: &Pairs) -> FieldErrors;
    /// Saves it.
    async fn save(&self, door: &str, typed: &Pairs) -> Result<Saved, CallError>;
    /// Saves it while the page goes.
    fn save_at_last(&self, door: &str, typed: &Pairs);
}

/// A command by its type, with its rules.
pub(crate) struct Edit<C> {
    check: fn(&C) -> FieldErrors,
}

/// The command of an editor that says which it is in `data-edits`.
pub(crate) fn questions() -> Edit<ChangeQuestions> {
    Edit { check: |typed| check_questions(&typed.questions).err().unwrap_or_default() }
}

impl<C: Command<Answer = SaveAnswer<C>>> Edit<C> {
    /// Whether this type is the command that an editor names.
    pub(crate) fn is_named(name: &str) -> bool {
        name.split_once('/') == Some((C::NOUN, C::VERB))
    }
}

impl<C: Command<Answer = SaveAnswer<C>>> EditCommand for Edit<C> {
    fn check(&self, typed: &Pairs) -> FieldErrors {
        form::decode(typed).map_or_else(|_| FieldErrors::default(), |typed| (self.check)(&typed))
    }

    async fn save(&self, door: &str, typed: &Pairs) -> Result<Saved, CallError> {
        let command: C = form::decode(typed).map_err(|_| CallError::Unreachable)?;
        match call(door, &command).await? {
            SaveAnswer::Saved { version } => Ok(Saved::Version(version)),
            SaveAnswer::Stale(now) => {
                form::pairs_of(&now).map(Saved::Stale).map_err(|_| CallError::Unreachable)
            }
        }
    }

    fn save_at_last(&self, door: &str, typed: &Pairs) {
        if let Ok(command) = form::decode::<C>(typed) {
            call_at_last(door, &command);
        }
    }
}
