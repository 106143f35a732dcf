//! What the parts ask of the page.

use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{AddEventListenerOptions, Element, Event, EventTarget, HtmlElement, NodeList};
use ui::browser::listen;

/// The elements that a selector finds, in their order.
pub(crate) fn all(within: &Element, selector: &str) -> Vec<HtmlElement> {
    within.query_selector_all(selector).map(elements).unwrap_or_default()
}

fn elements(list: NodeList) -> Vec<HtmlElement> {
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

/// The first element that a selector finds.
pub(crate) fn first(within: &Element, selector: &str) -> Option<HtmlElement> {
    within.query_selector(selector).ok()??.dyn_into().ok()
}

/// The element itself or the nearest around it that a selector fits.
pub(crate) fn around(element: &Element, selector: &str) -> Option<HtmlElement> {
    element.closest(selector).ok()??.dyn_into().ok()
}

/// The element at which an event happened.
pub(crate) fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// A new element with a class, and with text in it.
pub(crate) fn element(name: &str, class: &str, text: &str) -> Option<HtmlElement> {
    let element: HtmlElement = document().create_element(name).ok()?.dyn_into().ok()?;
    element.set_class_name(class);
    element.set_text_content(Some(text));
    Some(element)
}

/// Listens to an event of the page itself.
pub(crate) fn listen_to_page(name: &str, handle: impl FnMut(Event) + 'static) {
    listen(&document(), name, handle);
}

/// Listens to an event of the window.
pub(crate) fn listen_to_window(name: &str, handle: impl FnMut(Event) + 'static) {
    listen(&window(), name, handle);
}

/// Listens to an event that may be prevented, where browsers would take for granted that it is not.
pub(crate) fn listen_actively(target: &EventTarget, name: &str, handle: impl FnMut(Event) + 'static) {
    let handle = Closure::<dyn FnMut(Event)>::new(handle);
    let options = AddEventListenerOptions::new();
    options.set_passive(false);
    let listener = handle.as_ref().unchecked_ref();
    let _ = target.add_event_listener_with_callback_and_add_event_listener_options(name, listener, &options);
    handle.forget();
}

/// Does something later, unless the handle is cleared before.
pub(crate) fn later(wait: Duration, act: impl FnOnce() + 'static) -> Option<TimeoutHandle> {
    set_timeout_with_handle(act, wait).ok()
}

/// A line that is read aloud when it changes, and seen by nobody.
pub(crate) struct Announcer(HtmlElement);

impl Announcer {
    /// A line at the end of a part.
    pub(crate) fn new(part: &Element) -> Option<Self> {
        let line = element("p", "hidden", "")?;
        line.set_attribute("role", "status").ok()?;
        part.append_child(&line).ok()?;
        Some(Self(line))
    }

    /// Says a text.
    pub(crate) fn say(&self, text: &str) {
        self.0.set_text_content(Some(text));
    }
}
