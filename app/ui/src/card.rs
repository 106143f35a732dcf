//! A list of cards, each of which is one link.

use super::{Marked, MaybeText, OrganisationMark};
use leptos::children::TypedChildren;
use leptos::either::Either;
use leptos::prelude::*;

/// A list of [`Card`]s.
#[component]
pub fn CardList<V: IntoView + Send + 'static>(
    /// The cards.
    children: TypedChildren<V>,
) -> impl IntoView {
    view! { <ol class="cards">{children.into_inner()()}</ol> }
}

/// A thing in a list: its organisation's mark, title, one line about it, and facts.
///
/// The title's link covers the card; what stands in `children` (a badge, a button to keep it) lies above it.
#[component]
pub fn Card(
    /// The page of the thing.
    #[prop(into)]
    href: String,
    /// Its title, in which words may be marked.
    #[prop(into)]
    title: Marked,
    /// Whose it is; the plot is drawn from it.
    #[prop(optional, into)]
    name: String,
    /// The address of the organisation's logo.
    #[prop(optional, into)]
    logo: MaybeText,
    /// One line below the title: whose, where, how far.
    #[prop(optional, into)]
    meta: MaybeText,
    /// A line that says why it is for who reads.
    #[prop(optional, into)]
    mark: MaybeText,
    /// The first fact, in the accent colour.
    #[prop(optional, into)]
    kind: MaybeText,
    /// The other facts, shortest first.
    #[prop(optional)]
    facts: Vec<String>,
    /// The language of the title, when it is another one than the page's.
    #[prop(optional, into)]
    language: MaybeText,
    /// A piece of its text, in which words may be marked.
    #[prop(optional_no_strip)]
    excerpt: Option<Marked>,
    /// A replacement of the mark, such as a date.
    #[prop(optional, into)]
    lead: Option<ViewFnOnce>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let lead = match lead {
        Some(lead) => Either::Left(lead.run()),
        None => Either::Right(view! { <OrganisationMark name=name logo=logo /> }),
    };
    let facts = facts.into_iter().map(|fact| view! { <li>{fact}</li> }).collect_view();
    view! {
        <li class="card">
            {lead}
            <div>
                <h3>
                    <a href=href lang=language.0 inner_html=title.html()></a>
                </h3>
                {meta.0.map(|meta| view! { <p>{meta}</p> })}
                {mark.0.map(|mark| view! { <p class="mark">{mark}</p> })}
                {excerpt.map(|excerpt| view! { <p class="excerpt" inner_html=excerpt.html()></p> })}
                <ul class="facts">{kind.0.map(|kind| view! { <li class="kind">{kind}</li> })} {facts}</ul>
            </div>
            {children.map(|children| view! { <div class="side">{children()}</div> })}
        </li>
    }
}
