//! Text as components take it.

use std::ops::Range;

/// A text that may be left out: takes `"…"`, a `String` or an `Option<String>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaybeText(pub Option<String>);

impl From<&str> for MaybeText {
    fn from(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }
}

impl From<String> for MaybeText {
    fn from(text: String) -> Self {
        Self(Some(text))
    }
}

impl From<Option<String>> for MaybeText {
    fn from(text: Option<String>) -> Self {
        Self(text)
    }
}

impl From<Option<&str>> for MaybeText {
    fn from(text: Option<&str>) -> Self {
        Self(text.map(str::to_owned))
    }
}

/// A text of which parts are marked, such as the words somebody searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    text: String,
    parts: Vec<Range<usize>>,
}

impl Marked {
    /// Marks ranges of bytes, which must be in order; a range that is not on characters' borders is left out.
    pub fn new(text: impl Into<String>, parts: Vec<Range<usize>>) -> Self {
        Self { text: text.into(), parts }
    }

    /// The text as HTML, everything in it escaped, each marked part in a `<mark>`.
    pub fn html(&self) -> String {
        let mut html = String::with_capacity(self.text.len() + self.parts.len() * 13);
        let mut done = 0;
        for part in &self.parts {
            let (Some(before), Some(marked)) = (self.text.get(done..part.start), self.text.get(part.clone()))
            else {
                continue;
            };
            push_escaped(&mut html, before);
            html.push_str("<mark>");
            push_escaped(&mut html, marked);
            html.push_str("</mark>");
            done = part.end;
        }
        push_escaped(&mut html, self.text.get(done..).unwrap_or_default());
        html
    }
}

impl From<&str> for Marked {
    fn from(text: &str) -> Self {
        Self::new(text, Vec::new())
    }
}

impl From<String> for Marked {
    fn from(text: String) -> Self {
        Self::new(text, Vec::new())
    }
}

/// Adds a text to HTML so that it stays text, also between quotes.
pub fn push_escaped(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_around_escaped_text() {
        let title = Marked::new("Las & <robot>", vec![0..3, 6..13]);
        assert_eq!(title.html(), "<mark>Las</mark> &amp; <mark>&lt;robot&gt;</mark>");
    }

    #[test]
    fn a_mark_through_a_character_is_left_out() {
        assert_eq!(Marked::new("één", vec![0..1, 99..100]).html(), "één");
    }
}
