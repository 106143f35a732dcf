//! What must hold for a configuration beyond its types, in plain words.

use std::collections::BTreeSet;

use domain::Language;
use domain::hub::{Hub, LocalText};
use domain::organisations::is_logo_file;
use domain::region::Region;
use domain::text::{is_email, slug};

use super::Config;
use crate::{documents, mail};

/// The page's own colour, by day and by night; the accent must be readable on it.
const PAGE: [&str; 2] = ["#fbfaf5", "#101613"];
const LEAST_CONTRAST: f64 = 4.5;

/// Everything that is wrong with a configuration whose types are right.
pub(super) fn problems(config: &Config) -> Vec<String> {
    let mut problems = hub_problems(&config.hub);
    let url = &config.public_url;
    if !url.starts_with("https://") && !url.starts_with("http://") {
        problems.push(format!(
            "public_url: found `{url}`, expected an address that starts with https:// or http://"
        ));
    }
    if config.is_behind_tls && url.starts_with("http://") {
        problems
            .push(format!("public_url: found `{url}`, but is_behind_tls says that visitors use https://"));
    }
    let database = &config.database_url;
    if !["sqlite:", "postgres://", "postgresql://"].iter().any(|start| database.starts_with(start)) {
        // The value may hold a password, so it is not repeated here.
        problems
            .push("database_url: expected sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE".to_owned());
    }
    if let Err(error) = config.search.own_synonyms() {
        let path = config.search.synonyms.as_deref().unwrap_or(std::path::Path::new(""));
        problems.push(format!("search.synonyms: {} can't be read: {error}", path.display()));
    }
    problems.extend(mail::sender(config).err());
    problems.extend(documents::bucket(&config.documents).err());
    problems.extend(config.mail.smtp.as_deref().and_then(|url| mail::transport(url).err()));
    if config.limits.header_bytes < 8192 {
        problems.push(format!(
            "limits.header_bytes: found {}, expected at least 8192",
            config.limits.header_bytes
        ));
    }
    problems
}

/// Everything that is wrong with who the hub says it is.
pub fn hub_problems(hub: &Hub) -> Vec<String> {
    let mut problems = Vec::new();
    if hub.name.trim().is_empty() {
        problems.push("hub.name: it is empty; expected the name of the hub".to_owned());
    }
    if hub.languages.first() != Some(&Language::Dutch) {
        let codes: Vec<&str> = hub.languages.iter().map(|language| language.code()).collect();
        problems.push(format!(
            "hub.languages: found [{}], expected nl among them and first, for addresses without a language are Dutch",
            codes.join(", ")
        ));
    }
    check_texts(hub, &mut problems);
    check_colour("hub.accent", &hub.accent, PAGE[0], &mut problems);
    check_colour("hub.accent_dark", &hub.accent_dark, PAGE[1], &mut problems);
    if !is_email(&hub.contact.email) {
        problems
            .push(format!("hub.contact.email: found `{}`, expected an e-mail address", hub.contact.email));
    }
    if let Some(logo) = hub.logo.as_deref().filter(|logo| !is_logo_file(logo)) {
        problems
            .push(format!("hub.logo: found `{logo}`, expected the name of an svg, png, webp or jpg file"));
    }
    check_region(&hub.region, &mut problems);
    problems
}

fn check_texts(hub: &Hub, problems: &mut Vec<String>) {
    let texts = [
        ("tagline", &hub.tagline),
        ("region_name", &hub.region_name),
        ("headline", &hub.headline),
        ("introduction", &hub.introduction),
        ("about", &hub.about),
    ];
    for (name, text) in texts {
        for &language in &hub.languages {
            if !has_text(text, language) {
                problems.push(format!("hub.{name}.{}: there is no text in this language", language.code()));
            }
        }
    }
}

fn has_text(text: &LocalText, language: Language) -> bool {
    let own = match language {
        Language::Dutch => Some(&text.nl),
        Language::German => text.de.as_ref(),
        Language::English => text.en.as_ref(),
    };
    own.is_some_and(|text| !text.trim().is_empty())
}

fn check_colour(key: &str, colour: &str, page: &str, problems: &mut Vec<String>) {
    let (Some(ink), Some(paper)) = (luminance(colour), luminance(page)) else {
        problems.push(format!("{key}: found `{colour}`, expected a colour as #rrggbb"));
        return;
    };
    let contrast = (ink.max(paper) + 0.05) / (ink.min(paper) + 0.05);
    if contrast < LEAST_CONTRAST {
        problems.push(format!(
            "{key}: {colour} has a contrast of {contrast:.2} to the page's {page}; people need at least {LEAST_CONTRAST}"
        ));
    }
}

/// The relative luminance of a colour as WCAG 2 defines it, from 0 to 1.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

fn check_region(region: &Region, problems: &mut Vec<String>) {
    if region.places.is_empty() {
        problems
            .push("hub.region.places: there are none; expected the region's towns and villages".to_owned());
    }
    let mut municipalities = BTreeSet::new();
    for municipality in &region.municipalities {
        if !municipalities.insert(slug(&municipality.name)) {
            problems.push(format!("hub.region.municipalities: `{}` stands there twice", municipality.name));
        }
        if !matches!(municipality.country.as_str(), "NL" | "DE" | "BE") {
            let (name, country) = (&municipality.name, &municipality.country);
            problems.push(format!(
                "hub.region.municipalities: {name} has the country `{country}`, expected NL, DE or BE"
            ));
        }
    }
    let mut places = BTreeSet::new();
    for place in &region.places {
        let name = &place.name;
        if slug(name).is_empty() {
            problems.push("hub.region.places: a place has no name".to_owned());
        } else if !places.insert(slug(name)) {
            problems.push(format!(
                "hub.region.places: `{name}` stands there twice; give one of them another name"
            ));
        }
        if !municipalities.contains(&slug(&place.municipality)) {
            problems.push(format!(
                "hub.region.places: {name} lies in `{}`, which is not among hub.region.municipalities",
                place.municipality
            ));
        }
        if !(49.0..=55.5).contains(&place.latitude) || !(2.0..=11.0).contains(&place.longitude) {
            problems.push(format!(
                "hub.region.places: {name} is at {} north, {} east, which is not in or near the Netherlands; are they swapped?",
                place.latitude, place.longitude
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_measured_as_wcag_defines_it() {
        assert!((luminance("#ffffff").unwrap() - 1.0).abs() < 1e-9);
        assert!(luminance("#000000").unwrap().abs() < 1e-9);
        for bad in ["", "#fff", "green", "#gggggg", "#12345é"] {
            assert_eq!(luminance(bad), None, "{bad}");
        }
        let mut problems = Vec::new();
        check_colour("accent", "#0a6b4b", PAGE[0], &mut problems);
        check_colour("accent_dark", "#5fc79b", PAGE[1], &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        check_colour("accent", "#5fc79b", PAGE[0], &mut problems);
        assert_eq!(problems.len(), 1);
    }
}
