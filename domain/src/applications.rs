//! Applications: a talent's answer to a vacancy, from the form to the first day at work.

pub mod mail;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::accounts::{EmailAddress, LONGEST_NAME};
use crate::field_errors::{FieldError, FieldErrors, item_name};
use crate::list::{Column, Direction, FilterKind, ListSpec, Sort};
use crate::text::{clean_line, clean_lines};
use crate::words::words;

words! {
    /// The state of an application.
    ApplicationState {
        /// Sent by somebody without an account, who has not yet pressed the link in the mail.
        Unconfirmed = "unconfirmed", "onbevestigd";
        /// With the organisation.
        Submitted = "submitted", "verstuurd";
        /// Somebody of the organisation opened it.
        Seen = "seen", "gezien";
        /// They talk.
        InConversation = "in_conversation", "in gesprek";
        /// The organisation offers the place.
        Offered = "offered", "aangeboden";
        /// The talent takes it.
        Accepted = "accepted", "aangenomen";
        /// The talent starts, from a day that is known.
        Placed = "placed", "geplaatst";
        /// The organisation said no.
        Declined = "declined", "afgewezen";
        /// The talent took it back.
        Withdrawn = "withdrawn", "ingetrokken";
        /// The vacancy closed and no answer came.
        Expired = "expired", "verlopen";
    }
}

words! {
    /// The side that does something with an application.
    Side {
        /// The applicant.
        Talent = "talent", "talent";
        /// The organisation that offers the vacancy.
        Organisation = "organisation", "organisatie";
        /// The programme office, or the hub by itself.
        Hub = "hub", "hub";
    }
}

words! {
    /// An organisation's reason for declining.
    DeclineReason {
        /// The place is taken.
        Filled = "filled", "plek is vergeven";
        /// Somebody else fits better.
        Other = "other_candidate", "andere kandidaat";
        /// Skills or experience are missing.
        Skills = "skills", "vaardigheden";
        /// Study or level does not fit.
        Study = "study", "opleiding";
        /// Period, hours or place do not fit.
        Period = "period", "periode of plaats";
        /// The place no longer exists.
        Cancelled = "cancelled", "plek vervalt";
    }
}

impl ApplicationState {
    /// Whether an application may go from this state to the other when this side does it.
    ///
    /// What an organisation and a talent agreed on the phone counts: an organisation may say that somebody starts without
    /// having made an offer here. A no can be taken back, an answer may come late, and a talent who withdrew
    /// may apply again.
    pub const fn may_become(self, next: Self, by: Side) -> bool {
        use ApplicationState::{
            Accepted, Declined, Expired, InConversation, Offered, Placed, Seen, Submitted, Unconfirmed,
            Withdrawn,
        };
        match by {
            Side::Talent => matches!(
                (self, next),
                (Unconfirmed | Withdrawn, Submitted)
                    | (Offered, Accepted)
                    | (Submitted | Seen | InConversation | Offered | Accepted, Withdrawn)
            ),
            Side::Organisation => matches!(
                (self, next),
                (Submitted, Seen)
                    | (Submitted | Seen | Declined | Expired, InConversation)
                    | (Submitted | Seen | InConversation, Offered)
                    | (InConversation | Offered | Accepted, Placed)
                    | (Submitted | Seen | InConversation | Offered | Accepted | Expired, Declined)
            ),
            Side::Hub => matches!(
                (self, next),
                (Submitted | Seen, Expired) | (InConversation | Offered | Accepted, Placed)
            ),
        }
    }

    /// The states to which this side may bring an application, in the order in which people go through them.
    pub fn next_by(self, by: Side) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|next| self.may_become(*next, by)).collect()
    }

    /// Whether somebody still waits for something.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Submitted | Self::Seen | Self::InConversation | Self::Offered | Self::Accepted)
    }

    /// Whether it ended without a place.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Declined | Self::Withdrawn | Self::Expired)
    }

    /// Whether the organisation has not answered yet; having looked is no answer.
    pub const fn waits_for_answer(self) -> bool {
        matches!(self, Self::Submitted | Self::Seen)
    }
}

