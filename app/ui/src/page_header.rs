//! The head of a page about one thing.

use super::{MaybeText, OrganisationMark};
use leptos::either::Either;
use leptos::prelude::*;

/// The head of a page about one thing that an organisation offers: whose it is, what it is called, what it is.
#[component]
pub fn PageHeader(
    /// Whose it is.
    #[prop(into)]
    owner: String,
    /// The page of whose it is.
    #[prop(optional, into)]
    href: MaybeText,
    /// The address of their logo.
    #[prop(optional, into)]
    logo: MaybeText,
    /// Where it is.
    #[prop(into)]
    place: String,
    /// The name.
    #[prop(into)]
    title: String,
    /// The language of the title when it is not the page's: `de`.
    #[prop(optional_no_strip)]
    language: Option<&'static str>,
    /// What it is, shortest first; the first is its kind.
    #[prop(into)]
    facts: Vec<String>,
    /// More of what it is, each in an `li`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let name = match href.0 {
        Some(href) => Either::Left(view! { <a href=href>{owner.clone()}</a> }),
        None => Either::Right(owner.clone()),
    };
    let facts = facts
        .into_iter()
        .enumerate()
        .map(|(number, fact)| view! { <li class=(number == 0).then_some("kind")>{fact}</li> })
        .collect_view();
    view! {
        <header class="page-header">
            <p class="owner">
                <OrganisationMark name=owner logo=logo />
                <span>{name} " · " {place}</span>
            </p>
            <h1 lang=language>{title}</h1>
            <ul class="facts">{facts} {children.map(|children| children())}</ul>
        </header>
    }
}
