//! The icons: one stroke of 2 on a grid of 24, in the colour of the text.

use leptos::prelude::*;

/// An icon; says nothing to a screen reader, so that a text must stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// An arrow forward.
    Arrow,
    /// A date.
    Calendar,
    /// Done.
    Check,
    /// More to unfold.
    Chevron,
    /// A moment or a duration.
    Clock,
    /// Away with it.
    Close,
    /// To keep as a file.
    Download,
    /// Money.
    Euro,
    /// Narrow a list.
    Filter,
    /// The site of somebody else.
    Globe,
    /// The home page.
    Home,
    /// Another language.
    Language,
    /// An address to copy.
    Link,
    /// Mail.
    Mail,
    /// The menu.
    Menu,
    /// A group of people.
    People,
    /// A telephone number.
    Phone,
    /// A place.
    Pin,
    /// On paper.
    Print,
    /// Search.
    Search,
    /// Share with others.
    Share,
}

impl Icon {
    /// Every icon.
    pub const ALL: &[Self] = &[
        Self::Arrow,
        Self::Calendar,
        Self::Check,
        Self::Chevron,
        Self::Clock,
        Self::Close,
        Self::Download,
        Self::Euro,
        Self::Filter,
        Self::Globe,
        Self::Home,
        Self::Language,
        Self::Link,
        Self::Mail,
        Self::Menu,
        Self::People,
        Self::Phone,
        Self::Pin,
        Self::Print,
        Self::Search,
        Self::Share,
    ];

    /// The icon as an inline picture.
    pub fn view(self) -> impl IntoView {
        view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=self.path()></svg> }
    }

    /// The content of its `<svg>`.
    fn path(self) -> &'static str {
        match self {
            Self::Arrow => r#"<path d="M5 12h14m-6-6 6 6-6 6"/>"#,
            Self::Calendar => r#"<path d="M4 6h16v14H4zM4 11h16M8 3v5m8-5v5"/>"#,
            Self::Check => r#"<path d="m5 13 4 4L19 7"/>"#,
            Self::Chevron => r#"<path d="m6 9 6 6 6-6"/>"#,
            Self::Clock => r#"<path d="M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 7v5l3 2"/>"#,
            Self::Close => r#"<path d="M6 6l12 12M18 6 6 18"/>"#,
            Self::Download => r#"<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>"#,
            Self::Euro => r#"<path d="M18 6a7 7 0 1 0 0 12M4 10h9m-9 4h8"/>"#,
            Self::Filter => r#"<path d="M4 7h16M7 12h10m-7 5h4"/>"#,
            Self::Globe => {
                r#"<path d="M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18"/>"#
            }
            Self::Home => r#"<path d="m3 11 9-7 9 7M6 9v11h12V9"/>"#,
            Self::Language => {
                r#"<path d="M3 6h10M8 3v3m3 0c0 4-4 8-7 9m1-6c1 3 4 5 7 6m0 6 4.5-11L21 21m-7.5-3h6"/>"#
            }
            Self::Link => {
                r#"<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1m2 4a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>"#
            }
            Self::Mail => r#"<path d="M3 6h18v13H3zl9 7 9-7"/>"#,
            Self::Menu => r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#,
            Self::People => {
                r#"<path d="M12 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM3 20c0-8 12-8 12 0M15 5a3 3 0 0 1 0 6m2 3c3 1 4 3 4 6"/>"#
            }
            Self::Phone => r#"<path d="M5 4h4l2 5-3 2c1 3 2 4 5 5l2-3 5 2v4c-8 2-17-7-15-15z"/>"#,
            Self::Pin => r#"<path d="M12 21c-9-9-7-18 0-18s9 9 0 18zM14 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"/>"#,
            Self::Print => r#"<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>"#,
            Self::Search => r#"<path d="M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM16 16l5 5"/>"#,
            Self::Share => r#"<path d="M12 15V3M8 7l4-4 4 4M6 11H4v10h16V11h-2"/>"#,
        }
    }
}

impl IntoRender for Icon {
    type Output = AnyView;

    fn into_render(self) -> AnyView {
        self.view().into_any()
    }
}
