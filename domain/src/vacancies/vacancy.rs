//! A vacancy: its words, its values, and what lists show of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::state::{VacancyState, VacancyVisibility};
use crate::Language;
use crate::organisations::{KnownOrganisation, OrganisationState};
use crate::text::{Cents, short_slug};
use crate::words::words;

words! {
    /// The five kinds of vacancy.
    VacancyKind {
        /// An internship (stage).
        Internship = "internship", "stage";
        /// A graduation project (afstudeeropdracht).
        GraduationProject = "graduation_project", "afstudeeropdracht";
        /// A traineeship of one or two years.
        Traineeship = "traineeship", "traineeship";
        /// A first job after graduating (startersfunctie).
        StarterJob = "starter_job", "startersfunctie";
        /// A job beside one's studies (bijbaan).
        SideJob = "side_job", "bijbaan";
    }
}

words! {
    /// A level of Dutch education.
    Level {
        /// Vocational level 2 (EQF 2).
        Mbo2 = "mbo_2", "mbo 2";
        /// Vocational level 3 (EQF 3).
        Mbo3 = "mbo_3", "mbo 3";
        /// Vocational level 4 (EQF 4).
        Mbo4 = "mbo_4", "mbo 4";
        /// Associate degree (EQF 5).
        AssociateDegree = "associate_degree", "associate degree";
        /// Bachelor of a university of applied sciences (EQF 6).
        Hbo = "hbo", "hbo";
        /// Bachelor of a research university (EQF 6).
        WoBachelor = "wo_bachelor", "wo bachelor";
        /// Master of a university (EQF 7).
        WoMaster = "wo_master", "wo master";
    }
}

words! {
    /// The share of the work that can be done from home.
    Remote {
        /// Nothing.
        No = "no", "nee";
        /// Some days.
        Partly = "partly", "deels";
        /// Everything.
        Fully = "fully", "volledig";
    }
}

words! {
    /// What an organisation pays for travelling to work.
    TravelAllowance {
        /// The organisation does not say.
        Unknown = "unknown", "onbekend";
        /// Nothing.
        None = "none", "geen";
        /// Travelling by public transport.
        PublicTransport = "public_transport", "openbaar vervoer";
        /// An amount for each kilometre.
        PerKilometre = "per_kilometre", "per kilometer";
    }
}

words! {
    /// A band of hours a week.
    HoursBand {
        /// At most 16 hours.
        UpTo16 = "up_to_16", "t/m 16";
        /// From 17 to 31 hours.
        From17To31 = "from_17_to_31", "17-31";
        /// 32 hours or more.
        From32 = "from_32", "vanaf 32";
    }
}

impl HoursBand {
    /// The band in which a number of hours a week falls.
    pub const fn of(hours: u8) -> Self {
        match hours {
            0..=16 => Self::UpTo16,
            17..=31 => Self::From17To31,
            _ => Self::From32,
        }
    }
}

/// Pay in euros a month before tax: one amount when both are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pay {
    /// The least.
    pub from: Cents,
    /// The most.
    pub to: Cents,
}

impl Pay {
    /// Reads `€ 450,00` or `€ 2.700 - € 3.200`; refuses negative amounts and a range that runs backwards.
    pub fn parse(text: &str) -> Option<Self> {
        let halves = ["–", " - ", " tot ", " t/m "].iter().find_map(|mark| text.split_once(mark));
        let (from, to) = match halves {
            Some((from, to)) => (Cents::parse(from)?, Cents::parse(to)?),
            None => match Cents::parse(text) {
                Some(amount) => (amount, amount),
                None => text
                    .split_once('-')
                    .and_then(|(from, to)| Some((Cents::parse(from)?, Cents::parse(to)?)))?,
            },
        };
        (from.0 >= 0 && from <= to && to.0 <= 10_000_000).then_some(Self { from, to })
    }

    /// The spelling in a spreadsheet: `€ 2.700,00 - € 3.200,00`.
    pub fn word(self) -> String {
        if self.from == self.to { self.from.to_string() } else { format!("{} - {}", self.from, self.to) }
    }
}

