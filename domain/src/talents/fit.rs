//! Which vacancies fit a talent: one rule, for the browser and the server.
//!
//! A vacancy is **out of the question** when the talent said so: another kind than wanted, a language in which the talent
//! does not work, a higher level than the talent's, a start outside the period, or clearly more hours than wanted.
//!
//! Everything in the others that both sides say something about is weighed:
//!
//! | what | weight | how much of it |
//! |---|---|---|
//! | skills | 40 | how many of those the vacancy asks the talent has |
//! | study field | 20 | all, when they share one |
//! | level | 15 | all when it is asked, half when the talent has a higher one |
//! | distance | 15 | all up to 10 km, then less up to 40 km; all from home |
//! | kind | 10 | all |
//!
//! The score is the share of the weight that was reached, in whole percent. Without one skill or study field in common
//! there is none: a place next door alone is no match. From [`FITS_FROM`] on a vacancy is marked. What a talent leaves open
//! counts neither for nor against.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Profile, find_skill};
use crate::Language;
use crate::text::{fold, slug};
use crate::vacancies::{Level, Remote, VacancyKind};

/// A vacancy is marked as fitting from this score on, in percent.
pub const FITS_FROM: u8 = 60;

const SKILLS: u32 = 40;
const STUDY_FIELD: u32 = 20;
const LEVEL: u32 = 15;
const DISTANCE: u32 = 15;
const KIND: u32 = 10;

/// The distance up to which a place is near, in kilometres.
const NEAR_KM: u32 = 10;
/// The distance from which a place is far, in kilometres.
const FAR_KM: u32 = 40;
/// The number of hours above the wanted ones that can be talked about.
const HOURS_TO_TALK: u8 = 4;
/// The number of days before the wanted period at which a start can be talked about.
const DAYS_TO_TALK: u64 = 14;

/// The part of a profile that counts for a match, ready to be compared with many vacancies; small enough for a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fitting {
    level: Option<Level>,
    study_fields: BTreeSet<String>,
    /// Every name of every skill, folded.
    skills: BTreeSet<String>,
    home_place: String,
    kinds: Vec<VacancyKind>,
    #[serde(with = "crate::text::maybe_day")]
    from: Option<NaiveDate>,
    #[serde(with = "crate::text::maybe_day")]
    until: Option<NaiveDate>,
    hours: Option<u8>,
    languages: Vec<Language>,
}

impl From<&Profile> for Fitting {
    fn from(profile: &Profile) -> Self {
        let names = |skill: &String| match find_skill(skill) {
            Some(known) => known.names().map(fold).to_vec(),
            None => vec![fold(skill)],
        };
        Self {
            level: profile.level,
            study_fields: profile.study_fields.iter().map(|field| slug(field)).collect(),
            skills: profile.skills.iter().flat_map(names).collect(),
            home_place: profile.home_place.clone(),
            kinds: profile.kinds.clone(),
            from: profile.from,
            until: profile.until,
            hours: profile.hours,
            languages: profile.languages.clone(),
        }
    }
}

/// The part of a vacancy that counts for a match.
#[derive(Clone, Debug)]
pub struct Offered<'a> {
    /// The kind.
    pub kind: VacancyKind,
    /// The levels that fit; none means any.
    pub levels: &'a [Level],
    /// The number of skills that it asks.
    pub skills: u32,
    /// The number of them that the talent has; see [`Fitting::has_skill`].
    pub skills_met: u32,
    /// Whether it names study fields.
    pub has_study_fields: bool,
    /// Whether the talent has one of them; see [`Fitting::has_study_field`].
    pub shares_study_field: bool,
    /// The distance from the talent's home, in kilometres.
    pub distance_km: Option<u32>,
    /// Whether it can be done from home.
    pub remote: Remote,
    /// The hours a week.
    pub hours_per_week: Option<u8>,
    /// The first day.
    pub starts_on: Option<NaiveDate>,
    /// The language in which it is written.
    pub language: Language,
}

/// The match of a vacancy with a talent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// In percent.
    pub score: u8,
    /// The reasons, the weightiest first.
    pub reasons: Vec<Reason>,
}

