//! The profile with which vacancies are compared for the talent who asks.

use domain::talents::Fitting;
use web::RequestContext;

/// What vacancies are compared with for somebody who asks; nothing for somebody who is not signed in, told too little, or wants no marks.
pub async fn fitting(context: &RequestContext) -> Result<Option<Fitting>, store::Error> {
    let Some(who) = &context.signed_in else { return Ok(None) };
    match context.state.store().find_profile(&who.talent()).await {
        // A search without marks is better than none.
        Err(error @ store::Error::Unreadable(_)) => {
            tracing::error!(%error, "a profile can't be read");
            Ok(None)
        }
        found => Ok(found?.fitting()),
    }
}
