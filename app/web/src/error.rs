//! Why a page does not show what was asked for: a closed list.

use axum::body::Body;
use axum::http::Response;

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
    /// The database did not do what was asked.
    Store(store::Error),
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
