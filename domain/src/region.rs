//! The region of a hub: municipalities and places with their coordinates.

use serde::{Deserialize, Serialize};

use crate::text::slug;

/// A municipality of the region or across its border.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    /// Its name.
    pub name: String,
    /// Its country as ISO 3166 has it: `NL` or `DE`.
    #[serde(default = "netherlands")]
    pub country: String,
    /// Its province or state, for search engines.
    #[serde(default)]
    pub province: Option<String>,
}

fn netherlands() -> String {
    "NL".to_owned()
}

/// A town or village.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its name, one of a kind within the region.
    pub name: String,
    /// The name of its municipality.
    pub municipality: String,
    /// Degrees north (WGS 84).
    pub latitude: f64,
    /// Degrees east (WGS 84).
    pub longitude: f64,
}

impl Place {
    /// Kilometres as the crow flies, by the haversine formula on a sphere of 6,371 km.
    pub fn distance_to(&self, other: &Self) -> f64 {
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let north = (to - from) / 2.0;
        let east = (other.longitude - self.longitude).to_radians() / 2.0;
        let chord = north.sin().powi(2) + from.cos() * to.cos() * east.sin().powi(2);
        2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
    }
}

/// All municipalities and places that a hub works with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// The municipalities, in the order of the hub.
    pub municipalities: Vec<Municipality>,
    /// The places.
    pub places: Vec<Place>,
}

impl Region {
    /// The place that somebody wrote, whatever its capitals, accents and signs.
    pub fn find_place(&self, name: &str) -> Option<&Place> {
        let wanted = slug(name);
        if wanted.is_empty() {
            return None;
        }
        self.places.iter().find(|place| slug(&place.name) == wanted)
    }

    /// The municipality of that name.
    pub fn find_municipality(&self, name: &str) -> Option<&Municipality> {
        let wanted = slug(name);
        self.municipalities.iter().find(|municipality| slug(&municipality.name) == wanted)
    }

    /// The country of a place, as ISO 3166 has it.
    pub fn country_of(&self, place: &Place) -> &str {
        self.find_municipality(&place.municipality).map_or("NL", |municipality| &municipality.country)
    }

    /// The name of the place that is spelled most like `name`, when at most two letters differ.
    pub fn nearest_name(&self, name: &str) -> Option<&str> {
        let wanted = slug(name);
        self.places
            .iter()
            .map(|place| (letters_between(&slug(&place.name), &wanted), place.name.as_str()))
            .filter(|(letters, _)| *letters <= 2)
            .min()
            .map(|(_, name)| name)
    }
}

/// The number of letters that must be added, removed or replaced to make one text from the other.
fn letters_between(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (at, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region() -> Region {
        let place = |name: &str, latitude, longitude| Place {
            name: name.into(),
            municipality: "Doetinchem".into(),
            latitude,
            longitude,
        };
        Region {
            municipalities: vec![],
            places: vec![place("Doetinchem", 51.965, 6.2886), place("'s-Heerenberg", 51.8767, 6.2586)],
        }
    }

    #[test]
    fn a_place_is_found_whatever_its_spelling() {
        let region = region();
        assert_eq!(region.find_place("S HEERENBERG").map(|place| place.name.as_str()), Some("'s-Heerenberg"));
        assert_eq!(region.find_place(""), None);
        assert_eq!(region.nearest_name("Doetinchm"), Some("Doetinchem"));
        assert_eq!(region.nearest_name("Amsterdam"), None);
    }

    #[test]
    fn distance_is_measured_as_the_crow_flies() {
        let region = region();
        let kilometres = region.places[0].distance_to(&region.places[1]);
        assert!((9.8..10.2).contains(&kilometres), "{kilometres}");
        assert!(region.places[0].distance_to(&region.places[0]) < 0.001);
    }
}