impl Fit {
    /// Whether the vacancy is marked as fitting.
    pub fn is_marked(&self) -> bool {
        self.score >= FITS_FROM
    }
}

/// Something that speaks for a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The number of skills that the talent has, and the number that the vacancy asks.
    Skills(u32, u32),
    /// A study field.
    StudyField,
    /// The level.
    Level(Level),
    /// The distance from home, in kilometres.
    Near(u32),
    /// It can be done from home.
    FromHome,
    /// It starts in the wanted period.
    Period,
}

impl Fitting {
    /// Whether there is enough to compare vacancies with.
    pub fn says_something(&self) -> bool {
        !self.skills.is_empty() || !self.study_fields.is_empty()
    }

    /// Whether the talent has a skill, by its name in any language.
    pub fn has_skill(&self, name: &str) -> bool {
        self.skills.contains(&fold(name))
    }

    /// Whether the talent has a study field.
    pub fn has_study_field(&self, name: &str) -> bool {
        self.study_fields.contains(&slug(name))
    }

    /// The talent's place of residence.
    pub fn home_place(&self) -> &str {
        &self.home_place
    }

    /// The match with a vacancy; `None` when it is out of the question, or when too little is known to say.
    pub fn fit(&self, offered: &Offered<'_>) -> Option<Fit> {
        if self.is_out_of_question(offered) {
            return None;
        }
        let (mut reached, mut weighed) = (0, 0);
        let mut reasons = Vec::new();
        let mut weigh = |weight: u32, percent: u32, reason: Option<Reason>| {
            weighed += weight;
            reached += weight * percent;
            reasons.extend(reason);
        };
        let compares_skills = !self.skills.is_empty() && offered.skills > 0;
        if compares_skills {
            let (met, of) = (offered.skills_met, offered.skills);
            weigh(SKILLS, met * 100 / of, (met > 0).then_some(Reason::Skills(met, of)));
        }
        let compares_fields = !self.study_fields.is_empty() && offered.has_study_fields;
        if compares_fields {
            let shares = offered.shares_study_field;
            weigh(STUDY_FIELD, if shares { 100 } else { 0 }, shares.then_some(Reason::StudyField));
        }
        let shares_skill = compares_skills && offered.skills_met > 0;
        let shares_field = compares_fields && offered.shares_study_field;
        if !shares_skill && !shares_field {
            return None;
        }
        if let Some(level) = self.level.filter(|_| !offered.levels.is_empty()) {
            let is_asked = offered.levels.contains(&level);
            weigh(LEVEL, if is_asked { 100 } else { 50 }, is_asked.then_some(Reason::Level(level)));
        }
        if offered.remote == Remote::Fully {
            weigh(DISTANCE, 100, Some(Reason::FromHome));
        } else if let Some(distance) = offered.distance_km {
            let percent = 100 * (FAR_KM - distance.clamp(NEAR_KM, FAR_KM)) / (FAR_KM - NEAR_KM);
            weigh(DISTANCE, percent, (percent > 0).then_some(Reason::Near(distance)));
        }
        if !self.kinds.is_empty() {
            weigh(KIND, 100, None);
        }
        let is_in_period = |start: NaiveDate| self.from.is_none_or(|from| from <= start);
        if (self.from.is_some() || self.until.is_some()) && offered.starts_on.is_some_and(is_in_period) {
            reasons.push(Reason::Period);
        }
        Some(Fit { score: (reached / weighed.max(1)) as u8, reasons })
    }

