//! Ways to pass a page on, keep it or print it.

use domain::Language;
use domain::text::encode;
use leptos::prelude::*;

use crate::texts as t;
use crate::ui::{Icon, ShareBar, ShareLink};

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
#[island]
fn ShareButtons(
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let is_ready = RwSignal::new(false);
    let copied = RwSignal::new(false);
    Effect::new(move |_| is_ready.set(true));
    let copy = move |_| {
        let clipboard = window().navigator().clipboard();
        let promise = clipboard.write_text(&window().location().href().unwrap_or_default());
        leptos::task::spawn_local(async move {
            let is_done = wasm_bindgen_futures::JsFuture::from(promise).await.is_ok();
            copied.set(is_done);
        });
    };
    let print = move |_| {
        // It only fails where printing is forbidden, and then there is nothing to say.
        let _ = window().print();
    };
    view! {
        <button class="button" type="button" hidden=move || !is_ready.get() on:click=copy>
            {Icon::Link.view()}
            {t::share_copy(language)}
        </button>
        <span class="copied" role="status">{move || if copied.get() { t::share_copied(language) } else { "" }}</span>
        <button class="button" type="button" hidden=move || !is_ready.get() on:click=print>
            {Icon::Print.view()}
            {t::share_print(language)}
        </button>
    }
}
