//! Signing in, and what people keep of themselves. All of it is drawn by the server; nothing goes to the browser's program.

mod account;
mod commands;
mod erase;
mod my;
mod offer;
mod second_step;
mod sign_in;

pub use account::{AccountErrors, AccountPage, AccountPageProps, AccountView, Device, HappenedRow};
pub use commands::{
    AccountFlash, AskSignIn, ChangeAddress, ChangePassword, ChangePerson, ChangePhone, EndSession, EnterCode,
    EraseAccount, PressLink, RenewRecoveryCodes, SignOut, SignOutEverywhere, TakeSecondStep,
};
pub use erase::{EraseAccountPage, EraseAccountPageProps, EraseView, ErasedPage, ErasedPageProps};
pub use my::{FailedMail, MyPage, MyPageProps};
pub(crate) use offer::AccountOffer;
pub use second_step::{
    RecoveryCodesPage, RecoveryCodesPageProps, SecondStepPage, SecondStepPageProps, SecondStepSetUp,
};
pub(crate) use sign_in::DemoMail;
pub use sign_in::{
    LinkErrorPage, LinkErrorPageProps, LinkOffer, SignInCodePage, SignInCodePageProps, SignInForm,
    SignInLinkPage, SignInLinkPageProps, SignInPage, SignInPageProps,
};