    fn is_out_of_question(&self, offered: &Offered<'_>) -> bool {
        let other_kind = !self.kinds.is_empty() && !self.kinds.contains(&offered.kind);
        let other_language = !self.languages.is_empty() && !self.languages.contains(&offered.language);
        let too_high = self
            .level
            .is_some_and(|own| !offered.levels.is_empty() && offered.levels.iter().all(|asked| *asked > own));
        let too_much = offered
            .hours_per_week
            .zip(self.hours)
            .is_some_and(|(asked, wanted)| asked > wanted.saturating_add(HOURS_TO_TALK));
        let too_early = offered.starts_on.zip(self.from).is_some_and(|(start, from)| {
            from.checked_sub_days(Days::new(DAYS_TO_TALK)).is_some_and(|soonest| start < soonest)
        });
        let too_late = offered.starts_on.zip(self.until).is_some_and(|(start, until)| start > until);
        other_kind || other_language || too_high || too_much || too_early || too_late
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talent() -> Fitting {
        Fitting::from(&Profile {
            level: Some(Level::Hbo),
            study_fields: vec!["werktuigbouwkunde".into()],
            skills: vec!["SolidWorks".into(), "lastechniek".into(), "jongleren".into()],
            home_place: "Ulft".into(),
            ..Profile::default()
        })
    }

    fn offered() -> Offered<'static> {
        Offered {
            kind: VacancyKind::Internship,
            levels: &[Level::Hbo],
            skills: 5,
            skills_met: 4,
            has_study_fields: true,
            shares_study_field: true,
            distance_km: Some(8),
            remote: Remote::No,
            hours_per_week: Some(36),
            starts_on: None,
            language: Language::Dutch,
        }
    }

    #[test]
    fn a_match_says_why() {
        let fit = talent().fit(&offered()).unwrap();
        // (40 * 80% + 20 + 15 + 15) of 90.
        assert_eq!(fit.score, 91);
        assert_eq!(
            fit.reasons,
            [Reason::Skills(4, 5), Reason::StudyField, Reason::Level(Level::Hbo), Reason::Near(8)]
        );
        assert!(fit.is_marked());
    }

    #[test]
    fn a_skill_counts_in_every_language_and_spelling() {
        let talent = talent();
        for name in ["lastechniek", "Schweißtechnik", "WELDING", "solidworks", "Jongleren"] {
            assert!(talent.has_skill(name), "{name}");
        }
        assert!(!talent.has_skill("CNC"));
        assert!(talent.has_study_field("Werktuigbouwkunde"));
    }

    #[test]
    fn what_the_talent_ruled_out_is_no_match() {
        type Change = fn(&mut Fitting);
        let day = |text: &str| text.parse().ok();
        let talents: [(&str, Change); 4] = [
            ("kind", |talent| talent.kinds = vec![VacancyKind::SideJob]),
            ("language", |talent| talent.languages = vec![Language::German]),
            ("level", |talent| talent.level = Some(Level::Mbo4)),
            ("hours", |talent| talent.hours = Some(24)),
        ];
        for (what, change) in talents {
            let mut talent = talent();
            change(&mut talent);
            assert_eq!(talent.fit(&offered()), None, "{what}");
        }
        let wanted = Fitting { from: day("2027-02-01"), until: day("2027-07-01"), ..talent() };
        let fits = |start| wanted.fit(&Offered { starts_on: day(start), ..offered() }).is_some();
        assert!(!fits("2027-01-17") && fits("2027-01-18") && fits("2027-07-01") && !fits("2027-07-02"));
        let asks_more = Fitting { hours: Some(32), ..talent() };
        assert!(asks_more.fit(&offered()).is_some(), "four hours more can be talked about");
    }

    #[test]
    fn what_is_left_open_counts_neither_for_nor_against() {
        let whole = Offered { skills_met: 5, ..offered() };
        let only_skills = Fitting { skills: talent().skills, ..Fitting::default() };
        assert_eq!(only_skills.fit(&Offered { distance_km: None, ..whole.clone() }).unwrap().score, 100);
        let nothing = Fitting { level: Some(Level::Hbo), home_place: "Ulft".into(), ..Fitting::default() };
        assert_eq!(nothing.fit(&whole), None, "a place next door alone is no match");
        assert!(!nothing.says_something() && only_skills.says_something());
        let asks_others = Offered { skills_met: 0, shares_study_field: false, ..offered() };
        assert_eq!(talent().fit(&asks_others), None, "nothing in common but level and distance");
        let asks_nothing = Offered { skills: 0, skills_met: 0, has_study_fields: false, ..offered() };
        assert_eq!(talent().fit(&asks_nothing), None);
    }