/// A vacancy as a member offers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vacancy {
    /// The office's own reference (Kenmerk).
    pub reference: String,
    /// The title.
    pub title: String,
    /// The number of the organisation that offers it.
    pub organisation_id: i64,
    /// The name of the organisation that offers it.
    pub organisation: String,
    /// Which of the five kinds it is.
    pub kind: VacancyKind,
    /// The levels of education that fit, lowest first.
    pub levels: Vec<Level>,
    /// The study fields that fit.
    pub study_fields: Vec<String>,
    /// The skills that help.
    pub skills: Vec<String>,
    /// The place of work, in the region's spelling.
    pub place: String,
    /// Hours a week.
    pub hours_per_week: Option<u8>,
    /// The length in weeks.
    pub weeks: Option<u16>,
    /// The first day; by arrangement when unknown.
    pub starts_on: Option<NaiveDate>,
    /// The last day on which it is public.
    pub closes_on: NaiveDate,
    /// The pay in a month; `None` when the organisation does not say.
    pub pay: Option<Pay>,
    /// What is paid for travelling.
    pub travel_allowance: TravelAllowance,
    /// The language of its title and text.
    pub language: Language,
    /// Whether it is meant for people from across the border too.
    pub is_cross_border: bool,
    /// The share of the work that can be done from home.
    pub remote: Remote,
    /// The number of people who can start.
    pub seats: u16,
    /// The state between draft and filled.
    pub state: VacancyState,
    /// The day on which it first became public.
    pub published_on: Option<NaiveDate>,
    /// The description in Markdown.
    pub text: String,
}

impl Vacancy {
    /// A draft that says no more than a vacancy must; all else is unknown or the usual.
    pub fn minimal(
        title: String,
        organisation: &KnownOrganisation,
        kind: VacancyKind,
        place: String,
        closes_on: NaiveDate,
    ) -> Self {
        Self {
            reference: String::new(),
            title,
            organisation_id: organisation.id,
            organisation: organisation.name.clone(),
            kind,
            levels: Vec::new(),
            study_fields: Vec::new(),
            skills: Vec::new(),
            place,
            hours_per_week: None,
            weeks: None,
            starts_on: None,
            closes_on,
            pay: None,
            travel_allowance: TravelAllowance::Unknown,
            language: Language::Dutch,
            is_cross_border: false,
            remote: Remote::No,
            seats: 1,
            state: VacancyState::Draft,
            published_on: None,
            text: String::new(),
        }
    }

    /// The vacancy with the day on which it first became public: the day that it tells of, the one that is `known`, or today
    /// when visitors see it now. A vacancy that has closed, or was never public, gets no day: it would be invented.
    #[must_use]
    pub fn with_first_day(
        mut self,
        known: Option<NaiveDate>,
        organisation: OrganisationState,
        today: NaiveDate,
    ) -> Self {
        // What is not approved yet, or is of somebody who never was a member, tells of a plan.
        let told =
            self.published_on.filter(|_| self.state.follows_publication() && organisation.was_public());
        let visibility = VacancyVisibility {
            state: self.state,
            closes_on: self.closes_on,
            was_published: false,
            organisation,
        };
        let first_day = told.or(known);
        self.published_on = first_day.or_else(|| visibility.is_public(today).then_some(today));
        self
    }
}

/// A vacancy that is in the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredVacancy {
    /// The row's number.
    pub id: i64,
    /// The slug of the organisation's page.
    pub organisation_slug: String,
    /// The file name of the organisation's logo.
    pub organisation_logo: Option<String>,
    /// The sector of the organisation.
    pub sector: String,
    /// The state of the organisation.
    pub organisation_state: OrganisationState,
    /// Whether the hub recorded that it became public.
    pub was_published: bool,
    /// The number of its last change, which a save names.
    pub version: i64,
    /// All that is known.
    pub vacancy: Vacancy,
}

impl StoredVacancy {
    /// All that decides whether visitors may see it.
    pub const fn visibility(&self) -> VacancyVisibility {
        VacancyVisibility {
            state: self.vacancy.state,
            closes_on: self.vacancy.closes_on,
            was_published: self.was_published,
            organisation: self.organisation_state,
        }
    }

    /// Whether visitors may see it on this day.
    pub fn is_public(&self, today: NaiveDate) -> bool {
        self.visibility().is_public(today)
    }

    /// Whether visitors could see it once, so that they may learn that it is gone.
    pub fn was_public(&self) -> bool {
        self.visibility().was_public()
    }

    /// The last part of the vacancy's address.
    pub fn slug(&self) -> String {
        vacancy_slug(self.id, &self.vacancy.title)
    }

    /// The fields shown in lists.
    pub fn card(&self) -> VacancyCard {
        let vacancy = &self.vacancy;
        VacancyCard {
            id: self.id,
            title: vacancy.title.clone(),
            organisation: vacancy.organisation.clone(),
            organisation_slug: self.organisation_slug.clone(),
            organisation_logo: self.organisation_logo.clone(),
            kind: vacancy.kind,
            levels: vacancy.levels.clone(),
            place: vacancy.place.clone(),
            hours_per_week: vacancy.hours_per_week,
            weeks: vacancy.weeks,
            starts_on: vacancy.starts_on,
            closes_on: vacancy.closes_on,
            published_on: vacancy.published_on,
            pay: vacancy.pay,
            language: vacancy.language,
            is_cross_border: vacancy.is_cross_border,
            remote: vacancy.remote,
        }
    }
}

