//! A person's own pages: their addresses, for whom they are, what they show and the commands of their forms.

use axum::routing::get;
use web::{Access, Anyone, Audience, Commands, Person, Routes, Session};
use words::paths::{CVS, MY_DATA, Page, slug};

use super::applications::{OpenVacancy, ParticipantAccess};
use super::questions::LinkAccess;
use super::{accounts, alerts, applications, my, questions, second_step, sign_in, talents};
use crate::accounts::{
    AskSignIn, ChangeAddress, ChangePassword, ChangePerson, ChangePhone, EndSession, EnterCode, EraseAccount,
    PressLink, RenewRecoveryCodes, SignOut, SignOutEverywhere, TakeSecondStep,
};
use crate::alerts::{AddAlert, ChangeAlert, ConfirmAlert, StopAlert, StopAllAlerts, Unsubscribe};
use crate::applications::{
    AcceptOffer, AnswerApplication, AnswerFollowUp, AnswerOutcome, ChangeConsent, ConfirmApplication,
    OpenApplication, SendApplication, WithdrawApplication, WithdrawOthers, WriteMessage,
};
use crate::talents::{ChangeProfile, RemoveSavedVacancy, SaveVacancy};

/// The rows of a person's own pages.
pub fn routes() -> Routes {
    signing_in().and(account()).and(talent()).and(alerts_of_a_person()).and(applying())
}

fn signing_in() -> Routes {
    Routes::default()
        .form(Page::SignIn, sign_in::sign_in, Commands::<Anyone>::default().add::<AskSignIn>())
        .form(Page::SignInCode, sign_in::sign_in_code, Commands::<Anyone>::default().add::<EnterCode>())
        .form(
            Page::SignInLink(slug()),
            sign_in::sign_in_link,
            Commands::<Anyone>::default().add::<PressLink>(),
        )
        .form(
            Page::SecondStep,
            second_step::second_step,
            Commands::<Session>::default().add::<TakeSecondStep>(),
        )
}

fn account() -> Routes {
    let commands = Commands::<Session>::default()
        .add::<SignOut>()
        .add::<ChangePerson>()
        .add::<ChangeAddress>()
        .add::<ChangePassword>()
        .add::<RenewRecoveryCodes>()
        .add::<ChangePhone>()
        .add::<EndSession>()
        .add::<SignOutEverywhere>();
    Routes::default()
        .page(Page::My, my::my)
        .form(Page::Account, accounts::account, commands)
        .form(Page::EraseAccount, accounts::erase_form, Commands::<Person>::default().add::<EraseAccount>())
        .page(Page::AccountErased, accounts::erased)
        .file(MY_DATA, Audience::SignedIn, get(accounts::my_data))
}

fn talent() -> Routes {
    let saved = Commands::<Person>::default().add::<SaveVacancy>().add::<RemoveSavedVacancy>();
    Routes::default()
        .form(Page::Profile, talents::profile, Commands::<Person>::default().add::<ChangeProfile>())
        .form(Page::Saved, talents::saved, saved)
}

fn alerts_of_a_person() -> Routes {
    fn changes<Gate: Access>() -> Commands<Gate> {
        let commands = Commands::default().add::<ConfirmAlert>().add::<ChangeAlert>();
        commands.add::<StopAlert>().add::<StopAllAlerts>()
    }
    Routes::default()
        .form(Page::Alerts, alerts::alerts, changes::<Person>())
        .form(Page::NewAlert, alerts::new_alert, Commands::<Anyone>::default().add::<AddAlert>())
        .page(Page::AlertAsked, alerts::alert_asked)
        .form(
            Page::AlertsLink(slug()),
            alerts::alerts_by_link,
            changes::<Anyone>().otherwise::<Unsubscribe>(),
        )
}

fn applying() -> Routes {
    let application = Commands::<ParticipantAccess>::default()
        .add::<ConfirmApplication>()
        .add::<OpenApplication>()
        .add::<AcceptOffer>()
        .add::<WithdrawApplication>()
        .add::<WithdrawOthers>()
        .add::<ChangeConsent>()
        .add::<WriteMessage>()
        .add::<AnswerApplication>();
    let apply = Commands::<OpenVacancy>::default().add::<SendApplication>();
    let outcome = Commands::<LinkAccess>::default().add::<AnswerOutcome>();
    let follow_up = Commands::<LinkAccess>::default().add::<AnswerFollowUp>();
    Routes::default()
        .form(Page::Apply(slug()), applications::apply_form, apply)
        .page(Page::ApplySent(slug()), applications::apply_sent)
        .form(Page::Application(slug()), applications::application, application)
        .form(Page::Outcome(slug()), questions::outcome, outcome)
        .form(Page::FollowUp(slug()), questions::follow_up, follow_up)
        .file(&format!("{CVS}{{key}}"), Audience::Concerned, get(applications::cv))
}
