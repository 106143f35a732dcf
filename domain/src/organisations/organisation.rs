//! An organisation: its words and its values.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::state::OrganisationState;
use crate::hub::LocalText;
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
    /// How far it is on its way into the hub, or out of it.
    pub state: OrganisationState,
    /// The day from which it is a member; unknown for a prospect.
    pub member_since: Option<NaiveDate>,
    /// The file name of its logo.
    pub logo: Option<String>,
    /// The organisation's text about itself, per language.
    pub text: LocalText,
}

/// An organisation that is in the database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredOrganisation {
    /// The row's number.
    pub id: i64,
    /// The name in its address; it stays when the organisation changes its name.
    pub slug: String,
    /// The number of its last change, which a save names.
    pub version: i64,
    /// All that is known.
    pub organisation: Organisation,
}

/// What others need to know of an organisation to name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownOrganisation {
    /// The row's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: OrganisationState,
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
}
