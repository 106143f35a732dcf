//! The list of organisations: a street of shop fronts.

use std::sync::Arc;

use domain::Language;
use domain::hub::Hub;
use domain::organisations::{OrganisationKind, StoredOrganisation};
use domain::text::slug;
use leptos::prelude::*;

use super::OrganisationFilter;
use ui::{ButtonLink, EmptyState, Field, Icon, SelectField, SelectOption, Tile, TileGrid};
use words::paths::Page;
use words::{labels, texts as t};

/// An organisation in the list, and how many open vacancies it has.
#[derive(Clone, Debug)]
pub struct ListedOrganisation {
    /// The organisation.
    pub stored: StoredOrganisation,
    /// How many of its vacancies are open.
    pub open_vacancies: u32,
}

/// The list of organisations with its filter, which is a plain form.
#[component]
pub fn OrganisationsPage(
    /// Which are wanted.
    filter: OrganisationFilter,
    /// Those that are wanted, by name.
    shown: Vec<ListedOrganisation>,
    /// The names of all sectors that occur.
    sectors: Vec<String>,
    /// The names of all municipalities that occur.
    municipalities: Vec<String>,
    /// The hub.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let path = Page::Organisations.path(language);
    let count = t::organisations_count(language, shown.len() as u32);
    let is_empty = shown.is_empty();
    let tiles = shown.into_iter().map(|shown| view! { <OrganisationTile shown language /> }).collect_view();
    let everything = path.clone();
    let nothing = is_empty.then(|| {
        view! {
            <EmptyState name="organisaties" title=t::organisations_none(language)>
                <p>{t::organisations_none_advice(language)}</p>
                <ButtonLink href=everything>{t::organisations_show_all(language)}</ButtonLink>
            </EmptyState>
        }
    });
    view! {
        <div class="wrap page-top">
            <h1>{t::organisations_heading(language)}</h1>
            <p class="lead">{t::organisations_lead(language, hub.name.clone())}</p>
            <OrganisationFields filter=filter.clone() sectors municipalities hub path language />
            <h2 class="count"><span role="status">{count}</span></h2>
            {nothing}
            <TileGrid>{tiles}</TileGrid>
        </div>
    }
}

#[component]
fn OrganisationFields(
    filter: OrganisationFilter,
    sectors: Vec<String>,
    municipalities: Vec<String>,
    hub: Arc<Hub>,
    path: String,
    language: Language,
) -> impl IntoView {
    let all = |label: &str| SelectOption::new("", label);
    let sectors = std::iter::once(all(t::organisations_all_sectors(language)))
        .chain(sectors.iter().map(|sector| {
            SelectOption::new(slug(sector), hub.sector_name(sector, language))
                .selected(slug(sector) == filter.sector)
        }))
        .collect();
    let municipalities = std::iter::once(all(t::organisations_all_municipalities(language)))
        .chain(
            municipalities
                .iter()
                .map(|name| SelectOption::new(slug(name), name).selected(slug(name) == filter.municipality)),
        )
        .collect();
    let kinds = std::iter::once(all(t::organisations_all_kinds(language)))
        .chain(OrganisationKind::ALL.iter().map(|kind| {
            SelectOption::new(kind.slug(), labels::organisation_kind(*kind, language))
                .selected(filter.kind == Some(*kind))
        }))
        .collect();
    view! {
        <form class="filter-bar" method="get" action=path>
            <search>
                <Field name="naam" label=t::organisations_name(language) r#type="search" value=filter.name />
                <SelectField name="sector" label=t::facet_sector(language) options=sectors />
                <SelectField name="gemeente" label=t::facet_municipality(language) options=municipalities />
                <SelectField name="soort" label=t::organisations_kind(language) options=kinds />
                <button class="button primary">{Icon::Filter.view()} {t::organisations_filter(language)}</button>
            </search>
        </form>
    }
}

/// An organisation as a tile: its plot, its name, its place and what it has open.
#[component]
pub fn OrganisationTile(
    /// The organisation.
    shown: ListedOrganisation,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let ListedOrganisation { stored, open_vacancies } = shown;
    let organisation = stored.organisation;
    let open = (open_vacancies > 0).then(|| t::organisations_open(language, open_vacancies));
    let meta = [Some(organisation.place), open].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <Tile
            href=Page::Organisation(stored.slug).path(language)
            name=organisation.name
            logo=organisation.logo.map(|logo| format!("/logos/{logo}"))
            meta
        />
    }
}
