//! The context of a request for a page.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Body;
use axum::http::header::{ACCEPT_LANGUAGE, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, Uri};
use chrono::{DateTime, Utc};
use domain::{Language, Moment};
use hub::HubState;
use serde::de::DeserializeOwned;
use store::{Browser, SecondStep, SignedIn, Token};
use ui::Link;
use ui::shell::{MenuGroup, MenuItem};

use crate::assets::Assets;
use crate::cookies::Cookie;
use crate::error::PageError;
use crate::flash::{Flash, FlashText, forget};
use crate::query::typed;
use crate::responses::see_other;
use crate::state::WebState;

/// The network from which a request came, as far as one household has it; the guard puts it into the request.
#[derive(Clone, Debug, Default)]
pub struct Network(pub String);

/// One request for a page.
#[derive(Clone)]
pub struct RequestContext {
    /// The hub.
    pub state: HubState,
    /// Where pages find style sheet, script and wasm.
    pub(crate) assets: Arc<Assets>,
    /// The pages of the menus.
    pub(crate) menu: Arc<[MenuItem]>,
    /// The language of the page.
    pub language: Language,
    /// When it came: one moment for all that is done for it.
    pub moment: Moment,
    /// The address that was asked for.
    pub uri: Uri,
    /// The number of the request; empty when it has none.
    pub request_id: String,
    /// The person who is signed in.
    pub signed_in: Option<SignedIn>,
    /// The session, also one in which the second step was not taken yet; nobody has a right by it.
    pub session: Option<SignedIn>,
    /// The token of the browser that asked for a mail.
    pub asked_by: Option<Token>,
    /// The token by which this browser gets back what was filled in.
    draft: OnceLock<Token>,
    flash: Option<FlashText>,
    /// Whether a script asks, which follows a form to its next page before the browser shows that.
    is_by_script: bool,
    new_cookies: Arc<Mutex<Vec<HeaderValue>>>,
    device: String,
    network: String,
}

impl RequestContext {
    /// Somebody of whom nothing is known.
    pub fn unknown(web: &WebState, language: Language) -> Self {
        Self {
            state: web.hub.clone(),
            assets: Arc::clone(&web.assets),
            menu: Arc::clone(&web.menu),
            language,
            moment: web.hub.moment(),
            uri: Uri::default(),
            request_id: String::new(),
            signed_in: None,
            session: None,
            asked_by: None,
            draft: OnceLock::new(),
            flash: None,
            is_by_script: false,
            new_cookies: Arc::default(),
            device: String::new(),
            network: String::new(),
        }
    }

    /// Reads who asks from a request.
    ///
    /// # Errors
    /// When the database does not answer; the visit is then that of a stranger.
    pub async fn of(web: &WebState, parts: &Parts, language: Language) -> Result<Self, (Self, store::Error)> {
        let state = &web.hub;
        let is_secure = is_secure(state);
        let text =
            |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut context = Self {
            uri: parts.uri.clone(),
            request_id: text("x-request-id").to_owned(),
            asked_by: Cookie::SignIn.read(&parts.headers, is_secure),
            draft: Cookie::Draft.read(&parts.headers, is_secure).map_or_else(OnceLock::new, OnceLock::from),
            flash: FlashText::read(&parts.headers),
            is_by_script: text("sec-fetch-dest") == "empty",
            device: device(text(USER_AGENT.as_str())),
            network: parts.extensions.get::<Network>().cloned().unwrap_or_default().0,
            ..Self::unknown(web, language)
        };
        let Some(session) = Cookie::Session.read(&parts.headers, is_secure) else {
            return Ok(context);
        };
        match state.store().find_signed_in(&session, context.moment.now).await {
            Ok(signed_in) => {
                context.signed_in = signed_in.clone().filter(has_taken_second_step);
                context.session = signed_in;
                Ok(context)
            }
            Err(error) => Err((context, error)),
        }
    }

    /// The same for a file, whose address says no language: that of somebody who is signed in, else one that the browser asks for, else
    /// the hub's first.
    pub async fn for_file(web: &WebState, parts: &Parts) -> Result<Self, (Self, store::Error)> {
        let state = &web.hub;
        let languages = &state.hub().languages;
        let asked = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let asked = asked.and_then(|asked| preferred(asked, languages));
        let language = asked.or(languages.first().copied()).unwrap_or(Language::Dutch);
        let mut context = Self::of(web, parts, language).await?;
        let own = context.signed_in.as_ref().map(SignedIn::language);
        context.language = own.filter(|own| languages.contains(own)).unwrap_or(language);
        Ok(context)
    }

    /// The person who is signed in.
    ///
    /// # Errors
    /// [`PageError::SignIn`] without a session, [`PageError::SecondStep`] in one that has not taken it.
    pub fn signed_in(&self) -> Result<&SignedIn, PageError> {
        let refused = if self.session.is_some() { PageError::SecondStep } else { PageError::SignIn };
        self.signed_in.as_ref().ok_or(refused)
    }

