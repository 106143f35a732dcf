//! An editor comes alive: it checks and saves as one types, merges what somebody else saved, and never overwrites it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use domain::merge::{Merged, merge};
use domain::{CommandError, Language};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, HtmlFormElement};
use ui::browser::{listen, page_language};
use ui::client::CallError;
use ui::theirs_text;
use wasm_bindgen_futures::spawn_local;
use words::field_errors::field_error;
use words::texts as t;
use workplace::received::ChangeQuestions;

use crate::dom::{element, first, later, listen_to_window, target};
use crate::edited_form::{Edit, EditCommand, Saved, questions};
use crate::fields::{FormField, Pairs, fields_of, pairs_of};

/// How long typing must rest before it is saved.
const REST: Duration = Duration::from_millis(700);
/// How long until it is tried again where the hub could not be reached.
const RETRY: Duration = Duration::from_secs(5);

/// Wakes an editor; nothing when it edits what this program does not know.
pub(crate) fn start(form: HtmlElement) -> Option<()> {
    let name = form.dataset().get("edits")?;
    let form: HtmlFormElement = form.dyn_into().ok()?;
    if Edit::<ChangeQuestions>::is_named(&name) { Editor::start(form, questions()) } else { None }
}

/// How it stands with what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// All of it is saved.
    Saved,
    /// It is to be saved when typing rests.
    Typed,
    /// It is on its way.
    Saving,
    /// It was typed while something was on its way.
    TypedWhileSaving,
    /// It can't be saved before somebody does something about it.
    Stuck,
}

struct Editor<E> {
    form: HtmlFormElement,
    door: String,
    language: Language,
    state_line: HtmlElement,
    command: E,
    /// What the hub has, field by field.
    kept: RefCell<Vec<String>>,
    progress: Cell<Progress>,
    timer: RefCell<Option<TimeoutHandle>>,
    /// Whether what somebody else saved was merged since the last save.
    has_merged: Cell<bool>,
}

