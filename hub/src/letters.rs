//! Letters: what somebody reads when a mail is sent, in one layout, as text and as HTML, in three languages. Each noun writes its
//! own.

mod accounts;
mod alerts;
mod applications;
mod follow_ups;
mod vacancies;

use askama::Template;
use domain::Language;
use domain::hub::Hub;
use domain::mail::{MailKind, Message};
use words::paths::Page;

/// A mail in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The subject; also the heading.
    pub title: String,
    /// What follows, from above.
    pub parts: Vec<LetterPart>,
}

/// A part of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterPart {
    /// A paragraph.
    Text(String),
    /// The one thing to do: its label and its address.
    Button(String, String),
    /// Digits to copy.
    Code(String),
    /// A quotation of somebody's words.
    Quote(String),
    /// A page with its label, its address and a line about it.
    Page(String, String, String),
}

impl LetterPart {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn button(label: impl Into<String>, address: String) -> Self {
        Self::Button(label.into(), address)
    }
}

/// To whom a letter is written, and by which hub.
struct Reader<'a> {
    hub: &'a Hub,
    language: Language,
    public_url: &'a str,
}

impl Reader<'_> {
    fn hub_name(&self) -> &str {
        &self.hub.name
    }

    /// The address of a page, as a mail writes it.
    fn address(&self, page: Page) -> String {
        format!("{}{}", self.public_url, page.path(self.language))
    }
}

#[derive(Template)]
#[template(path = "mail.txt", escape = "none")]
struct AsText<'a> {
    letter: &'a Letter,
    hub: &'a Hub,
    tagline: &'a str,
    public_url: &'a str,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct AsHtml<'a> {
    letter: &'a Letter,
    hub: &'a Hub,
    language: &'static str,
    public_url: &'a str,
    /// The first page of the site, in the reader's language.
    home: String,
}

impl Letter {
    /// Writes a message of a hub to somebody who reads `language`.
    pub fn of(message: &Message, hub: &Hub, language: Language, public_url: &str) -> Self {
        let to = Reader { hub, language, public_url };
        match message {
            Message::Account(message) => accounts::write(message, &to),
            Message::Application(message) => applications::write(message, &to),
            Message::Vacancy(message) => vacancies::write(message, &to),
            Message::Alert(message) => alerts::write(message, &to),
            Message::FollowUp(message) => follow_ups::write(message, &to),
        }
    }

    /// The mail as plain text.
    ///
    /// # Errors
    /// When a part can't be written, which no text causes.
    pub fn to_text(&self, hub: &Hub, language: Language, public_url: &str) -> Result<String, askama::Error> {
        AsText { letter: self, hub, tagline: hub.tagline.get(language), public_url }.render()
    }

    /// The mail as HTML.
    ///
    /// # Errors
    /// When a part can't be written, which no text causes.
    pub fn to_html(&self, hub: &Hub, language: Language, public_url: &str) -> Result<String, askama::Error> {
        let home = format!("{public_url}{}", Page::Home.path(language));
        AsHtml { letter: self, hub, language: language.code(), public_url, home }.render()
    }
}

/// The name of a kind of mail, as lists of mail say it.
pub fn mail_kind_label(kind: MailKind, language: Language) -> &'static str {
    match kind {
        MailKind::Account(kind) => accounts::kind_label(kind, language),
        MailKind::Application(kind) => applications::kind_label(kind, language),
        MailKind::Vacancy(kind) => vacancies::kind_label(kind, language),
        MailKind::Alert(kind) => alerts::kind_label(kind, language),
        MailKind::FollowUp(kind) => follow_ups::kind_label(kind, language),
    }
}
