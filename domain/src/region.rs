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

    #[test]
    fn distances_equal_those_of_a_table() {
        let at = |latitude, longitude| Place { latitude, longitude, ..region().places[0].clone() };
        // A degree of a great circle of 6,371 km is 111.195 km; at 60 degrees north a degree east is half of it.
        for (from, to, kilometres) in [
            (at(0.0, 0.0), at(1.0, 0.0), 111.195),
            (at(50.0, 6.0), at(52.0, 6.0), 222.390),
            (at(60.0, 6.0), at(60.0, 7.0), 55.597),
            (at(51.965, 6.2886), at(52.3676, 4.9041), 104.500),
            (at(0.0, 0.0), at(0.0, 180.0), 20_015.087),
        ] {
            for distance in [from.distance_to(&to), to.distance_to(&from)] {
                assert!((distance - kilometres).abs() < 0.01, "{distance} instead of {kilometres}");
            }
        }
    }

    #[test]
    fn a_typed_place_is_near_when_at_most_two_letters_differ() {
        for (from, to, letters) in [
            ("", "", 0),
            ("", "ulft", 4),
            ("ulft", "", 4),
            ("ulft", "ulft", 0),
            ("ulft", "uft", 1),
            ("uft", "ulft", 1),
            ("ulft", "ulst", 1),
            ("ulft", "lutf", 3),
            ("vorden", "worden", 1),
            ("vorden", "orde", 2),
            ("zelhem", "hengelo", 5),
        ] {
            assert_eq!(letters_between(from, to), letters, "{from} {to}");
        }
        let region = region();
        assert_eq!(region.nearest_name("Dotinchm"), Some("Doetinchem"));
        assert_eq!(region.nearest_name("Dotinch"), None);
    }

    #[test]
    fn a_place_lies_in_the_country_of_its_municipality() {
        let municipality = |name: &str, country: &str| Municipality {
            name: name.into(),
            country: country.into(),
            province: None,
        };
        let bocholt = Place { municipality: "bocholt".into(), ..region().places[0].clone() };
        let region = Region {
            municipalities: vec![municipality("Doetinchem", "NL"), municipality("Bocholt", "DE")],
            ..region()
        };
        assert_eq!(region.find_municipality("BOCHOLT").map(|found| found.name.as_str()), Some("Bocholt"));
        assert_eq!(region.find_municipality("Zutphen"), None);
        assert_eq!((region.country_of(&bocholt), region.country_of(&region.places[0])), ("DE", "NL"));
        let unknown = Place { municipality: "Zutphen".into(), ..bocholt };
        assert_eq!(region.country_of(&unknown), "NL");
    }

    #[test]
    fn a_municipality_without_a_country_is_dutch() {
        let read: Municipality = serde_json::from_str(r#"{"name": "Doetinchem"}"#).unwrap();
        assert_eq!(read.country, "NL");
    }
}
