//! Applying, and what talent and organisation see of an application. All of it is drawn by the server; the form has a small
//! script of its own.

mod apply;
mod commands;
mod question;
mod show;

pub use apply::{ApplyPage, ApplyPageProps, ApplySentPage, ApplySentPageProps, ApplyView};
pub use commands::{
    AcceptOffer, AnswerApplication, AnswerFollowUp, AnswerOutcome, ApplicationFlash, ChangeConsent,
    ConfirmApplication, OpenApplication, SendApplication, WithdrawApplication, WithdrawOthers, WriteMessage,
};
pub use question::{QuestionPage, QuestionPageProps};
pub use show::{ApplicationPage, ApplicationPageProps, ApplicationView, GonePage, GonePageProps};

/// Keeps what is typed through a reload and a lost connection, and shows how far a file is on its way.
pub const APPLY_SCRIPT: &str = include_str!("apply.js");

#[cfg(test)]
mod tests {
    use domain::Language;
    use domain::applications::CONSENT_VERSION;

    use words::texts as t;

    /// Whoever changes this text gives it another version: those who consented consented to the old one.
    #[test]
    fn the_version_of_the_consent_is_that_of_its_text() {
        let text = |language| {
            let hint = t::apply_keep_hint(language, "LONG", "Berkel", "SHORT");
            format!("{}. {hint}", t::apply_keep(language))
        };
        assert_eq!(CONSENT_VERSION, "2026-11");
        assert_eq!(
            text(Language::Dutch),
            "Bewaar mijn sollicitatie een jaar. Dan kan Berkel je ook later nog benaderen. Zonder je toestemming wissen we \
             alles uiterlijk op SHORT, met toestemming uiterlijk op LONG. Je kunt dit altijd terugdraaien."
        );
        assert_eq!(
            text(Language::German),
            "Meine Bewerbung ein Jahr aufbewahren. Dann kann Berkel sich auch später noch bei dir melden. Ohne deine \
             Einwilligung löschen wir alles spätestens am SHORT, mit Einwilligung spätestens am LONG. Du kannst das \
             jederzeit zurücknehmen."
        );
        assert_eq!(
            text(Language::English),
            "Keep my application for a year. Then Berkel can contact you later too. Without your consent we erase \
             everything on SHORT at the latest, with consent on LONG. You can take this back at any time."
        );
    }
}