    #[test]
    fn every_step_away_from_home_counts_less_and_a_lower_level_half() {
        let score =
            |distance| talent().fit(&Offered { distance_km: Some(distance), ..offered() }).unwrap().score;
        let scores: Vec<u8> = [0, 10, 20, 30, 40, 200].map(score).to_vec();
        assert!(scores.is_sorted_by(|near, far| near >= far) && scores[1] > scores[2], "{scores:?}");
        assert_eq!(scores[4], scores[5]);
        let lower = talent().fit(&Offered { levels: &[Level::Mbo4], ..offered() }).unwrap();
        assert!(lower.score < 91 && !lower.reasons.contains(&Reason::Level(Level::Hbo)));
        let from_home = talent().fit(&Offered { remote: Remote::Fully, ..offered() }).unwrap();
        assert!(from_home.reasons.contains(&Reason::FromHome));
    }

    #[test]
    fn a_vacancy_is_marked_from_sixty_percent_on() {
        let is_marked = |score| Fit { score, reasons: vec![] }.is_marked();
        assert!(!is_marked(59) && is_marked(60) && is_marked(61));
    }

    #[test]
    fn a_profile_says_something_with_a_skill_or_a_study_field_alone() {
        let of = |profile: Profile| Fitting::from(&profile);
        assert!(of(Profile { skills: vec!["lassen".into()], ..Profile::default() }).says_something());
        assert!(of(Profile { study_fields: vec!["zorg".into()], ..Profile::default() }).says_something());
        assert!(!of(Profile { home_place: "Ulft".into(), ..Profile::default() }).says_something());
    }

    #[test]
    fn all_of_a_profile_that_counts_is_compared() {
        let day = |text: &str| text.parse().ok();
        let fitting = Fitting::from(&Profile {
            kinds: vec![VacancyKind::SideJob],
            languages: vec![Language::German],
            from: day("2027-02-01"),
            until: day("2027-07-01"),
            hours: Some(24),
            home_place: "Ulft".into(),
            ..Profile::default()
        });
        assert_eq!(fitting.home_place(), "Ulft");
        assert_eq!((fitting.kinds, fitting.languages), (vec![VacancyKind::SideJob], vec![Language::German]));
        assert_eq!(
            (fitting.from, fitting.until, fitting.hours),
            (day("2027-02-01"), day("2027-07-01"), Some(24))
        );
        assert!(!talent().has_study_field("bouwkunde"));
    }

    #[test]
    fn each_part_weighs_as_the_table_says() {
        let score = |talent: &Fitting, change: fn(&mut Offered<'_>)| {
            let mut offered = Offered { distance_km: None, ..offered() };
            change(&mut offered);
            talent.fit(&offered).map(|fit| fit.score)
        };
        let talent = talent();
        // Skills 40 * 80%, study field 20, level 15, of 75.
        assert_eq!(score(&talent, |_| ()), Some(89));
        // The vacancy asks no skills: 20 + 15 of 35. The talent has none of them: the same of 75.
        assert_eq!(score(&talent, |offered| (offered.skills, offered.skills_met) = (0, 0)), Some(100));
        assert_eq!(score(&talent, |offered| offered.skills_met = 0), Some(46));
        // It names no study fields: 32 + 15 of 55. It names others: the same of 75.
        assert_eq!(score(&talent, |offered| offered.has_study_fields = false), Some(85));
        assert_eq!(score(&talent, |offered| offered.shares_study_field = false), Some(62));
        // Any level will do: 32 + 20 of 60. Only a lower one: half of 15.
        assert_eq!(score(&talent, |offered| offered.levels = &[]), Some(86));
        assert_eq!(score(&talent, |offered| offered.levels = &[Level::Mbo3, Level::Mbo4]), Some(79));
        // The kind is wanted: 67 + 10 of 85.
        let wants = Fitting { kinds: vec![VacancyKind::SideJob, VacancyKind::Internship], ..talent.clone() };
        assert_eq!(score(&wants, |_| ()), Some(90));
        // From home: 67 + 15 of 90, however far.
        let from_home =
            |offered: &mut Offered<'_>| (offered.remote, offered.distance_km) = (Remote::Fully, Some(90));
        assert_eq!(score(&talent, from_home), Some(91));
        // One of forty skills is still one in common, though it is worth little: 40 * 2% + 20 + 15 of 75.
        let one_of_many = |offered: &mut Offered<'_>| (offered.skills, offered.skills_met) = (40, 1);
        assert_eq!(score(&talent, one_of_many), Some(47));
    }

