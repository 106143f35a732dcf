//! Markdown as members write it becomes HTML that can do nothing but be read.

use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(
            ["a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "strong", "ul"]
                .into(),
        )
        .tag_attributes([("a", ["href"].into())].into())
        .url_schemes(["https", "http", "mailto", "tel"].into())
        .url_relative(ammonia::UrlRelative::Deny)
        .clean_content_tags(["script", "style"].into())
        .link_rel(Some("nofollow noopener ugc"));
    cleaner
});

/// Renders Markdown and removes all that could run, load or deceive. Headings start at the second level.
pub fn to_html(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::empty()).map(|event| match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: below_title(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below_title(level))),
        other => other,
    });
    let mut rendered = String::with_capacity(markdown.len() * 5 / 4);
    html::push_html(&mut rendered, events);
    CLEANER.clean(&rendered).to_string()
}

/// The page's own title is the first level.
fn below_title(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H2,
        HeadingLevel::H3 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

/// The first words of a Markdown text without its marks, at most `limit` characters.
pub fn excerpt(markdown: &str, limit: usize) -> String {
    let mut text = String::new();
    let mut is_heading = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => is_heading = true,
            Event::End(TagEnd::Heading(_)) => is_heading = false,
            Event::Text(words) | Event::Code(words) if !is_heading => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                text.push(' ');
            }
            _ => {}
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= limit {
        return text;
    }
    let short: String = text.chars().take(limit).collect();
    let end = short.rfind(' ').unwrap_or(short.len());
    format!("{}…", short[..end].trim_end_matches([',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_plain_html() {
        assert_eq!(
            to_html("# Wat?\n**Lassen** en *meten*"),
            "<h2>Wat?</h2>\n<p><strong>Lassen</strong> en <em>meten</em></p>\n"
        );
    }

    #[test]
    fn nothing_that_runs_survives() {
        for bad in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "<img src=x onerror=alert(1)>",
            "<a href='https://a.nl' onclick='x()' style='position:fixed'>x</a>",
            "<iframe src=https://a.nl></iframe><svg onload=x()>",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "<a href=\"//evil.example\">x</a>",
        ] {
            let html = to_html(bad);
            for sign in
                ["script", "onerror", "onclick", "style", "<img", "<iframe", "<svg", "data:", "//evil"]
            {
                assert!(!html.contains(sign), "{bad} gave {html}");
            }
        }
    }

    #[test]
    fn an_excerpt_ends_at_a_word() {
        assert_eq!(excerpt("## Kop\nEen **lange** zin, met woorden.", 15), "Een lange zin…");
        assert_eq!(excerpt("Kort.", 15), "Kort.");
    }
}
