//! The commands of a page's forms: which one a form asks for, and what became of it.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::routing::MethodRouter;
use chrono::{DateTime, Utc};
use domain::{Command, FieldErrors};

use crate::access::{Access, Audience};
use crate::door::door;
use crate::error::PageError;
use crate::fields::Fields;
use crate::pages::pause_text;
use crate::request_context::RequestContext;
use crate::run::{Call, Next, Run};
use crate::state::WebState;

/// A command that was not run as it was sent: what was typed, for the page that shows it again, and why.
#[derive(Debug, Default)]
pub struct Rejection(Option<Rejected>);

#[derive(Debug)]
struct Rejected {
    command: (&'static str, &'static str),
    fields: Fields,
    error: PageError,
}

impl Rejection {
    pub(crate) fn of<C: Command>(fields: Fields, error: PageError) -> Self {
        Self(Some(Rejected { command: (C::NOUN, C::VERB), fields, error }))
    }

    /// What was typed, and why it was rejected, when it was this command.
    pub fn command<C: Command>(&self) -> Option<(C, &PageError)> {
        let rejected = self.0.as_ref().filter(|rejected| rejected.command == (C::NOUN, C::VERB))?;
        Some((rejected.fields.decode().unwrap_or_default(), &rejected.error))
    }

    /// What was typed, and the fields that are wrong, when it was this command.
    pub fn typed<C: Command>(&self) -> Option<(C, FieldErrors)> {
        let (typed, error) = self.command()?;
        Some((
            typed,
            if let PageError::Fields(errors) = error { errors.clone() } else { FieldErrors::default() },
        ))
    }

    /// How long to wait before it may be asked again, in words.
    pub fn wait_text(&self, context: &RequestContext) -> Option<String> {
        match self.error()? {
            PageError::Later(next) => Some(pause_text(context, *next)),
            _ => None,
        }
    }

    /// Why a command was rejected, whichever it was.
    pub fn error(&self) -> Option<&PageError> {
        self.0.as_ref().map(|rejected| &rejected.error)
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.error().map_or(StatusCode::OK, PageError::status)
    }

    /// Seconds after which it may be asked again.
    pub(crate) fn seconds_to_wait(&self, now: DateTime<Utc>) -> Option<u64> {
        match self.error()? {
            PageError::Later(next) => Some((*next - now).num_seconds().max(0) as u64 + 1),
            _ => None,
        }
    }
}

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type FormResult = Result<Next, FormError>;
type RunForm = dyn Fn(Arc<RequestContext>, String, Fields) -> BoxFuture<FormResult> + Send + Sync;

/// Why a form led nowhere.
pub(crate) enum FormError {
    /// Its page is shown again, with what was typed and why it was rejected.
    Again(Rejection),
    /// Another page says why.
    Refused(PageError),
}

/// The commands of a page's forms. `Gate` is the right without which not even the body of a form is read.
pub struct Commands<Gate> {
    pub(crate) entries: Vec<CommandEntry>,
    otherwise: Option<usize>,
    gate: PhantomData<fn() -> Gate>,
}

/// A command of a page's forms, and what runs it.
pub(crate) struct CommandEntry {
    pub(crate) row: CommandRow,
    pub(crate) run_form: Arc<RunForm>,
    pub(crate) door: MethodRouter<WebState>,
}

/// A command in the table of all pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandRow {
    /// The noun that it changes.
    pub noun: &'static str,
    /// The verb, as the buttons of forms send it.
    pub verb: &'static str,
    /// The right that it needs.
    pub audience: Audience,
    /// The largest file that it takes, in bytes.
    pub largest_file: Option<usize>,
}

impl<Gate> Default for Commands<Gate> {
    fn default() -> Self {
        Self { entries: Vec::new(), otherwise: None, gate: PhantomData }
    }
}

impl<Gate: Access> Commands<Gate> {
    /// Adds a command.
    #[must_use]
    pub fn add<C: Run>(mut self) -> Self {
        let row = CommandRow {
            noun: C::NOUN,
            verb: C::VERB,
            audience: C::Access::AUDIENCE,
            largest_file: C::LARGEST_FILE,
        };
        let run_form = |context, slug, fields| -> BoxFuture<FormResult> {
            Box::pin(run_form::<C>(context, slug, fields))
        };
        self.entries.push(CommandEntry { row, run_form: Arc::new(run_form), door: door::<C>() });
        self
    }

    /// Adds the command of a form without a button: of programs that know no pages.
    #[must_use]
    pub fn otherwise<C: Run>(mut self) -> Self {
        self.otherwise = Some(self.entries.len());
        self.add::<C>()
    }

    /// The command that a form asks for: that of its button, or the only one that the page has.
    pub(crate) fn asked_for(&self, fields: &Fields) -> Option<&CommandEntry> {
        match self.entries.as_slice() {
            [only] => Some(only),
            entries => {
                let verb = fields.first("do");
                let otherwise = self.otherwise.filter(|_| verb.is_empty()).map(|at| &entries[at]);
                otherwise.or_else(|| entries.iter().find(|entry| entry.row.verb == verb))
            }
        }
    }
}

async fn run_form<C: Run>(context: Arc<RequestContext>, slug: String, mut fields: Fields) -> FormResult {
    let file = fields.take_file();
    let done = async {
        let access = C::Access::grant(&context, &slug).await?;
        let command: C = fields.decode()?;
        command.run(Call { context: Arc::clone(&context), slug, access, file }).await
    };
    match done.await {
        Ok(done) if done.next.is_conflict => {
            Err(FormError::Again(Rejection::of::<C>(fields, PageError::Conflict)))
        }
        Ok(done) => Ok(done.next),
        Err(error) if error.shows_form_again() => Err(FormError::Again(Rejection::of::<C>(fields, error))),
        Err(error) => Err(FormError::Refused(error)),
    }
}
