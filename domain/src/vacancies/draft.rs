//! A vacancy as somebody types it, and the check that makes a vacancy of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::vacancy::{Level, Pay, Remote, TravelAllowance, Vacancy, VacancyKind};
use crate::Language;
use crate::check::Checker;
use crate::field_errors::{FieldError, FieldErrors};
use crate::organisations::KnownOrganisation;
use crate::region::Region;
use crate::text::{day_text, parse_date};

/// The greatest number of characters of a title.
pub const LONGEST_TITLE: usize = 160;
/// The greatest number of characters of a study field or a skill.
pub const LONGEST_ITEM: usize = 80;
/// The greatest number of study fields, and of skills.
pub const MOST_ITEMS: usize = 100;
/// The greatest number of characters of a vacancy's text.
pub const LONGEST_VACANCY_TEXT: usize = 20_000;

/// What was typed of a vacancy: each field as it was, so that nothing is lost while it is wrong.
///
/// A choice is its code or its Dutch word, a day is written as forms or as Dutch spreadsheets write it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VacancyDraft {
    /// The title.
    pub title: String,
    /// The organisation that was chosen, as the form or the sheet names it.
    pub organisation: String,
    /// Which of the five kinds it is.
    pub kind: String,
    /// The levels of education that fit.
    pub levels: Vec<String>,
    /// The study fields that fit.
    pub study_fields: Vec<String>,
    /// The skills that help.
    pub skills: Vec<String>,
    /// The place of work.
    pub place: String,
    /// Hours a week.
    pub hours_per_week: String,
    /// The length in weeks.
    pub weeks: String,
    /// The first day.
    pub starts_on: String,
    /// The last day on which it is public.
    pub closes_on: String,
    /// The pay in a month: an amount or a range.
    pub pay: String,
    /// What is paid for travelling.
    pub travel_allowance: String,
    /// The language of its title and text.
    pub language: String,
    /// Whether it is meant for people from across the border too.
    pub is_cross_border: String,
    /// The share of the work that can be done from home.
    pub remote: String,
    /// The number of people who can start.
    pub seats: String,
    /// The description in Markdown.
    pub text: String,
}

/// What a check must know beside the draft.
#[derive(Clone, Copy, Debug)]
pub struct VacancyContext<'a> {
    /// The places of the hub.
    pub region: &'a Region,
    /// The organisation that the draft names or whose member writes it, when the hub knows it.
    pub organisation: Option<&'a KnownOrganisation>,
    /// The first day on which it may close.
    pub earliest_closing: Option<NaiveDate>,
}

/// The contents of a vacancy that are right; only [`VacancyDraft::check`] makes one.
///
/// It is a draft without a reference: the store gives it one, and the state that it keeps or gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVacancy(Vacancy);

impl NewVacancy {
    /// The contents.
    pub const fn vacancy(&self) -> &Vacancy {
        &self.0
    }

    /// The contents, to be given a reference and a state.
    pub fn into_vacancy(self) -> Vacancy {
        self.0
    }
}

impl VacancyDraft {
    /// What is typed of a vacancy that is there: to change or to copy it.
    pub fn of(vacancy: &Vacancy) -> Self {
        let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
        Self {
            title: vacancy.title.clone(),
            organisation: vacancy.organisation.clone(),
            kind: vacancy.kind.code().to_owned(),
            levels: vacancy.levels.iter().map(|level| level.code().to_owned()).collect(),
            study_fields: vacancy.study_fields.clone(),
            skills: vacancy.skills.clone(),
            place: vacancy.place.clone(),
            hours_per_week: number(vacancy.hours_per_week.map(u16::from)),
            weeks: number(vacancy.weeks),
            starts_on: vacancy.starts_on.map(day_text).unwrap_or_default(),
            closes_on: day_text(vacancy.closes_on),
            pay: vacancy.pay.map(Pay::word).unwrap_or_default(),
            travel_allowance: vacancy.travel_allowance.code().to_owned(),
            language: vacancy.language.code().to_owned(),
            is_cross_border: if vacancy.is_cross_border { "ja".to_owned() } else { String::new() },
            remote: vacancy.remote.code().to_owned(),
            seats: vacancy.seats.to_string(),
            text: vacancy.text.clone(),
        }
    }