/// The longest motivation, answer or message in characters.
pub const LONGEST_TEXT: usize = 4_000;
/// The largest number of questions that an organisation may ask.
pub const MOST_QUESTIONS: usize = 5;
/// The longest question in characters.
pub const LONGEST_QUESTION: usize = 200;
/// The largest size of a CV in bytes.
pub const LARGEST_CV: usize = 5 * 1024 * 1024;

/// The time within which an applicant without an account confirms the address.
pub const CONFIRM_WITHIN: TimeDelta = TimeDelta::days(7);
/// The time for which a draft that was not sent is kept.
pub const DRAFTS_KEPT_FOR: TimeDelta = TimeDelta::days(7);
/// The numbers of days without an answer after which the organisation is reminded.
pub const REMINDED_AFTER_DAYS: [i64; 2] = [7, 14];
/// The time without an answer after which the programme office sees it.
pub const FLAGGED_AFTER: TimeDelta = TimeDelta::days(30);
/// The number of days after the closing day on which an application without an answer expires.
pub const EXPIRES_DAYS_AFTER_CLOSING: u64 = 14;
/// The number of days after the closing day on which an application is erased: four weeks, as the Dutch data protection
/// authority (Autoriteit Persoonsgegevens) advises.
pub const KEPT_DAYS_AFTER_CLOSING: u64 = 28;
/// The same with the talent's consent: a year, the longest that the authority calls reasonable.
pub const KEPT_DAYS_WITH_CONSENT: u64 = 365;
/// The version of the text by which a talent consents to a year; a changed text gets another.
pub const CONSENT_VERSION: &str = "2026-11";

/// The last day on which an application is kept.
pub fn kept_until(closes_on: NaiveDate, has_consent: bool) -> NaiveDate {
    let days = if has_consent { KEPT_DAYS_WITH_CONSENT } else { KEPT_DAYS_AFTER_CLOSING };
    closes_on.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// An application as somebody types it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationDraft {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The motivation.
    pub motivation: String,
    /// The answers, each with its question: the organisation may change its questions meanwhile.
    pub answers: Vec<QuestionAnswer>,
    /// Whether it may be kept for a year.
    pub may_be_kept: bool,
}

/// A question of the organisation, and what the talent answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAnswer {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// An application that can be sent; only [`ApplicationDraft::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewApplication {
    /// The name.
    pub name: String,
    /// The address.
    pub email: EmailAddress,
    /// The motivation.
    pub motivation: String,
    /// The answers to the organisation's questions.
    pub answers: Vec<QuestionAnswer>,
    /// Whether it may be kept for a year.
    pub may_be_kept: bool,
}

impl ApplicationDraft {
    /// The answer typed for a question; empty when that is new.
    pub fn answer_to(&self, question: &str) -> &str {
        self.answers.iter().find(|answer| answer.question == question).map_or("", |answer| &answer.answer)
    }

    /// Checks what was typed.
    ///
    /// # Errors
    /// Every field that is wrong: `name`, `email`, `motivation`, and each of `answers` at the place of its question.
    pub fn check(&self, questions: &[String]) -> Result<NewApplication, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut check = |field: &str, text: String, longest: usize| {
            if let Some(error) = error_of(&text, longest) {
                errors.insert(field, error);
            }
            text
        };
        let name = check("name", clean_line(&self.name), LONGEST_NAME);
        let motivation = check("motivation", clean_lines(&self.motivation), LONGEST_TEXT);
        let answers = questions.iter().enumerate().map(|(at, question)| {
            let answer = clean_lines(self.answer_to(question));
            let answer = check(&item_name("answers", at), answer, LONGEST_TEXT);
            QuestionAnswer { question: question.clone(), answer }
        });
        let answers = answers.collect();
        let Some(email) = EmailAddress::parse(&self.email) else {
            let is_empty = self.email.trim().is_empty();
            errors.insert("email", if is_empty { FieldError::Missing } else { FieldError::NoEmail });
            return Err(errors);
        };
        errors.or(NewApplication { name, email, motivation, answers, may_be_kept: self.may_be_kept })
    }
}

