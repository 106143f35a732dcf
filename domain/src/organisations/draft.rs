//! An organisation as somebody types it, and the check that makes an organisation of it.

use serde::{Deserialize, Serialize};

use super::organisation::{BrandGrade, Organisation, OrganisationKind, is_logo_file};
use super::state::OrganisationState;
use crate::check::Checker;
use crate::field_errors::{FieldError, FieldErrors};
use crate::hub::LocalText;
use crate::region::Region;
use crate::text::{day_text, is_email, is_kvk_number, is_web_address, parse_date};

const LONGEST_NAME: usize = 120;
const LONGEST_SECTOR: usize = 80;
const LONGEST_TEXT: usize = 5_000;
const MOST_EMPLOYEES: i64 = 1_000_000;

/// What was typed of an organisation: each field as it was, so that nothing is lost while it is wrong.
///
/// A choice is its code or its Dutch word, a day is written as forms or as Dutch spreadsheets write it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganisationDraft {
    /// The name.
    pub name: String,
    /// The kind of organisation.
    pub kind: String,
    /// The sector (topsector), in the hub's words.
    pub sector: String,
    /// The number of employees.
    pub employees: String,
    /// The place of its office.
    pub place: String,
    /// Its web site.
    pub website: String,
    /// The person to ask for.
    pub contact_name: String,
    /// The address for mail to it.
    pub email: String,
    /// The number in the Dutch trade register.
    pub kvk_number: String,
    /// The degree to which it carries the hub's brand.
    pub brand_grade: String,
    /// The day from which it is a member.
    pub member_since: String,
    /// The file name of its logo.
    pub logo: String,
    /// Its text about itself in Dutch.
    pub text_nl: String,
    /// Its text about itself in German.
    pub text_de: String,
    /// Its text about itself in English.
    pub text_en: String,
}

/// What a check must know beside the draft.
#[derive(Clone, Copy, Debug)]
pub struct OrganisationContext<'a> {
    /// The places of the hub.
    pub region: &'a Region,
}

/// The contents of an organisation that are right; only [`OrganisationDraft::check`] makes one.
///
/// It is a prospect without a reference: the store gives it one, and the state that it keeps or gets.
#[derive(Clone, Debug, PartialEq)]
pub struct NewOrganisation(Organisation);

impl NewOrganisation {
    /// The contents.
    pub const fn organisation(&self) -> &Organisation {
        &self.0
    }

    /// The contents, to be given a reference and a state.
    pub fn into_organisation(self) -> Organisation {
        self.0
    }
}

