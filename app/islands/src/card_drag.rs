//! Cards of a board moved by a pointer: a mouse drags at once, a finger after it has rested on a card, so that it can still scroll.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, PointerEvent};
use ui::browser::listen;

use crate::board::Board;
use crate::dom::{all, around, first, later, listen_actively, listen_to_page, target};

/// The distance that a mouse moves before a press becomes a drag, in pixels.
const FROM_PRESS_TO_DRAG: f64 = 6.0;
/// How long a finger rests before it lifts a card.
const REST_OF_FINGER: Duration = Duration::from_millis(350);
/// The width of an edge, in pixels.
const EDGE: f64 = 48.0;
/// The distance that the columns move for each picture, in pixels.
const STEP: i32 = 9;
/// What in a card is pressed for itself.
const CONTROLS: &str = "details, button, select, input";

/// Lets pointers move the cards of a board.
pub(crate) fn start(board: &Rc<Board>) {
    let drag = Rc::new(CardDrag {
        board: Rc::clone(board),
        press: RefCell::default(),
        was_dragged: Cell::new(false),
    });
    let pressed = Rc::clone(&drag);
    listen(&board.part, "pointerdown", move |event| pressed.pressed(&event));
    let moved = Rc::clone(&drag);
    listen_to_page("pointermove", move |event| moved.moved(&event));
    let released = Rc::clone(&drag);
    listen_to_page("pointerup", move |event| released.released(&event));
    let cancelled = Rc::clone(&drag);
    listen_to_page("pointercancel", move |_| drop(cancelled.put_down()));
    let scrolled = Rc::clone(&drag);
    listen_actively(&board.part, "touchmove", move |event| {
        if scrolled.is_lifted() {
            event.prevent_default();
        }
    });
    // A browser drags links by itself, and opens them where a drag ends.
    listen(&board.part, "dragstart", |event| event.prevent_default());
    let clicked = Rc::clone(&drag);
    listen(&board.part, "click", move |event| {
        if clicked.was_dragged.replace(false) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
    let menu = Rc::clone(&drag);
    listen(&board.part, "contextmenu", move |event| {
        if menu.is_lifted() {
            event.prevent_default();
        }
    });
}

struct CardDrag {
    board: Rc<Board>,
    press: RefCell<Option<Press>>,
    /// Whether the click that follows belongs to a drag.
    was_dragged: Cell<bool>,
}

/// A pointer that is down on a card.
struct Press {
    card: HtmlElement,
    pointer: i32,
    /// Where it went down, in pixels of the window.
    at: (f64, f64),
    is_lifted: bool,
    timer: Option<TimeoutHandle>,
    /// The way to scroll while the pointer is at an edge of the board, in pixels for each picture.
    pull: i32,
}

/// How fast the columns come when a pointer is near an edge of them.
fn pull_at(columns: &HtmlElement, pointer: &PointerEvent) -> i32 {
    let (x, edges) = (place(pointer).0, columns.get_bounding_client_rect());
    if x > edges.right() - EDGE {
        STEP
    } else if x < edges.left() + EDGE {
        -STEP
    } else {
        0
    }
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

impl CardDrag {
    fn is_lifted(&self) -> bool {
        self.press.borrow().as_ref().is_some_and(|press| press.is_lifted)
    }

    fn pressed(self: &Rc<Self>, event: &Event) {
        let Some(pointer) = event.dyn_ref::<PointerEvent>().filter(|pointer| pointer.is_primary()) else {
            return;
        };
        let target = target(event);
        let is_control = target.as_ref().is_some_and(|target| around(target, CONTROLS).is_some());
        let card = target.and_then(|target| around(&target, ".board-card"));
        let Some(card) =
            card.filter(|card| !is_control && pointer.button() == 0 && !self.board.targets(card).is_empty())
        else {
            return;
        };
        let timer = (pointer.pointer_type() != "mouse")
            .then(|| {
                let drag = Rc::clone(self);
                later(REST_OF_FINGER, move || drag.lift())
            })
            .flatten();
        let press = Press {
            card,
            pointer: pointer.pointer_id(),
            at: place(pointer),
            is_lifted: false,
            timer,
            pull: 0,
        };
        self.press.replace(Some(press));
    }

    fn moved(self: &Rc<Self>, event: &Event) {
        let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return };
        let Some((by, is_lifted, is_finger)) = self.press.borrow().as_ref().and_then(|press| {
            let (x, y) = place(pointer);
            (press.pointer == pointer.pointer_id())
                .then(|| ((x - press.at.0, y - press.at.1), press.is_lifted, press.timer.is_some()))
        }) else {
            return;
        };
        let is_far = by.0.hypot(by.1) > FROM_PRESS_TO_DRAG;
        match (is_lifted, is_finger) {
            (false, true) if is_far => drop(self.put_down()),
            (false, false) if is_far => self.lift(),
            (true, _) => self.follow(pointer, by),
            (false, _) => {}
        }
    }

    fn lift(self: &Rc<Self>) {
        let mut press = self.press.borrow_mut();
        let Some(press) = press.as_mut() else { return };
        press.is_lifted = true;
        Rc::clone(self).scroll_at_edges();
        let _ = press.card.class_list().add_1("lifted");
        for column in self.board.targets(&press.card) {
            let _ = column.class_list().add_1("open");
        }
        let _ = self.board.part.class_list().add_1("moving");
    }

    /// A board is wider than a phone: a card that is held at an edge brings the next columns, until it is put down.
    fn scroll_at_edges(self: Rc<Self>) {
        request_animation_frame(move || {
            let lifted = self.press.borrow().as_ref().filter(|press| press.is_lifted).map(|press| press.pull);
            let Some(pull) = lifted else { return };
            if let Some(columns) = first(&self.board.part, ".board").filter(|_| pull != 0) {
                columns.set_scroll_left(columns.scroll_left() + pull);
            }
            self.scroll_at_edges();
        });
    }

    fn follow(&self, pointer: &PointerEvent, (x, y): (f64, f64)) {
        if let Some(press) = self.press.borrow_mut().as_mut() {
            press.pull = first(&self.board.part, ".board").map_or(0, |columns| pull_at(&columns, pointer));
            let shift = format!("translate({x}px, {y}px) rotate(1.5deg)");
            let _ = HtmlElement::style(&press.card).set_property("transform", &shift);
        }
        let under = open_column(pointer);
        for column in all(&self.board.part, ".board-column") {
            let is_under = under.as_ref() == Some(&column);
            let _ = column.class_list().toggle_with_force("under", is_under);
        }
    }

    fn released(self: &Rc<Self>, event: &Event) {
        let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return };
        let column = open_column(pointer);
        if let Some(card) = self.put_down() {
            if let Some(column) = column {
                self.board.move_card(&card, &column);
            }
            // The click that ends a drag comes before anything else happens.
            self.was_dragged.set(true);
            let drag = Rc::clone(self);
            later(Duration::ZERO, move || drag.was_dragged.set(false));
        }
    }

    /// Ends a press; gives the card when it was lifted.
    fn put_down(&self) -> Option<HtmlElement> {
        let press = self.press.take()?;
        if let Some(timer) = press.timer {
            timer.clear();
        }
        let _ = press.card.class_list().remove_1("lifted");
        let _ = HtmlElement::style(&press.card).remove_property("transform");
        let _ = self.board.part.class_list().remove_1("moving");
        for column in all(&self.board.part, ".board-column") {
            let _ = column.class_list().remove_2("open", "under");
        }
        press.is_lifted.then_some(press.card)
    }
}

/// The column under a pointer, when the card may go there.
fn open_column(pointer: &PointerEvent) -> Option<HtmlElement> {
    let (x, y) = place(pointer);
    let under = document().element_from_point(x as f32, y as f32)?;
    around(&under, ".board-column.open")
}
