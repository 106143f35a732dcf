//! The profile of a talent: the draft that a form holds, and its check.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::Language;
use crate::applications::{AppliedVacancy, LONGEST_TEXT};
use crate::command::TICKED;
use crate::field_errors::{FieldError, FieldErrors, item_name};
use crate::text::{clean_line, clean_lines, fold, parse_date};
use crate::vacancies::{Level, VacancyKind};

/// The address segment of the CV in one's own profile, in place of the number of an application.
pub const CV_OF_PROFILE: &str = "profiel";
/// The longest line of a profile, in characters.
pub const LONGEST_LINE: usize = 120;
/// The largest number of skills in a profile.
pub const MOST_SKILLS: usize = 12;
/// The longest note on a vacancy that a talent keeps, in characters.
pub const LONGEST_NOTE: usize = 500;
/// The largest number of vacancies that a talent keeps.
pub const MOST_SAVED: u32 = 500;
/// The largest number of hours a week that somebody can work.
pub const MOST_HOURS: u8 = 40;

/// A talent's description of itself; every field is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The study programme: "werktuigbouwkunde".
    pub programme: String,
    /// The school or university.
    pub institution: String,
    /// The level of the study.
    pub level: Option<Level>,
    /// The study fields, as the hub spells them.
    pub study_fields: Vec<String>,
    /// The skills, as the talent spells them.
    pub skills: Vec<String>,
    /// The place of residence.
    pub home_place: String,
    /// The place of the region where one grew up, or has other roots.
    pub roots: String,
    /// The kinds of vacancy that are wanted; none means any.
    pub kinds: Vec<VacancyKind>,
    /// From when.
    pub from: Option<NaiveDate>,
    /// Until when.
    pub until: Option<NaiveDate>,
    /// The largest number of hours a week.
    pub hours: Option<u8>,
    /// The languages in which one can work; none means any.
    pub languages: Vec<Language>,
    /// Anything else, as free text.
    pub about: String,
}

/// A vacancy that a talent keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedVacancy {
    /// The vacancy.
    pub vacancy: AppliedVacancy,
    /// Whether one can still apply.
    pub is_open: bool,
    /// The talent's note.
    pub note: String,
    /// The time at which it was kept.
    pub saved_at: DateTime<Utc>,
}

/// A profile as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileDraft {
    /// The name of the account.
    pub name: String,
    /// See [`Profile`].
    pub programme: String,
    /// See [`Profile`].
    pub institution: String,
    /// The slug of the level.
    pub level: String,
    /// The chosen study fields.
    pub study_fields: Vec<String>,
    /// The skills, some of them empty.
    pub skills: Vec<String>,
    /// See [`Profile`].
    pub home_place: String,
    /// See [`Profile`].
    pub roots: String,
    /// The slugs of the kinds.
    pub kinds: Vec<String>,
    /// A day.
    pub from: String,
    /// A day.
    pub until: String,
    /// A number.
    pub hours: String,
    /// The codes of the languages.
    pub languages: Vec<String>,
    /// See [`Profile`].
    pub about: String,
    /// `yes` when vacancies that fit are marked.
    pub fits: String,
    /// `yes` when the CV goes.
    #[serde(rename = "remove-cv")]
    pub remove_cv: String,
}

impl ProfileDraft {
    /// Whether vacancies that fit are marked.
    pub fn shows_fits(&self) -> bool {
        self.fits == TICKED
    }

    /// Whether the CV goes.
    pub fn removes_cv(&self) -> bool {
        self.remove_cv == TICKED
    }