fn error_of(text: &str, longest: usize) -> Option<FieldError> {
    if text.is_empty() {
        Some(FieldError::Missing)
    } else if text.chars().count() > longest {
        Some(FieldError::TooLong { longest })
    } else {
        None
    }
}

/// The questions of an organisation as typed: tidied, without those that are empty.
///
/// # Errors
/// Each one that is too long, at its place in `questions`, and a list that is too long.
pub fn check_questions(typed: &[String]) -> Result<Vec<String>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let lines: Vec<String> = typed.iter().map(|question| clean_line(question)).collect();
    for (at, line) in lines.iter().enumerate() {
        if line.chars().count() > LONGEST_QUESTION {
            errors.insert_item("questions", at, FieldError::TooLong { longest: LONGEST_QUESTION });
        }
    }
    let questions: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    if questions.len() > MOST_QUESTIONS {
        errors.insert("questions", FieldError::TooMany { most: MOST_QUESTIONS });
    }
    errors.or(questions)
}

/// Checks a message about an application, or the words with an answer.
///
/// # Errors
/// It is empty or too long.
pub fn check_message(text: &str) -> Result<String, FieldError> {
    let text = clean_lines(text);
    error_of(&text, LONGEST_TEXT).map_or(Ok(text), Err)
}

/// A CV that came with an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cv {
    /// The name of the file as the talent's computer calls it.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// The reason why a file is not taken as a CV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CvError {
    /// It has more than [`LARGEST_CV`] bytes.
    TooLarge,
    /// It is no PDF, or only a part of one.
    NotPdf,
    /// It needs a password.
    Locked,
    /// It holds a program, or other files.
    Active,
}

impl From<CvError> for FieldError {
    fn from(error: CvError) -> Self {
        match error {
            CvError::TooLarge => Self::FileTooLarge { most: LARGEST_CV },
            CvError::NotPdf => Self::NoPdf,
            CvError::Locked => Self::PdfLocked,
            CvError::Active => Self::PdfActive,
        }
    }
}

/// An application as those see it whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// The row's number.
    pub id: i64,
    /// The vacancy that it answers.
    pub vacancy: AppliedVacancy,
    /// The name of the talent.
    pub name: String,
    /// The talent's address.
    pub email: EmailAddress,
    /// The motivation.
    pub motivation: String,
    /// The answers to the organisation's questions.
    pub answers: Vec<QuestionAnswer>,
    /// The CV.
    pub cv: Option<Cv>,
    /// The state.
    pub state: ApplicationState,
    /// The talent's first day.
    pub placed_from: Option<NaiveDate>,
    /// Whether the talent consented to a year.
    pub may_be_kept: bool,
    /// The timeline, the oldest entry first.
    pub entries: Vec<TimelineEntry>,
}

impl Application {
    /// Whether somebody of the organisation opened it since it was sent last. Until then the organisation sees no more of it
    /// than that it is there: programs that guard mailboxes open links, and an application that was
    /// withdrawn in time was never read.
    pub fn is_opened(&self) -> bool {
        let since = self.entries.iter().rev();
        since
            .take_while(|entry| entry.state != Some(ApplicationState::Submitted))
            .any(|entry| entry.side == Side::Organisation)
    }

    /// The last day on which it is kept.
    pub fn kept_until(&self) -> NaiveDate {
        kept_until(self.vacancy.closes_on, self.may_be_kept)
    }
}

