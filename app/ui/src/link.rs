//! Links as data.

/// A link in a menu, a trail or a pager.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// The text.
    pub label: String,
    /// Whether it leads to the page that is shown.
    pub is_current: bool,
    /// The language of the page it leads to, when that is another one: `de`.
    pub language: Option<&'static str>,
}

impl Link {
    /// A link to another page.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), ..Self::default() }
    }

    /// The same link, to the page that is shown or not.
    #[must_use]
    pub fn current(mut self, is_current: bool) -> Self {
        self.is_current = is_current;
        self
    }

    /// The same link, to a page in this language.
    #[must_use]
    pub fn in_language(mut self, language: &'static str) -> Self {
        self.language = Some(language);
        self
    }

    /// The value of `aria-current`.
    pub(super) fn aria_current(&self) -> Option<&'static str> {
        self.is_current.then_some("page")
    }
}

/// Links under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkGroup {
    /// The heading.
    pub heading: String,
    /// The links.
    pub links: Vec<Link>,
}
