//! From a message to what somebody reads: one layout, as text and as HTML, in three languages.

use app::paths::Page;
use app::texts as t;
use askama::Template;
use domain::Language;
use domain::hub::Hub;
use domain::mail::Message;

/// A mail in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The subject; also the heading.
    pub title: String,
    /// What follows, from above.
    pub parts: Vec<Part>,
}

/// A part of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph.
    Text(String),
    /// The one thing to do: its label and its address.
    Button(String, String),
    /// Digits to copy.
    Code(String),
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
}

impl Letter {
    /// Writes a message of a hub to somebody who reads `language`.
    pub fn of(message: &Message, hub: &Hub, language: Language, public_url: &str) -> Self {
        let address = |page: Page| format!("{public_url}{}", page.path(language));
        let text = |text: &str| Part::Text(text.to_owned());
        match message {
            Message::SignIn { link, code } => Self {
                title: t::mail_sign_in_title(language, &hub.name),
                parts: vec![
                    text(t::mail_sign_in(language)),
                    Part::Button(
                        t::sign_in_enter(language).to_owned(),
                        address(Page::SignInLink(link.clone())),
                    ),
                    text(t::mail_code(language)),
                    Part::Code(code.clone()),
                    text(t::mail_not_asked(language)),
                ],
            },
            Message::ConfirmAddress { link, code } => Self {
                title: t::mail_confirm_title(language).to_owned(),
                parts: vec![
                    text(t::mail_confirm(language)),
                    Part::Button(
                        t::sign_in_address_button(language).to_owned(),
                        address(Page::SignInLink(link.clone())),
                    ),
                    text(t::mail_code(language)),
                    Part::Code(code.clone()),
                    text(t::mail_not_asked(language)),
                ],
            },
            Message::AddressChanged { address: new } => Self {
                title: t::mail_changed_title(language).to_owned(),
                parts: vec![Part::Text(t::mail_changed(language, new)), text(t::mail_not_you(language))],
            },
            Message::PasswordChanged => Self {
                title: t::mail_password_title(language).to_owned(),
                parts: vec![
                    text(t::mail_password(language)),
                    text(t::mail_not_you(language)),
                    Part::Button(t::my_account(language).to_owned(), address(Page::Account)),
                ],
            },
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
        AsHtml { letter: self, hub, language: language.code(), public_url }.render()
    }
}