    /// Reads a typed profile, given the hub's study fields. An unknown choice is left out: no form offers it.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn check(&self, study_fields: &[String]) -> Result<Profile, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut note = |field: &str, error: Option<FieldError>| {
            if let Some(error) = error {
                errors.insert(field, error);
            }
        };
        let mut line = |field: &str, text: &str| {
            let line = clean_line(text);
            note(field, error_of(&line, LONGEST_LINE));
            line
        };
        let programme = line("programme", &self.programme);
        let institution = line("institution", &self.institution);
        let home_place = line("home_place", &self.home_place);
        let roots = line("roots", &self.roots);
        for (at, skill) in self.skills.iter().enumerate() {
            line(&item_name("skills", at), skill);
        }
        let about = clean_lines(&self.about);
        note("about", error_of(&about, LONGEST_TEXT));
        let from = day(&self.from);
        let until = day(&self.until);
        note("from", from.clone().err());
        note("until", until.clone().err());
        let (from, until) = (from.ok().flatten(), until.ok().flatten());
        if let Some((from, until)) = from.zip(until)
            && until < from
        {
            note("until", Some(FieldError::DateBefore { earliest: from }));
        }
        let hours = hours(&self.hours);
        note("hours", hours.clone().err());
        let hours = hours.ok().flatten();
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Profile {
            programme,
            institution,
            level: Level::from_word(&self.level),
            study_fields: study_fields
                .iter()
                .filter(|field| self.study_fields.contains(field))
                .cloned()
                .collect(),
            skills: each_once(self.skills.iter().map(|skill| clean_line(skill))),
            home_place,
            roots,
            kinds: self.kinds.iter().filter_map(|kind| VacancyKind::from_word(kind)).collect(),
            from,
            until,
            hours,
            languages: self.languages.iter().filter_map(|code| Language::from_code(code)).collect(),
            about,
        })
    }
}

/// The skills that are not empty, each once whatever its capitals.
fn each_once(skills: impl Iterator<Item = String>) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for skill in skills.filter(|skill| !skill.is_empty()) {
        if known.len() < MOST_SKILLS && !known.iter().any(|other| fold(other) == fold(&skill)) {
            known.push(skill);
        }
    }
    known
}

fn error_of(text: &str, longest: usize) -> Option<FieldError> {
    (text.chars().count() > longest).then_some(FieldError::TooLong { longest })
}

fn day(text: &str) -> Result<Option<NaiveDate>, FieldError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    parse_date(text).map(Some).ok_or(FieldError::NoDate)
}