    #[test]
    fn distance_counts_fully_up_to_10_km_and_not_at_all_from_40() {
        let fit =
            |distance_km| talent().fit(&Offered { distance_km: Some(distance_km), ..offered() }).unwrap();
        // 32 + 20 + 15 of 90, and 15, 7.5, 0.45 or nothing for the distance.
        let scores = [0, 10, 11, 25, 39, 40, 400].map(|distance| fit(distance).score);
        assert_eq!(scores, [91, 91, 90, 82, 74, 74, 74]);
        let is_near = |distance| fit(distance).reasons.contains(&Reason::Near(distance));
        assert!(is_near(39) && !is_near(40));
    }

    #[test]
    fn a_reason_is_only_what_both_sides_share() {
        let reasons = |talent: &Fitting, offered: &Offered<'_>| talent.fit(offered).unwrap().reasons;
        let far = Offered { distance_km: None, levels: &[Level::Mbo4], ..offered() };
        assert_eq!(reasons(&talent(), &far), [Reason::Skills(4, 5), Reason::StudyField]);
        let other_field = Offered { shares_study_field: false, ..far.clone() };
        assert_eq!(reasons(&talent(), &other_field), [Reason::Skills(4, 5)]);
        let other_skills = Offered { skills_met: 0, ..far.clone() };
        assert_eq!(reasons(&talent(), &other_skills), [Reason::StudyField]);
        let no_fields = Fitting { study_fields: BTreeSet::new(), ..talent() };
        assert_eq!(reasons(&no_fields, &far), [Reason::Skills(4, 5)], "shared with nobody");
        let no_skills = Fitting { skills: BTreeSet::new(), ..talent() };
        assert_eq!(reasons(&no_skills, &far), [Reason::StudyField]);
    }

    #[test]
    fn a_start_in_the_wanted_period_is_a_reason() {
        let day = |text: &str| text.parse().ok();
        let is_reason = |from: Option<&str>, until: Option<&str>, start: Option<&str>| {
            let wanted = Fitting { from: from.and_then(day), until: until.and_then(day), ..talent() };
            let offered = Offered { starts_on: start.and_then(day), ..offered() };
            wanted.fit(&offered).unwrap().reasons.contains(&Reason::Period)
        };
        let (from, until) = (Some("2027-02-01"), Some("2027-07-01"));
        assert!(is_reason(from, until, Some("2027-02-01")) && is_reason(from, until, until));
        assert!(is_reason(from, None, Some("2027-03-01")) && is_reason(None, until, Some("2027-03-01")));
        assert!(!is_reason(from, until, Some("2027-01-31")), "early, though it can be talked about");
        assert!(!is_reason(from, until, None) && !is_reason(None, None, Some("2027-03-01")));
    }

    #[test]
    fn what_can_be_talked_about_ends_at_four_hours_and_at_a_level_above() {
        let fits = |talent: Fitting, offered: Offered<'_>| talent.fit(&offered).is_some();
        let hours = |wanted| Fitting { hours: Some(wanted), ..talent() };
        assert!(fits(hours(32), offered()) && !fits(hours(31), offered()));
        assert!(fits(hours(31), Offered { hours_per_week: None, ..offered() }));
        let at = |levels| fits(talent(), Offered { levels, ..offered() });
        assert!(at(&[Level::Hbo, Level::WoMaster]) && at(&[Level::Mbo4]) && at(&[]));
        assert!(!at(&[Level::WoBachelor, Level::WoMaster]));
        let knows = |languages| fits(Fitting { languages, ..talent() }, offered());
        assert!(knows(vec![Language::German, Language::Dutch]) && !knows(vec![Language::German]));
    }
}
