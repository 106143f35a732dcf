//! The door of the browser's program to a command: its fields as bytes, and a typed answer or a typed error.

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::routing::{MethodFilter, MethodRouter, on};
use domain::CommandError;
use domain::command::POSTCARD;
use serde::Serialize;
use std::sync::Arc;

use crate::access::Access;
use crate::bounded_body::BodyError;
use crate::error::PageError;
use crate::request_context::RequestContext;
use crate::run::{Call, Run};
use crate::slug::slug_of;
use crate::state::WebState;

/// The door to a command.
pub(crate) fn door<C: Run>() -> MethodRouter<WebState> {
    on(MethodFilter::POST, |State(web): State<WebState>, pattern: MatchedPath, request: Request| async move {
        let (parts, body) = request.into_parts();
        let slug = slug_of(pattern.as_str(), parts.uri.path());
        let context = match RequestContext::for_file(&web, &parts).await {
            Ok(context) => Arc::new(context),
            Err((context, error)) => return refusal(&context, &PageError::Store(error)),
        };
        let is_postcard = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == POSTCARD);
        let answer = async {
            let access = C::Access::grant(&context, &slug).await?;
            if !is_postcard {
                return Err(PageError::Body(BodyError::Broken));
            }
            // The guard before all pages has bounded it.
            let bytes = to_bytes(body, usize::MAX).await.map_err(|error| BodyError::of(&error))?;
            let command: C = postcard::from_bytes(&bytes).map_err(|_| BodyError::Broken)?;
            let call = Call { context: Arc::clone(&context), slug, access, file: None };
            command.run(call).await
        };
        let mut response = match answer.await {
            Ok(done) => as_bytes(StatusCode::OK, &done.answer),
            Err(error) => refusal(&context, &error),
        };
        context.write_cookies(&mut response);
        response
    })
}

fn refusal(context: &RequestContext, error: &PageError) -> Response<Body> {
    if let PageError::Store(error) = error {
        let request_id = &context.request_id;
        tracing::error!(request_id, %error, "the database did not do what a command asked");
    }
    as_bytes(error.status(), &command_error(context, error))
}

/// An error as the browser's program reads it.
fn command_error(context: &RequestContext, error: &PageError) -> CommandError {
    match error {
        PageError::SignIn => CommandError::SignIn,
        PageError::SecondStep => CommandError::SecondStep,
        PageError::Forbidden => CommandError::Forbidden,
        PageError::Fields(errors) => CommandError::Fields(errors.clone()),
        PageError::Conflict => CommandError::Conflict,
        PageError::Later(next) => CommandError::Later(*next),
        PageError::Body(_) => CommandError::Unreadable,
        PageError::Store(_) => CommandError::Fault(context.request_id.clone()),
        // What is at another address, or behind a link that does nothing, is not here.
        PageError::NotFound | PageError::Link(_) | PageError::Elsewhere(_) => CommandError::NotFound,
    }
}

fn as_bytes(status: StatusCode, value: &impl Serialize) -> Response<Body> {
    let bytes = postcard::to_allocvec(value).unwrap_or_default();
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(POSTCARD));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
