//! A person's own pages: their addresses, for whom they are, what they show and what their forms do.

use axum::routing::get;
use domain::applications::LARGEST_CV;
use web::{Anyone, Audience, Person, Routes, Session};
use words::paths::{CVS, MY_DATA, Page, slug};

use super::applications::OpenVacancy;
use super::{accounts, alerts, applications, talents};

/// The rows of a person's own pages.
pub fn routes() -> Routes {
    signing_in().and(account()).and(talent()).and(applying())
}

fn signing_in() -> Routes {
    Routes::default()
        .form(
            Page::SignIn,
            |context, _, _: Anyone| async move { accounts::sign_in(&context) },
            |context, _, _: Anyone, form| async move { accounts::ask_sign_in(&context, form).await },
        )
        .form(
            Page::SignInCode,
            |context, _, _: Anyone| async move { accounts::sign_in_code(&context).await },
            |context, _, _: Anyone, form| async move { accounts::enter_code(&context, form).await },
        )
        .form(
            Page::SignInLink(slug()),
            |context, link, _: Anyone| async move { accounts::sign_in_link(&context, &link).await },
            |context, link, _: Anyone, _| async move { accounts::press_link(&context, &link).await },
        )
        .form(
            Page::SecondStep,
            |context, _, _: Session| async move { accounts::second_step(&context).await },
            |context, _, _: Session, form| async move { accounts::enter_second_step(&context, form).await },
        )
}

fn account() -> Routes {
    Routes::default()
        .page(Page::My, |context, _, _: Person| async move { accounts::my(&context).await })
        .form(
            Page::Account,
            |context, _, _: Person| async move { accounts::account(&context).await },
            |context, _, _: Session, form| async move { accounts::change_account(&context, form).await },
        )
        .form(
            Page::EraseAccount,
            |context, _, _: Anyone| async move { accounts::erase_form(&context).await },
            |context, _, _: Person, form| async move { accounts::erase_account(&context, form).await },
        )
        .file(MY_DATA, Audience::SignedIn, get(accounts::my_data))
}

fn talent() -> Routes {
    Routes::default()
        .upload(
            Page::Profile,
            LARGEST_CV,
            |context, _, _: Person| async move { talents::profile(&context).await },
            |context, _, _: Person, form| async move { talents::change_profile(&context, form).await },
        )
        .form(
            Page::Saved,
            |context, _, _: Person| async move { talents::saved(&context).await },
            |context, _, _: Person, form| async move { talents::change_saved(&context, form).await },
        )
        .form(
            Page::Alerts,
            |context, _, _: Person| async move { alerts::alerts(&context).await },
            |context, _, _: Person, form| async move { alerts::change_alerts(&context, form).await },
        )
        .form(
            Page::NewAlert,
            |context, _, _: Anyone| async move { Ok(alerts::new_alert(&context)) },
            |context, _, _: Anyone, form| async move { alerts::add_alert(&context, form).await },
        )
        .form(
            Page::AlertsLink(slug()),
            |context, link, _: Anyone| async move { alerts::alerts_by_link(&context, &link).await },
            |context, link, _: Anyone, form| async move {
                alerts::change_alerts_by_link(&context, &link, form).await
            },
        )
}

fn applying() -> Routes {
    Routes::default()
        .upload(
            Page::Apply(slug()),
            LARGEST_CV,
            |context, _, vacancy: OpenVacancy| async move { applications::apply_form(&context, vacancy).await },
            |context, _, vacancy: OpenVacancy, form| async move { applications::apply(&context, vacancy, form).await },
        )
        .form(
            Page::Application(slug()),
            |context, key, _: Anyone| async move { applications::application(&context, &key).await },
            |context, key, _: Anyone, form| async move {
                applications::change_application(&context, &key, form).await
            },
        )
        .form(
            Page::Outcome(slug()),
            |context, link, _: Anyone| async move { applications::outcome(&context, &link).await },
            |context, link, _: Anyone, form| async move {
                applications::answer_outcome(&context, &link, form).await
            },
        )
        .form(
            Page::FollowUp(slug()),
            |context, link, _: Anyone| async move { applications::follow_up(&context, &link).await },
            |context, link, _: Anyone, form| async move {
                applications::answer_follow_up(&context, &link, form).await
            },
        )
        .file(&format!("{CVS}{{key}}"), Audience::Concerned, get(applications::cv))
}
