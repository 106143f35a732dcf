//! The identity of the hub: everything that one hub says differently from another, read from `hub.toml`.

use serde::{Deserialize, Serialize};

use crate::Language;
use crate::region::Region;
use crate::text::slug;

/// A text in Dutch and, where the hub has them, German and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalText {
    /// Dutch.
    pub nl: String,
    /// German.
    #[serde(default)]
    pub de: Option<String>,
    /// English.
    #[serde(default)]
    pub en: Option<String>,
}

impl LocalText {
    /// The text in a language, or the Dutch one where there is none.
    pub fn get(&self, language: Language) -> &str {
        self.get_with_language(language).0
    }

    /// The text for a reader of `language`, and the language that it is in.
    pub fn get_with_language(&self, language: Language) -> (&str, Language) {
        let own = match language {
            Language::Dutch => None,
            Language::German => self.de.as_deref(),
            Language::English => self.en.as_deref(),
        };
        match own.filter(|text| !text.is_empty()) {
            Some(text) => (text, language),
            None => (&self.nl, Language::Dutch),
        }
    }
}

/// Ways to reach the programme office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The legal name behind the hub.
    pub organisation: String,
    /// The e-mail address.
    pub email: String,
    /// The telephone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// The street and number.
    #[serde(default)]
    pub street: Option<String>,
    /// The postcode and place.
    #[serde(default)]
    pub town: Option<String>,
}

/// The identity of a hub.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hub {
    /// The name: `SmartHub Achterhoek`.
    pub name: String,
    /// The few words under the name.
    pub tagline: LocalText,
    /// The name of the region, as it stands in a sentence: `de Achterhoek`.
    pub region_name: LocalText,
    /// The heading of the home page.
    pub headline: LocalText,
    /// One or two sentences that say what the hub is.
    pub introduction: LocalText,
    /// The description of the hub in Markdown, for the page about it.
    pub about: LocalText,
    /// The languages of the interface; the first is the default.
    pub languages: Vec<Language>,
    /// Ways to reach the office.
    pub contact: Contact,
    /// The accent colour on a light page, as `#rrggbb`.
    pub accent: String,
    /// The accent colour on a dark page, as `#rrggbb`.
    pub accent_dark: String,
    /// The file name of the hub's logo in the folder of logos, when it has one.
    #[serde(default)]
    pub logo: Option<String>,
    /// Municipalities and places.
    pub region: Region,
    /// Names of sectors in other languages.
    #[serde(default)]
    pub sectors: Vec<LocalText>,
    /// Names of study fields in other languages.
    #[serde(default)]
    pub study_fields: Vec<LocalText>,
}

impl Hub {
    /// The name of a sector in a language; its own name when the hub has no other.
    pub fn sector_name<'a>(&'a self, sector: &'a str, language: Language) -> &'a str {
        translate(&self.sectors, sector, language)
    }

    /// The name of a study field in a language; its own name when the hub has no other.
    pub fn study_field_name<'a>(&'a self, field: &'a str, language: Language) -> &'a str {
        translate(&self.study_fields, field, language)
    }
}

fn translate<'a>(names: &'a [LocalText], name: &'a str, language: Language) -> &'a str {
    if language == Language::Dutch {
        return name;
    }
    let wanted = slug(name);
    names.iter().find(|known| slug(&known.nl) == wanted).map_or(name, |known| known.get(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(nl: &str, de: Option<&str>, en: Option<&str>) -> LocalText {
        LocalText { nl: nl.into(), de: de.map(Into::into), en: en.map(Into::into) }
    }

    #[test]
    fn a_reader_gets_the_own_language_or_else_dutch() {
        let text = text("Zorg", Some("Pflege"), Some(""));
        assert_eq!(text.get_with_language(Language::Dutch), ("Zorg", Language::Dutch));
        assert_eq!(text.get_with_language(Language::German), ("Pflege", Language::German));
        assert_eq!(
            text.get_with_language(Language::English),
            ("Zorg", Language::Dutch),
            "an empty text is none"
        );
        assert_eq!((text.get(Language::German), text.get(Language::English)), ("Pflege", "Zorg"));
    }

    #[test]
    fn sectors_and_study_fields_have_names_in_other_languages() {
        let hub = Hub {
            sectors: vec![text("Bouw", Some("Bau"), None), text("Agro & Food", Some("Agrar"), None)],
            study_fields: vec![text("bouwkunde", None, Some("architecture"))],
            ..Hub::default()
        };
        assert_eq!(hub.sector_name("agro en food", Language::German), "agro en food", "another name");
        assert_eq!(hub.sector_name("Agro  & food", Language::German), "Agrar", "whatever its spelling");
        assert_eq!(hub.sector_name("agro & food", Language::Dutch), "agro & food");
        assert_eq!(hub.sector_name("Zorg", Language::German), "Zorg");
        assert_eq!(hub.study_field_name("Bouwkunde", Language::English), "architecture");
        assert_eq!(hub.study_field_name("Bouwkunde", Language::German), "bouwkunde");
    }
}
