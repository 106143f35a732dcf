//! The errors of fields, in words.

use domain::{FieldError, FieldErrors, Language};

use crate::{format, texts as t};

/// The error of a field, as the page says it beside the field where it has no words of its own for it.
pub fn field_error(error: &FieldError, language: Language) -> String {
    let plain = match error {
        FieldError::Missing => t::fault_missing(language),
        FieldError::NoPlainText => t::fault_plain(language),
        FieldError::NoEmail => t::fault_email(language),
        FieldError::NoWebAddress => t::fault_web_address(language),
        FieldError::NoKvkNumber => t::fault_kvk(language),
        FieldError::NoPictureFile => t::fault_picture(language),
        FieldError::NoAmount => t::fault_amount(language),
        FieldError::NoDate => t::fault_day(language),
        FieldError::NoDateTime => t::fault_date_time(language),
        FieldError::NoYesOrNo => t::fault_yes_no(language),
        FieldError::EndsBeforeStart => t::fault_ends_first(language),
        FieldError::UnknownChoice => t::fault_choice(language),
        FieldError::UnknownPlace { nearest: None } => t::fault_place(language),
        FieldError::Taken => t::fault_taken(language),
        FieldError::Unchanged => t::fault_unchanged(language),
        FieldError::Wrong => t::fault_wrong(language),
        FieldError::TooCommon => t::fault_common(language),
        FieldError::LastOne => t::fault_last(language),
        FieldError::NoPdf => t::apply_not_pdf(language),
        FieldError::PdfLocked => t::apply_locked(language),
        FieldError::PdfActive => t::apply_active(language),
        FieldError::TooLong { longest } => return t::fault_text_long(language, *longest),
        FieldError::TooShort { shortest } => return t::fault_text_short(language, *shortest),
        FieldError::TooMany { most } => return t::fault_many(language, *most),
        FieldError::NoNumber { least, most } => return t::fault_integer(language, *least, *most),
        FieldError::DateBefore { earliest } => {
            return t::fault_day_early(language, format::date(*earliest, language));
        }
        FieldError::DateAfter { latest } => {
            return t::fault_day_late(language, format::date(*latest, language));
        }
        FieldError::LastsTooLong { days } => return t::fault_lasts(language, u32::from(*days)),
        FieldError::UnknownPlace { nearest: Some(place) } => return t::fault_place_near(language, place),
        FieldError::OtherMunicipality { municipality } => {
            return t::fault_municipality(language, municipality);
        }
        FieldError::FileTooLarge { most } => {
            return t::fault_file_large(language, most / 1_000_000);
        }
    };
    plain.to_owned()
}

/// The error of a field of a form in words, when it has one.
pub fn error_text(errors: &FieldErrors, field: &str, language: Language) -> Option<String> {
    errors.get(field).map(|error| field_error(error, language))
}
