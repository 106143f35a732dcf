//! The fields of a form in the browser: what stands in them, and what is said beside them.

use domain::FieldErrors;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};

use crate::dom::{all, around, element, first};

/// Names and values, as a form sends them.
pub(crate) type Pairs = Vec<(String, String)>;

/// A field in which something is typed or chosen.
#[derive(Clone)]
pub(crate) struct FormField {
    /// The name that the form sends.
    pub(crate) name: String,
    /// The place among the fields of that name.
    pub(crate) place: usize,
    control: Control,
}

#[derive(Clone)]
enum Control {
    Text(HtmlInputElement),
    Lines(HtmlTextAreaElement),
    Choice(HtmlSelectElement),
    /// A box or a radio button: it has its value while it is chosen.
    Tick(HtmlInputElement),
}

/// The fields of a form that somebody sees, in their order.
pub(crate) fn fields_of(form: &HtmlFormElement) -> Vec<FormField> {
    let mut fields: Vec<FormField> = Vec::new();
    for element in all(form, "input:not([type=hidden]):not([type=submit]), textarea, select") {
        let Some(control) = Control::of(&element) else { continue };
        let Some(name) = element.get_attribute("name").filter(|name| !name.is_empty()) else { continue };
        let place = fields.iter().filter(|field| field.name == name).count();
        fields.push(FormField { name, place, control });
    }
    fields
}

/// What a form sends now: its hidden fields, and those that somebody sees.
pub(crate) fn pairs_of(form: &HtmlFormElement) -> Pairs {
    let hidden = all(form, "input[type=hidden]").into_iter().filter_map(|element| {
        let input: HtmlInputElement = element.dyn_into().ok()?;
        Some((input.name(), input.value()))
    });
    let seen = fields_of(form).into_iter().filter_map(|field| {
        let value = field.value();
        (!field.is_tick() || !value.is_empty()).then_some((field.name, value))
    });
    hidden.chain(seen).collect()
}

impl Control {
    fn of(element: &HtmlElement) -> Option<Self> {
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            let is_tick = matches!(input.type_().as_str(), "checkbox" | "radio");
            return Some(if is_tick { Self::Tick(input.clone()) } else { Self::Text(input.clone()) });
        }
        if let Some(lines) = element.dyn_ref::<HtmlTextAreaElement>() {
            return Some(Self::Lines(lines.clone()));
        }
        element.dyn_ref::<HtmlSelectElement>().map(|choice| Self::Choice(choice.clone()))
    }

    fn element(&self) -> &Element {
        match self {
            Self::Text(input) | Self::Tick(input) => input,
            Self::Lines(lines) => lines,
            Self::Choice(choice) => choice,
        }
    }
}

impl FormField {
    fn is_tick(&self) -> bool {
        matches!(self.control, Control::Tick(_))
    }

    /// Its value; nothing for a box that is not ticked.
    pub(crate) fn value(&self) -> String {
        match &self.control {
            Control::Text(input) => input.value(),
            Control::Tick(tick) => {
                if tick.checked() {
                    tick.value()
                } else {
                    String::new()
                }
            }
            Control::Lines(lines) => lines.value(),
            Control::Choice(choice) => choice.value(),
        }
    }

    /// What the server wrote into it.
    pub(crate) fn first_value(&self) -> String {
        match &self.control {
            Control::Text(input) => input.default_value(),
            Control::Tick(tick) => {
                if tick.default_checked() {
                    tick.value()
                } else {
                    String::new()
                }
            }
            Control::Lines(lines) => lines.default_value().unwrap_or_default(),
            Control::Choice(choice) => {
                let option = first(choice, "option[selected]").or_else(|| first(choice, "option"));
                option.and_then(|option| option.get_attribute("value")).unwrap_or_default()
            }
        }
    }

    /// The value that it would have in a form that sends these pairs.
    pub(crate) fn value_in(&self, pairs: &Pairs) -> String {
        let mut values = pairs.iter().filter(|(name, _)| *name == self.name).map(|(_, value)| value);
        let found = match &self.control {
            Control::Tick(tick) => values.find(|value| **value == tick.value()),
            _ => values.nth(self.place),
        };
        found.cloned().unwrap_or_default()
    }

    /// Writes a value into it.
    pub(crate) fn set_value(&self, value: &str) {
        match &self.control {
            Control::Text(input) => input.set_value(value),
            Control::Tick(tick) => tick.set_checked(!value.is_empty()),
            Control::Lines(lines) => lines.set_value(value),
            Control::Choice(choice) => choice.set_value(value),
        }
    }

    /// Its error, when a form has these.
    pub(crate) fn error_key(&self, errors: &FieldErrors) -> Option<domain::FieldError> {
        let error = match self.name.strip_suffix("[]") {
            // What is wrong with a list as a whole is said at its first field.
            Some(list) => {
                errors.get_item(list, self.place).or_else(|| errors.get(list).filter(|_| self.place == 0))
            }
            None => errors.get(&self.name),
        };
        error.cloned()
    }

    /// Says beside it what is wrong, or nothing.
    pub(crate) fn show_error(&self, text: Option<&str>) -> Option<HtmlElement> {
        let control = self.control.element();
        let id = format!("{}-fault", control.id());
        let around = around(control, ".field, fieldset")?;
        all(&around, ".fault").into_iter().filter(|fault| fault.id() == id).for_each(|fault| fault.remove());
        let described: Vec<String> = control
            .get_attribute("aria-describedby")
            .unwrap_or_default()
            .split_whitespace()
            .filter(|one| *one != id)
            .map(str::to_owned)
            .collect();
        let _ = control.set_attribute("aria-describedby", &described.join(" "));
        let Some(text) = text else {
            let _ = control.remove_attribute("aria-invalid");
            return None;
        };
        let fault = element("p", "fault", text)?;
        fault.set_id(&id);
        let _ = around.append_child(&fault);
        let _ = control.set_attribute("aria-invalid", "true");
        let _ = control.set_attribute("aria-describedby", format!("{} {id}", described.join(" ")).trim());
        Some(fault)
    }

    /// Whether this is the field in which something happened.
    pub(crate) fn is(&self, element: &Element) -> bool {
        self.control.element() == element
    }
}
