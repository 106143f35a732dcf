//! Commands on the server: one function for both doors, the form of a page and the browser's program.

use std::future::Future;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Response;
use domain::Command;

use crate::access::Access;
use crate::error::PageError;
use crate::fields::SentFile;
use crate::flash::{Flash, FlashText};
use crate::request_context::RequestContext;

/// A command that the hub runs.
pub trait Run: Command {
    /// The right that it needs, granted before it runs.
    type Access: Access;
    /// The largest file that comes with it, in bytes; nothing when it takes none.
    const LARGEST_FILE: Option<usize> = None;

    /// Checks what was typed, changes what it asks for, and says what comes next.
    ///
    /// # Errors
    /// Why nothing was changed.
    fn run(self, call: Call<Self::Access>) -> impl Future<Output = Result<Done<Self>, PageError>> + Send;
}

/// One call of a command: who asks, about what, and with which right.
pub struct Call<A> {
    /// The request: who asks, and when.
    pub context: Arc<RequestContext>,
    /// The thing that the address of the page names; empty where it names none.
    pub slug: String,
    /// The right that was granted.
    pub access: A,
    /// The file that came with it, when one was chosen.
    pub file: Option<SentFile>,
}

/// The result of a command that was run: the answer for the browser's program, and what a page shows next.
pub struct Done<C: Command> {
    pub(crate) answer: C::Answer,
    pub(crate) next: Next,
}

/// What follows a form.
pub(crate) struct Next {
    /// The address to go to; nothing for the page that the form stands on.
    pub(crate) address: Option<String>,
    /// What that page says once.
    pub(crate) flash: Option<FlashText>,
    /// The answer itself, where it can't be shown a second time.
    pub(crate) page: Option<Response<Body>>,
    /// Whether somebody else was first, so that the form is shown again.
    pub(crate) is_conflict: bool,
}

impl<C: Command> Done<C> {
    /// The answer for the browser's program; a form leads back to its page.
    pub fn with(answer: C::Answer) -> Self {
        Self { answer, next: Next { address: None, flash: None, page: None, is_conflict: false } }
    }

    /// The answer for the browser's program that somebody else was first and nothing was changed; a form is shown again with
    /// [`PageError::Conflict`].
    pub fn conflict(answer: C::Answer) -> Self {
        let mut done = Self::with(answer);
        done.next.is_conflict = true;
        done
    }

    /// The same, but a form leads to this address of ours.
    #[must_use]
    pub fn to(mut self, address: impl Into<String>) -> Self {
        self.next.address = Some(address.into());
        self
    }

    /// The same, and the page that follows a form says this once.
    #[must_use]
    pub fn saying<F: Flash>(mut self, flash: &F) -> Self {
        self.next.flash = Some(FlashText::of(flash));
        self
    }

    /// The same, but a form is answered with this page, which can't be shown a second time.
    #[must_use]
    pub fn showing(mut self, page: Response<Body>) -> Self {
        self.next.page = Some(page);
        self
    }
}

impl<C: Command<Answer = ()>> Done<C> {
    /// Nothing more to say to the browser's program; a form leads back to its page.
    pub fn here() -> Self {
        Self::with(())
    }
}