/// The fields of an open vacancy that are shown in lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VacancyCard {
    /// The row's number.
    pub id: i64,
    /// The title.
    pub title: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The slug of the organisation's page.
    pub organisation_slug: String,
    /// The file name of the organisation's logo.
    pub organisation_logo: Option<String>,
    /// Which of the five kinds it is.
    pub kind: VacancyKind,
    /// The levels of education that fit.
    pub levels: Vec<Level>,
    /// The place of work.
    pub place: String,
    /// Hours a week.
    pub hours_per_week: Option<u8>,
    /// The length in weeks.
    pub weeks: Option<u16>,
    /// The first day.
    #[serde(with = "crate::text::maybe_day")]
    pub starts_on: Option<NaiveDate>,
    /// The last day on which it is public.
    #[serde(with = "crate::text::day")]
    pub closes_on: NaiveDate,
    /// The day on which it became public.
    #[serde(with = "crate::text::maybe_day")]
    pub published_on: Option<NaiveDate>,
    /// The pay in a month.
    pub pay: Option<Pay>,
    /// The language of its title and text.
    pub language: Language,
    /// Whether it is meant for people from across the border too.
    pub is_cross_border: bool,
    /// The share of the work that can be done from home.
    pub remote: Remote,
}

impl VacancyCard {
    /// The last part of the vacancy's address.
    pub fn slug(&self) -> String {
        vacancy_slug(self.id, &self.title)
    }
}

/// The last part of a vacancy's address.
pub fn vacancy_slug(id: i64, title: &str) -> String {
    format!("{}-{id}", short_slug(title, 60)).trim_start_matches('-').to_owned()
}