/// The vacancy that an application answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedVacancy {
    /// The row's number.
    pub id: i64,
    /// The title.
    pub title: String,
    /// The last part of its address.
    pub slug: String,
    /// The organisation that offers it.
    pub organisation: String,
    /// The last part of the organisation's address.
    pub organisation_slug: String,
    /// The last day on which it is public.
    pub closes_on: NaiveDate,
}

/// Something that happened to an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// The time.
    pub at: DateTime<Utc>,
    /// The side that did it.
    pub side: Side,
    /// The name of the person who did it; empty when the hub did.
    pub actor: String,
    /// The state to which it led; `None` for a message.
    pub state: Option<ApplicationState>,
    /// The organisation's reason for declining.
    pub reason: Option<DeclineReason>,
    /// The text.
    pub text: Option<String>,
}

impl TimelineEntry {
    /// The name of the person who did it, as the talent reads it: a colleague of the organisation without a name is known
    /// by an address, which is not the talent's business.
    pub fn actor_for_talent<'a>(&'a self, organisation: &'a str) -> &'a str {
        if self.side == Side::Organisation && self.actor.contains('@') { organisation } else { &self.actor }
    }
}

/// An application in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationRow {
    /// The row's number.
    pub id: i64,
    /// The vacancy that it answers.
    pub vacancy: AppliedVacancy,
    /// The name of the talent.
    pub name: String,
    /// The state.
    pub state: ApplicationState,
    /// The time since which it is in that state.
    pub state_since: DateTime<Utc>,
}

/// What an organisation received, as a list; its search looks for names.
pub static RECEIVED: ListSpec = ListSpec {
    name: "received",
    columns: &[
        Column { key: "naam", is_sortable: true, is_shown: true, filter: None },
        Column { key: "vacature", is_sortable: false, is_shown: true, filter: Some(FilterKind::Reference) },
        Column {
            key: "stand",
            is_sortable: false,
            is_shown: true,
            filter: Some(FilterKind::Choice(RECEIVED_STATES)),
        },
        Column {
            key: "wacht",
            is_sortable: false,
            is_shown: true,
            filter: Some(FilterKind::Choice(&[WAITING])),
        },
        Column { key: "sinds", is_sortable: true, is_shown: false, filter: None },
        Column { key: "ontvangen", is_sortable: true, is_shown: true, filter: None },
    ],
    sort: Sort { column: "ontvangen", direction: Direction::Descending },
    page_size: 25,
    has_search: true,
    has_board: true,
};

/// The word by which [`RECEIVED`] is asked for what waits for an answer.
pub const WAITING: &str = "ja";

/// The words of the states in which an organisation sees an application.
const RECEIVED_STATES: &[&str] = &[
    ApplicationState::Submitted.word(),
    ApplicationState::Seen.word(),
    ApplicationState::InConversation.word(),
    ApplicationState::Offered.word(),
    ApplicationState::Accepted.word(),
    ApplicationState::Placed.word(),
    ApplicationState::Declined.word(),
    ApplicationState::Withdrawn.word(),
    ApplicationState::Expired.word(),
];

/// An action on an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Looks at it.
    See,
    /// Begins to talk.
    Talk,
    /// Offers the place.
    Offer,
    /// Takes the offer.
    Accept,
    /// Says that the talent starts on this day.
    Place(NaiveDate),
    /// Says no.
    Decline(DeclineReason),
    /// Takes it back.
    Withdraw,
}

