//! A board comes alive: its cards are moved by pointer, touch and keys, and a move can be taken back before it is sent.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use domain::{Command, CommandError, Language};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, HtmlFormElement, HtmlSelectElement, Node};
use ui::browser::{listen, page_language};
use ui::client::{CallError, call, call_at_last};
use wasm_bindgen_futures::spawn_local;
use words::texts as t;

use crate::dom::{Announcer, all, around, element, first, later, listen_to_window};
use crate::page_swap::PageSwap;
use workplace::received::MoveReceived;

/// How long a move can be taken back.
const UNDO: Duration = Duration::from_secs(6);

/// Wakes a board; its cards are not moved by anything yet.
pub(crate) fn start(part: HtmlElement) -> Option<Rc<Board>> {
    let announcer = Announcer::new(&part.parent_element()?)?;
    let board = Rc::new(Board {
        language: page_language(),
        moved: RefCell::default(),
        swap: RefCell::default(),
        announcer,
        part,
    });
    let equipped = Rc::clone(&board);
    board.swap.replace(Some(PageSwap::start(&board.part, move || equipped.equip())));
    board.equip();
    let leaving = Rc::clone(&board);
    listen_to_window("pagehide", move |_| {
        if let Some((moved, door)) = leaving.take_moved().zip(leaving.door()) {
            call_at_last(&door, &moved.command());
        }
    });
    Some(board)
}

/// The cards of a list, and what was moved last.
pub(crate) struct Board {
    pub(crate) part: HtmlElement,
    pub(crate) language: Language,
    announcer: Announcer,
    moved: RefCell<Option<MovedCard>>,
    swap: RefCell<Option<PageSwap>>,
}

/// A card that was moved here, and not yet on the server.
struct MovedCard {
    card: HtmlElement,
    step: String,
    from: Option<HtmlElement>,
    before: Option<Node>,
    bar: HtmlElement,
    timer: Option<TimeoutHandle>,
}

impl MovedCard {
    fn command(&self) -> MoveReceived {
        MoveReceived { card: id_of(&self.card), step: self.step.clone() }
    }
}

impl Board {
    /// Puts what only a script can do into the cards that are there now.
    fn equip(&self) {
        for card in all(&self.part, ".board-card") {
            let _ = card.set_attribute("tabindex", "0");
            let _ = card.set_attribute("aria-describedby", "board-hint");
        }
    }

    fn door(&self) -> Option<String> {
        first(&self.part, ".board")?.dataset().get("door")
    }

    pub(crate) fn say(&self, text: &str) {
        self.announcer.say(text);
    }

    /// The columns to which a card may be moved, in their order.
    pub(crate) fn targets(&self, card: &HtmlElement) -> Vec<HtmlElement> {
        let own = column_of(card);
        let columns = all(&self.part, ".board-column").into_iter();
        columns.filter(|column| Some(column) != own.as_ref() && option_of(card, column).is_some()).collect()
    }

    /// Moves a card to a column that it may be moved to.
    pub(crate) fn move_card(self: &Rc<Self>, card: &HtmlElement, column: &HtmlElement) {
        let Some((option, step)) = option_of(card, column).zip(column.dataset().get("step")) else { return };
        if option.dataset().get("asks").is_some() {
            return ask_more(card, &step);
        }
        // Only the last move can be taken back.
        self.send();
        let (from, before) = (card.parent_element(), card.next_sibling());
        let list = first(column, "ol");
        let Some((list, bar)) = list.zip(self.bar(card, column)) else { return };
        let _ = list.prepend_with_node_1(card);
        count(from.as_ref().and_then(|list| around(list, ".board-column")), -1);
        count(Some(column.clone()), 1);
        let _ = card.focus();
        let board = Rc::clone(self);
        let timer = later(UNDO, move || board.send());
        let from = from.and_then(|list| list.dyn_into().ok());
        self.moved.replace(Some(MovedCard { card: card.clone(), step, from, before, bar, timer }));
    }

    /// The line that says what was moved, with the button that takes it back.
    fn bar(self: &Rc<Self>, card: &HtmlElement, column: &HtmlElement) -> Option<HtmlElement> {
        let said = t::board_moved(self.language, name_of(card), label_of(column));
        self.say(&said);
        let bar = element("div", "board-bar", "")?;
        let undo = element("button", "button", t::board_undo(self.language))?;
        undo.set_attribute("type", "button").ok()?;
        let board = Rc::clone(self);
        listen(&undo, "click", move |_| board.undo());
        let line = element("p", "", &said)?;
        bar.append_child(&line).ok()?;
        bar.append_child(&undo).ok()?;
        let around = self.part.parent_element()?;
        around.append_child(&bar).ok()?;
        Some(bar)
    }

