//! The public pages: their addresses, and what they show.

use axum::routing::get;
use ui::shell::MenuGroup;
use web::{Anyone, Audience, Development, PageRequest, Routes};
use words::paths::{Page, slug};
use words::texts as t;

use super::functions;
use super::pages::{
    about, accessibility, agenda, event, home, organisation, organisations, privacy, style, vacancies,
    vacancy,
};
use super::qr::qr_code;

/// The rows of the public pages.
pub fn routes() -> Routes {
    Routes::default()
        .listed(Page::Home, |asked| async move { Ok(home(&asked.context)) })
        .listed(Page::Vacancies, |asked| async move { Ok(vacancies(&asked.context).await?) })
        .in_menu(t::nav_vacancies, MenuGroup::Find, true)
        .page(Page::Vacancy(slug()), |asked: PageRequest<Anyone>| async move {
            Ok(vacancy(&asked.context, &asked.slug).await?)
        })
        .listed(Page::Organisations, |asked| async move { Ok(organisations(&asked.context)) })
        .in_menu(t::nav_organisations, MenuGroup::Find, true)
        .page(Page::Organisation(slug()), |asked: PageRequest<Anyone>| async move {
            Ok(organisation(&asked.context, &asked.slug))
        })
        .listed(Page::Events, |asked| async move { Ok(agenda(&asked.context)) })
        .in_menu(t::nav_events, MenuGroup::Find, true)
        .page(Page::Event(slug()), |asked: PageRequest<Anyone>| async move {
            Ok(event(&asked.context, &asked.slug))
        })
        .listed(Page::About, |asked| async move { Ok(about(&asked.context)) })
        .in_menu(t::nav_about, MenuGroup::Hub, true)
        .listed(Page::Privacy, |asked| async move { Ok(privacy(&asked.context)) })
        .in_menu(t::nav_privacy, MenuGroup::Hub, false)
        .listed(Page::Accessibility, |asked| async move { Ok(accessibility(&asked.context)) })
        .in_menu(t::nav_accessibility, MenuGroup::Hub, false)
        .page(Page::Style, |asked: PageRequest<Development>| async move { Ok(style(&asked.context)) })
        .file("/api/{*function}", Audience::Everyone, get(functions::answer).post(functions::answer))
        .file("/qr/{language}/{file}", Audience::Everyone, get(qr_code))
}
