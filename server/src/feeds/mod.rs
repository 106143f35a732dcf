//! The hub for programs: feeds, calendars, lists for search engines.

pub(crate) mod atom;
pub(crate) mod calendar;
mod catalogue_answer;
pub(crate) mod json;
pub(crate) mod manifest;
pub(crate) mod robots;
pub(crate) mod sitemap;
pub(crate) mod sitemap_cache;
mod vacancies;

/// The host of an address, for names that must stay the same for ever.
pub(crate) fn host(public_url: &str) -> &str {
    let rest = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}
