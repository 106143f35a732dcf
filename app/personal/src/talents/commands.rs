//! The commands of a talent's profile and saved vacancies.

use domain::talents::ProfileDraft;
use domain::{Command, command};
use serde::{Deserialize, Serialize};

/// Changes what a talent tells. A CV comes with it as a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeProfile(pub ProfileDraft);

impl Command for ChangeProfile {
    const NOUN: &'static str = "profile";
    const VERB: &'static str = "change";
    type Answer = ();
}

command! {
    /// Keeps a vacancy, with a note, or changes the note.
    "saved-vacancies" "save" => pub struct SaveVacancy {
        /// The number of the vacancy.
        pub vacancy: String,
        /// The note.
        pub note: String,
    }
}

command! {
    /// Keeps a vacancy no longer.
    "saved-vacancies" "remove" => pub struct RemoveSavedVacancy {
        /// The number of the vacancy.
        pub vacancy: String,
    }
}

/// That a profile was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileSaved;

/// The result of a change of saved vacancies, as their page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SavedFlash {
    /// A vacancy was saved.
    Saved,
    /// A vacancy is saved no longer.
    Removed,
}
