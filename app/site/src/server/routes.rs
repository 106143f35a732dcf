//! The public pages: their addresses, and what they show.

use axum::routing::get;
use web::{Anyone, Audience, Development, Routes};
use words::paths::{Page, slug};

use super::functions;
use super::pages::{
    about, accessibility, agenda, event, home, organisation, organisations, privacy, style, vacancies,
    vacancy,
};
use super::qr::qr_code;

/// The rows of the public pages.
pub fn routes() -> Routes {
    Routes::default()
        .listed(Page::Home, |context, _, _| async move { Ok(home(&context)) })
        .listed(Page::Vacancies, |context, _, _| async move { Ok(vacancies(&context).await?) })
        .page(
            Page::Vacancy(slug()),
            |context, slug, _: Anyone| async move { Ok(vacancy(&context, &slug).await?) },
        )
        .listed(Page::Organisations, |context, _, _| async move { Ok(organisations(&context)) })
        .page(Page::Organisation(slug()), |context, slug, _: Anyone| async move {
            Ok(organisation(&context, &slug))
        })
        .listed(Page::Events, |context, _, _| async move { Ok(agenda(&context)) })
        .page(Page::Event(slug()), |context, slug, _: Anyone| async move { Ok(event(&context, &slug)) })
        .listed(Page::About, |context, _, _| async move { Ok(about(&context)) })
        .listed(Page::Privacy, |context, _, _| async move { Ok(privacy(&context)) })
        .listed(Page::Accessibility, |context, _, _| async move { Ok(accessibility(&context)) })
        .page(Page::Style, |context, _, _: Development| async move { Ok(style(&context)) })
        .file("/api/{*function}", Audience::Everyone, get(functions::answer).post(functions::answer))
        .file("/qr/{language}/{file}", Audience::Everyone, get(qr_code))
}
