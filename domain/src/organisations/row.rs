//! An organisation as a row of a spreadsheet.

use super::draft::{OrganisationContext, OrganisationDraft};
use super::organisation::{BrandGrade, Organisation, OrganisationKind};
use super::state::OrganisationState;
use crate::check::Checker;
use crate::field_errors::FieldError;
use crate::sheet::{
    CellError, Cells, Column, LONGEST_REFERENCE, REFERENCE, Row, SheetContext, optional, required,
};
use crate::text::write_date;

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
const STATE: &str = "Status";

impl Row for Organisation {
    const SHEET: &'static str = "organisaties";
    const COLUMNS: &'static [Column] = &[
        required(REFERENCE, "reference"),
        required(NAME, "name"),
        required(KIND, "kind").of(OrganisationKind::words),
        required(SECTOR, "sector"),
        optional(EMPLOYEES, "employees"),
        required(PLACE, "place"),
        optional(MUNICIPALITY, "municipality"),
        optional(WEBSITE, "website"),
        optional(CONTACT, "contact_name"),
        optional(EMAIL, "email"),
        optional(KVK, "kvk_number"),
        optional(BRANDING, "brand_grade").of(BrandGrade::words),
        optional(SINCE, "member_since"),
        optional(LOGO, "logo"),
        optional(TEXT_NL, "text_nl"),
        optional(TEXT_DE, "text_de"),
        optional(TEXT_EN, "text_en"),
        optional(STATE, "state").of(OrganisationState::words),
    ];

    fn from_cells(cells: &[String], context: &SheetContext<'_>) -> Result<Self, Vec<CellError>> {
        let cells = Cells::new(Self::COLUMNS, cells);
        let mut check = Checker::default();
        let reference = check.filled_line("reference", &cells.text(REFERENCE), LONGEST_REFERENCE);
        let state =
            check.parsed("state", &cells.text(STATE), OrganisationState::parse, FieldError::UnknownChoice);
        check.municipality("municipality", &cells.text(MUNICIPALITY), &cells.text(PLACE), context.region);
        let checked = draft_of(&cells).check(&OrganisationContext { region: context.region });
        let new = check.take(checked);
        let (Some(new), true) = (new, check.errors.is_empty()) else {
            return Err(cells.errors(&check.errors));
        };
        Ok(Self { reference, state: state.unwrap_or(OrganisationState::Member), ..new.into_organisation() })
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
            self.state.word().to_owned(),
        ]
    }

    fn reference(&self) -> &str {
        &self.reference
    }
}

fn draft_of(cells: &Cells<'_>) -> OrganisationDraft {
    OrganisationDraft {
        name: cells.text(NAME),
        kind: cells.text(KIND),
        sector: cells.text(SECTOR),
        employees: cells.text(EMPLOYEES),
        place: cells.text(PLACE),
        website: cells.text(WEBSITE),
        contact_name: cells.text(CONTACT),
        email: cells.text(EMAIL),
        kvk_number: cells.text(KVK),
        brand_grade: cells.text(BRANDING),
        member_since: cells.text(SINCE),
        logo: cells.text(LOGO),
        text_nl: cells.text(TEXT_NL),
        text_de: cells.text(TEXT_DE),
        text_en: cells.text(TEXT_EN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::LocalText;
    use crate::region::Region;
    use crate::sheet::Expected;

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
            "lid",
        ];
        let mut cells: Vec<String> = good.iter().map(|cell| (*cell).to_owned()).collect();
        for (column, value) in changes {
            let at = Organisation::COLUMNS.iter().position(|known| known.name == *column).unwrap();
            cells[at] = (*value).to_owned();
        }
        Organisation::from_cells(&cells, &SheetContext::of(&region()))
    }

    #[test]
    fn a_good_row_reads_back_from_what_it_writes() {
        let organisation = read(&[]).unwrap();
        assert_eq!((organisation.reference(), organisation.place.as_str()), ("O-1", "Ulft"));
        assert_eq!(organisation.contact_name.as_deref(), Some("Henk Wolters"));
        assert_eq!(organisation.text.de.as_deref(), Some("Wir schweißen."));
        assert_eq!(organisation.text.en.as_deref(), Some("We weld."));
        assert_eq!(
            Organisation::from_cells(&organisation.to_cells(), &SheetContext::of(&region())),
            Ok(organisation)
        );
    }

    #[test]
    fn what_an_organisation_leaves_open_is_unknown() {
        let open = [
            EMPLOYEES, WEBSITE, CONTACT, EMAIL, KVK, BRANDING, SINCE, LOGO, TEXT_NL, TEXT_DE, TEXT_EN, STATE,
        ];
        let organisation = read(&open.map(|column| (column, ""))).unwrap();
        assert_eq!(organisation.brand_grade, BrandGrade::ConnectedWith);
        assert_eq!(organisation.state, OrganisationState::Member, "sheets without a state list members");
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
