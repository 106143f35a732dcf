//! Organisations: members and prospects of the hub.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::hub::LocalText;
use crate::region::Region;
use crate::sheet::{CellError, Column, Expected, Reader, Row, optional, required};
use crate::text::{is_email, is_kvk_number, is_web_address, parse_date, write_date};
use crate::words::words;

words! {
    /// The kind of an organisation.
    OrganisationKind {
        /// A company.
        Company = "company", "onderneming";
        /// A municipality, a water board, a province.
        Government = "government", "overheid";
        /// A school or university.
        Education = "education", "onderwijs";
        /// A body of civil society: care, culture, housing.
        CivilSociety = "civil_society", "maatschappelijke organisatie";
    }
}

words! {
    /// The degree to which an organisation carries the hub's brand (mate van branding).
    BrandGrade {
        /// It says that it is connected with the hub.
        ConnectedWith = "connected_with", "verbonden met";
        /// It presents something as an initiative of the hub.
        InitiativeOf = "initiative_of", "initiatief van";
        /// It uses the hub's name as a brand of its own.
        BrandName = "brand_name", "merknaam";
    }
}

/// An organisation as the programme office keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    /// The office's own reference (Kenmerk).
    pub reference: String,
    /// The name, one of a kind within the hub.
    pub name: String,
    /// The kind of organisation.
    pub kind: OrganisationKind,
    /// The sector (topsector), in the hub's words.
    pub sector: String,
    /// The number of employees.
    pub employees: Option<u32>,
    /// The place of its office, in the region's spelling.
    pub place: String,
    /// Its web site.
    pub website: Option<String>,
    /// The person to ask for.
    pub contact_name: Option<String>,
    /// The address for mail to it.
    pub email: Option<String>,
    /// The number in the Dutch trade register.
    pub kvk_number: Option<String>,
    /// The degree to which it carries the hub's brand.
    pub brand_grade: BrandGrade,
    /// The day from which it is a member; unknown for a prospect.
    pub member_since: Option<NaiveDate>,
    /// The file name of its logo.
    pub logo: Option<String>,
    /// The organisation's text about itself, per language.
    pub text: LocalText,
}

const NAME: &str = "Naam";
const KIND: &str = "Soort";
const SECTOR: &str = "Topsector";
const EMPLOYEES: &str = "Medewerkers";
const PLACE: &str = "Plaats";
const MUNICIPALITY: &str = "Gemeente";
const WEBSITE: &str = "Website";
const CONTACT: &str = "Contactpersoon";
const EMAIL: &str = "E-mail";
const KVK: &str = "KvK-nummer";
const BRANDING: &str = "Branding";
const SINCE: &str = "Lid sinds";
const LOGO: &str = "Logo";
const TEXT_NL: &str = "Omschrijving";
const TEXT_DE: &str = "Omschrijving (de)";
const TEXT_EN: &str = "Omschrijving (en)";

impl Row for Organisation {
    const SHEET: &'static str = "organisaties";
    const COLUMNS: &'static [Column] = &[
        required(crate::sheet::REFERENCE),
        required(NAME),
        required(KIND),
        required(SECTOR),
        optional(EMPLOYEES),
        required(PLACE),
        optional(MUNICIPALITY),
        optional(WEBSITE),
        optional(CONTACT),
        optional(EMAIL),
        optional(KVK),
        optional(BRANDING),
        optional(SINCE),
        optional(LOGO),
        optional(TEXT_NL),
        optional(TEXT_DE),
        optional(TEXT_EN),
    ];

    fn from_cells(cells: &[String], region: &Region) -> Result<Self, Vec<CellError>> {
        let mut read = Reader::new(Self::COLUMNS, cells);
        let reference = read.filled_line(crate::sheet::REFERENCE, 60);
        let name = read.filled_line(NAME, 120);
        let kind =
            read.required(KIND, OrganisationKind::from_word, Expected::OneOf(OrganisationKind::words()));
        let sector = read.filled_line(SECTOR, 80);
        let employees = read.number(EMPLOYEES, 0, 1_000_000).map(|number| number as u32);
        let place = read.place(PLACE, MUNICIPALITY, region);
        let website = read.checked(WEBSITE, is_web_address, Expected::WebAddress);
        let contact_name = Some(read.line(CONTACT, 120)).filter(|text| !text.is_empty());
        let email = read.checked(EMAIL, is_email, Expected::Email);
        let kvk_number = read.checked(KVK, is_kvk_number, Expected::KvkNumber);
        let brand_grade = read.parsed(BRANDING, BrandGrade::from_word, Expected::OneOf(BrandGrade::words()));
        let member_since = read.parsed(SINCE, parse_date, Expected::Date);
        let logo = read.checked(LOGO, is_logo_file, Expected::LogoFile);
        let text = LocalText {
            nl: read.lines(TEXT_NL, 5_000),
            de: Some(read.lines(TEXT_DE, 5_000)).filter(|text| !text.is_empty()),
            en: Some(read.lines(TEXT_EN, 5_000)).filter(|text| !text.is_empty()),
        };
        match kind {
            Some(kind) if read.errors.is_empty() => Ok(Self {
                reference,
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
                member_since,
                logo,
                text,
            }),
            _ => Err(read.errors),
        }
    }

    fn to_cells(&self) -> Vec<String> {
        let option = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            self.reference.clone(),
            self.name.clone(),
            self.kind.word().to_owned(),
            self.sector.clone(),
            self.employees.map(|number| number.to_string()).unwrap_or_default(),
            self.place.clone(),
            String::new(),
            option(&self.website),
            option(&self.contact_name),
            option(&self.email),
            option(&self.kvk_number),
            self.brand_grade.word().to_owned(),
            self.member_since.map(write_date).unwrap_or_default(),
            option(&self.logo),
            self.text.nl.clone(),
            option(&self.text.de),
            option(&self.text.en),
        ]
    }

    fn reference(&self) -> &str {
        &self.reference
    }
}

