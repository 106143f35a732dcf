//! A list as a board: a column for each stage, a card for each row, moved by pointer, touch or keys where a script runs, and by a
//! choice and a button without one.

use std::marker::PhantomData;

use domain::command::door_path;
use domain::{Command, Language};
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use words::texts as t;

use crate::link::Link;
use crate::static_html::static_html;

/// The field in which a card's form names its row.
pub const CARD_FIELD: &str = "card";
/// The field in which it names the step.
pub const STEP_FIELD: &str = "step";

/// A stage of a [`Board`].
pub struct BoardColumn {
    /// The heading.
    pub label: String,
    /// The number of rows in this stage, shown or not.
    pub count: u64,
    /// The step that brings a card here; nothing where cards come by themselves.
    pub step: Option<&'static str>,
    /// The cards that are shown.
    pub cards: Vec<BoardCard>,
    /// The others of this stage, in a table.
    pub more: Option<Link>,
}

/// A row as a card.
pub struct BoardCard {
    /// The value that its form sends.
    pub id: String,
    /// The row's subject, for who hears the page: "Fenna te Riele".
    pub name: String,
    /// The address of the row's page.
    pub href: String,
    /// The lines under the name.
    pub lines: Vec<InertElement>,
    /// The steps that may be taken with it.
    pub steps: Vec<CardStep>,
}

/// A step that may be taken with a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardStep {
    /// The value that the form sends, that of a column.
    pub step: &'static str,
    /// What the choice says.
    pub label: String,
    /// Whether the page to which it leads asks for more.
    pub asks_more: bool,
}

/// A board whose cards are moved by a command with the fields [`CARD_FIELD`] and [`STEP_FIELD`].
#[component]
pub fn Board<C: Command>(
    /// The command that moves a card.
    #[prop(optional)]
    command: PhantomData<C>,
    /// The last part of the address of the page, where it names a thing.
    #[prop(into)]
    slug: String,
    /// What the board shows: "Sollicitaties".
    #[prop(into)]
    caption: String,
    /// The columns.
    columns: Vec<BoardColumn>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let PhantomData = command;
    let door = format!("{}/{slug}", door_path(C::NOUN, C::VERB));
    let columns: Vec<InertElement> =
        columns.into_iter().map(|column| column_view::<C>(column, language)).collect();
    static_html(view! {
        <div class="board" data-door=door role="group" aria-label=caption>
            <p class="hidden" id=HINT>{t::board_hint(language)}</p>
            {columns}
        </div>
    })
}

/// The id of the text that says how cards are moved by keys.
const HINT: &str = "board-hint";

fn column_view<C: Command>(column: BoardColumn, language: Language) -> InertElement {
    let BoardColumn { label, count, step, cards, more } = column;
    let cards: Vec<InertElement> = cards.into_iter().map(|card| card_view::<C>(card, language)).collect();
    let heading = label.clone();
    let more = more.map(|link| view! { <p class="board-more"><a href=link.href>{link.label}</a></p> });
    static_html(view! {
        <section class="board-column" data-step=step data-label=label>
            <h2>{heading} " " <b class="board-count">{count}</b></h2>
            <ol>{cards}</ol>
            {more}
        </section>
    })
}

fn card_view<C: Command>(card: BoardCard, language: Language) -> InertElement {
    let BoardCard { id, name, href, lines, steps } = card;
    let movement = (!steps.is_empty()).then(|| step_form::<C>(&id, &name, steps, language));
    let heading = name.clone();
    static_html(view! {
        <li class="board-card" data-card=id data-name=name>
            <h3><a href=href dir="auto">{heading}</a></h3>
            {lines}
            {movement}
        </li>
    })
}

fn step_form<C: Command>(id: &str, name: &str, steps: Vec<CardStep>, language: Language) -> InertElement {
    let options = steps.into_iter().map(|CardStep { step, label, asks_more }| {
        view! { <option value=step data-asks=asks_more>{label}</option> }
    });
    let options = options.collect_view();
    static_html(view! {
        <details class="board-steps">
            <summary aria-label=t::board_move_card(language, name)>{t::board_move(language)}</summary>
            <form method="post">
                <input type="hidden" name=CARD_FIELD value=id.to_owned() />
                <label>
                    <span class="hidden">{t::board_step(language, name)}</span>
                    <select name=STEP_FIELD>{options}</select>
                </label>
                <button class="button" name="do" value=C::VERB>{t::board_go(language)}</button>
            </form>
        </details>
    })
}
