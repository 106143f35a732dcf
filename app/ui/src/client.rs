//! The browser's program at the door of a command: its fields as bytes, and a typed answer or a typed error.

use domain::command::POSTCARD;
use domain::{Command, CommandError};
use gloo_net::http::Request;
use leptos::web_sys::js_sys::Uint8Array;
use leptos::web_sys::{Blob, BlobPropertyBag};

/// Why a command gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// The hub says why it changed nothing.
    Refused(CommandError),
    /// The hub could not be reached, or what came back is not its answer.
    Unreachable,
}

/// Sends a command to its door.
///
/// # Errors
/// [`CallError`]; the command may have been run when the hub could not be reached.
pub async fn call<C: Command>(door: &str, command: &C) -> Result<C::Answer, CallError> {
    let bytes = bytes_of(command).ok_or(CallError::Unreachable)?;
    let request = Request::post(door).header("content-type", POSTCARD).body(bytes);
    let response = request.map_err(|_| CallError::Unreachable)?.send().await;
    let response = response.map_err(|_| CallError::Unreachable)?;
    let answer = response.binary().await.map_err(|_| CallError::Unreachable)?;
    if response.ok() {
        return postcard::from_bytes(&answer).map_err(|_| CallError::Unreachable);
    }
    // What a proxy says instead of the hub is no error of a command.
    Err(postcard::from_bytes(&answer).map_or(CallError::Unreachable, CallError::Refused))
}

/// Sends a command while the page goes, without waiting for an answer.
pub fn call_at_last<C: Command>(door: &str, command: &C) {
    let kind = BlobPropertyBag::new();
    kind.set_type(POSTCARD);
    let parts = bytes_of(command).map(|bytes| leptos::web_sys::js_sys::Array::of1(&bytes));
    let blob = parts.and_then(|parts| Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok());
    if let Some(blob) = blob {
        // A browser that sends nothing more now has no way to say so to anybody.
        let _ = leptos::prelude::window().navigator().send_beacon_with_opt_blob(door, Some(&blob));
    }
}

fn bytes_of<C: Command>(command: &C) -> Option<Uint8Array> {
    postcard::to_allocvec(command).ok().map(|bytes| Uint8Array::from(bytes.as_slice()))
}
