//! Mail: written from the outbox, sent by SMTP or put into files.

mod mailbox;

use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use hub::{Clock, HubState, Letter};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use store::DueMail;
use tokio_util::sync::CancellationToken;
use words::paths::Page;

use crate::config::Config;
use crate::supervise::supervise;
pub use mailbox::tidy;
pub(crate) use mailbox::{list, one};

/// How often the outbox is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// Why mail can't be sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address or the text can't be put into a mail.
    #[error("the mail can't be written: {0}")]
    Written(String),
    /// The server said no, or did not answer.
    #[error("{0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The file can't be written.
    #[error("{0}")]
    File(#[from] io::Error),
}

impl MailError {
    /// Whether it is of no use to try again.
    fn is_final(&self) -> bool {
        match self {
            Self::Written(_) => true,
            Self::Smtp(error) => is_refused_for_good(error),
            Self::File(_) => false,
        }
    }
}

/// Whether a mail server knows no such mailbox (RFC 5321, section 4.2.3, and RFC 3463). Every other no, such as to a password
/// that has changed or to too much mail, may be a yes once somebody looked after it.
fn is_refused_for_good(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map(u16::from);
    let is_of_mailbox = matches!(code, Some(550 | 551 | 553));
    // 5.7 is policy: a list of senders, a missing signature.
    is_of_mailbox && !error.to_string().contains("5.7.")
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// Sends mail.
pub struct Mailer {
    way: Way,
    from: Mailbox,
    state: HubState,
}

impl Mailer {
    /// Reads from the configuration how mail is sent.
    ///
    /// # Errors
    /// The error of the addresses, in a sentence.
    pub fn new(state: HubState, config: &Config) -> Result<Self, String> {
        let from = sender(config)?;
        let way = match &config.mail.smtp {
            Some(url) => Way::Smtp(transport(url)?),
            None => Way::Folder(config.mail_folder()),
        };
        Ok(Self { way, from, state })
    }

    /// Sends one mail.
    ///
    /// A mail has the same `Message-ID` and the same file however often it is tried, so that a second one is known for the
    /// same.
    async fn send(&self, mail: &DueMail) -> Result<(), MailError> {
        let (hub, url) = (self.state.hub(), &self.state.settings().public_url);
        let letter = Letter::of(&mail.message, hub, mail.language, url);
        let written = |error: &dyn std::fmt::Display| MailError::Written(error.to_string());
        let text = letter.to_text(hub, mail.language, url).map_err(|error| written(&error))?;
        let html = letter.to_html(hub, mail.language, url).map_err(|error| written(&error))?;
        match &self.way {
            Way::Smtp(transport) => {
                let message = self.message(mail, &letter, text, html)?;
                transport.send(message).await?;
            }
            Way::Folder(folder) => {
                let kept = mailbox::StoredLetter {
                    id: mail.id,
                    to: mail.to.to_string(),
                    at: mail.created_at,
                    subject: letter.title.clone(),
                    raw: String::from_utf8_lossy(
                        &self.message(mail, &letter, text.clone(), html.clone())?.formatted(),
                    )
                    .into_owned(),
                    text,
                    html,
                };
                mailbox::keep(folder, &kept).await?;
            }
        }
        Ok(())
    }

    /// By these a mail program ends mail that comes by itself with one press and without a visit (RFC 2369, RFC 8058).
    fn unsubscribe_headers(&self, mail: &DueMail) -> Vec<HeaderValue> {
        let Some(link) = mail.message.unsubscribe() else { return Vec::new() };
        let path = Page::AlertsLink(link.to_owned()).path(mail.language);
        let address = format!("<{}{path}>", self.state.settings().public_url);
        vec![
            header("List-Unsubscribe", address),
            header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
        ]
    }

    fn message(
        &self,
        mail: &DueMail,
        letter: &Letter,
        text: String,
        html: String,
    ) -> Result<lettre::Message, MailError> {
        let to = mail.to.as_str().parse().map_err(|error| MailError::Written(format!("{error}")))?;
        let host = crate::feeds::host(&self.state.settings().public_url);
        let parts = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, text))
            .singlepart(part(ContentType::TEXT_HTML, html));
        let mut builder = lettre::Message::builder();
        for header in self.unsubscribe_headers(mail) {
            builder = builder.raw_header(header);
        }
        builder
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.title.clone())
            .date(SystemTime::from(mail.created_at))
            .message_id(Some(format!("<{}.{}@{host}>", mail.id, mail.created_at.timestamp_millis())))
            .multipart(parts)
            .map_err(|error| MailError::Written(error.to_string()))
    }
}

/// The name of a header that lettre does not know.
fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// A part in letters that every mail server takes.
fn part(kind: ContentType, text: String) -> SinglePart {
    SinglePart::builder().header(kind).header(ContentTransferEncoding::QuotedPrintable).body(text)
}

/// The name and address that mail comes from.
///
/// # Errors
/// When it is no address.
pub fn sender(config: &Config) -> Result<Mailbox, String> {
    let address = config.mail.from.as_ref().unwrap_or(&config.hub.contact.email);
    let parsed = address
        .parse()
        .map_err(|error| format!("mail.from: found `{address}`, expected an e-mail address: {error}"))?;
    Ok(Mailbox::new(Some(config.hub.name.clone()), parsed))
}

/// The way to an SMTP server. The address may hold a password, so no error repeats it.
///
/// # Errors
/// When it is no such address.
pub fn transport(url: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
    AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
        .map(|builder| builder.timeout(Some(Duration::from_secs(30))).build())
        .map_err(|_| {
            "mail.smtp: expected smtps://USER:PASSWORD@HOST or smtp://HOST:587?tls=required".to_owned()
        })
}

/// Sends what waits in the outbox, until the server stops.
pub async fn deliver(mailer: Mailer, clock: Clock, stop: CancellationToken) {
    supervise("mail", LOOK, stop.clone(), || async {
        while let Some(mail) = next(&mailer, clock).await {
            let outcome = mailer.send(&mail).await;
            if let Err(error) = note(&mailer, &mail, outcome, clock).await {
                tracing::error!(%error, mail = mail.id, "what became of a mail can't be written down");
            }
            if stop.is_cancelled() {
                return;
            }
        }
    })
    .await;
}

async fn next(mailer: &Mailer, clock: Clock) -> Option<DueMail> {
    match mailer.state.store().claim_mail(clock()).await {
        Ok(mail) => mail,
        Err(error) => {
            // The catalogue's look says that the database is away; here it would say so twice a second.
            tracing::debug!(%error, "the outbox can't be read");
            None
        }
    }
}

async fn note(
    mailer: &Mailer,
    mail: &DueMail,
    outcome: Result<(), MailError>,
    clock: Clock,
) -> Result<(), store::Error> {
    let store = mailer.state.store();
    match outcome {
        Ok(()) => {
            tracing::info!(mail = mail.id, kind = mail.message.kind().code(), "mail sent");
            store.mail_was_sent(mail.id, clock()).await
        }
        Err(error) => {
            tracing::warn!(mail = mail.id, kind = mail.message.kind().code(), %error, "mail not sent");
            store.mail_failed(mail.id, error.to_string(), error.is_final(), clock()).await
        }
    }
}