impl Step {
    /// The state to which the step leads.
    pub const fn leads_to(&self) -> ApplicationState {
        match self {
            Self::See => ApplicationState::Seen,
            Self::Talk => ApplicationState::InConversation,
            Self::Offer => ApplicationState::Offered,
            Self::Accept => ApplicationState::Accepted,
            Self::Place(_) => ApplicationState::Placed,
            Self::Decline(_) => ApplicationState::Declined,
            Self::Withdraw => ApplicationState::Withdrawn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ApplicationState::{
        Accepted, Declined, Expired, InConversation, Offered, Placed, Seen, Submitted, Unconfirmed, Withdrawn,
    };
    use super::Side::{Hub, Organisation, Talent};
    use super::*;

    #[test]
    fn an_organisation_asks_for_every_state_but_that_of_what_was_not_confirmed() {
        let states = ApplicationState::ALL.iter().filter(|state| **state != ApplicationState::Unconfirmed);
        assert!(states.map(|state| state.word()).eq(RECEIVED_STATES.iter().copied()));
    }

    #[test]
    fn only_the_listed_changes_of_state_are_allowed_to_each_side() {
        let allowed = [
            (Unconfirmed, Submitted, vec![Talent]),
            (Submitted, Seen, vec![Organisation]),
            (Submitted, InConversation, vec![Organisation]),
            (Submitted, Offered, vec![Organisation]),
            (Submitted, Declined, vec![Organisation]),
            (Submitted, Withdrawn, vec![Talent]),
            (Submitted, Expired, vec![Hub]),
            (Seen, InConversation, vec![Organisation]),
            (Seen, Offered, vec![Organisation]),
            (Seen, Declined, vec![Organisation]),
            (Seen, Withdrawn, vec![Talent]),
            (Seen, Expired, vec![Hub]),
            (InConversation, Offered, vec![Organisation]),
            (InConversation, Placed, vec![Organisation, Hub]),
            (InConversation, Declined, vec![Organisation]),
            (InConversation, Withdrawn, vec![Talent]),
            (Offered, Accepted, vec![Talent]),
            (Offered, Placed, vec![Organisation, Hub]),
            (Offered, Declined, vec![Organisation]),
            (Offered, Withdrawn, vec![Talent]),
            (Accepted, Placed, vec![Organisation, Hub]),
            (Accepted, Declined, vec![Organisation]),
            (Accepted, Withdrawn, vec![Talent]),
            (Declined, InConversation, vec![Organisation]),
            (Withdrawn, Submitted, vec![Talent]),
            (Expired, InConversation, vec![Organisation]),
            (Expired, Declined, vec![Organisation]),
        ];
        for &from in ApplicationState::ALL {
            for &to in ApplicationState::ALL {
                let listed = allowed.iter().find(|(one, other, _)| (*one, *other) == (from, to));
                for &side in Side::ALL {
                    let expected = listed.is_some_and(|(_, _, sides)| sides.contains(&side));
                    assert_eq!(from.may_become(to, side), expected, "{from:?} to {to:?} by {side:?}");
                }
            }
        }
        assert_eq!(Offered.next_by(Talent), [Accepted, Withdrawn]);
        assert!(Placed.next_by(Talent).is_empty() && Placed.next_by(Organisation).is_empty());
    }

    fn answer(question: &str, answer: &str) -> QuestionAnswer {
        QuestionAnswer { question: question.into(), answer: answer.into() }
    }

    fn draft() -> ApplicationDraft {
        ApplicationDraft {
            name: " Tim  van den Berg ".into(),
            email: "Tim+stage@Müller.example".into(),
            motivation: "Ik wil leren lassen.\r\n\r\nLiefst in Ulft.".into(),
            answers: vec![answer("Heb je een rijbewijs?", "Ja"), answer("Oud?", "Ja")],
            may_be_kept: true,
        }
    }

    #[test]
    fn a_draft_that_is_right_becomes_an_application() {
        let questions = ["Heb je een rijbewijs?".to_owned()];
        let new = draft().check(&questions).unwrap();
        assert_eq!((new.name.as_str(), new.email.as_str()), ("Tim van den Berg", "tim+stage@müller.example"));
        assert_eq!(new.motivation, "Ik wil leren lassen.\n\nLiefst in Ulft.");
        assert_eq!(new.answers, [answer("Heb je een rijbewijs?", "Ja")], "nothing else was asked");
        assert!(new.may_be_kept);
    }

    #[test]
    fn a_draft_reports_every_bad_field() {
        let questions = ["Een?".to_owned(), "Twee?".to_owned()];
        let long = "x".repeat(10_000);
        let bad = ApplicationDraft {
            name: "\u{202e} \n".into(),
            email: "geen adres".into(),
            motivation: long.clone(),
            answers: vec![answer("Een?", &long)],
            may_be_kept: false,
        };
        let errors = bad.check(&questions).unwrap_err();
        let too_long = || FieldError::TooLong { longest: LONGEST_TEXT };
        assert_eq!(errors.get("name"), Some(&FieldError::Missing));
        assert_eq!(errors.get("email"), Some(&FieldError::NoEmail));
        assert_eq!(errors.get("motivation"), Some(&too_long()));
        assert_eq!(errors.get_item("answers", 0), Some(&too_long()));
        assert_eq!(errors.get_item("answers", 1), Some(&FieldError::Missing));
        let nothing = ApplicationDraft::default().check(&[]).unwrap_err();
        assert_eq!(nothing.get("email"), Some(&FieldError::Missing));
    }

    #[test]
    fn an_application_is_kept_for_four_weeks_or_a_year() {
        let closes_on = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        assert_eq!(kept_until(closes_on, false), NaiveDate::from_ymd_opt(2027, 1, 28).unwrap());
        assert_eq!(kept_until(closes_on, true), NaiveDate::from_ymd_opt(2027, 12, 31).unwrap());
    }

    #[test]
    fn an_application_runs_until_it_ends_with_a_place_or_without_one() {
        let states = |is_so: fn(ApplicationState) -> bool| -> Vec<ApplicationState> {
            ApplicationState::ALL.iter().copied().filter(|state| is_so(*state)).collect()
        };
        assert_eq!(
            states(ApplicationState::is_running),
            [Submitted, Seen, InConversation, Offered, Accepted]
        );
        assert_eq!(states(ApplicationState::is_over), [Declined, Withdrawn, Expired]);
        assert_eq!(
            states(ApplicationState::waits_for_answer),
            [Submitted, Seen],
            "having looked is no answer"
        );
    }

    #[test]
    fn every_step_leads_to_a_state_of_its_own() {
        let steps = [
            (Step::See, Seen),
            (Step::Talk, InConversation),
            (Step::Offer, Offered),
            (Step::Accept, Accepted),
            (Step::Place(NaiveDate::MIN), Placed),
            (Step::Decline(DeclineReason::Period), Declined),
            (Step::Withdraw, Withdrawn),
        ];
        for (step, state) in steps {
            assert_eq!(step.leads_to(), state, "{step:?}");
        }
    }

    #[test]
    fn questions_are_tidied_and_each_that_is_too_long_is_named() {
        let typed =
            |questions: &[&str]| -> Vec<String> { questions.iter().map(|text| (*text).to_owned()).collect() };
        let long = "x".repeat(LONGEST_QUESTION);
        assert_eq!(check_questions(&typed(&[" Een? ", "", &long])), Ok(typed(&["Een?", &long])));
        let errors = check_questions(&typed(&["Een?", &(long + "x")])).unwrap_err();
        let too_long = FieldError::TooLong { longest: LONGEST_QUESTION };
        assert_eq!(errors.iter().collect::<Vec<_>>(), [("questions[1]", &too_long)]);
        let many = vec!["Waarom?".to_owned(); MOST_QUESTIONS];
        assert_eq!(check_questions(&many), Ok(many.clone()));
        let errors = check_questions(&[many, typed(&["Echt?"])].concat()).unwrap_err();
        assert_eq!(errors.get("questions"), Some(&FieldError::TooMany { most: MOST_QUESTIONS }));
    }

    #[test]
    fn each_bad_field_alone_stops_an_application() {
        let questions = ["Heb je een rijbewijs?".to_owned()];
        let bad: [fn(&mut ApplicationDraft); 4] = [
            |draft| draft.name = String::new(),
            |draft| draft.email = "tim".into(),
            |draft| draft.motivation = String::new(),
            |draft| draft.answers = vec![answer("Heb je een rijbewijs?", " ")],
        ];
        for change in bad {
            let mut draft = draft();
            change(&mut draft);
            let errors = draft.check(&questions).unwrap_err();
            assert_eq!(errors.len(), 1, "{errors:?}");
        }
    }

    #[test]
    fn a_message_has_one_to_four_thousand_characters() {
        assert_eq!(check_message(" Dank je wel!\r\n "), Ok("Dank je wel!".into()));
        assert_eq!(check_message("é".repeat(4_000).as_str()), Ok("é".repeat(4_000)));
        assert_eq!(check_message("é".repeat(4_001).as_str()), Err(FieldError::TooLong { longest: 4_000 }));
        assert_eq!(check_message(" \n "), Err(FieldError::Missing));
    }

    #[test]
    fn a_cv_has_at_most_five_megabytes() {
        assert_eq!(LARGEST_CV, 5_242_880);
    }

    fn entry(side: Side, state: Option<ApplicationState>) -> TimelineEntry {
        TimelineEntry {
            at: DateTime::UNIX_EPOCH,
            side,
            actor: String::new(),
            state,
            reason: None,
            text: None,
        }
    }

    fn application(entries: Vec<TimelineEntry>) -> Application {
        Application {
            id: 1,
            vacancy: AppliedVacancy {
                id: 1,
                title: "Lasrobot".into(),
                slug: "lasrobot-1".into(),
                organisation: "IJsselmetaal".into(),
                organisation_slug: "ijsselmetaal".into(),
                closes_on: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
            },
            name: "Tim".into(),
            email: EmailAddress::parse("tim@example.nl").unwrap(),
            motivation: "Ik wil leren lassen.".into(),
            answers: vec![],
            cv: None,
            state: Submitted,
            placed_from: None,
            may_be_kept: false,
            entries,
        }
    }

    #[test]
    fn an_application_is_opened_when_the_organisation_did_something_since_it_was_sent_last() {
        let sent = || entry(Talent, Some(Submitted));
        let is_opened = |entries| application(entries).is_opened();
        assert!(!is_opened(vec![sent()]));
        assert!(!is_opened(vec![sent(), entry(Talent, None)]), "the talent wrote, nobody looked");
        assert!(is_opened(vec![sent(), entry(Organisation, Some(Seen)), entry(Talent, None)]));
        let again = vec![sent(), entry(Organisation, Some(Seen)), entry(Talent, Some(Withdrawn)), sent()];
        assert!(!is_opened(again), "what was sent again is as new");
    }

    #[test]
    fn the_consent_of_the_talent_decides_how_long_an_application_is_kept() {
        let mut application = application(vec![]);
        assert_eq!(application.kept_until(), NaiveDate::from_ymd_opt(2027, 1, 28).unwrap());
        application.may_be_kept = true;
        assert_eq!(application.kept_until(), NaiveDate::from_ymd_opt(2027, 12, 31).unwrap());
    }

    #[test]
    fn a_talent_reads_names_of_colleagues_but_no_addresses() {
        let read = |side, actor: &str| {
            let entry = TimelineEntry { actor: actor.into(), ..entry(side, None) };
            entry.actor_for_talent("IJsselmetaal").to_owned()
        };
        assert_eq!(read(Organisation, "hr@ijsselmetaal.example"), "IJsselmetaal");
        assert_eq!(read(Organisation, "Henk Wolters"), "Henk Wolters");
        assert_eq!(read(Talent, "tim@example.nl"), "tim@example.nl", "one's own address is no secret");
        assert_eq!(read(Hub, ""), "");
    }
}
