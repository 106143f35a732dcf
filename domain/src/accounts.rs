//! Accounts, roles and the rules of signing in. One person has one account, whatever that person is to the hub.

pub mod mail;

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::field_errors::FieldError;
use crate::text::{clean_line, is_email};
use crate::words::words;

words! {
    /// The role of an account in an organisation.
    MemberRole {
        /// Everything, colleagues included.
        Manager = "manager", "beheerder";
        /// Vacancies and applications.
        Editor = "editor", "redacteur";
    }
}

words! {
    /// The role of an account in the programme office.
    StaffRole {
        /// Everything, accounts of staff included.
        Manager = "manager", "programmamanager";
        /// Talents, applications and the cases of the talent broker.
        Broker = "broker", "talentmakelaar";
        /// Vacancies, organisations, events and texts.
        Editor = "editor", "redacteur";
    }
}

impl StaffRole {
    /// Whether the role is for what talents and organisations do here, and not only for what the site shows.
    pub const fn looks_after_people(self) -> bool {
        matches!(self, Self::Manager | Self::Broker)
    }
}

/// The longest name in characters.
pub const LONGEST_NAME: usize = 120;

/// Reads the name of an account as somebody typed it; nothing when it is left empty, which is allowed.
///
/// # Errors
/// It is too long.
pub fn parse_name(text: &str) -> Result<Option<String>, FieldError> {
    let name = clean_line(text);
    if name.chars().count() > LONGEST_NAME {
        return Err(FieldError::TooLong { longest: LONGEST_NAME });
    }
    Ok(Some(name).filter(|name| !name.is_empty()))
}

impl From<PasswordError> for FieldError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::TooShort => Self::TooShort { shortest: SHORTEST_PASSWORD },
            PasswordError::TooLong => Self::TooLong { longest: LONGEST_PASSWORD },
            PasswordError::Common => Self::TooCommon,
        }
    }
}

/// The address by which an account is known, in small letters.
///
/// The part before the `@` may in theory tell capitals apart; no mail service that people use does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address as somebody typed it.
    pub fn parse(text: &str) -> Option<Self> {
        let address = text.trim().to_lowercase();
        is_email(&address).then_some(Self(address))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no e-mail address")
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

/// An error in a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordError {
    /// It has fewer than [`SHORTEST_PASSWORD`] characters.
    TooShort,
    /// It has more than [`LONGEST_PASSWORD`] characters.
    TooLong,
    /// Many people have it, or it is the address itself.
    Common,
}

/// The shortest password in characters. NIST SP 800-63B asks for 8 beside a second step and for more without one.
pub const SHORTEST_PASSWORD: usize = 10;
/// The longest password in characters: a limit for the work of checking it, beyond what people remember.
pub const LONGEST_PASSWORD: usize = 200;

/// Checks a new password; there are no rules of composition, as they make people write passwords down.
///
/// # Errors
/// The rule that it breaks.
pub fn check_password(
    password: &str,
    address: &EmailAddress,
    is_common: impl Fn(&str) -> bool,
) -> Result<(), PasswordError> {
    let length = password.chars().count();
    let small = password.to_lowercase();
    if length < SHORTEST_PASSWORD {
        Err(PasswordError::TooShort)
    } else if length > LONGEST_PASSWORD {
        Err(PasswordError::TooLong)
    } else if small == address.as_str() || is_common(&small) {
        Err(PasswordError::Common)
    } else {
        Ok(())
    }
}

/// The number of tries without a pause.
const FREE_TRIES: u32 = 5;
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(30);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);
/// The time without a try after which all tries are forgotten.
pub const TRIES_FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(24);

/// The pause after a number of tries without a success: half a minute after the fifth, then twice as long each time, up to
/// an hour.
pub fn pause_after(tries: u32) -> TimeDelta {
    let Some(doublings) = tries.checked_sub(FREE_TRIES) else { return TimeDelta::zero() };
    // 30 s doubled seven times is more than an hour.
    (FIRST_PAUSE * (1 << doublings.min(7))).min(LONGEST_PAUSE)
}

/// The lifetime of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLife {
    /// Without a visit.
    pub idle: TimeDelta,
    /// In any case.
    pub whole: TimeDelta,
}

impl SessionLife {
    /// For talents and members, who come by now and then.
    pub const USUAL: Self = Self { idle: TimeDelta::days(30), whole: TimeDelta::days(180) };
    /// For staff, who see everybody's data.
    pub const STAFF: Self = Self { idle: TimeDelta::hours(12), whole: TimeDelta::days(7) };
}