fn hours(text: &str) -> Result<Option<u8>, FieldError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let hours = text.trim().parse().ok().filter(|hours| (1..=MOST_HOURS).contains(hours));
    hours.map(Some).ok_or(FieldError::NoNumber { least: 1, most: i64::from(MOST_HOURS) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_reports_every_bad_field() {
        let draft = ProfileDraft {
            programme: "x".repeat(121),
            institution: "x".repeat(121),
            skills: vec!["lassen".into(), "x".repeat(121)],
            home_place: "x".repeat(121),
            roots: "x".repeat(121),
            from: "01-09-2027".into(),
            until: "31-08-2027".into(),
            hours: "41".into(),
            about: "x".repeat(LONGEST_TEXT + 1),
            ..ProfileDraft::default()
        };
        let long = || FieldError::TooLong { longest: LONGEST_LINE };
        let first = NaiveDate::from_ymd_opt(2027, 9, 1).unwrap();
        let errors = [
            ("programme", long()),
            ("institution", long()),
            ("skills[1]", long()),
            ("home_place", long()),
            ("roots", long()),
            ("until", FieldError::DateBefore { earliest: first }),
            ("hours", FieldError::NoNumber { least: 1, most: 40 }),
            ("about", FieldError::TooLong { longest: LONGEST_TEXT }),
        ];
        let errors = errors.into_iter().map(|(field, error)| (field.to_owned(), error)).collect();
        assert_eq!(draft.check(&[]), Err(errors));
        let odd = ProfileDraft { from: "morgen".into(), hours: "veel".into(), ..ProfileDraft::default() };
        let errors = odd.check(&[]).unwrap_err();
        assert_eq!(errors.get("from"), Some(&FieldError::NoDate));
        assert_eq!(errors.get("hours"), Some(&FieldError::NoNumber { least: 1, most: 40 }));
    }

    #[test]
    fn a_box_is_ticked_by_the_word_of_its_form_alone() {
        for (typed, is_ticked) in [("yes", true), ("", false), ("no", false), ("Yes", false)] {
            let draft = ProfileDraft { fits: typed.into(), ..ProfileDraft::default() };
            assert_eq!((draft.shows_fits(), draft.removes_cv()), (is_ticked, false), "{typed}");
            let draft = ProfileDraft { remove_cv: typed.into(), ..ProfileDraft::default() };
            assert_eq!((draft.shows_fits(), draft.removes_cv()), (false, is_ticked), "{typed}");
        }
    }

    #[test]
    fn nothing_of_a_profile_must_be_filled_in() {
        assert_eq!(ProfileDraft::default().check(&[]), Ok(Profile::default()));
    }

    #[test]
    fn a_profile_holds_only_what_a_form_offers_and_each_skill_once() {
        let fields = ["bouwkunde".to_owned(), "logistiek".to_owned()];
        let draft = ProfileDraft {
            study_fields: vec!["tovenarij".into(), "logistiek".into()],
            skills: vec!["Lassen".into(), String::new(), " lassen ".into(), "C#".into(), "C".into()],
            kinds: vec!["stage".into(), "gratis werk".into()],
            languages: vec!["de".into(), "xx".into()],
            level: "mbo-4".into(),
            ..ProfileDraft::default()
        };
        let profile = draft.check(&fields).unwrap();
        assert_eq!(profile.study_fields, ["logistiek"]);
        assert_eq!(profile.skills, ["Lassen", "C#", "C"]);
        assert_eq!(
            (profile.kinds, profile.languages),
            (vec![VacancyKind::Internship], vec![Language::German])
        );
        assert_eq!(profile.level, Some(Level::Mbo4));
    }

    #[test]
    fn a_line_of_a_profile_has_at_most_120_characters_and_its_text_4000() {
        let longest = ProfileDraft {
            programme: "é".repeat(120),
            skills: vec!["x".repeat(120)],
            about: "é".repeat(4_000),
            ..ProfileDraft::default()
        };
        let profile = longest.check(&[]).unwrap();
        assert_eq!((profile.programme, profile.about), (longest.programme, longest.about));
    }

    #[test]
    fn hours_are_a_number_from_1_to_40() {
        let hours = |text: &str| {
            let draft = ProfileDraft { hours: text.into(), ..ProfileDraft::default() };
            draft.check(&[]).map(|profile| profile.hours).map_err(|errors| errors.get("hours").cloned())
        };
        assert_eq!([hours("1"), hours(" 24 "), hours("40")], [Ok(Some(1)), Ok(Some(24)), Ok(Some(40))]);
        assert_eq!(hours(" "), Ok(None));
        for text in ["0", "41", "999"] {
            assert_eq!(hours(text), Err(Some(FieldError::NoNumber { least: 1, most: 40 })), "{text}");
        }
    }

    #[test]
    fn a_period_may_begin_and_end_on_one_day() {
        let day = NaiveDate::from_ymd_opt(2027, 9, 1);
        let draft = |from: &str, until: &str| ProfileDraft {
            from: from.into(),
            until: until.into(),
            ..ProfileDraft::default()
        };
        let profile = draft("01-09-2027", "1-9-2027").check(&[]).unwrap();
        assert_eq!((profile.from, profile.until), (day, day));
        assert_eq!(draft("01-09-2027", "02-09-2027").check(&[]).unwrap().from, day);
        let errors = draft("01-09-2027", "ooit").check(&[]).unwrap_err();
        assert_eq!((errors.get("from"), errors.get("until")), (None, Some(&FieldError::NoDate)));
    }

    #[test]
    fn a_profile_has_at_most_twelve_skills() {
        let skills: Vec<String> = (1..=14).map(|number| format!("vak {number}")).collect();
        let draft = ProfileDraft { skills: skills.clone(), ..ProfileDraft::default() };
        assert_eq!(draft.check(&[]).unwrap().skills, skills[..12]);
    }
}
