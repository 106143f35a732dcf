//! Fields of a form: a label, a control, a hint and what is wrong with it.

use super::{MaybeText, push_escaped};
use leptos::prelude::*;

/// The parts around a control that all fields share.
#[component]
pub fn FieldControl(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// A hint for the answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// The error of the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-fault"));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {hint.0.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {children()}
            {move || error.get().map(|error| view! { <p class="fault" id=error_id.clone()>{error}</p> })}
        </div>
    }
}

/// The value of `aria-describedby`: the hint and the error, as far as there are any.
fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    match (has_hint, has_error) {
        (true, true) => Some(format!("{id}-hint {id}-fault")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-fault")),
        (false, false) => None,
    }
}

/// One line of text.
#[component]
pub fn Field(
    /// The name in the form; also the id, unless that is given.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// The type of the input.
    #[prop(default = "text")]
    r#type: &'static str,
    /// The id, when the name stands more than once on the page.
    #[prop(optional, into)]
    id: MaybeText,
    /// The value at first.
    #[prop(optional, into)]
    value: Signal<String>,
    /// A hint for the answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// The error of the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The kind of value that the browser may fill in: `email`, `given-name`.
    #[prop(optional, into)]
    autocomplete: MaybeText,
    /// Which keyboard a phone shows: `numeric`.
    #[prop(optional, into)]
    inputmode: MaybeText,
    /// The id of a `<datalist>`.
    #[prop(optional, into)]
    list: MaybeText,
    /// Whether an answer must be given.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let (control, has_hint) = (id.clone(), hint.0.is_some());
    let described = move || described_by(&control, has_hint, error.get().is_some());
    view! {
        <FieldControl id=id.clone() label=label hint=hint error=error>
            <input
                id=id
                name=name
                type=r#type
                value=move || value.get()
                autocomplete=autocomplete.0
                inputmode=inputmode.0
                list=list.0
                required=required
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
            />
        </FieldControl>
    }
}

/// Lines of text.
#[component]
pub fn TextField(
    /// The name in the form; also the id, unless that is given.
    #[prop(into)]
    name: String,
    /// The id, when the name stands more than once on the page.
    #[prop(optional, into)]
    id: MaybeText,
    /// The label.
    #[prop(into)]
    label: String,
    /// How many lines are shown at first; it grows with the text.
    #[prop(default = 4)]
    rows: u8,
    /// The value at first.
    #[prop(optional, into)]
    value: String,
    /// A hint for the answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// The error of the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether an answer must be given.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let (control, has_hint) = (id.clone(), hint.0.is_some());
    let described = move || described_by(&control, has_hint, error.get().is_some());
    view! {
        <FieldControl id=id.clone() label=label hint=hint error=error>
            <textarea
                id=id
                name=name
                rows=rows.to_string()
                required=required
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                inner_html=text_of_area(&value)
            ></textarea>
        </FieldControl>
    }
}

/// The content of a text area. Leptos writes it as it is, so that a text could end the element and go on as HTML; and browsers
/// leave out a line break that comes first.
fn text_of_area(value: &str) -> String {
    let mut html = String::from("\n");
    push_escaped(&mut html, value);
    html
}

/// A choice in a [`SelectField`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectOption {
    /// The value that the form sends.
    pub value: String,
    /// The content.
    pub label: String,
    /// Whether it is chosen at first.
    pub is_selected: bool,
}

impl SelectOption {
    /// A choice that is not chosen yet.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), is_selected: false }
    }

    /// The same choice, chosen or not.
    #[must_use]
    pub fn selected(mut self, is_selected: bool) -> Self {
        self.is_selected = is_selected;
        self
    }

    fn view(self) -> impl IntoView {
        view! {
            <option value=self.value selected=self.is_selected>
                {self.label}
            </option>
        }
    }
}

/// One of some choices.
#[component]
pub fn SelectField(
    /// The name in the form; also the id.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// The choices.
    options: Vec<SelectOption>,
    /// A hint for the answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// The error of the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether an answer must be given.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let options = options.into_iter().map(SelectOption::view).collect_view();
    let (control, has_hint) = (name.clone(), hint.0.is_some());
    let described = move || described_by(&control, has_hint, error.get().is_some());
    view! {
        <FieldControl id=name.clone() label=label hint=hint error=error>
            <select
                id=name.clone()
                name=name
                required=required
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
            >
                {options}
            </select>
        </FieldControl>
    }
}

/// A file from the reader's own device.
#[component]
pub fn FileField(
    /// The name in the form; also the id.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Which files the browser offers: `application/pdf,.pdf`.
    accept: &'static str,
    /// A hint for the answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// The error of the file that was sent.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let (control, has_hint) = (name.clone(), hint.0.is_some());
    let described = move || described_by(&control, has_hint, error.get().is_some());
    view! {
        <FieldControl id=name.clone() label=label hint=hint error=error>
            <input
                id=name.clone()
                name=name
                type="file"
                accept=accept
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
            />
        </FieldControl>
    }
}

/// Something to agree with.
#[component]
pub fn CheckField(
    /// The name in the form; also the id. The form sends `yes`.
    #[prop(into)]
    name: String,
    /// What one agrees with.
    #[prop(into)]
    label: String,
    /// The meaning.
    #[prop(optional, into)]
    hint: MaybeText,
    /// Whether it is on at first.
    checked: bool,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let described = hint.0.as_ref().map(|_| hint_id.clone());
    view! {
        <div class="field check">
            <label>
                <input id=name.clone() type="checkbox" name=name value="yes" checked=checked aria-describedby=described />
                <span>{label}</span>
            </label>
            {hint.0.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}