impl OrganisationDraft {
    /// What is typed of an organisation that is there: to change it.
    pub fn of(organisation: &Organisation) -> Self {
        let option = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            name: organisation.name.clone(),
            kind: organisation.kind.code().to_owned(),
            sector: organisation.sector.clone(),
            employees: organisation.employees.map(|number| number.to_string()).unwrap_or_default(),
            place: organisation.place.clone(),
            website: option(&organisation.website),
            contact_name: option(&organisation.contact_name),
            email: option(&organisation.email),
            kvk_number: option(&organisation.kvk_number),
            brand_grade: organisation.brand_grade.code().to_owned(),
            member_since: organisation.member_since.map(day_text).unwrap_or_default(),
            logo: option(&organisation.logo),
            text_nl: organisation.text.nl.clone(),
            text_de: option(&organisation.text.de),
            text_en: option(&organisation.text.en),
        }
    }

    /// Checks what was typed. Whether the name is free only the store knows.
    ///
    /// # Errors
    /// Every field that is wrong, at once.
    pub fn check(&self, context: &OrganisationContext<'_>) -> Result<NewOrganisation, FieldErrors> {
        let mut check = Checker::default();
        let name = check.filled_line("name", &self.name, LONGEST_NAME);
        let kind = check.required("kind", &self.kind, OrganisationKind::parse, FieldError::UnknownChoice);
        let sector = check.filled_line("sector", &self.sector, LONGEST_SECTOR);
        let employees = check.number("employees", &self.employees, 0, MOST_EMPLOYEES);
        let place = check.place("place", &self.place, context.region);
        let website = check.tested("website", &self.website, is_web_address, FieldError::NoWebAddress);
        let contact_name = check.optional_line("contact_name", &self.contact_name, LONGEST_NAME);
        let email = check.tested("email", &self.email, is_email, FieldError::NoEmail);
        let kvk_number = check.tested("kvk_number", &self.kvk_number, is_kvk_number, FieldError::NoKvkNumber);
        let brand_grade =
            check.parsed("brand_grade", &self.brand_grade, BrandGrade::parse, FieldError::UnknownChoice);
        let member_since = check.parsed("member_since", &self.member_since, parse_date, FieldError::NoDate);
        let logo = check.tested("logo", &self.logo, is_logo_file, FieldError::NoPictureFile);
        let text = self.check_text(&mut check);
        let (Some(kind), true) = (kind, check.errors.is_empty()) else { return Err(check.errors) };
        Ok(NewOrganisation(Organisation {
            reference: String::new(),
            name,
            kind,
            sector,
            employees,
            place,
            website,
            contact_name,
            email,
            kvk_number,
            brand_grade: brand_grade.unwrap_or(BrandGrade::ConnectedWith),
            state: OrganisationState::Prospect,
            member_since,
            logo,
            text,
        }))
    }

    fn check_text(&self, check: &mut Checker) -> LocalText {
        let filled = |text: String| Some(text).filter(|text| !text.is_empty());
        LocalText {
            nl: check.lines("text_nl", &self.text_nl, LONGEST_TEXT),
            de: filled(check.lines("text_de", &self.text_de, LONGEST_TEXT)),
            en: filled(check.lines("text_en", &self.text_en, LONGEST_TEXT)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::Place;

    fn check(draft: &OrganisationDraft) -> Result<Organisation, FieldErrors> {
        let ulft = Place {
            name: "Ulft".into(),
            municipality: "Oude IJsselstreek".into(),
            latitude: 51.8897,
            longitude: 6.3797,
        };
        let region = Region { municipalities: vec![], places: vec![ulft] };
        draft.check(&OrganisationContext { region: &region }).map(NewOrganisation::into_organisation)
    }

    fn draft() -> OrganisationDraft {
        OrganisationDraft {
            name: " IJsselmetaal ".into(),
            kind: "company".into(),
            sector: "HTSM".into(),
            employees: "120".into(),
            place: "ulft".into(),
            website: "https://ijsselmetaal.example".into(),
            contact_name: "Henk Wolters".into(),
            email: "hr@ijsselmetaal.example".into(),
            kvk_number: "12345678".into(),
            brand_grade: "brand_name".into(),
            member_since: "2024-09-01".into(),
            logo: "ijsselmetaal.svg".into(),
            text_nl: "Wij lassen.".into(),
            text_de: String::new(),
            text_en: "We weld.".into(),
        }
    }

    #[test]
    fn a_draft_that_is_right_becomes_a_prospect() {
        let organisation = check(&draft()).unwrap();
        assert_eq!((organisation.name.as_str(), organisation.place.as_str()), ("IJsselmetaal", "Ulft"));
        assert_eq!((organisation.employees, organisation.brand_grade), (Some(120), BrandGrade::BrandName));
        assert_eq!((organisation.text.de, organisation.text.en.as_deref()), (None, Some("We weld.")));
        assert_eq!((organisation.state, organisation.reference.as_str()), (OrganisationState::Prospect, ""));
    }

    #[test]
    fn an_organisation_that_is_typed_again_is_the_same() {
        let organisation = check(&draft()).unwrap();
        assert_eq!(check(&OrganisationDraft::of(&organisation)), Ok(organisation));
    }

    #[test]
    fn a_draft_reports_every_bad_field_at_once() {
        let bad = OrganisationDraft {
            name: "x".repeat(121),
            kind: "club".into(),
            sector: "x".repeat(81),
            employees: "1000001".into(),
            place: "Amsterdam".into(),
            website: "ijsselmetaal".into(),
            contact_name: "x".repeat(121),
            email: "hr".into(),
            kvk_number: "1234".into(),
            brand_grade: "groot".into(),
            member_since: "ooit".into(),
            logo: "../logo.svg".into(),
            text_nl: "x".repeat(5_001),
            text_de: "x".repeat(5_001),
            text_en: "a\0".into(),
        };
        let long = FieldError::TooLong { longest: 5_000 };
        let expected = [
            ("name", FieldError::TooLong { longest: 120 }),
            ("kind", FieldError::UnknownChoice),
            ("sector", FieldError::TooLong { longest: 80 }),
            ("employees", FieldError::NoNumber { least: 0, most: 1_000_000 }),
            ("place", FieldError::UnknownPlace { nearest: None }),
            ("website", FieldError::NoWebAddress),
            ("contact_name", FieldError::TooLong { longest: 120 }),
            ("email", FieldError::NoEmail),
            ("kvk_number", FieldError::NoKvkNumber),
            ("brand_grade", FieldError::UnknownChoice),
            ("member_since", FieldError::NoDate),
            ("logo", FieldError::NoPictureFile),
            ("text_nl", long.clone()),
            ("text_de", long),
            ("text_en", FieldError::NoPlainText),
        ];
        let expected = expected.into_iter().map(|(field, error)| (field.to_owned(), error));
        assert_eq!(check(&bad).unwrap_err(), expected.collect());
    }

    #[test]
    fn an_empty_draft_lacks_what_an_organisation_needs() {
        let errors = check(&serde_json::from_str("{}").unwrap()).unwrap_err();
        assert!(errors.iter().map(|(field, _)| field).eq(["kind", "name", "place", "sector"]));
        assert!(errors.iter().all(|(_, error)| *error == FieldError::Missing));
    }
}
