//! Access to pages, as types: a page that takes one can't be shown to anybody else.

use std::future::Future;

use store::SignedIn;

use crate::error::PageError;
use crate::request_context::RequestContext;

/// For whom a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody.
    Everyone,
    /// Whoever holds the token of a link, or whom the thing concerns.
    Concerned,
    /// Everybody with an account.
    SignedIn,
    /// The people of an organisation.
    Organisation,
    /// The programme office.
    Office,
    /// Developers of the hub, in a development build.
    Developers,
}

/// The right to open a page, granted before the page does anything and before a form's body is read.
pub trait Access: Sized + Send {
    /// For whom the page is.
    const AUDIENCE: Audience;

    /// Grants the right to somebody who asks for the page of `slug`, which is empty where the address names nothing.
    ///
    /// # Errors
    /// Why this person does not get it.
    fn grant(context: &RequestContext, slug: &str) -> impl Future<Output = Result<Self, PageError>> + Send;
}

/// Everybody may open it.
#[derive(Clone, Copy, Debug)]
pub struct Anyone;

impl Access for Anyone {
    const AUDIENCE: Audience = Audience::Everyone;

    async fn grant(_context: &RequestContext, _slug: &str) -> Result<Self, PageError> {
        Ok(Self)
    }
}

/// Somebody who is signed in, with the second step where that is needed.
#[derive(Clone, Debug)]
pub struct Person(pub SignedIn);

impl Access for Person {
    const AUDIENCE: Audience = Audience::SignedIn;

    async fn grant(context: &RequestContext, _slug: &str) -> Result<Self, PageError> {
        context.signed_in().cloned().map(Self)
    }
}

/// Somebody with a session, even one in which the second step was not taken yet: good for taking it and for signing out.
#[derive(Clone, Debug)]
pub struct Session(pub SignedIn);

impl Access for Session {
    const AUDIENCE: Audience = Audience::SignedIn;

    async fn grant(context: &RequestContext, _slug: &str) -> Result<Self, PageError> {
        context.session.clone().map(Self).ok_or(PageError::SignIn)
    }
}

/// A page for developers, which only a development build has.
#[derive(Clone, Copy, Debug)]
pub struct Development;

impl Access for Development {
    const AUDIENCE: Audience = Audience::Developers;

    async fn grant(context: &RequestContext, _slug: &str) -> Result<Self, PageError> {
        if context.state.settings().is_development { Ok(Self) } else { Err(PageError::NotFound) }
    }
}
