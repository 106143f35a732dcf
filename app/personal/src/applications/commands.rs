//! The commands of applying, of applications, and of the questions that follow them.

use domain::applications::{ApplicationDraft, QuestionAnswer};
use domain::command;
use domain::command::TICKED;
use serde::{Deserialize, Serialize};

command! {
    /// Applies for a vacancy, which the address names, or keeps what was filled in so far. A CV comes with it as a file.
    "application" "send" => pub struct SendApplication {
        /// The name.
        pub name: String,
        /// The address of somebody who is not signed in.
        pub email: String,
        /// The motivation.
        pub motivation: String,
        /// The questions that the form asked, which may be others by now.
        pub questions: Vec<String>,
        /// The answers, in the order of the questions.
        pub answers: Vec<String>,
        /// `yes` when it may be kept for a year.
        pub keep: String,
        /// `yes` when the CV that was chosen before does not come with it.
        #[serde(rename = "remove-cv")]
        pub remove_cv: String,
        /// The button: `sign-in` keeps the draft and goes to sign in, `save` only keeps it; all else sends.
        #[serde(rename = "do")]
        pub button: String,
    }
}

impl SendApplication {
    /// What was filled in; whoever is signed in applies by the address of the account.
    pub fn draft(&self, account: Option<String>) -> ApplicationDraft {
        let answers = self.questions.iter().zip(&self.answers);
        let answers = answers
            .filter(|(question, _)| !question.is_empty())
            .map(|(question, answer)| QuestionAnswer { question: question.clone(), answer: answer.clone() });
        ApplicationDraft {
            name: self.name.clone(),
            email: account.unwrap_or_else(|| self.email.clone()),
            motivation: self.motivation.clone(),
            answers: answers.collect(),
            may_be_kept: self.keep == TICKED,
        }
    }

    /// Whether the CV that was chosen before does not come with it.
    pub fn removes_cv(&self) -> bool {
        self.remove_cv == TICKED
    }
}

command! {
    /// Sends an application that was made without an account, or one that was withdrawn.
    "application" "confirm" => pub struct ConfirmApplication {}
}

command! {
    /// Opens an application, which the talent sees.
    "application" "see" => pub struct OpenApplication {}
}

command! {
    /// Accepts the organisation's offer.
    "application" "accept" => pub struct AcceptOffer {}
}

command! {
    /// Withdraws an application.
    "application" "withdraw" => pub struct WithdrawApplication {}
}

command! {
    /// Withdraws the talent's other applications.
    "application" "withdraw-others" => pub struct WithdrawOthers {}
}

command! {
    /// Changes whether an application may be kept for a year.
    "application" "keep" => pub struct ChangeConsent {
        /// `yes` when it may.
        pub keep: String,
    }
}

impl ChangeConsent {
    /// Whether it may be kept.
    pub fn may_be_kept(&self) -> bool {
        self.keep == TICKED
    }
}

command! {
    /// Writes a message to the other side.
    "application" "message" => pub struct WriteMessage {
        /// The message.
        pub message: String,
    }
}

command! {
    /// Gives the organisation's answer.
    "application" "answer" => pub struct AnswerApplication {
        /// The step: `talk`, `offer`, `place` or `decline`.
        pub step: String,
        /// The code of the reason, with `decline`.
        pub reason: String,
        /// The first day, with `place`, as browsers write it.
        pub from: String,
        /// The words with it.
        pub words: String,
    }
}

command! {
    /// Says what became of a vacancy.
    "outcome" "answer" => pub struct AnswerOutcome {
        /// The code of the answer.
        pub answer: String,
    }
}

command! {
    /// Says where somebody is who was placed.
    "follow-up" "answer" => pub struct AnswerFollowUp {
        /// The code of the answer.
        pub answer: String,
    }
}

/// The result of a change of an application, as its page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApplicationFlash {
    /// It was sent.
    Sent,
    /// It had been sent before.
    Known,
    /// The organisation's answer was given.
    Answered,
    /// The offer was accepted.
    Accepted,
    /// It was withdrawn.
    Withdrawn,
    /// A message was sent.
    Written,
    /// The consent was changed.
    ConsentChanged,
    /// The number of other applications that were withdrawn.
    OthersWithdrawn(u32),
}
