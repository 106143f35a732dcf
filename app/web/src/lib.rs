//! The server's part of pages: who asks, which route, what a form sent, and the answer with its headers.

// The type of a page's view holds the types of all that is in it.
#![recursion_limit = "512"]

mod access;
mod assets;
mod bounded_body;
mod command;
mod cookies;
mod door;
mod error;
mod error_page;
mod fields;
mod flash;
mod list_answer;
mod list_page;
mod page_response;
mod pages;
mod part_heads;
mod query;
mod request_context;
mod responses;
mod routes;
mod run;
mod slug;
mod state;

pub use access::{Access, Anyone, Audience, Development, Person, Session};
pub use assets::{Assets, Program};
pub use bounded_body::{BodyError, BodyLimits, bounded};
pub use command::{CommandRow, Commands, Rejection};
pub use cookies::Cookie;
pub use error::{PageError, PageResult};
pub use fields::SentFile;
pub use flash::Flash;
pub use list_answer::{FileKind, list_answer};
pub use list_page::{BulkQuery, ListAccess, RemoveView, SaveView, chosen_rows, list_query, views_menu};
pub use page_response::PageResponse;
pub use pages::{error_page, gone_page, head, not_found, pause_text, private_page, refused, to_sign_in};
pub use query::pairs;
pub use request_context::{Network, RequestContext};
pub use responses::{moved, see_other};
pub use routes::{PageRequest, PageTable, Route, Routes};
pub use run::{Call, Done, Run};
pub use state::WebState;
