//! What a talent tells, keeps, and is offered. All of it is drawn by the server; the marks on cards by the browser too.

mod commands;
mod profile;
mod saved;

pub use commands::{ChangeProfile, ProfileSaved, RemoveSavedVacancy, SaveVacancy, SavedFlash};
pub use profile::{ProfilePage, ProfilePageProps, ProfileView};
pub use saved::{SavedPage, SavedPageProps, SavedView};
