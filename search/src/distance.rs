//! Distances of vacancies from a place.

use domain::region::Region;
use domain::text::slug;
use domain::vacancies::{LONGEST_QUERY, Radius};

use crate::bits::Bits;
use crate::columns::Columns;
use crate::sorting::sort_by;

/// The place of a document that the region does not know.
const NOWHERE: u32 = u32::MAX;

/// The places of the region, and which documents are where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    region: Region,
    /// The slug of every place with its number in the region, sorted.
    slugs: Vec<(String, u32)>,
    /// The places that have documents.
    locations: Vec<Location>,
    /// For every document the number of its location, or [`NOWHERE`].
    site_of: Vec<u32>,
}

/// A place with its documents.
#[derive(Clone, Debug)]
struct Location {
    place: u32,
    documents: Bits,
}

impl Places {
    /// Finds out where the documents are.
    pub(crate) fn of(region: &Region, columns: &Columns) -> Self {
        let mut slugs: Vec<(String, u32)> = region
            .places
            .iter()
            .map(|place| slug(&place.name))
            .zip(0..)
            .filter(|(slug, _)| !slug.is_empty())
            .collect();
        // The region's first place of a name is the one that it finds itself.
        sort_by(&mut slugs, Ord::cmp);
        slugs.dedup_by(|later, first| later.0 == first.0);
        let mut places = Self { region: region.clone(), slugs, locations: Vec::new(), site_of: Vec::new() };
        let documents = columns.rows.len();
        let locations: Vec<u32> =
            columns.places.iter().map(|name| places.site_for(name, documents)).collect();
        for (document, row) in (0..).zip(&columns.rows) {
            let location = locations[row.place as usize];
            places.site_of.push(location);
            if let Some(location) = places.locations.get_mut(location as usize) {
                location.documents.add(document);
            }
        }
        places
    }

    fn site_for(&mut self, name: &str, documents: usize) -> u32 {
        let Some(place) = self.find(name) else { return NOWHERE };
        let known = self.locations.iter().position(|location| location.place == place);
        let location = known.unwrap_or_else(|| {
            self.locations.push(Location { place, documents: Bits::none(documents) });
            self.locations.len() - 1
        });
        location as u32
    }

    fn find(&self, name: &str) -> Option<u32> {
        let wanted = slug(name);
        let at = self.slugs.binary_search_by(|(slug, _)| slug.as_str().cmp(&wanted)).ok()?;
        Some(self.slugs[at].1)
    }

    /// The region's own spelling of a place.
    pub(crate) fn name_of(&self, name: &str) -> Option<&str> {
        Some(&self.region.places[self.find(name)? as usize].name)
    }

    /// The places that have documents: their number in the region, their name and their documents.
    pub(crate) fn locations(&self) -> impl Iterator<Item = (u32, &str, &Bits)> {
        self.locations.iter().map(|location| {
            (location.place, self.region.places[location.place as usize].name.as_str(), &location.documents)
        })
    }

    /// The municipality of a place, in the region's spelling.
    pub(crate) fn municipality_of(&self, name: &str) -> Option<&str> {
        let place = &self.region.places[self.find(name)? as usize];
        let known = self.region.find_municipality(&place.municipality);
        Some(known.map_or(&place.municipality, |municipality| &municipality.name))
    }

    /// The name of the place that is spelled most like this one. No place has a name longer than a query.
    pub(crate) fn nearest_name(&self, name: &str) -> Option<&str> {
        if name.len() > LONGEST_QUERY { None } else { self.region.nearest_name(name) }
    }

    /// The surroundings of a place that the region knows.
    pub(crate) fn around(&self, name: &str) -> Option<Surroundings<'_>> {
        let centre = &self.region.places[self.find(name)? as usize];
        let kilometres = self
            .locations
            .iter()
            .map(|location| self.region.places[location.place as usize].distance_to(centre))
            .collect();
        Some(Surroundings { places: self, kilometres })
    }
}

/// A place, and how far every location is from it.
pub(crate) struct Surroundings<'a> {
    places: &'a Places,
    /// For every location.
    kilometres: Vec<f64>,
}

impl Surroundings<'_> {
    /// The documents that are at most this far.
    pub(crate) fn within(&self, radius: Radius) -> Bits {
        let mut within = Bits::none(self.places.site_of.len());
        for (location, kilometres) in self.places.locations.iter().zip(&self.kilometres) {
            if *kilometres <= f64::from(radius.kilometres()) {
                within.join(&location.documents);
            }
        }
        within
    }

    /// The distance of a document in whole kilometres.
    pub(crate) fn distance_to(&self, document: u32) -> Option<u32> {
        let location = self.places.site_of[document as usize];
        self.kilometres.get(location as usize).map(|kilometres| kilometres.round() as u32)
    }

    /// The documents of a set that are at a known place: nearest location first, newest first within it. With each
    /// comes its distance as a number that sorts like it, and the number of its place.
    pub(crate) fn nearest_first<'a>(
        &'a self,
        documents: &'a Bits,
    ) -> impl Iterator<Item = (u32, (u64, u32))> + 'a {
        let mut locations: Vec<(&f64, &Location)> =
            self.kilometres.iter().zip(&self.places.locations).collect();
        sort_by(&mut locations, |(near, a), (far, b)| near.total_cmp(far).then(a.place.cmp(&b.place)));
        locations
            .into_iter()
            .flat_map(|(kilometres, location)| {
                // The bits of positive numbers sort as the numbers do.
                let key = (kilometres.to_bits(), location.place);
                location.documents.ones().map(move |document| (document, key))
            })
            .filter(|(document, _)| documents.has(*document))
    }
}

#[cfg(test)]
mod tests {
    use domain::region::Place;

    use super::*;

    fn places() -> Places {
        let place = |name: &str, latitude| Place {
            name: name.to_owned(),
            municipality: "bronckhorst".to_owned(),
            latitude,
            longitude: 6.3,
        };
        let bronckhorst = domain::region::Municipality {
            name: "Bronckhorst".to_owned(),
            country: "NL".to_owned(),
            province: None,
        };
        let region = Region {
            municipalities: vec![bronckhorst],
            places: vec![place("Hengelo (Gld)", 52.05), place("Vorden", 52.1), place("vorden", 60.0)],
        };
        Places::of(&region, &Columns::default())
    }

    #[test]
    fn a_place_is_found_whatever_its_spelling() {
        let places = places();
        assert_eq!(places.find("HENGELO gld"), Some(0));
        assert_eq!(places.find(""), None);
        assert_eq!(places.name_of("vörden"), Some("Vorden"));
    }

    #[test]
    fn a_municipality_is_spelled_as_the_region_spells_it() {
        assert_eq!(places().municipality_of("Vorden"), Some("Bronckhorst"));
    }
}
