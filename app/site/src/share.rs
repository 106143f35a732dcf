//! Ways to pass a page on, keep it or print it.

use domain::Language;
use domain::text::encode;
use leptos::prelude::*;

use ui::browser::{listen, page_language};
use ui::{Icon, ShareBar, ShareLink};
use words::texts as t;

/// Links that share a page, buttons that a script adds, and a code for a phone.
#[component]
pub fn PageShare(
    /// What is shared, in a few words.
    #[prop(into)]
    text: String,
    /// The address of the page in the world.
    #[prop(into)]
    address: String,
    /// The address of a picture of the QR code.
    #[prop(into)]
    qr: String,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let both = encode(&format!("{text} {address}"));
    let links = vec![
        ShareLink {
            href: format!("mailto:?subject={}&body={}", encode(&text), encode(&address)),
            label: t::share_mail(language).to_owned(),
            icon: Icon::Mail,
        },
        ShareLink {
            href: format!("https://wa.me/?text={both}"),
            label: "WhatsApp".to_owned(),
            icon: Icon::Share,
        },
        ShareLink {
            href: format!("https://www.linkedin.com/sharing/share-offsite/?url={}", encode(&address)),
            label: "LinkedIn".to_owned(),
            icon: Icon::People,
        },
    ];
    view! {
        <section class="share">
            <h2>{t::share_title(language)}</h2>
            <ShareBar label=t::share_title(language) links>
                <ShareButtons language />
            </ShareBar>
            <figure class="qr">
                <img src=qr alt=t::share_qr_alt(language) width="132" height="132" loading="lazy" decoding="async" />
                <figcaption>{t::share_qr(language)}</figcaption>
            </figure>
        </section>
    }
}

/// Buttons that need a script: they appear when it runs.
#[component]
fn ShareButtons(
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <button class="button" type="button" id=COPY hidden>
            {Icon::Link.view()}
            {t::share_copy(language)}
        </button>
        <span class="copied" role="status" id=COPIED></span>
        <button class="button" type="button" id=PRINT hidden>
            {Icon::Print.view()}
            {t::share_print(language)}
        </button>
        <LiveShare />
    }
}

const COPY: &str = "copy";
const COPIED: &str = "copied";
const PRINT: &str = "print";

/// Shows the buttons and lets them work.
#[island]
fn LiveShare() -> impl IntoView {
    Effect::new(|_| {
        show_button(COPY, || {
            let promise =
                window().navigator().clipboard().write_text(&window().location().href().unwrap_or_default());
            leptos::task::spawn_local(async {
                let is_done = wasm_bindgen_futures::JsFuture::from(promise).await.is_ok();
                if let Some(copied) = document().get_element_by_id(COPIED) {
                    copied.set_text_content(is_done.then(|| t::share_copied(page_language())));
                }
            });
        });
        show_button(PRINT, || {
            // It only fails where printing is forbidden, and then there is nothing to say.
            let _ = window().print();
        });
    });
}

fn show_button(id: &str, act: impl Fn() + 'static) {
    if let Some(button) = document().get_element_by_id(id) {
        listen(&button, "click", move |_| act());
        // Nothing useful could be done where an attribute can't go.
        let _ = button.remove_attribute("hidden");
    }
}
