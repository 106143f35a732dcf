//! From a page's view to the answer of a request.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use leptos::config::{LeptosOptions, get_configuration};
use leptos::nonce::Nonce;
use leptos::prelude::*;

use crate::assets::{Assets, Program};
use crate::request_context::RequestContext;
use ui::shell::{Head, PageAssets, Shell, ShellProps};

/// A page that is ready to be rendered.
pub struct PageResponse {
    /// The status of the answer.
    pub status: StatusCode,
    /// The head of the page.
    pub head: Head,
    /// Whether something on the page needs the wasm.
    pub has_islands: bool,
    /// Whether it is a page of one's own, which has a style sheet beside that of all pages.
    pub is_private: bool,
    /// A small script of the page itself.
    pub script: Option<&'static str>,
    /// Whether the first field that is wrong gets the focus: it may stand far down.
    pub focuses_error: bool,
}

/// The style of pages of one's own: most visitors never see them, so no other page carries it.
const OWN_STYLE: &str = concat!(
    include_str!("../../../style/account.css"),
    include_str!("../../../style/table.css"),
    include_str!("../../../style/board.css")
);

/// Wakes the islands, one after the other.
const START_ISLANDS: &str = "m.hydrate();for(const e of document.querySelectorAll('leptos-island')){await rest();await m[e.dataset.component]?.(e)}";

/// Wakes the parts of a dashboard, one after the other; where their program does not come they stay as they are.
const START_PARTS: &str =
    "for(const e of document.querySelectorAll('[data-part]')){await rest();m.start_part(e)}";

/// What a part of the workplace says that comes alive.
const PART: &str = " data-part=\"";

/// What a field says that is wrong.
const INVALID: &str = " aria-invalid=\"true\"";

impl PageResponse {
    /// A page that is there.
    pub fn ok(head: Head) -> Self {
        Self {
            status: StatusCode::OK,
            head,
            has_islands: false,
            is_private: false,
            script: None,
            focuses_error: false,
        }
    }

    /// The same page, with islands.
    #[must_use]
    pub fn with_islands(self) -> Self {
        Self { has_islands: true, ..self }
    }

    /// The same page, with a small script.
    #[must_use]
    pub fn with_script(self, script: &'static str) -> Self {
        Self { script: Some(script), ..self }
    }

    /// The same page, which says what is wrong with a form.
    #[must_use]
    pub fn into_wrong(self) -> Self {
        self.with_status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The same page, in which the first field that is wrong gets the focus.
    #[must_use]
    pub fn focused(self) -> Self {
        Self { focuses_error: true, ..self }
    }

    /// The same page as one's own: nobody lists it, and nobody keeps it.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.is_private = true;
        self.head.is_listed = false;
        self
    }

    /// The same page with another status, not listed by search engines.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self.head.is_listed = false;
        self
    }

    /// Starts what comes alive; nothing where nothing does.
    fn boot_script(&self, has_parts: bool, assets: &Assets) -> Option<String> {
        let islands = self.has_islands.then(|| start_script(&assets.program, START_ISLANDS));
        let parts = has_parts.then(|| start_script(&assets.islands, START_PARTS));
        (self.has_islands || has_parts).then(|| islands.into_iter().chain(parts).collect())
    }

    /// Renders the page with what `view` shows in it.
    pub fn render<V: IntoView + 'static>(
        self,
        context: &RequestContext,
        view: impl FnOnce() -> V + Send + 'static,
    ) -> Response<Body> {
        let settings = context.state.settings();
        let nonce = Nonce::new();
        let policy = content_security_policy(&nonce, settings.is_development);
        let language = self.head.language;
        let owner = Owner::new_root(None);
        let mut main = owner.with(|| {
            provide_context(nonce.clone());
            view().into_view().to_html()
        });
        if self.focuses_error {
            main = main.replacen(INVALID, &format!(" autofocus{INVALID}"), 1);
        }
        let has_parts = self.is_private && main.contains(PART);
        let site = PageAssets {
            public_url: settings.public_url.clone(),
            css: context.assets.css.clone(),
            style: context.assets.style.clone(),
            reload: settings.is_development.then(reload_options).flatten(),
            boot: self.boot_script(has_parts, &context.assets),
            own_style: self.is_private.then_some(OWN_STYLE),
            script: self.script,
            nonce: nonce.to_string(),
        };
        let hub = context.state.hub().clone();
        let (menu, is_signed_in) = (Arc::clone(&context.menu), context.signed_in.is_some());
        let html = owner.with(|| {
            provide_context(nonce);
            Shell(ShellProps { head: self.head, site, hub, menu, is_signed_in, main }).to_html()
        });
        owner.cleanup();
        let mut response = Response::new(Body::from(html));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
        // A page shows what is public now; a browser may keep it, but asks before it shows it again.
        let kept = if self.is_private { "no-store" } else { "private, no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

/// `cargo leptos watch` tells a development build in its environment where changes are announced.
fn reload_options() -> Option<LeptosOptions> {
    get_configuration(None).ok().map(|file| file.leptos_options)
}

/// Scripts and styles run only with this answer's number; nothing comes from elsewhere.
fn content_security_policy(nonce: &str, is_development: bool) -> String {
    // A development build is told by another port when to load the page again.
    let reload = if is_development { " ws:" } else { "" };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'{reload}; \
         manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Starts a program when the page is loaded, has been painted, and the browser has nothing else to do; `painted` is a function of
/// the page. Between its parts the browser may paint and answer.
fn start_script(Program { js, wasm }: &Program, start: &str) -> String {
    format!(
        "painted(()=>import('{js}').then(async m=>{{const rest=()=>new Promise(f=>setTimeout(f));\
         await m.default({{module_or_path:'{wasm}'}});await rest();{start}\
         document.documentElement.dataset.ready=''}}));"
    )
}
