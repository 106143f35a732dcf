//! What a talent tells, keeps, and is offered. All of it is drawn by the server; the marks on cards by the browser too.

mod profile;
mod saved;

use domain::Language;
use domain::talents::{Fit, Reason};

use crate::{labels, texts as t};

pub use profile::{ProfileErrorTexts, ProfilePage, ProfilePageProps, ProfileView};
pub use saved::{SavedPage, SavedPageProps, SavedView};

/// Why a vacancy fits, in one line: `4 van 5 vaardigheden · hbo · 8 km`.
pub(crate) fn fit_words(fit: &Fit, language: Language) -> String {
    let words = fit.reasons.iter().map(|reason| match *reason {
        Reason::Skills(met, of) => t::fit_skills(language, met, of),
        Reason::StudyField => t::fit_study_field(language).to_owned(),
        Reason::Level(level) => labels::level(level, language).to_owned(),
        Reason::Near(kilometres) => format!("{kilometres} km"),
        Reason::FromHome => t::remote_fully(language).to_owned(),
        Reason::Period => t::fit_period(language).to_owned(),
    });
    words.collect::<Vec<_>>().join(" · ")
}
