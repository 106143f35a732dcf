//! The second step of signing in, for staff: what its page shows, and its commands.

use axum::body::Body;
use axum::http::Response;
use domain::FieldError;
use qrcode::QrCode;
use qrcode::render::svg;
use store::{RECOVERY_CODES, SecondStep, SignedIn, TotpSecret};

use web::{
    Call, Done, PageError, PageRequest, PageResult, Person, Rejection, RequestContext, Run, Session,
    private_page, see_other,
};

use super::sign_in::{own_address, refused_at, wanted_of, with_wanted};
use crate::accounts::{
    ChangePhone, RecoveryCodesPage, RecoveryCodesPageProps, RenewRecoveryCodes, SecondStepPage,
    SecondStepPageProps, SecondStepSetUp, TakeSecondStep,
};
use words::field_errors::field_error;
use words::paths::Page;
use words::texts as t;

/// Asks for the second step; gives who has none what is needed to set it up.
pub(crate) async fn second_step(request: PageRequest<Session>) -> PageResult {
    let PageRequest { context, access: Session(who), rejection, .. } = request;
    let language = context.language;
    let begun = context.state.store().find_begun_second_step(&who).await?;
    let set_up = match (who.second_step(), begun) {
        // Who sets up another phone has taken the step.
        (SecondStep::NotNeeded | SecondStep::Taken, None) => {
            return Ok(see_other(&own_address(&wanted_of(&context), language)));
        }
        (SecondStep::Waiting, _) => None,
        (SecondStep::NotSetUp, None) => {
            let secret = TotpSecret::of(context.state.random());
            context.state.store().begin_second_step(&who, &secret).await?;
            Some(set_up_view(&context, &who, &secret))
        }
        (_, Some(secret)) => Some(set_up_view(&context, &who, &secret)),
    };
    let error = code_error::<TakeSecondStep>(&context, &rejection);
    Ok(private_page(&context, Page::SecondStep, t::second_step_title(language), move || {
        SecondStepPage(SecondStepPageProps { set_up, error, language })
    }))
}

/// The error of the code of a command, in words.
pub(crate) fn code_error<C: domain::Command>(
    context: &RequestContext,
    rejection: &Rejection,
) -> Option<String> {
    let (_, error) = rejection.command::<C>()?;
    rejection.wait_text(context).or_else(|| {
        Some(match error.of_field("code")? {
            FieldError::Wrong => t::second_step_wrong(context.language).to_owned(),
            error => field_error(error, context.language),
        })
    })
}

/// A token as an app takes it: as a picture, and in letters.
fn set_up_view(context: &RequestContext, who: &SignedIn, token: &TotpSecret) -> SecondStepSetUp {
    let url = token.to_url(&context.state.hub().name, who.viewer().email.as_str());
    let picture = QrCode::with_error_correction_level(url, qrcode::EcLevel::M)
        .map(|code| code.render::<svg::Color<'_>>().min_dimensions(200, 200).build())
        .unwrap_or_default();
    // The head of an SVG file has no place within a page.
    let picture = picture.find("<svg").map_or(String::new(), |at| picture[at..].to_owned());
    let letters = token.to_text();
    let groups: Vec<&str> =
        (0..letters.len()).step_by(4).map(|at| &letters[at..(at + 4).min(letters.len())]).collect();
    let is_other_phone = who.second_step() == SecondStep::Taken;
    SecondStepSetUp { picture, letters: groups.join(" "), is_other_phone }
}

impl Run for TakeSecondStep {
    type Access = Session;

    async fn run(
        self,
        Call { context, access: Session(who), .. }: Call<Session>,
    ) -> Result<Done<Self>, PageError> {
        let (store, now) = (context.state.store(), context.now());
        let next = own_address(&wanted_of(&context), context.language);
        let is_begun = store.find_begun_second_step(&who).await?.is_some();
        if is_begun || who.second_step() == SecondStep::NotSetUp {
            let codes = recovery_codes(&context);
            let finished = store.finish_second_step(&who, self.code, codes.clone(), now).await?;
            finished.map_err(|refused| refused_at("code", refused))?;
            return Ok(Done::here().showing(codes_page(&context, Page::SecondStep, codes, next)));
        }
        let taken = store.take_second_step(&who, self.code, now).await?;
        taken.map_err(|refused| refused_at("code", refused))?;
        Ok(Done::here().to(next))
    }
}

impl Run for RenewRecoveryCodes {
    type Access = Person;

    async fn run(
        self,
        Call { context, access: Person(who), .. }: Call<Person>,
    ) -> Result<Done<Self>, PageError> {
        let codes = recovery_codes(&context);
        context.state.store().renew_recovery_codes(&who, codes.clone(), context.now()).await?;
        let next = Page::Account.path(context.language);
        Ok(Done::here().showing(codes_page(&context, Page::Account, codes, next)))
    }
}

impl Run for ChangePhone {
    type Access = Person;

    async fn run(
        self,
        Call { context, access: Person(who), .. }: Call<Person>,
    ) -> Result<Done<Self>, PageError> {
        let (language, secret) = (context.language, TotpSecret::of(context.state.random()));
        let begun = context.state.store().begin_other_phone(&who, self.code, secret, context.now()).await?;
        begun.map_err(|refused| refused_at("code", refused))?;
        Ok(Done::here().to(with_wanted(&Page::SecondStep, language, &Page::Account.path(language))))
    }
}

fn recovery_codes(context: &RequestContext) -> Vec<String> {
    (0..RECOVERY_CODES).map(|_| recovery_code(context.state.random())).collect()
}

/// Shows recovery codes, this once.
fn codes_page(context: &RequestContext, page: Page, codes: Vec<String>, next: String) -> Response<Body> {
    let language = context.language;
    private_page(context, page, t::second_step_codes_title(language), move || {
        RecoveryCodesPage(RecoveryCodesPageProps { codes, next, language })
    })
}

/// Ten letters and digits that can't be mistaken for each other, in two groups.
fn recovery_code(bytes: [u8; 10]) -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut code: String = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    code.insert(5, '-');
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_has_ten_signs_that_are_not_mistaken() {
        let code = recovery_code([0, 31, 32, 255, 7, 8, 9, 10, 11, 12]);
        assert_eq!(code.len(), 11);
        assert!(!code.contains(['l', 'o', '0', '1']), "{code}");
    }
}
