//! Questions of islands to the browser.

use domain::Language;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{Event, EventTarget};

/// The language of the page. Islands have no properties, which would bring a reader of JSON along.
pub fn page_language() -> Language {
    let language = document().document_element().and_then(|root| root.get_attribute("lang"));
    language.and_then(|code| Language::from_code(&code)).unwrap_or(Language::Dutch)
}

/// Listens to an event for as long as the page stands.
pub fn listen(target: &EventTarget, name: &str, handle: impl FnMut(Event) + 'static) {
    let handle = Closure::<dyn FnMut(Event)>::new(handle);
    // What is there takes listeners; nothing useful could be done if it did not.
    let _ = target.add_event_listener_with_callback(name, handle.as_ref().unchecked_ref());
    handle.forget();
}