    fn take_moved(&self) -> Option<MovedCard> {
        let moved = self.moved.take()?;
        if let Some(timer) = moved.timer {
            timer.clear();
        }
        moved.bar.remove();
        Some(moved)
    }

    fn undo(&self) {
        if let Some(moved) = self.take_moved() {
            put_back(&moved);
            let column = column_of(&moved.card).map(|column| label_of(&column)).unwrap_or_default();
            self.say(&t::board_stays(self.language, name_of(&moved.card), column));
        }
    }

    /// Sends the last move.
    fn send(self: &Rc<Self>) {
        let Some((moved, door)) = self.take_moved().zip(self.door()) else { return };
        let board = Rc::clone(self);
        spawn_local(async move {
            let result = call(&door, &moved.command()).await;
            board.answered(&moved, result);
        });
    }

    fn answered(&self, moved: &MovedCard, result: Result<<MoveReceived as Command>::Answer, CallError>) {
        let name = name_of(&moved.card);
        match result {
            Ok(Some(address)) => drop(window().location().assign(&address)),
            Ok(None) => self.refresh(),
            Err(CallError::Refused(CommandError::Conflict | CommandError::NotFound)) => {
                self.complain(&t::board_conflict(self.language, name));
                self.refresh();
            }
            // The page says what to do.
            Err(CallError::Refused(CommandError::SignIn | CommandError::SecondStep)) => {
                let _ = window().location().reload();
            }
            Err(_) => {
                put_back(moved);
                let column = column_of(&moved.card).map(|column| label_of(&column)).unwrap_or_default();
                self.complain(&t::board_failed(self.language, name, column));
            }
        }
    }

    /// The board as the hub has it now, unless somebody is moving the next card.
    fn refresh(&self) {
        let is_busy = self.moved.borrow().is_some() || first(&self.part, ".lifted").is_some();
        if let Some(swap) = self.swap.borrow().as_ref().filter(|_| !is_busy) {
            swap.refresh();
        }
    }

    fn complain(&self, text: &str) {
        self.say(text);
        let bar = element("div", "board-bar fault", "").zip(element("p", "", text));
        if let Some(((bar, line), around)) = bar.zip(self.part.parent_element()) {
            let _ = bar.append_child(&line);
            let _ = around.append_child(&bar);
            later(UNDO, move || bar.remove());
        }
    }
}

/// Brings a card back to where it was.
fn put_back(moved: &MovedCard) {
    count(column_of(&moved.card), -1);
    if let Some(from) = &moved.from {
        // The neighbour may have gone.
        let before = moved.before.as_ref().filter(|node| from.contains(Some(node)));
        let _ = from.insert_before(&moved.card, before);
    }
    count(column_of(&moved.card), 1);
    let _ = moved.card.focus();
}

/// Goes to the page that asks for what a step needs more.
fn ask_more(card: &HtmlElement, step: &str) {
    let Some(form) = first(card, "form").and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    if let Some(select) =
        first(&form, "select").and_then(|select| select.dyn_into::<HtmlSelectElement>().ok())
    {
        select.set_value(step);
    }
    if let Some(button) = first(&form, "button") {
        button.click();
    }
}

/// The choice of a card's form that brings it to a column.
fn option_of(card: &HtmlElement, column: &HtmlElement) -> Option<HtmlElement> {
    let step = column.dataset().get("step")?;
    all(card, "option").into_iter().find(|option| option.get_attribute("value").as_deref() == Some(&step))
}

/// The column in which a card is.
pub(crate) fn column_of(card: &HtmlElement) -> Option<HtmlElement> {
    around(card, ".board-column")
}

/// The heading of a column.
pub(crate) fn label_of(column: &HtmlElement) -> String {
    column.dataset().get("label").unwrap_or_default()
}

/// The subject of a card.
pub(crate) fn name_of(card: &HtmlElement) -> String {
    card.dataset().get("name").unwrap_or_default()
}

fn id_of(card: &HtmlElement) -> String {
    card.dataset().get("card").unwrap_or_default()
}

fn count(column: Option<HtmlElement>, change: i64) {
    if let Some(count) = column.and_then(|column| first(&column, ".board-count")) {
        let before: i64 = count.text_content().and_then(|text| text.parse().ok()).unwrap_or(0);
        count.set_text_content(Some(&(before + change).to_string()));
    }
}
