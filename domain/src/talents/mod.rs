//! Talents: what they tell of themselves, and which vacancies fit them.

mod fit;
mod profile;
mod skills;

pub use fit::{FITS_FROM, Fit, Fitting, Offered, Reason};
pub use profile::{
    CV_OF_PROFILE, LONGEST_LINE, LONGEST_NOTE, MOST_HOURS, MOST_SAVED, MOST_SKILLS, Profile, ProfileDraft,
    SavedVacancy,
};
pub use skills::{Skill, find_skill, skills};
