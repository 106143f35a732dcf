//! Pages that explain: about the hub, privacy, accessibility.

use std::sync::Arc;

use domain::Language;
use domain::hub::Hub;
use leptos::prelude::*;

use ui::shell::ContactLines;
use ui::{Band, Prose};
use words::texts as t;

/// About the hub, in its own words.
#[component]
pub fn AboutPage(
    /// The hub's own text as sanitised HTML.
    html: String,
    /// The language of that text.
    text_language: Language,
    /// The hub.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let is_foreign = (text_language != language).then(|| text_language.code());
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::about_heading(language, hub.name.clone())}</h1>
            <Prose html language=is_foreign />
            <h2>{t::about_contact(language)}</h2>
            <ContactLines contact=hub.contact.clone() />
        </div>
        <Band name=hub.name.clone() />
    }
}

/// The privacy statement: what this release of the software really does.
#[component]
pub fn PrivacyPage(
    /// The hub.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let parts = [
        (t::privacy_who_title(language), t::privacy_who(language, hub.contact.organisation.clone())),
        (t::privacy_visit_title(language), t::privacy_visit(language).to_owned()),
        (t::privacy_cookies_title(language), t::privacy_cookies(language).to_owned()),
        (t::privacy_account_title(language), t::privacy_account(language).to_owned()),
        (t::privacy_apply_title(language), t::privacy_apply(language).to_owned()),
        (t::privacy_talent_title(language), t::privacy_talent(language).to_owned()),
        (t::privacy_alerts_title(language), t::privacy_alerts(language).to_owned()),
        (t::privacy_erase_title(language), t::privacy_erase(language).to_owned()),
        (t::privacy_contacts_title(language), t::privacy_contacts(language).to_owned()),
        (t::privacy_others_title(language), t::privacy_others(language).to_owned()),
        (t::privacy_rights_title(language), t::privacy_rights(language, hub.contact.email.clone())),
    ];
    view! { <Statement title=t::privacy_heading(language) lead=t::privacy_lead(language) parts hub language /> }
}

/// The accessibility statement.
#[component]
pub fn AccessibilityPage(
    /// The hub.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let parts = [
        (t::accessibility_aim_title(language), t::accessibility_aim(language).to_owned()),
        (t::accessibility_checked_title(language), t::accessibility_checked(language).to_owned()),
        (t::accessibility_works_title(language), t::accessibility_works(language).to_owned()),
        (t::accessibility_limits_title(language), t::accessibility_limits(language).to_owned()),
        (
            t::accessibility_report_title(language),
            t::accessibility_report(language, hub.contact.email.clone()),
        ),
    ];
    view! { <Statement title=t::accessibility_heading(language) lead=t::accessibility_lead(language) parts hub language /> }
}

#[component]
fn Statement<const PARTS: usize>(
    title: &'static str,
    lead: &'static str,
    parts: [(&'static str, String); PARTS],
    hub: Arc<Hub>,
    language: Language,
) -> impl IntoView {
    let parts = parts
        .into_iter()
        .map(|(title, text)| {
            view! {
                <h2>{title}</h2>
                <p>{text}</p>
            }
        })
        .collect_view();
    view! {
        <div class="wrap page-top narrow">
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            <div class="prose">{parts}</div>
            <h2>{t::about_contact(language)}</h2>
            <ContactLines contact=hub.contact.clone() />
        </div>
    }
}