/// Whether the text is the plain name of a picture file: no folders, no signs that an address would change.
pub fn is_logo_file(text: &str) -> bool {
    let is_plain = text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    let ending = text.rsplit_once('.').filter(|(name, _)| !name.is_empty()).map(|(_, ending)| ending);
    is_plain
        && text.len() <= 100
        && !text.starts_with('.')
        && matches!(ending, Some("svg" | "png" | "webp" | "jpg"))
}

/// An organisation that is in the database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredOrganisation {
    /// The row's number.
    pub id: i64,
    /// The name in its address; it stays when the organisation changes its name.
    pub slug: String,
    /// All that is known.
    pub organisation: Organisation,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_a_plain_file_name() {
        assert!(is_logo_file("berkel-staal.svg"));
        for text in ["../etc/passwd", "a/b.png", ".svg", "logo.exe", "logo", "a b.png", "a.svg.html"] {
            assert!(!is_logo_file(text), "{text}");
        }
    }

    #[test]
    fn the_name_of_a_logo_has_at_most_a_hundred_characters() {
        let name = |length: usize| format!("{}.svg", "x".repeat(length - 4));
        assert!(is_logo_file(&name(100)) && !is_logo_file(&name(101)));
        for ending in ["svg", "png", "webp", "jpg"] {
            assert!(is_logo_file(&format!("Logo_2-b.{ending}")), "{ending}");
        }
        assert!(!is_logo_file("..svg"));
    }

    fn region() -> Region {
        let ulft = crate::region::Place {
            name: "Ulft".into(),
            municipality: "Oude IJsselstreek".into(),
            latitude: 51.8897,
            longitude: 6.3797,
        };
        Region { municipalities: vec![], places: vec![ulft] }
    }

    fn read(changes: &[(&str, &str)]) -> Result<Organisation, Vec<CellError>> {
        let good = [
            "O-1",
            "IJsselmetaal",
            "onderneming",
            "HTSM",
            "120",
            "ulft",
            "Oude IJsselstreek",
            "https://ijsselmetaal.example",
            "Henk Wolters",
            "hr@ijsselmetaal.example",
            "12345678",
            "merknaam",
            "01-09-2024",
            "ijsselmetaal.svg",
            "Wij lassen.",
            "Wir schweißen.",
            "We weld.",
        ];
        let mut cells: Vec<String> = good.iter().map(|cell| (*cell).to_owned()).collect();
        for (column, value) in changes {
            let at = Organisation::COLUMNS.iter().position(|known| known.name == *column).unwrap();
            cells[at] = (*value).to_owned();
        }
        Organisation::from_cells(&cells, &region())
    }

    #[test]
    fn a_good_row_reads_back_from_what_it_writes() {
        let organisation = read(&[]).unwrap();
        assert_eq!((organisation.reference(), organisation.place.as_str()), ("O-1", "Ulft"));
        assert_eq!(organisation.contact_name.as_deref(), Some("Henk Wolters"));
        assert_eq!(organisation.text.de.as_deref(), Some("Wir schweißen."));
        assert_eq!(organisation.text.en.as_deref(), Some("We weld."));
        assert_eq!(Organisation::from_cells(&organisation.to_cells(), &region()), Ok(organisation));
    }

    #[test]
    fn what_an_organisation_leaves_open_is_unknown() {
        let open =
            [EMPLOYEES, WEBSITE, CONTACT, EMAIL, KVK, BRANDING, SINCE, LOGO, TEXT_NL, TEXT_DE, TEXT_EN];
        let organisation = read(&open.map(|column| (column, ""))).unwrap();
        assert_eq!(organisation.brand_grade, BrandGrade::ConnectedWith);
        assert_eq!((organisation.employees, organisation.member_since), (None, None));
        let texts =
            [&organisation.website, &organisation.contact_name, &organisation.email, &organisation.logo];
        assert!(texts.iter().all(|text| text.is_none()));
        assert_eq!(organisation.text, LocalText::default());
    }

    #[test]
    fn a_row_reports_every_bad_cell_at_once() {
        let bad = [(NAME, ""), (KIND, "club"), (EMPLOYEES, "-1"), (WEBSITE, "ijsselmetaal"), (KVK, "1234")];
        let columns: Vec<&str> = read(&bad).unwrap_err().iter().map(|error| error.column).collect();
        assert_eq!(columns, [NAME, KIND, EMPLOYEES, WEBSITE, KVK]);
        assert_eq!(read(&[(NAME, "")]).unwrap_err()[0].expected, Expected::Filled);
    }
}
