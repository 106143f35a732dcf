//! Why a page does not show what was asked for: a closed list.

use axum::body::Body;
use axum::http::Response;

use crate::bounded_body::BodyError;

/// Why a page does not show what was asked for.
#[derive(Debug)]
pub enum PageError {
    /// There is no such thing, or not for this person.
    NotFound,
    /// The person must sign in first.
    SignIn,
    /// The person must take the second step first.
    SecondStep,
    /// This page takes no forms.
    NoForm,
    /// It stands at another address, which is a path of ours.
    Elsewhere(String),
    /// The body of the form was not read to its end.
    Body(BodyError),
    /// The database did not do what was asked.
    Store(store::Error),
}

impl From<BodyError> for PageError {
    fn from(error: BodyError) -> Self {
        Self::Body(error)
    }
}

impl From<store::Error> for PageError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::NotFound,
            error => Self::Store(error),
        }
    }
}

/// The answer of a page, or why there is none.
pub type PageResult = Result<Response<Body>, PageError>;
