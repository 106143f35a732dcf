//! What is one's own, in one place.

use domain::Language;
use domain::accounts::{Membership, Viewer};
use leptos::prelude::*;

use crate::labels;
use crate::paths::Page;
use crate::texts as t;
use crate::ui::{ButtonKind, ButtonLink, Tile, TileGrid};

/// Where somebody stands who is signed in, and the ways from there.
#[component]
pub fn MyPage(
    /// Who is signed in.
    viewer: Viewer,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let greeting = match &viewer.name {
        Some(name) => t::my_greeting(language, name),
        None => t::my_title(language).to_owned(),
    };
    let organisations = (!viewer.memberships.is_empty())
        .then(|| view! { <Organisations memberships=viewer.memberships.clone() language /> });
    let staff = viewer
        .staff_role
        .map(|role| view! { <p>{t::my_staff(language, labels::staff_role(role, language))}</p> });
    view! {
        <div class="wrap page-top">
            <h1>{greeting}</h1>
            <p class="lead">{t::my_lead(language, viewer.email.clone())}</p>
            {staff}
            <p class="actions">
                <ButtonLink href=Page::Vacancies.path(language) kind=ButtonKind::Primary>
                    {t::my_search(language)}
                </ButtonLink>
                <ButtonLink href=Page::Account.path(language)>{t::my_account(language)}</ButtonLink>
            </p>
            {organisations}
        </div>
    }
}

#[component]
fn Organisations(memberships: Vec<Membership>, language: Language) -> impl IntoView {
    let tiles = memberships
        .into_iter()
        .map(|membership| {
            view! {
                <Tile
                    href=Page::Organisation(membership.slug).path(language)
                    name=membership.organisation
                    meta=labels::member_role(membership.role, language)
                />
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2>{t::my_organisations(language)}</h2>
            <TileGrid>{tiles}</TileGrid>
        </section>
    }
}
