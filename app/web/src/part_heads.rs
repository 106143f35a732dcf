//! The heads of the parts of a multipart body, which the parser would read without end.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};

use crate::bounded_body::BodyError;

/// The longest head of a part, in bytes.
const LONGEST_HEAD: usize = 8 * 1024;

/// The same multipart body, which ends with an error where the head of a part is too long.
pub(crate) fn with_short_heads(body: Body, boundary: &str) -> Body {
    Body::new(ShortHeads { body, scanner: Scanner::new(boundary) })
}

/// The boundary that a `Content-Type` names.
pub(crate) fn boundary_of(kind: &str) -> Option<&str> {
    let value = kind.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?;
    Some(value.trim_matches('"')).filter(|boundary| !boundary.is_empty())
}

/// Follows a multipart body (RFC 2046, section 5.1) byte by byte.
struct Scanner {
    /// The delimiter that precedes every head.
    delimiter: Vec<u8>,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    /// Within a part, with the number of bytes of the delimiter that stood there last.
    Part(usize),
    /// Within a head: its length, and the bytes of the empty line that stood there last.
    Head(usize, usize),
}

const EMPTY_LINE: &[u8] = b"\r\n\r\n";

impl Scanner {
    fn new(boundary: &str) -> Self {
        // The first delimiter has no line before it.
        Self { delimiter: format!("\r\n--{boundary}").into_bytes(), place: Place::Part(2) }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), BodyError> {
        for &byte in bytes {
            self.place = match self.place {
                Place::Part(matched) => {
                    let matched = after(&self.delimiter, matched, byte);
                    if matched == self.delimiter.len() { Place::Head(0, 0) } else { Place::Part(matched) }
                }
                Place::Head(LONGEST_HEAD, _) => return Err(BodyError::LongPartHead),
                Place::Head(length, matched) => {
                    let matched = after(EMPTY_LINE, matched, byte);
                    let is_over = matched == EMPTY_LINE.len();
                    // The delimiter may follow at once: the line before it has been read.
                    if is_over { Place::Part(2) } else { Place::Head(length + 1, matched) }
                }
            };
        }
        Ok(())
    }
}

/// How much of a pattern has been matched after one more byte. The pattern begins with a line break, which comes back only
/// as the beginning of itself.
fn after(pattern: &[u8], matched: usize, byte: u8) -> usize {
    if pattern.get(matched) == Some(&byte) {
        matched + 1
    } else {
        usize::from(pattern.first() == Some(&byte))
    }
}

struct ShortHeads {
    body: Body,
    scanner: Scanner,
}

impl HttpBody for ShortHeads {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(context)) else {
            return Poll::Ready(None);
        };
        let frame = frame?;
        let read = frame.data_ref().map_or(Ok(()), |bytes| self.scanner.read(bytes));
        Poll::Ready(Some(read.map(|()| frame).map_err(Into::into)))
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
    use super::*;

    fn read(body: &str, step: usize) -> Result<(), BodyError> {
        let mut scanner = Scanner::new("border");
        body.as_bytes().chunks(step).try_for_each(|chunk| scanner.read(chunk))
    }

    fn part(head: &str, text: &str) -> String {
        format!("--border\r\n{head}\r\n\r\n{text}\r\n")
    }

    #[test]
    fn heads_may_be_as_long_as_browsers_write_them() {
        let name = "x".repeat(4000);
        let head = format!("Content-Disposition: form-data; name=\"cv\"; filename=\"{name}\"");
        let long = "\r\n--bord\r\n".repeat(10_000);
        let body = format!("{}{}{}--border--\r\n", part(&head, &long), part(&head, ""), part(&head, "\r"));
        for step in [1, 7, 4096] {
            assert_eq!(read(&body, step), Ok(()), "{step}");
        }
    }

    #[test]
    fn a_head_without_end_is_cut() {
        for head in ["x".repeat(9_000), "a: b\r\n".repeat(2_000)] {
            let body = format!("{}--border\r\n{head}", part("a: b", "text"));
            assert_eq!(read(&body, 1000), Err(BodyError::LongPartHead));
        }
    }

    #[test]
    fn a_boundary_is_read_with_and_without_quotes() {
        assert_eq!(boundary_of("multipart/form-data; boundary=abc"), Some("abc"));
        assert_eq!(boundary_of("multipart/form-data; charset=utf-8; boundary=\"a b\""), Some("a b"));
        assert_eq!(boundary_of("multipart/form-data"), None);
    }
}
