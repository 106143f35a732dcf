//! Cards of a board moved by keys: space lifts the card with the focus, the arrows choose a column, space puts it down, and Escape
//! leaves it where it was. While no card is lifted the arrows go from card to card.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, KeyboardEvent};
use ui::browser::listen;
use words::texts as t;

use crate::board::{Board, column_of, label_of, name_of};
use crate::dom::{all, target};

/// Lets keys move the cards of a board.
pub(crate) fn start(board: &Rc<Board>) {
    let keys = Rc::new(CardKeys { board: Rc::clone(board), lifted: RefCell::default() });
    let pressed = Rc::clone(&keys);
    listen(&board.part, "keydown", move |event| pressed.pressed(&event));
    let left = Rc::clone(&keys);
    listen(&board.part, "focusout", move |_| left.cancel());
}

struct CardKeys {
    board: Rc<Board>,
    lifted: RefCell<Option<Lifted>>,
}

/// A card that is lifted, and the column that is chosen for it.
struct Lifted {
    card: HtmlElement,
    targets: Vec<HtmlElement>,
    at: Option<usize>,
}

impl CardKeys {
    fn pressed(&self, event: &Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        // Keys in the links and fields of a card are theirs.
        let card = target(event).and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let Some(card) = card.filter(|card| card.class_list().contains("board-card")) else { return };
        let is_lifted = self.lifted.borrow().is_some();
        match key.key().as_str() {
            " " if is_lifted => self.put_down(),
            " " => self.lift(&card),
            "Escape" if is_lifted => self.cancel(),
            "ArrowRight" if is_lifted => self.choose(1),
            "ArrowLeft" if is_lifted => self.choose(-1),
            "ArrowRight" => self.go(&card, 1, 0),
            "ArrowLeft" => self.go(&card, -1, 0),
            "ArrowDown" if !is_lifted => self.go(&card, 0, 1),
            "ArrowUp" if !is_lifted => self.go(&card, 0, -1),
            _ => return,
        }
        event.prevent_default();
    }

    fn lift(&self, card: &HtmlElement) {
        let targets = self.board.targets(card);
        if targets.is_empty() {
            let column = column_of(card).map(|column| label_of(&column)).unwrap_or_default();
            return self.board.say(&t::board_stays(self.board.language, name_of(card), column));
        }
        let _ = card.class_list().add_1("lifted");
        for column in &targets {
            let _ = column.class_list().add_1("open");
        }
        self.board.say(&t::board_lifted(self.board.language, name_of(card)));
        self.lifted.replace(Some(Lifted { card: card.clone(), targets, at: None }));
    }

    fn choose(&self, by: isize) {
        let mut lifted = self.lifted.borrow_mut();
        let Some(lifted) = lifted.as_mut() else { return };
        let last = lifted.targets.len() - 1;
        let at = match lifted.at {
            None if by > 0 => 0,
            None => last,
            Some(at) => at.saturating_add_signed(by).min(last),
        };
        lifted.at = Some(at);
        for (place, column) in lifted.targets.iter().enumerate() {
            let _ = column.class_list().toggle_with_force("under", place == at);
        }
        self.board.say(&label_of(&lifted.targets[at]));
    }

    fn put_down(&self) {
        let Some(lifted) = self.end() else { return };
        match lifted.at.and_then(|at| lifted.targets.get(at)) {
            Some(column) => self.board.move_card(&lifted.card, column),
            None => self.say_stays(&lifted),
        }
    }

    fn cancel(&self) {
        if let Some(lifted) = self.end() {
            self.say_stays(&lifted);
        }
    }

    fn end(&self) -> Option<Lifted> {
        let lifted = self.lifted.take()?;
        let _ = lifted.card.class_list().remove_1("lifted");
        for column in &lifted.targets {
            let _ = column.class_list().remove_2("open", "under");
        }
        Some(lifted)
    }

    fn say_stays(&self, lifted: &Lifted) {
        let column = column_of(&lifted.card).map(|column| label_of(&column)).unwrap_or_default();
        self.board.say(&t::board_stays(self.board.language, name_of(&lifted.card), column));
    }

    /// Goes to the card beside, or above and below.
    fn go(&self, card: &HtmlElement, columns: isize, cards: isize) {
        let all_columns: Vec<Vec<HtmlElement>> =
            all(&self.board.part, ".board-column").iter().map(|column| all(column, ".board-card")).collect();
        let found = all_columns
            .iter()
            .enumerate()
            .find_map(|(column, cards)| Some((column, cards.iter().position(|one| one == card)?)));
        let Some((column, place)) = found else { return };
        let next = if columns == 0 {
            all_columns[column].get(place.saturating_add_signed(cards))
        } else {
            let filled = |column: &usize| !all_columns[*column].is_empty();
            let beside = if columns > 0 {
                (column + 1..all_columns.len()).find(filled)
            } else {
                (0..column).rev().find(filled)
            };
            beside.and_then(|beside| all_columns[beside].get(place).or(all_columns[beside].last()))
        };
        if let Some(next) = next {
            let _ = next.focus();
        }
    }
}