    /// Checks what was typed.
    ///
    /// # Errors
    /// Every field that is wrong, at once.
    pub fn check(&self, context: &VacancyContext<'_>) -> Result<NewVacancy, FieldErrors> {
        let mut check = Checker::default();
        let title = check.filled_line("title", &self.title, LONGEST_TITLE);
        let organisation = self.check_organisation(&mut check, context);
        let kind = check.required("kind", &self.kind, VacancyKind::parse, FieldError::UnknownChoice);
        let levels = self.check_levels(&mut check);
        let study_fields = check.list("study_fields", &self.study_fields, LONGEST_ITEM, MOST_ITEMS);
        let skills = check.list("skills", &self.skills, LONGEST_ITEM, MOST_ITEMS);
        let place = check.place("place", &self.place, context.region);
        let hours_per_week = check.number("hours_per_week", &self.hours_per_week, 1, 60);
        let weeks = check.number("weeks", &self.weeks, 1, 520);
        let starts_on = check.parsed("starts_on", &self.starts_on, parse_date, FieldError::NoDate);
        let closes_on = self.check_closing(&mut check, starts_on, context.earliest_closing);
        let pay = check.parsed("pay", &self.pay, Pay::parse, FieldError::NoAmount);
        let travel_allowance = check.parsed(
            "travel_allowance",
            &self.travel_allowance,
            TravelAllowance::parse,
            FieldError::UnknownChoice,
        );
        let language = check.parsed("language", &self.language, Language::parse, FieldError::UnknownChoice);
        let is_cross_border = check.yes("is_cross_border", &self.is_cross_border);
        let remote = check.parsed("remote", &self.remote, Remote::parse, FieldError::UnknownChoice);
        let seats = check.number("seats", &self.seats, 1, 1000);
        let text = check.lines("text", &self.text, LONGEST_VACANCY_TEXT);
        let (Some(organisation), Some(kind), Some(closes_on), true) =
            (organisation, kind, closes_on, check.errors.is_empty())
        else {
            return Err(check.errors);
        };
        let usual = Vacancy::minimal(title, organisation, kind, place, closes_on);
        Ok(NewVacancy(Vacancy {
            levels,
            study_fields,
            skills,
            hours_per_week,
            weeks,
            starts_on,
            pay,
            travel_allowance: travel_allowance.unwrap_or(usual.travel_allowance),
            language: language.unwrap_or(usual.language),
            is_cross_border,
            remote: remote.unwrap_or(usual.remote),
            seats: seats.unwrap_or(usual.seats),
            text,
            ..usual
        }))
    }

    fn check_organisation<'a>(
        &self,
        check: &mut Checker,
        context: &VacancyContext<'a>,
    ) -> Option<&'a KnownOrganisation> {
        if context.organisation.is_none() {
            let is_empty = self.organisation.trim().is_empty();
            let error = if is_empty { FieldError::Missing } else { FieldError::UnknownChoice };
            check.errors.insert("organisation", error);
        }
        context.organisation
    }

    fn check_levels(&self, check: &mut Checker) -> Vec<Level> {
        let is_empty = self.levels.iter().all(|level| level.trim().is_empty());
        if is_empty {
            check.errors.insert("levels", FieldError::Missing);
        }
        let level = |text: &str| Level::parse(text).ok_or(FieldError::UnknownChoice);
        let mut levels = check.values("levels", &self.levels, level);
        levels.sort_unstable();
        levels
    }

    fn check_closing(
        &self,
        check: &mut Checker,
        starts_on: Option<NaiveDate>,
        earliest: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let closes_on = check.required("closes_on", &self.closes_on, parse_date, FieldError::NoDate)?;
        if let Some(latest) = starts_on.filter(|starts_on| closes_on > *starts_on) {
            check.errors.insert("closes_on", FieldError::DateAfter { latest });
        }
        if let Some(earliest) = earliest.filter(|earliest| closes_on < *earliest) {
            check.errors.insert("closes_on", FieldError::DateBefore { earliest });
        }
        Some(closes_on)
    }
}

