//! Why a page does not show what was asked for, or a command does not do it: a closed list.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use chrono::{DateTime, Utc};
use domain::{FieldError, FieldErrors};
use store::LinkError;

use crate::bounded_body::BodyError;

/// Why a page does not show what was asked for, or a command does not do it.
#[derive(Debug)]
pub enum PageError {
    /// There is no such thing, or not for this person.
    NotFound,
    /// The link that led here does nothing, or nothing any more.
    Link(LinkError),
    /// The person must sign in first.
    SignIn,
    /// The person must take the second step first.
    SecondStep,
    /// The person may see it, but not change it.
    Forbidden,
    /// These fields are wrong.
    Fields(FieldErrors),
    /// It was changed in the meantime, so that this can't be done any more.
    Conflict,
    /// It was asked too often; it may be asked again then.
    Later(DateTime<Utc>),
    /// It stands at another address, which is a path of ours.
    Elsewhere(String),
    /// The body was not read to its end, or is not what it should be.
    Body(BodyError),
    /// The database did not do what was asked.
    Store(store::Error),
}

impl PageError {
    /// One wrong field.
    pub fn field(name: &str, error: FieldError) -> Self {
        Self::Fields(FieldErrors::of(name, error))
    }

    /// The error of a field, when that is why.
    pub fn of_field(&self, name: &str) -> Option<&FieldError> {
        match self {
            Self::Fields(errors) => errors.get(name),
            _ => None,
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Link(_) => StatusCode::GONE,
            Self::SignIn | Self::SecondStep => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Later(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Elsewhere(_) => StatusCode::SEE_OTHER,
            Self::Body(error) => error.status(),
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Whether the page of a form says why itself, with what was typed.
    pub(crate) fn shows_form_again(&self) -> bool {
        match self {
            Self::Link(_) | Self::Fields(_) | Self::Conflict | Self::Later(_) => true,
            Self::NotFound
            | Self::SignIn
            | Self::SecondStep
            | Self::Forbidden
            | Self::Elsewhere(_)
            | Self::Body(_)
            | Self::Store(_) => false,
        }
    }
}

impl From<FieldErrors> for PageError {
    fn from(errors: FieldErrors) -> Self {
        Self::Fields(errors)
    }
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
