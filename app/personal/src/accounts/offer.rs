//! An account for who came by the link of a mail.

use domain::Language;
use domain::accounts::EmailAddress;
use leptos::prelude::*;

use ui::Button;
use words::paths::Page;
use words::texts as t;

/// What an account brings, and one button that sends the mail to sign in; its link makes the account when there is none.
#[component]
pub fn AccountOffer(
    /// What it brings.
    text: &'static str,
    /// The address, which who has the link knows anyway.
    email: EmailAddress,
    /// The page to go on to.
    wanted: Page,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <section aria-labelledby="account-offer">
            <h2 id="account-offer">{t::sign_in_offer_title(language)}</h2>
            <p>{text}</p>
            <p>{t::sign_in_offer(language, &email)}</p>
            <form method="post" action=Page::SignIn.path(language)>
                <input type="hidden" name="email" value=email.to_string() />
                <input type="hidden" name="naar" value=wanted.path(language) />
                <Button name="do" value="link">{t::sign_in_send(language)}</Button>
            </form>
        </section>
    }
}
