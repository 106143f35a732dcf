//! The mail that a demo does not send.

use web::RequestContext;

/// Where a demo shows its mail.
pub const MAILBOX: &str = "/post";

/// The page on which a demo shows its mail; a true hub has none.
pub(crate) fn mailbox(context: &RequestContext) -> Option<&'static str> {
    context.state.settings().has_mailbox.then_some(MAILBOX)
}
