//! A request's body within limits: so large at most, and never slower than a minimum rate.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::StatusCode;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

/// How large a body may be, and how slowly it may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimits {
    /// The largest body, in bytes.
    pub largest: usize,
    /// The slowest rate after the grace, in bytes a second, as an average from the beginning.
    pub bytes_per_second: u64,
    /// How long a body may be slower than that.
    pub grace: Duration,
}

/// Why a body is not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It is larger than it may be.
    #[error("the body is too large")]
    TooLarge,
    /// It comes slower than it may.
    #[error("the body comes too slowly")]
    TooSlow,
    /// The head of one of its parts is longer than it may be.
    #[error("the head of a part is too long")]
    LongPartHead,
    /// It has more parts than it may have.
    #[error("the body has too many parts")]
    ManyParts,
    /// The connection broke, or the body is not what its head says.
    #[error("the body can't be read")]
    Broken,
}

impl BodyError {
    /// The status of the answer to such a request.
    pub fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::LongPartHead | Self::ManyParts | Self::Broken => StatusCode::BAD_REQUEST,
        }
    }

    /// The error of a body that was read through other layers.
    pub fn of(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut source = Some(error);
        while let Some(error) = source {
            if let Some(known) = error.downcast_ref::<Self>() {
                return *known;
            }
            source = error.source();
        }
        Self::Broken
    }
}

/// The same body within limits; it ends with a [`BodyError`] where it breaks one.
pub fn bounded(body: Body, limits: BodyLimits) -> Body {
    let began = Instant::now();
    Body::new(BoundedBody {
        body,
        limits,
        began,
        received: 0,
        alarm: Box::pin(sleep_until(began + limits.grace)),
    })
}

struct BoundedBody {
    body: Body,
    limits: BodyLimits,
    began: Instant,
    received: usize,
    alarm: Pin<Box<Sleep>>,
}

impl BoundedBody {
    /// When the rate falls below the minimum, if nothing more comes.
    fn too_slow_at(&self) -> Instant {
        let paid = self.received as u64 * 1000 / self.limits.bytes_per_second.max(1);
        self.began + self.limits.grace + Duration::from_millis(paid)
    }
}

impl HttpBody for BoundedBody {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
            let at = self.too_slow_at();
            self.alarm.as_mut().reset(at);
            ready!(self.alarm.as_mut().poll(context));
            return Poll::Ready(Some(Err(BodyError::TooSlow.into())));
        };
        let Some(frame) = frame else { return Poll::Ready(None) };
        let frame = frame?;
        self.received += frame.data_ref().map_or(0, Bytes::len);
        let is_too_large = self.received > self.limits.largest;
        Poll::Ready(Some(if is_too_large { Err(BodyError::TooLarge.into()) } else { Ok(frame) }))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use futures::stream;

    use super::*;

    const LIMITS: BodyLimits =
        BodyLimits { largest: 10, bytes_per_second: 1000, grace: Duration::from_millis(50) };

    #[tokio::test]
    async fn a_body_within_its_limits_comes_as_it_is() {
        let bytes = to_bytes(bounded(Body::from("0123456789"), LIMITS), 100).await.unwrap();
        assert_eq!(bytes, "0123456789");
    }

    #[tokio::test]
    async fn a_body_that_is_too_large_says_so() {
        let error = to_bytes(bounded(Body::from("0123456789a"), LIMITS), 100).await.unwrap_err();
        assert_eq!(BodyError::of(&error), BodyError::TooLarge);
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_given_up() {
        let silent = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        let error = to_bytes(bounded(silent, LIMITS), 100).await.unwrap_err();
        assert_eq!(BodyError::of(&error), BodyError::TooSlow);
    }
}