impl<E: EditCommand + 'static> Editor<E> {
    fn start(form: HtmlFormElement, command: E) -> Option<()> {
        let editor = Rc::new(Self {
            door: form.dataset().get("door")?,
            language: page_language(),
            state_line: first(&form, ".save-state")?,
            kept: RefCell::new(fields_of(&form).iter().map(FormField::first_value).collect()),
            progress: Cell::new(Progress::Saved),
            timer: RefCell::default(),
            has_merged: Cell::new(false),
            command,
            form,
        });
        let typed = Rc::clone(&editor);
        listen(&editor.form, "input", move |event| typed.typed(&event));
        let sent = Rc::clone(&editor);
        listen(&editor.form, "submit", move |event| {
            event.prevent_default();
            sent.save_now();
        });
        let online = Rc::clone(&editor);
        listen_to_window("online", move |_| online.retry());
        let leaving = Rc::clone(&editor);
        listen_to_window("pagehide", move |_| leaving.leave());
        let asking = Rc::clone(&editor);
        listen_to_window("beforeunload", move |event| {
            if asking.progress.get() == Progress::Stuck {
                event.prevent_default();
            }
        });
        // What a browser fills in again after a reload, or was typed before anything listened, is saved like any other.
        if editor.differs() {
            editor.wait_for_rest();
        }
        Some(())
    }

    fn fields(&self) -> Vec<FormField> {
        fields_of(&self.form)
    }

    fn differs(&self) -> bool {
        self.fields().iter().map(FormField::value).ne(self.kept.borrow().iter().cloned())
    }

    fn typed(self: &Rc<Self>, event: &Event) {
        if let Some(target) = target(event) {
            self.fields()
                .iter()
                .filter(|field| field.is(&target))
                .for_each(|field| drop(field.show_error(None)));
        }
        self.wait_for_rest();
    }

    fn wait_for_rest(self: &Rc<Self>) {
        if matches!(self.progress.get(), Progress::Saving | Progress::TypedWhileSaving) {
            return self.progress.set(Progress::TypedWhileSaving);
        }
        self.progress.set(Progress::Typed);
        self.after(REST);
    }

    fn after(self: &Rc<Self>, wait: Duration) {
        let editor = Rc::clone(self);
        let timer = later(wait, move || editor.save_now());
        if let Some(earlier) = self.timer.replace(timer) {
            earlier.clear();
        }
    }

    fn retry(self: &Rc<Self>) {
        if self.progress.get() == Progress::Typed {
            self.save_now();
        }
    }

    fn save_now(self: &Rc<Self>) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
        if matches!(self.progress.get(), Progress::Saving | Progress::TypedWhileSaving) {
            return self.progress.set(Progress::TypedWhileSaving);
        }
        let (fields, typed) = (self.fields(), pairs_of(&self.form));
        let errors = self.command.check(&typed);
        for field in &fields {
            let error = field.error_key(&errors).map(|error| field_error(&error, self.language));
            field.show_error(error.as_deref());
        }
        if !errors.is_empty() {
            return self.stop(t::editor_faulty(self.language));
        }
        self.progress.set(Progress::Saving);
        self.say(t::editor_saving(self.language));
        let sent: Vec<String> = fields.iter().map(FormField::value).collect();
        let editor = Rc::clone(self);
        spawn_local(async move {
            let result = editor.command.save(&editor.door, &typed).await;
            editor.answered(result, sent);
        });
    }

    fn answered(self: &Rc<Self>, result: Result<Saved, CallError>, sent: Vec<String>) {
        let has_more = self.progress.replace(Progress::Typed) == Progress::TypedWhileSaving;
        match result {
            Ok(Saved::Version(version)) => {
                self.set_version(&version.to_string());
                self.kept.replace(sent);
                self.progress.set(Progress::Saved);
                let merged = self.has_merged.replace(false);
                let saved = if merged { t::editor_merged } else { t::editor_saved };
                self.say(saved(self.language));
                if has_more {
                    self.wait_for_rest();
                }
            }
            Ok(Saved::Stale(theirs)) => self.merge(&theirs),
            Err(error) => self.failed(error),
        }
    }

    /// Takes in what somebody else saved. Where both changed a field, what is here stays, and what is there is said beside it.
    fn merge(self: &Rc<Self>, theirs: &Pairs) {
        let mut must_ask = false;
        let mut kept = Vec::new();
        for (field, before) in self.fields().iter().zip(self.kept.take()) {
            let there = field.value_in(theirs);
            match merge(&before, &field.value(), &there) {
                Merged::Keep => {}
                Merged::Take => field.set_value(&there),
                Merged::Ask => {
                    must_ask = true;
                    self.offer(field, &there);
                }
            }
            kept.push(there);
        }
        self.kept.replace(kept);
        self.has_merged.set(true);
        if let Some((_, version)) = theirs.iter().find(|(name, _)| name == "version") {
            self.set_version(version);
        }
        if must_ask { self.stop(t::editor_stale(self.language)) } else { self.save_now() }
    }

    /// Says beside a field what somebody else wrote in it, with a button that takes it.
    fn offer(self: &Rc<Self>, field: &FormField, there: &str) {
        let fault = field.show_error(Some(&theirs_text(there, self.language)));
        let button = element("button", "button", t::editor_take(self.language));
        let (Some(fault), Some(button)) = (fault, button) else { return };
        let _ = button.set_attribute("type", "button");
        let (editor, field, there) = (Rc::clone(self), field.clone(), there.to_owned());
        listen(&button, "click", move |_| {
            field.set_value(&there);
            field.show_error(None);
            editor.wait_for_rest();
        });
        let _ = fault.append_child(&button);
    }

    fn failed(self: &Rc<Self>, error: CallError) {
        let language = self.language;
        match error {
            CallError::Unreachable | CallError::Refused(CommandError::Unreadable) => {
                self.say(t::editor_offline(language));
                self.after(RETRY);
            }
            CallError::Refused(CommandError::Fault(id)) => {
                self.say(&t::editor_fault(language, id));
                self.after(RETRY);
            }
            CallError::Refused(CommandError::Later(_)) => {
                self.say(t::editor_later(language));
                self.after(RETRY);
            }
            CallError::Refused(CommandError::SignIn | CommandError::SecondStep) => {
                self.stop(t::editor_signed_out(language));
            }
            CallError::Refused(CommandError::Forbidden) => self.stop(t::editor_forbidden(language)),
            CallError::Refused(CommandError::NotFound) => self.stop(t::editor_gone(language)),
            CallError::Refused(CommandError::Conflict) => self.stop(t::editor_stale(language)),
            CallError::Refused(CommandError::Fields(errors)) => {
                for field in self.fields() {
                    let error = field.error_key(&errors).map(|error| field_error(&error, language));
                    field.show_error(error.as_deref());
                }
                self.stop(t::editor_faulty(language));
            }
        }
    }

    fn stop(&self, why: &str) {
        self.progress.set(Progress::Stuck);
        self.say(why);
    }

    fn say(&self, text: &str) {
        self.state_line.set_text_content(Some(text));
        let is_stuck = self.progress.get() == Progress::Stuck;
        let _ = self.state_line.class_list().toggle_with_force("fault", is_stuck);
    }

    fn set_version(&self, version: &str) {
        if let Some(input) = first(&self.form, "input[name=version]") {
            input.unchecked_ref::<leptos::web_sys::HtmlInputElement>().set_value(version);
        }
    }

    /// The page goes: what was typed last goes along, unless it is wrong.
    fn leave(&self) {
        let typed = pairs_of(&self.form);
        let is_unsaved = matches!(self.progress.get(), Progress::Typed | Progress::TypedWhileSaving);
        if is_unsaved && self.command.check(&typed).is_empty() {
            self.command.save_at_last(&self.door, &typed);
        }
    }
}