/// The number at the end of the last part of an address: `lasrobot-12` is 12.
pub fn id_in_slug(slug: &str) -> Option<i64> {
    let digits = slug.rsplit('-').next()?;
    let is_number =
        !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_is_one_amount_or_a_range_that_runs_forward() {
        assert_eq!(Pay::parse("€ 450,00"), Some(Pay { from: Cents(45_000), to: Cents(45_000) }));
        let range = Some(Pay { from: Cents(270_000), to: Cents(320_000) });
        for text in ["€ 2.700,00 - € 3.200,00", "2700-3200", "€ 2.700 – € 3.200", "2700 tot 3200"] {
            assert_eq!(Pay::parse(text), range, "{text}");
        }
        for text in ["€ -450", "-1", "600 - 400", "marktconform", "-", ""] {
            assert_eq!(Pay::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_ends_in_the_number_of_its_row() {
        assert_eq!(vacancy_slug(12, "Cobot voor de lascel!"), "cobot-voor-de-lascel-12");
        assert_eq!(vacancy_slug(12, "???"), "12");
        assert_eq!(id_in_slug("cobot-voor-de-lascel-12"), Some(12));
        for slug in ["", "cobot", "cobot-", "-", "1-x", "9999999999999999999999"] {
            assert_eq!(id_in_slug(slug), None, "{slug}");
        }
    }

    #[test]
    fn pay_is_at_least_nothing_and_at_most_a_hundred_thousand_euros() {
        let free = Pay { from: Cents(0), to: Cents(0) };
        assert_eq!(Pay::parse("0"), Some(free));
        let most = Pay { from: Cents(0), to: Cents(10_000_000) };
        assert_eq!(Pay::parse("0 - 100.000"), Some(most));
        assert_eq!(Pay::parse("0 - 100.000,01"), None);
        assert_eq!(Pay::parse("€ -1 tot € 5"), None);
        assert_eq!((free.word().as_str(), most.word().as_str()), ("€ 0,00", "€ 0,00 - € 100.000,00"));
    }

    #[test]
    fn hours_a_week_fall_into_three_bands() {
        use HoursBand::{From17To31, From32, UpTo16};
        assert_eq!(
            [0, 16, 17, 31, 32, 60].map(HoursBand::of),
            [UpTo16, UpTo16, From17To31, From17To31, From32, From32]
        );
    }

    fn vacancy() -> Vacancy {
        let day = |month, day| NaiveDate::from_ymd_opt(2027, month, day);
        Vacancy {
            reference: "V-1".into(),
            title: "Cobot voor de lascel!".into(),
            organisation_id: 7,
            organisation: "IJsselmetaal".into(),
            kind: VacancyKind::SideJob,
            levels: vec![Level::Mbo4, Level::Hbo],
            study_fields: vec!["mechatronica".into()],
            skills: vec!["ROS".into()],
            place: "Ulft".into(),
            hours_per_week: Some(12),
            weeks: Some(20),
            starts_on: day(2, 1),
            closes_on: day(1, 15).unwrap(),
            pay: Pay::parse("450"),
            travel_allowance: TravelAllowance::PublicTransport,
            language: Language::German,
            is_cross_border: true,
            remote: Remote::Partly,
            seats: 2,
            state: VacancyState::Published,
            published_on: day(1, 1),
            text: "Tekst".into(),
        }
    }

    #[test]
    fn only_what_visitors_see_today_became_public_today() {
        let today = NaiveDate::from_ymd_opt(2027, 1, 15);
        let first_day = |state, organisation, known, day: u32| {
            let vacancy = Vacancy { state, published_on: None, ..vacancy() };
            let day = NaiveDate::from_ymd_opt(2027, 1, day).unwrap();
            vacancy.with_first_day(known, organisation, day).published_on
        };
        let (member, published) = (OrganisationState::Member, VacancyState::Published);
        assert_eq!(first_day(published, member, None, 15), today);
        assert_eq!(first_day(published, member, None, 16), None, "it has closed");
        assert_eq!(first_day(published, OrganisationState::Prospect, None, 15), None);
        assert_eq!(first_day(VacancyState::Scheduled, member, None, 15), None);
        let known = NaiveDate::from_ymd_opt(2026, 12, 1);
        assert_eq!(first_day(published, member, known, 15), known);
        assert_eq!(first_day(VacancyState::Filled, member, known, 16), known);
        assert_eq!(first_day(VacancyState::Returned, member, known, 16), known);
    }

    #[test]
    fn a_first_day_is_told_of_what_was_approved_and_offered_by_a_member() {
        let told = NaiveDate::from_ymd_opt(2026, 12, 1);
        let closed = NaiveDate::from_ymd_opt(2027, 1, 16).unwrap();
        let known = NaiveDate::from_ymd_opt(2026, 11, 1);
        for &state in VacancyState::ALL {
            for &organisation in OrganisationState::ALL {
                let first_day = |known| {
                    let vacancy = Vacancy { state, published_on: told, ..vacancy() };
                    vacancy.with_first_day(known, organisation, closed).published_on
                };
                let is_believed = state.follows_publication() && organisation.was_public();
                let case = format!("{state:?} {organisation:?}");
                assert_eq!(first_day(None), told.filter(|_| is_believed), "{case}");
                assert_eq!(first_day(known), if is_believed { told } else { known }, "{case}");
            }
        }
    }

    fn stored() -> StoredVacancy {
        StoredVacancy {
            id: 12,
            organisation_slug: "ijsselmetaal".into(),
            organisation_logo: Some("ijsselmetaal.svg".into()),
            sector: "HTSM".into(),
            organisation_state: OrganisationState::Member,
            was_published: true,
            version: 1,
            vacancy: vacancy(),
        }
    }

    #[test]
    fn visitors_see_a_vacancy_until_it_closes_and_learn_afterwards_that_it_is_gone() {
        let closes_on = stored().vacancy.closes_on;
        assert!(stored().is_public(closes_on) && stored().was_public());
        assert!(!stored().is_public(closes_on.succ_opt().unwrap()));
        let unseen = StoredVacancy { was_published: false, ..stored() };
        assert!(!unseen.was_public());
        let of_prospect = StoredVacancy { organisation_state: OrganisationState::Prospect, ..stored() };
        assert!(!of_prospect.is_public(closes_on) && !of_prospect.was_public());
    }

    #[test]
    fn a_list_shows_a_vacancy_under_its_own_address() {
        let stored = stored();
        let card = stored.card();
        assert_eq!((card.slug(), stored.slug()), (stored.slug(), "cobot-voor-de-lascel-12".to_owned()));
        assert_eq!((card.title.as_str(), card.place.as_str()), ("Cobot voor de lascel!", "Ulft"));
        assert_eq!(
            (card.kind, card.language, card.remote),
            (VacancyKind::SideJob, Language::German, Remote::Partly)
        );
        assert_eq!(
            (card.closes_on, card.published_on),
            (stored.vacancy.closes_on, stored.vacancy.published_on)
        );
        let data = serde_json::to_value(&card).unwrap();
        assert_eq!(
            (data["closes_on"].as_str(), data["starts_on"].as_str()),
            (Some("2027-01-15"), Some("2027-02-01"))
        );
        assert_eq!(serde_json::from_value::<VacancyCard>(data).unwrap(), card);
    }

    #[test]
    fn the_number_in_an_address_has_at_most_eighteen_digits() {
        assert_eq!(id_in_slug("lasrobot-999999999999999999"), Some(999_999_999_999_999_999));
        assert_eq!(id_in_slug("lasrobot-1000000000000000000"), None);
        assert_eq!(id_in_slug("lasrobot-+12"), None);
    }
}
