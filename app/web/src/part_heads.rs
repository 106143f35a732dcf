//! The heads of the parts of a multipart body, which the parser would read without end.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};

use crate::bounded_body::BodyError;

/// The longest head of a part, in bytes, its boundary's line included; and the longest preamble before the first part.
const LONGEST_HEAD: usize = 8 * 1024;
/// The most parts of a body; no form of the hub has a third of them.
const MOST_PARTS: usize = 300;

/// The same multipart body, which ends with an error where the head of a part is too long or there are too many parts.
pub(crate) fn with_short_heads(body: Body, boundary: &str) -> Body {
    Body::new(ShortHeads { body, scanner: Scanner::new(boundary) })
}

/// The boundary that a `Content-Type` names, as the parser of the body will read it: another reading of ours would leave its
/// heads unbounded.
pub(crate) fn boundary_of(kind: &str) -> Option<String> {
    multer::parse_boundary(kind).ok()
}

/// Follows a multipart body (RFC 2046, section 5.1) byte by byte, as its parser reads it.
struct Scanner {
    /// The delimiter that precedes every head.
    delimiter: Vec<u8>,
    place: Place,
    /// Bytes of the pattern that ends this place that stood there last.
    matched: usize,
    /// Bytes of the head so far.
    head_length: usize,
    parts: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first delimiter. The parser keeps all of it, as of a head.
    Preamble,
    /// Behind a delimiter. The parser takes the next line end for its own, so it ends no head.
    DelimiterLine,
    Head,
    Content,
}

impl Scanner {
    fn new(boundary: &str) -> Self {
        Self {
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            place: Place::Preamble,
            // The first delimiter needs no line before it.
            matched: 2,
            head_length: 0,
            parts: 0,
        }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), BodyError> {
        bytes.iter().try_for_each(|byte| self.step(*byte))
    }

    fn step(&mut self, byte: u8) -> Result<(), BodyError> {
        let (end, next): (&[u8], Place) = match self.place {
            Place::Preamble | Place::Content => (&self.delimiter, Place::DelimiterLine),
            Place::DelimiterLine => (b"\r\n", Place::Head),
            Place::Head => (b"\r\n\r\n", Place::Content),
        };
        self.matched = after(end, self.matched, byte);
        let is_over = self.matched == end.len();
        if self.place != Place::Content {
            self.head_length += 1;
        }
        if is_over {
            (self.place, self.matched) = (next, 0);
        }
        if is_over && next == Place::DelimiterLine {
            self.head_length = 0;
            self.parts += 1;
        }
        match (self.head_length, self.parts) {
            (LONGEST_HEAD.., _) => Err(BodyError::LongPartHead),
            (_, parts) if parts > MOST_PARTS => Err(BodyError::ManyParts),
            _ => Ok(()),
        }
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
    fn a_head_is_cut_however_it_begins() {
        let endless = "x".repeat(LONGEST_HEAD);
        for beginning in [
            "",
            "no line end--border\r\n",
            "--border",
            "--border\r\n\r\n",
            "--border\r\n\r\r\n",
            "--border\r\na: b\r\n\r\n\r\r\n--border",
        ] {
            assert_eq!(
                read(&format!("{beginning}{endless}"), 1000),
                Err(BodyError::LongPartHead),
                "{beginning:?}"
            );
        }
    }

    #[test]
    fn a_body_has_a_few_hundred_parts_at_most() {
        assert_eq!(read(&part("a: b", "text").repeat(MOST_PARTS), 1000), Ok(()));
        assert_eq!(read(&part("a: b", "text").repeat(MOST_PARTS + 1), 1000), Err(BodyError::ManyParts));
    }

    #[test]
    fn a_boundary_is_read_as_the_parser_reads_it() {
        let read = |parameters: &str| boundary_of(&format!("multipart/form-data; {parameters}"));
        assert_eq!(read("boundary=abc").as_deref(), Some("abc"));
        assert_eq!(read("charset=utf-8; boundary=\"a b\"").as_deref(), Some("a b"));
        assert_eq!(read("x=\"; boundary=other\"; boundary=abc").as_deref(), Some("abc"));
        assert_eq!(read("x=y"), None);
    }
}
