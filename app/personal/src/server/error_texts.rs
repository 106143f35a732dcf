//! The error of a field, in words.

use domain::Language;
use domain::applications::CvError;
use domain::text_error::TextError;
use words::texts as t;

pub(crate) fn cv_error_text(error: CvError, language: Language) -> String {
    let text = match error {
        CvError::TooLarge => t::apply_too_large(language),
        CvError::NotPdf => t::apply_not_pdf(language),
        CvError::Locked => t::apply_locked(language),
        CvError::Active => t::apply_active(language),
    };
    text.to_owned()
}

pub(crate) fn text_error(error: TextError, language: Language) -> String {
    match error {
        TextError::Missing => t::fault_missing(language).to_owned(),
        TextError::TooLong(longest) => t::fault_text_long(language, longest),
        TextError::NoAddress => t::fault_email(language).to_owned(),
    }
}