#[cfg(test)]
mod tests {
    use super::super::state::VacancyState;
    use super::*;
    use crate::organisations::OrganisationState;
    use crate::region::Place;

    fn region() -> Region {
        let ulft = Place {
            name: "Ulft".into(),
            municipality: "Oude IJsselstreek".into(),
            latitude: 51.8897,
            longitude: 6.3797,
        };
        Region { municipalities: vec![], places: vec![ulft] }
    }

    fn check(draft: &VacancyDraft, earliest_closing: Option<NaiveDate>) -> Result<Vacancy, FieldErrors> {
        let organisation =
            KnownOrganisation { id: 7, name: "IJsselmetaal".into(), state: OrganisationState::Member };
        let context =
            VacancyContext { region: &region(), organisation: Some(&organisation), earliest_closing };
        draft.check(&context).map(NewVacancy::into_vacancy)
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn draft() -> VacancyDraft {
        VacancyDraft {
            title: " Lasrobot ".into(),
            organisation: "ijsselmetaal".into(),
            kind: "internship".into(),
            levels: texts(&["hbo", "mbo_4", "hbo"]),
            study_fields: texts(&["mechatronica"]),
            skills: texts(&["ROS", "", "Python"]),
            place: "ULFT".into(),
            hours_per_week: "36".into(),
            weeks: "20".into(),
            starts_on: "2027-02-01".into(),
            closes_on: "2027-01-15".into(),
            pay: "450".into(),
            travel_allowance: "per kilometer".into(),
            language: "de".into(),
            is_cross_border: "on".into(),
            remote: "partly".into(),
            seats: "2".into(),
            text: "Je leert lassen.\r\n".into(),
        }
    }

    #[test]
    fn a_draft_that_is_right_becomes_a_vacancy_that_nobody_sees_yet() {
        let vacancy = check(&draft(), None).unwrap();
        assert_eq!((vacancy.title.as_str(), vacancy.place.as_str()), ("Lasrobot", "Ulft"));
        assert_eq!((vacancy.organisation_id, vacancy.organisation.as_str()), (7, "IJsselmetaal"));
        assert_eq!(vacancy.levels, [Level::Mbo4, Level::Hbo]);
        assert_eq!(vacancy.skills, ["ROS", "Python"]);
        assert_eq!((vacancy.hours_per_week, vacancy.weeks, vacancy.seats), (Some(36), Some(20), 2));
        assert_eq!(vacancy.starts_on, NaiveDate::from_ymd_opt(2027, 2, 1));
        assert_eq!(vacancy.pay, Pay::parse("450"));
        assert_eq!(vacancy.travel_allowance, TravelAllowance::PerKilometre);
        assert_eq!((vacancy.language, vacancy.remote), (Language::German, Remote::Partly));
        assert!(vacancy.is_cross_border);
        assert_eq!(vacancy.text, "Je leert lassen.");
        assert_eq!((vacancy.state, vacancy.published_on), (VacancyState::Draft, None));
        assert_eq!(vacancy.reference, "");
    }

    #[test]
    fn a_vacancy_that_is_typed_again_is_the_same() {
        let vacancy = check(&draft(), None).unwrap();
        assert_eq!(check(&VacancyDraft::of(&vacancy), None), Ok(vacancy.clone()));
        let open = VacancyDraft {
            starts_on: String::new(),
            pay: String::new(),
            is_cross_border: String::new(),
            ..draft()
        };
        let vacancy = check(&open, None).unwrap();
        assert_eq!(check(&VacancyDraft::of(&vacancy), None), Ok(vacancy));
    }

    #[test]
    fn what_is_left_open_is_unknown_or_the_usual() {
        let open = VacancyDraft {
            study_fields: vec![],
            skills: vec![],
            hours_per_week: String::new(),
            weeks: " ".into(),
            starts_on: String::new(),
            pay: String::new(),
            travel_allowance: String::new(),
            language: String::new(),
            is_cross_border: String::new(),
            remote: String::new(),
            seats: String::new(),
            text: String::new(),
            ..draft()
        };
        let vacancy = check(&open, None).unwrap();
        assert_eq!((vacancy.hours_per_week, vacancy.weeks, vacancy.starts_on), (None, None, None));
        assert_eq!((vacancy.pay, vacancy.seats), (None, 1));
        assert_eq!(vacancy.travel_allowance, TravelAllowance::Unknown);
        assert_eq!((vacancy.language, vacancy.remote), (Language::Dutch, Remote::No));
        assert!(!vacancy.is_cross_border && vacancy.skills.is_empty());
    }

    #[test]
    fn a_draft_reports_every_bad_field_at_once() {
        let bad = VacancyDraft {
            title: "x".repeat(161),
            organisation: "ijsselmetaal".into(),
            kind: "hobby".into(),
            levels: texts(&["hbo", "havo"]),
            study_fields: vec!["x".repeat(81)],
            skills: vec![String::new(), "a\0".into()],
            place: "Ulfd".into(),
            hours_per_week: "61".into(),
            weeks: "521".into(),
            starts_on: "31-02-2027".into(),
            closes_on: "ooit".into(),
            pay: "-1".into(),
            travel_allowance: "te voet".into(),
            language: "fr".into(),
            is_cross_border: "misschien".into(),
            remote: "soms".into(),
            seats: "1001".into(),
            text: "x".repeat(20_001),
        };
        let context = VacancyContext { region: &region(), organisation: None, earliest_closing: None };
        let errors = bad.check(&context).unwrap_err();
        let nearest = Some("Ulft".to_owned());
        let expected = [
            ("title", FieldError::TooLong { longest: 160 }),
            ("organisation", FieldError::UnknownChoice),
            ("kind", FieldError::UnknownChoice),
            ("levels[1]", FieldError::UnknownChoice),
            ("study_fields[0]", FieldError::TooLong { longest: 80 }),
            ("skills[1]", FieldError::NoPlainText),
            ("place", FieldError::UnknownPlace { nearest }),
            ("hours_per_week", FieldError::NoNumber { least: 1, most: 60 }),
            ("weeks", FieldError::NoNumber { least: 1, most: 520 }),
            ("starts_on", FieldError::NoDate),
            ("closes_on", FieldError::NoDate),
            ("pay", FieldError::NoAmount),
            ("travel_allowance", FieldError::UnknownChoice),
            ("language", FieldError::UnknownChoice),
            ("is_cross_border", FieldError::NoYesOrNo),
            ("remote", FieldError::UnknownChoice),
            ("seats", FieldError::NoNumber { least: 1, most: 1000 }),
            ("text", FieldError::TooLong { longest: 20_000 }),
        ];
        let expected = expected.into_iter().map(|(field, error)| (field.to_owned(), error));
        assert_eq!(errors, expected.collect());
    }

    #[test]
    fn an_empty_draft_lacks_what_a_vacancy_needs() {
        let context = VacancyContext { region: &region(), organisation: None, earliest_closing: None };
        let errors = VacancyDraft::default().check(&context).unwrap_err();
        let needed = ["closes_on", "kind", "levels", "organisation", "place", "title"];
        assert!(errors.iter().map(|(field, _)| field).eq(needed));
        assert!(errors.iter().all(|(_, error)| *error == FieldError::Missing));
        let unread = serde_json::from_str::<VacancyDraft>("{}").unwrap();
        assert_eq!(unread, VacancyDraft::default(), "what is not sent is empty");
    }

    #[test]
    fn a_vacancy_closes_by_its_first_day_and_not_before_the_first_day_that_is_allowed() {
        let day = |day| NaiveDate::from_ymd_opt(2027, 1, day).unwrap();
        let error = |draft: VacancyDraft, earliest| {
            check(&draft, earliest).err().and_then(|errors| errors.get("closes_on").cloned())
        };
        let starting = |starts_on: &str| VacancyDraft { starts_on: starts_on.into(), ..draft() };
        assert_eq!(error(starting("2027-01-15"), None), None);
        assert_eq!(error(starting("2027-01-14"), None), Some(FieldError::DateAfter { latest: day(14) }));
        assert_eq!(error(draft(), Some(day(15))), None);
        assert_eq!(error(draft(), Some(day(16))), Some(FieldError::DateBefore { earliest: day(16) }));
    }
}
