//! Which organisations somebody wants to see.

use domain::organisations::{OrganisationKind, StoredOrganisation};
use domain::region::Region;
use domain::text::{encode, fold, slug};
use serde::Deserialize;

/// Which organisations somebody wants to see; an empty part asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganisationFilter {
    /// A part of the name.
    pub name: String,
    /// The slug of a sector.
    pub sector: String,
    /// The slug of a municipality.
    pub municipality: String,
    /// The kind of body.
    pub kind: Option<OrganisationKind>,
}

/// The part of an address behind the `?`, as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct OrganisationQuery {
    /// A part of the name.
    #[serde(rename = "naam")]
    pub name: String,
    /// The slug of a sector.
    pub sector: String,
    /// The slug of a municipality.
    #[serde(rename = "gemeente")]
    pub municipality: String,
    /// The word for a kind of body.
    #[serde(rename = "soort")]
    pub kind: String,
}

impl OrganisationFilter {
    /// Reads what an address asks for; what is malformed is dropped.
    pub fn of(query: &OrganisationQuery) -> Self {
        let short = |text: &str| text.chars().filter(|letter| !letter.is_control()).take(80).collect();
        Self {
            name: short(query.name.trim()),
            sector: slug(&query.sector),
            municipality: slug(&query.municipality),
            kind: OrganisationKind::from_word(query.kind.trim()),
        }
    }

    /// The part of an address after the `?`.
    pub fn to_query_string(&self) -> String {
        let kind = self.kind.map(OrganisationKind::slug).unwrap_or_default();
        [("naam", &self.name), ("sector", &self.sector), ("gemeente", &self.municipality), ("soort", &kind)]
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect::<Vec<_>>()
            .join("&")
    }

    /// Whether the organisation is wanted.
    pub fn wants(&self, stored: &StoredOrganisation, region: &Region) -> bool {
        let organisation = &stored.organisation;
        let municipality =
            region.find_place(&organisation.place).map(|place| slug(&place.municipality)).unwrap_or_default();
        fold(&organisation.name).contains(&fold(&self.name))
            && (self.sector.is_empty() || slug(&organisation.sector) == self.sector)
            && (self.municipality.is_empty() || municipality == self.municipality)
            && self.kind.is_none_or(|kind| organisation.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_parses_back_to_its_filter() {
        let filter = OrganisationFilter {
            name: "Staal & co".into(),
            sector: "agri-food".into(),
            municipality: "aalten".into(),
            kind: Some(OrganisationKind::CivilSociety),
        };
        let query = filter.to_query_string();
        assert_eq!(
            query,
            "naam=Staal%20%26%20co&sector=agri-food&gemeente=aalten&soort=maatschappelijke-organisatie"
        );
        let typed = OrganisationQuery {
            name: " Staal & co ".into(),
            sector: "agri-food".into(),
            municipality: "Aalten".into(),
            kind: "maatschappelijke-organisatie".into(),
        };
        assert_eq!(OrganisationFilter::of(&typed), filter);
    }
}
