//! A list that shows other rows without loading its page again.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{
    DomParser, Element, Event, FormData, HtmlAnchorElement, HtmlButtonElement, HtmlElement, HtmlFormElement,
    MouseEvent, SubmitEvent, SupportedType, Url, UrlSearchParams,
};
use ui::browser::listen;
use wasm_bindgen_futures::spawn_local;

use crate::dom::{all, around, first, listen_to_window, target};

/// The part of a page that shows a list, and what is done when other rows stand in it.
#[derive(Clone)]
pub(crate) struct PageSwap {
    part: HtmlElement,
    swapped: Rc<dyn Fn()>,
    /// The number of the last question: only its answer is shown.
    asked: Rc<Cell<u32>>,
}

impl PageSwap {
    /// Shows what links and forms of the part ask for in it, as long as they lead to the same page.
    pub(crate) fn start(part: &HtmlElement, swapped: impl Fn() + 'static) -> Self {
        let swap = Self { part: part.clone(), swapped: Rc::new(swapped), asked: Rc::default() };
        let clicked = swap.clone();
        listen(part, "click", move |event| clicked.clicked(&event));
        let sent = swap.clone();
        listen(part, "submit", move |event| sent.sent(&event));
        let travelled = swap.clone();
        listen_to_window("popstate", move |_| travelled.show(address_here(), Step::Travelled));
        swap
    }

    /// Asks for the rows of this address again.
    pub(crate) fn refresh(&self) {
        self.show(address_here(), Step::Again);
    }

    fn clicked(&self, event: &Event) {
        let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
        let is_plain = mouse.button() == 0
            && !(mouse.meta_key() || mouse.ctrl_key() || mouse.shift_key() || mouse.alt_key());
        let link = target(event).and_then(|target| around(&target, "a[href]"));
        let link = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
        let Some(link) = link.filter(|link| is_plain && leads_here(&link.href())) else { return };
        // Another layout is another part, a file is no page, and what is done with rows is confirmed on a page without any.
        let is_other = link.has_attribute("download") || around(&link, ".table-layouts, .bulk").is_some();
        if !is_other {
            event.prevent_default();
            self.show(link.href(), Step::Forward);
        }
    }

    fn sent(&self, event: &Event) {
        let Some(form) = target(event).and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        if around(&form, ".bulk").is_some() {
            return;
        }
        let action = form.get_attribute("action").unwrap_or_default();
        let Some(address) = absolute(&action).filter(|address| form.method() == "get" && leads_here(address))
        else {
            return;
        };
        let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        if let Some(query) = query_of(&form, button.as_ref()) {
            event.prevent_default();
            self.show(format!("{}?{query}", address.split('?').next().unwrap_or_default()), Step::Forward);
        }
    }

    fn show(&self, address: String, step: Step) {
        let number = self.asked.get().wrapping_add(1);
        self.asked.set(number);
        let _ = self.part.set_attribute("aria-busy", "true");
        let swap = self.clone();
        spawn_local(async move {
            let fresh = fetch_part(&address, &swap.part).await;
            if swap.asked.get() != number {
                return;
            }
            // What somebody holds is not taken out of the hand.
            if step == Step::Again && first(&swap.part, ".lifted").is_some() {
                let _ = swap.part.remove_attribute("aria-busy");
                return;
            }
            match fresh {
                Some(fresh) => swap.take_in(&fresh, &address, step),
                // The browser says better than we could why the page does not come.
                None => drop(window().location().assign(&address)),
            }
        });
    }

    fn take_in(&self, fresh: &Element, address: &str, step: Step) {
        let focus = FocusMark::of_page(&self.part);
        self.part.set_inner_html(&fresh.inner_html());
        let _ = self.part.remove_attribute("aria-busy");
        if step == Step::Forward {
            let history = window().history();
            let _ = history.map(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address)));
        }
        focus.restore(&self.part);
        (self.swapped)();
    }
}

/// How one comes to an address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// By a link or a form.
    Forward,
    /// By the browser's own buttons.
    Travelled,
    /// Not at all: the same rows once more.
    Again,
}

fn address_here() -> String {
    window().location().href().unwrap_or_default()
}

fn absolute(address: &str) -> Option<String> {
    Url::new_with_base(address, &address_here()).ok().map(|url| url.href())
}

/// Whether an address is this page with another question.
fn leads_here(address: &str) -> bool {
    let url = Url::new(address).ok();
    let location = window().location();
    url.is_some_and(|url| {
        url.hash().is_empty()
            && Some(url.origin()) == location.origin().ok()
            && Some(url.pathname()) == location.pathname().ok()
    })
}

/// What a form would write behind the `?`.
fn query_of(form: &HtmlFormElement, button: Option<&HtmlElement>) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let button = button.and_then(|button| button.dyn_ref::<HtmlButtonElement>());
    if let Some(button) = button.filter(|button| !button.name().is_empty()) {
        data.append_with_str(&button.name(), &button.value()).ok()?;
    }
    let pairs = UrlSearchParams::new_with_str_sequence_sequence(data.as_ref()).ok()?;
    let pairs = String::from(pairs.to_string());
    // The address of a list says only what is asked for.
    let asked: Vec<&str> = pairs.split('&').filter(|pair| !pair.ends_with('=')).collect();
    Some(asked.join("&"))
}

/// The same part on the page at an address; nothing when it did not come, or stands there in another layout.
async fn fetch_part(address: &str, part: &HtmlElement) -> Option<Element> {
    let response = Request::get(address).header("accept", "text/html").send().await.ok()?;
    if !response.ok() || response.redirected() {
        return None;
    }
    let text = response.text().await.ok()?;
    // The head has a style of its own, which the policy of this page would refuse.
    let main = &text[text.find("<main")?..];
    let page = DomParser::new().ok()?.parse_from_string(main, SupportedType::TextHtml).ok()?;
    let kind = part.dataset().get("part")?;
    page.query_selector(&format!(".table-page[data-part='{kind}']")).ok()?
}

/// Where the focus was, so that it is there again among other rows.
struct FocusMark {
    selector: &'static str,
    place: Option<usize>,
    caret: Option<u32>,
}

/// What can have the focus, by kind: among equals their place tells them apart.
const FOCUSABLE: [&str; 4] = [".table-search input", "thead a", ".pager a", "summary"];

impl FocusMark {
    fn of_page(part: &HtmlElement) -> Self {
        let active = document().active_element().filter(|active| part.contains(Some(active)));
        let mark = active.and_then(|active| {
            let selector =
                FOCUSABLE.into_iter().find(|selector| active.matches(selector).unwrap_or(false))?;
            let place = all(part, selector).iter().position(|one| one.is_same_node(Some(&active)));
            let input = active.dyn_ref::<leptos::web_sys::HtmlInputElement>();
            Some((selector, place, input.and_then(|input| input.selection_start().ok()?)))
        });
        match mark {
            Some((selector, place, caret)) => Self { selector, place, caret },
            None => Self { selector: "", place: None, caret: None },
        }
    }

    fn restore(self, part: &HtmlElement) {
        let Some(place) = self.place else { return };
        let found = all(part, self.selector);
        // The last page has one link less.
        let again = found.get(place).or(found.last()).cloned().or_else(|| first(part, "table a"));
        let Some(again) = again else { return };
        let _ = again.focus();
        if let (Some(input), Some(caret)) = (again.dyn_ref::<leptos::web_sys::HtmlInputElement>(), self.caret)
        {
            let _ = input.set_selection_range(caret, caret);
        }
    }
}