/// The time for which a link or code to sign in works.
pub const SIGN_IN_LASTS: TimeDelta = TimeDelta::minutes(15);
/// The number of tries that a code allows; it has six digits.
pub const CODE_TRIES: u32 = 5;

/// The number of days without a visit after which an account goes: two years.
pub const UNUSED_AFTER_DAYS: i64 = 730;
/// The number of days before that on which its owner is warned.
pub const WARNED_DAYS_BEFORE: i64 = 30;

/// An organisation that somebody works for in the hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The number of the organisation.
    pub organisation_id: i64,
    /// Its name.
    pub organisation: String,
    /// The last part of its address.
    pub slug: String,
    /// The person's role in it.
    pub role: MemberRole,
}

/// Somebody who works for an organisation, or for the programme office, as colleagues see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague<Role> {
    /// The number of the account.
    pub account_id: i64,
    /// The address of the account.
    pub email: EmailAddress,
    /// The name, once the person signed in: typing an address reveals no name.
    pub name: Option<String>,
    /// The person's role.
    pub role: Role,
    /// The time from which the person has worked here.
    pub since: Option<DateTime<Utc>>,
}

/// The signed-in person as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The address of the account.
    pub email: EmailAddress,
    /// The name, when one was given.
    pub name: Option<String>,
    /// The organisations, by name.
    pub memberships: Vec<Membership>,
    /// The person's role in the programme office, once the second step was taken.
    pub staff_role: Option<StaffRole>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_small_letters() {
        let address = |text| EmailAddress::parse(text).map(String::from);
        assert_eq!(
            address(" Sanne.Wolters+stage@Example.NL "),
            Some("sanne.wolters+stage@example.nl".into())
        );
        assert_eq!(address("jürgen@müller.example"), Some("jürgen@müller.example".into()));
        for bad in ["", "sanne", "sanne@", "@example.nl", "a b@example.nl", "a@b@example.nl", "a@example"] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_name_may_be_missing_but_not_endless() {
        assert_eq!(parse_name("  Anna \t van den  Berg\u{202e} "), Ok(Some("Anna van den Berg".into())));
        assert_eq!(parse_name(" "), Ok(None));
        assert_eq!(parse_name(&"x".repeat(120)), Ok(Some("x".repeat(120))));
        assert_eq!(parse_name(&"x".repeat(121)), Err(FieldError::TooLong { longest: 120 }));
    }

    #[test]
    fn a_password_is_long_enough_and_not_common() {
        let address = EmailAddress::parse("sanne@example.nl").unwrap();
        let check = |password: &str| check_password(password, &address, |small| small == "1234567890");
        assert_eq!(check("kort"), Err(PasswordError::TooShort));
        assert_eq!(check("1234567890"), Err(PasswordError::Common));
        assert_eq!(check("Sanne@Example.NL"), Err(PasswordError::Common));
        assert_eq!(check(&"x".repeat(201)), Err(PasswordError::TooLong));
        assert_eq!(check("vier koeien in de wei"), Ok(()));
        assert_eq!(check("ügcäößñéèê"), Ok(()));
    }

    #[test]
    fn pauses_grow_up_to_an_hour() {
        let seconds: Vec<i64> = (0..16).map(|tries| pause_after(tries).num_seconds()).collect();
        assert_eq!(seconds[..5], [0; 5]);
        assert_eq!(seconds[5..], [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]);
        assert_eq!(pause_after(u32::MAX), TimeDelta::hours(1));
    }

    #[test]
    fn only_managers_and_brokers_look_after_people() {
        let roles = StaffRole::ALL.iter().filter(|role| role.looks_after_people());
        assert!(roles.eq(&[StaffRole::Manager, StaffRole::Broker]));
    }

    #[test]
    fn a_password_has_ten_to_two_hundred_characters() {
        let address = EmailAddress::parse("sanne@example.nl").unwrap();
        let check = |length: usize| check_password(&"x".repeat(length), &address, |_| false);
        assert_eq!(
            [9, 10, 200, 201].map(check),
            [Err(PasswordError::TooShort), Ok(()), Ok(()), Err(PasswordError::TooLong)]
        );
    }

    #[test]
    fn an_address_in_data_is_one_that_somebody_could_type() {
        let address: EmailAddress = serde_json::from_str("\"Sanne@Example.NL\"").unwrap();
        assert_eq!(
            (address.as_str(), address.to_string().as_str()),
            ("sanne@example.nl", "sanne@example.nl")
        );
        assert_eq!(serde_json::to_string(&address).unwrap(), "\"sanne@example.nl\"");
        assert!(serde_json::from_str::<EmailAddress>("\"sanne\"").is_err());
    }
}