    /// The session, also one in which the second step was not taken yet.
    ///
    /// # Errors
    /// [`PageError::SignIn`] without one.
    pub fn session(&self) -> Result<&SignedIn, PageError> {
        self.session.as_ref().ok_or(PageError::SignIn)
    }

    /// The pages of a group of the menus, in the order of their rows.
    pub fn menu(&self, group: MenuGroup) -> Vec<Link> {
        let items = self.menu.iter().filter(|item| item.group == group);
        items.map(|item| Link::new(item.page.path(self.language), (item.label)(self.language))).collect()
    }

    /// When the request came.
    pub fn now(&self) -> DateTime<Utc> {
        self.moment.now
    }

    /// The network of the visitor.
    pub fn network(&self) -> String {
        self.network.clone()
    }

    /// This browser with the token of a new session.
    pub fn browser(&self) -> Browser {
        Browser {
            token: Token::of(self.state.random()),
            device: self.device.clone(),
            network: self.network.clone(),
        }
    }

    /// The token by which this browser gets back what was filled in.
    pub fn draft(&self) -> Option<&Token> {
        self.draft.get()
    }

    /// The same; a browser that has none is given one.
    pub fn begin_draft(&self) -> &Token {
        self.draft.get_or_init(|| {
            let token = Token::of(self.state.random());
            self.set_cookie(Cookie::Draft, Some(&token));
            token
        })
    }

    /// Gives the browser a cookie with the answer; without a token takes it away.
    pub fn set_cookie(&self, cookie: Cookie, token: Option<&Token>) {
        if let Some(value) = cookie.header(token, is_secure(&self.state)) {
            self.new_cookies.lock().unwrap_or_else(PoisonError::into_inner).push(value);
        }
    }

    /// The message that the change before this page left for it.
    pub fn flash<F: Flash>(&self) -> Option<F> {
        self.flash.as_ref()?.parse()
    }

    /// The part of the address behind the `?` as a typed value of text and lists; what can't be read is as if it was not said.
    pub fn query<T: DeserializeOwned + Default>(&self) -> T {
        typed(self.uri.query().unwrap_or_default())
    }

    /// Puts the cookies of this answer into it. A page that was shown has said its message; one that a script
    /// read was not shown.
    pub(crate) fn write_cookies<B>(&self, response: &mut Response<B>) {
        for value in self.new_cookies.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            response.headers_mut().append(SET_COOKIE, value);
        }
        if self.flash.is_some() && !self.is_by_script && !response.status().is_redirection() {
            forget(response, self.uri.path(), is_secure(&self.state));
        }
    }

    /// Leads to an address of ours, which says a message once.
    pub(crate) fn see_other(&self, address: &str, flash: Option<&FlashText>) -> Response<Body> {
        let mut response = see_other(address);
        if let Some(flash) = flash {
            flash.set(&mut response, address, is_secure(&self.state));
        }
        response
    }
}

/// Whoever has not taken the second step has a session and no right.
fn has_taken_second_step(who: &SignedIn) -> bool {
    match who.second_step() {
        SecondStep::NotNeeded | SecondStep::Taken => true,
        SecondStep::NotSetUp | SecondStep::Waiting => false,
    }
}

fn is_secure(state: &HubState) -> bool {
    state.settings().public_url.starts_with("https://")
}

/// The language that a browser likes best among these, as `Accept-Language` says it (RFC 9110, section 12.5.4): of two that it
/// likes as much, the first.
fn preferred(asked: &str, languages: &[Language]) -> Option<Language> {
    let wanted = asked.split(',').filter_map(|range| {
        let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
        let code = tag.trim().split('-').next()?.to_ascii_lowercase();
        let language = Language::from_code(&code).filter(|language| languages.contains(language))?;
        Some((weight, language)).filter(|(weight, _)| *weight > 0.0)
    });
    let best = wanted.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, language)| language)
}

/// What a browser says it is, as its owner would: `Firefox, Windows`. Every browser claims to be those before it, so the order
/// counts.
fn device(user_agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_its_owner_calls_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device(edge), "Edge, Windows");
        assert_eq!(device(phone), "Safari, iPhone");
        assert_eq!(device("curl/8.0"), "");
    }

    #[test]
    fn a_browser_gets_the_language_that_it_likes_best_among_those_of_the_hub() {
        let all = [Language::Dutch, Language::German, Language::English];
        for (asked, language) in [
            ("de", Some(Language::German)),
            ("de-AT,de;q=0.9,en;q=0.8", Some(Language::German)),
            ("fr-FR, EN-gb; q=0.7 , nl;q=0.9", Some(Language::Dutch)),
            ("en;q=0.5,de;q=0.5", Some(Language::English)),
            ("de;q=0, en;q=0.1", Some(Language::English)),
            ("fr,*;q=0.5", None),
            ("de;q=much,;;,", None),
            ("", None),
        ] {
            assert_eq!(preferred(asked, &all), language, "{asked}");
        }
        assert_eq!(preferred("de,en;q=0.1", &[Language::Dutch, Language::English]), Some(Language::English));
    }
}
