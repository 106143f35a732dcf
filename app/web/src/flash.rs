//! What a page says once, after a change that led to it.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Response};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A message of a noun, kept by the browser from the answer of a form until the next page is shown.
pub trait Flash: Serialize + DeserializeOwned {
    /// The noun; no two kinds of messages share it.
    const NOUN: &'static str;
}

/// The name of its cookie. It says nothing that only we may say, so it needs no prefix that binds it to the whole site.
const NAME: &str = "flash";
/// How long a browser keeps a message whose page never came.
const LASTS: Duration = Duration::minutes(2);
/// The longest message that is read, in bytes.
const LONGEST: usize = 500;

/// A message on its way, as the cookie holds it: the noun and the message as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FlashText(String);

impl FlashText {
    pub(crate) fn of<F: Flash>(flash: &F) -> Self {
        let text = serde_json::to_string(&(F::NOUN, flash)).unwrap_or_default();
        Self(domain::text::encode(&text))
    }

    /// The message that a request carries.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        let values = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut cookies = values.flat_map(Cookie::split_parse).flatten();
        let cookie = cookies.find(|cookie| cookie.name() == NAME)?;
        Some(Self(cookie.value().to_owned())).filter(|text| text.0.len() <= LONGEST)
    }

    /// The message, when it is one of this noun.
    pub(crate) fn parse<F: Flash>(&self) -> Option<F> {
        let text = percent_encoding::percent_decode_str(&self.0).decode_utf8().ok()?;
        let (noun, flash): (String, serde_json::Value) = serde_json::from_str(&text).ok()?;
        if noun == F::NOUN { serde_json::from_value(flash).ok() } else { None }
    }

    /// Gives the message to the page at a path, and to no other: several windows don't take each other's.
    pub(crate) fn set<B>(&self, response: &mut Response<B>, path: &str, is_secure: bool) {
        append(response, &self.0, path, LASTS, is_secure);
    }
}

/// Takes the message from the browser, once the page at this path has said it.
pub(crate) fn forget<B>(response: &mut Response<B>, path: &str, is_secure: bool) {
    append(response, "", path, Duration::ZERO, is_secure);
}

fn append<B>(response: &mut Response<B>, value: &str, path: &str, lasts: Duration, is_secure: bool) {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let cookie = Cookie::build((NAME, value)).path(path).http_only(true).same_site(SameSite::Lax);
    let cookie = cookie.secure(is_secure).max_age(lasts).build().to_string();
    if !path.contains(';')
        && let Ok(value) = HeaderValue::from_str(&cookie)
    {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum TeaFlash {
        Poured(u32),
        Spilled,
    }

    impl Flash for TeaFlash {
        const NOUN: &'static str = "tea";
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum CoffeeFlash {
        Poured(u32),
    }

    impl Flash for CoffeeFlash {
        const NOUN: &'static str = "coffee";
    }

    /// The request of a browser that got an answer.
    fn next(response: &Response<()>) -> HeaderMap {
        let set = response.headers()[SET_COOKIE].to_str().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, format!("a=b; {}", set.split(';').next().unwrap()).parse().unwrap());
        headers
    }

    #[test]
    fn a_message_reaches_the_page_that_it_is_for() {
        for flash in [TeaFlash::Poured(3), TeaFlash::Spilled] {
            let mut response = Response::new(());
            FlashText::of(&flash).set(&mut response, "/thee/kan?x=y", false);
            let set = response.headers()[SET_COOKIE].to_str().unwrap();
            assert!(set.ends_with("; HttpOnly; SameSite=Lax; Path=/thee/kan; Max-Age=120"), "{set}");
            let read = FlashText::read(&next(&response)).unwrap();
            assert_eq!(read.parse::<TeaFlash>(), Some(flash));
            assert_eq!(read.parse::<CoffeeFlash>(), None, "one noun does not speak for another");
        }
    }

    #[test]
    fn nonsense_says_nothing() {
        for text in ["", "%", "x", "%5B%22tea%22%5D", &"a".repeat(LONGEST + 1)] {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, format!("flash={text}").parse().unwrap());
            let read = FlashText::read(&headers).unwrap_or_default();
            assert_eq!(read.parse::<TeaFlash>(), None, "{text}");
        }
        let mut response = Response::new(());
        FlashText::of(&TeaFlash::Spilled).set(&mut response, "/a;Domain=evil", true);
        assert!(response.headers().get(SET_COOKIE).is_none());
    }
}
