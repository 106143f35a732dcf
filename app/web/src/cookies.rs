//! The cookies of the hub.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::time::Duration;
use cookie::{Cookie as HttpCookie, SameSite};
use domain::accounts::{SIGN_IN_LASTS, SessionLife};
use store::Token;

/// A cookie of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The token of a session.
    Session,
    /// The token of the browser that asked for a mail to sign in.
    SignIn,
    /// The token by which a browser gets back what somebody filled in.
    Draft,
}

impl Cookie {
    /// With the prefix `__Host-` browsers keep a cookie for this host alone, and only where all is encrypted.
    fn name(self, is_secure: bool) -> &'static str {
        match (self, is_secure) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::SignIn, true) => "__Host-sign-in",
            (Self::SignIn, false) => "sign-in",
            (Self::Draft, true) => "__Host-draft",
            (Self::Draft, false) => "draft",
        }
    }

    /// Seconds that a browser keeps it; without them, until it is closed: a draft on a shared computer is for one person.
    fn seconds(self) -> Option<i64> {
        match self {
            Self::Session => Some(SessionLife::USUAL.whole.num_seconds()),
            Self::SignIn => Some(SIGN_IN_LASTS.num_seconds()),
            Self::Draft => None,
        }
    }

    /// The token that a request carries in this cookie.
    pub(crate) fn read(self, headers: &HeaderMap, is_secure: bool) -> Option<Token> {
        let values = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut cookies = values.flat_map(HttpCookie::split_parse).flatten();
        Token::parse(cookies.find(|cookie| cookie.name() == self.name(is_secure))?.value())
    }

    /// The header by which a browser keeps a token in this cookie; without a token it forgets the cookie.
    pub(crate) fn header(self, token: Option<&Token>, is_secure: bool) -> Option<HeaderValue> {
        let (value, seconds) =
            token.map_or((String::new(), Some(0)), |token| (token.to_text(), self.seconds()));
        let cookie =
            HttpCookie::build((self.name(is_secure), value)).path("/").http_only(true).secure(is_secure);
        let mut cookie = cookie.same_site(SameSite::Lax).build();
        cookie.set_max_age(seconds.map(Duration::seconds));
        HeaderValue::from_str(&cookie.to_string()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        let session = Token::of([5; 32]);
        headers.insert(COOKIE, format!("a=b; session={}; session=c", session.to_text()).parse().unwrap());
        assert_eq!(Cookie::Session.read(&headers, false), Some(session));
        assert_eq!(Cookie::SignIn.read(&headers, false), None);
        assert_eq!(
            Cookie::Session.read(&headers, true),
            None,
            "a cookie of the network is not one of this host alone"
        );
    }

    #[test]
    fn a_cookie_is_for_this_host_alone_and_for_no_script() {
        let session = Token::of([5; 32]);
        let header = Cookie::Session.header(Some(&session), true).unwrap();
        let text = header.to_str().unwrap();
        assert!(text.starts_with(&format!("__Host-session={}; ", session.to_text())), "{text}");
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=15552000"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let ended = Cookie::Session.header(None, true).unwrap();
        assert!(ended.to_str().unwrap().contains("Max-Age=0"));
        let draft = Cookie::Draft.header(Some(&session), false).unwrap();
        assert!(!draft.to_str().unwrap().contains("Max-Age") && !draft.to_str().unwrap().contains("Secure"));
    }
}
