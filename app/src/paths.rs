//! The address of every page, in every language.

use domain::Language;

/// Where somebody who is signed in gets all that the hub holds of them, in whatever language.
pub const MY_DATA: &str = "/mijn/gegevens.json";
/// Where the CV of an application is given out; its number follows.
pub const CVS: &str = "/cv/";

/// A page that visitors can open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The home page.
    Home,
    /// The search page.
    Vacancies,
    /// A vacancy, by the last part of its address.
    Vacancy(String),
    /// The list of organisations.
    Organisations,
    /// An organisation, by the last part of its address.
    Organisation(String),
    /// The agenda.
    Events,
    /// An event, by the last part of its address.
    Event(String),
    /// About the hub.
    About,
    /// The privacy statement.
    Privacy,
    /// The accessibility statement.
    Accessibility,
    /// Applying for a vacancy, by the last part of its address.
    Apply(String),
    /// An application, by its number or by the token of a link.
    Application(String),
    /// What became of a vacancy, by the token of a link.
    Outcome(String),
    /// Where somebody is who was placed, by the token of a link.
    FollowUp(String),
    /// What an organisation received, by the last part of its address.
    Member(String),
    /// Who works for an organisation here, by the last part of its address.
    Colleagues(String),
    /// Who works for the programme office, and which organisations have people here.
    Staff,
    /// One's alerts.
    Alerts,
    /// Asking for an alert.
    NewAlert,
    /// One's alerts, by the token of a link.
    AlertsLink(String),
    /// Signing in.
    SignIn,
    /// Signing in by the code of a mail.
    SignInCode,
    /// Signing in by the link of a mail, by the token in it.
    SignInLink(String),
    /// The second step of signing in, for staff.
    SecondStep,
    /// What is one's own.
    My,
    /// What a talent tells of itself.
    Profile,
    /// The vacancies that a talent keeps.
    Saved,
    /// One's account.
    Account,
    /// Erasing one's account.
    EraseAccount,
    /// The components, in development builds.
    Style,
}

impl Page {
    /// The path of the page in a language, without what follows a `?`.
    pub fn path(&self, language: Language) -> String {
        let start = match language {
            Language::Dutch => "",
            Language::German => "/de",
            Language::English => "/en",
        };
        match (self.word(language), self.rest(language)) {
            ("", _) if start.is_empty() => "/".to_owned(),
            ("", _) => start.to_owned(),
            (word, Some(slug)) => match self.end(language) {
                Some(end) => format!("{start}/{word}/{slug}/{end}"),
                None => format!("{start}/{word}/{slug}"),
            },
            (word, None) => format!("{start}/{word}"),
        }
    }

    /// The translated word of the path; lists and the pages below them share it.
    pub fn word(&self, language: Language) -> &'static str {
        let [dutch, german, english] = match self {
            Self::Home => ["", "", ""],
            Self::Vacancies | Self::Vacancy(_) => ["vacatures", "stellen", "vacancies"],
            Self::Organisations | Self::Organisation(_) => {
                ["organisaties", "organisationen", "organisations"]
            }
            Self::Events | Self::Event(_) => ["agenda", "termine", "events"],
            Self::About => ["over", "ueber-uns", "about"],
            Self::Privacy => ["privacy", "datenschutz", "privacy"],
            Self::Accessibility => ["toegankelijkheid", "barrierefreiheit", "accessibility"],
            Self::Apply(_) => ["solliciteren", "bewerben", "apply"],
            Self::Application(_) => ["sollicitaties", "bewerbungen", "applications"],
            Self::Outcome(_) => ["vervuld", "besetzt", "filled"],
            Self::FollowUp(_) => ["plaatsing", "vermittlung", "placement"],
            Self::Member(_) | Self::Colleagues(_) => ["organisatie", "organisation", "organisation"],
            Self::Staff => ["kantoor", "buero", "office"],
            Self::Alerts | Self::NewAlert | Self::AlertsLink(_) => {
                ["meldingen", "benachrichtigungen", "alerts"]
            }
            Self::SignIn | Self::SignInCode | Self::SignInLink(_) | Self::SecondStep => {
                ["inloggen", "anmelden", "sign-in"]
            }
            Self::My | Self::Profile | Self::Saved | Self::Account | Self::EraseAccount => {
                ["mijn", "mein", "my"]
            }
            Self::Style => ["stijl", "stil", "style"],
        };
        one_of([dutch, german, english], language)
    }

    /// What follows the word.
    fn rest(&self, language: Language) -> Option<&str> {
        match self {
            Self::Vacancy(slug)
            | Self::Organisation(slug)
            | Self::Event(slug)
            | Self::Apply(slug)
            | Self::Application(slug)
            | Self::Outcome(slug)
            | Self::FollowUp(slug)
            | Self::Member(slug)
            | Self::Colleagues(slug)
            | Self::AlertsLink(slug)
            | Self::SignInLink(slug) => Some(slug),
            Self::Staff => Some(one_of(["mensen", "leute", "people"], language)),
            Self::NewAlert => Some(one_of(["nieuw", "neu", "new"], language)),
            Self::SignInCode => Some("code"),
            Self::SecondStep => Some(one_of(["tweede-stap", "zweiter-schritt", "second-step"], language)),
            Self::Profile => Some(one_of(["profiel", "profil", "profile"], language)),
            Self::Saved => Some(one_of(["bewaard", "gemerkt", "saved"], language)),
            Self::Account => Some(one_of(["account", "konto", "account"], language)),
            Self::EraseAccount => Some(one_of(["wissen", "loeschen", "erase"], language)),
            _ => None,
        }
    }

    /// What follows the slug: one organisation has several pages.
    fn end(&self, language: Language) -> Option<&'static str> {
        match self {
            Self::Colleagues(_) => Some(one_of(["collegas", "kollegen", "colleagues"], language)),
            _ => None,
        }
    }

    /// The page that stands at a path, and its language.
    pub fn at(path: &str) -> Option<(Self, Language)> {
        let mut parts = path.trim_matches('/').split('/').filter(|part| !part.is_empty()).peekable();
        let language = match parts.peek() {
            Some(&"de") => Language::German,
            Some(&"en") => Language::English,
            _ => Language::Dutch,
        };
        if language != Language::Dutch {
            parts.next();
        }
        let (word, slug, end) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let lists = [
            Self::Home,
            Self::Vacancies,
            Self::Organisations,
            Self::Events,
            Self::About,
            Self::Privacy,
            Self::Accessibility,
            Self::Alerts,
            Self::SignIn,
            Self::My,
            Self::Style,
        ];
        let below = [
            Self::Staff,
            Self::NewAlert,
            Self::SignInCode,
            Self::SecondStep,
            Self::Profile,
            Self::Saved,
            Self::Account,
            Self::EraseAccount,
        ];
        let stands_here =
            |page: &Self| page.word(language) == word && page.rest(language) == slug && end.is_none();
        if let Some(page) = lists.into_iter().chain(below).find(stands_here) {
            return Some((page, language));
        }
        let named = [
            Self::Vacancy,
            Self::Organisation,
            Self::Event,
            Self::Apply,
            Self::Application,
            Self::Outcome,
            Self::FollowUp,
            Self::Member,
            Self::Colleagues,
            Self::AlertsLink,
            Self::SignInLink,
        ];
        let slug = slug?.to_owned();
        let stands_here = |page: &Self| page.word(language) == word && page.end(language) == end;
        let page = named.into_iter().map(|page| page(slug.clone())).find(stands_here)?;
        Some((page, language))
    }
}

fn one_of([dutch, german, english]: [&'static str; 3], language: Language) -> &'static str {
    match language {
        Language::Dutch => dutch,
        Language::German => german,
        Language::English => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_leads_back_to_its_page() {
        let pages = [
            Page::Home,
            Page::Vacancies,
            Page::Vacancy("lasrobot-1".into()),
            Page::Organisations,
            Page::Organisation("ijsselmetaal".into()),
            Page::Events,
            Page::Event("borrel-2".into()),
            Page::About,
            Page::Privacy,
            Page::Accessibility,
            Page::Apply("lasrobot-1".into()),
            Page::Application("12".into()),
            Page::Outcome("c2VjcmV0".into()),
            Page::FollowUp("c2VjcmV0".into()),
            Page::Member("ijsselmetaal".into()),
            Page::Colleagues("ijsselmetaal".into()),
            Page::Staff,
            Page::Alerts,
            Page::NewAlert,
            Page::AlertsLink("c2VjcmV0".into()),
            Page::SignIn,
            Page::SignInCode,
            Page::SignInLink("c2VjcmV0".into()),
            Page::SecondStep,
            Page::My,
            Page::Profile,
            Page::Saved,
            Page::Account,
            Page::EraseAccount,
            Page::Style,
        ];
        for page in pages {
            for &language in Language::ALL {
                assert_eq!(Page::at(&page.path(language)), Some((page.clone(), language)));
            }
        }
        assert_eq!(Page::at("/over/iets"), None);
        assert_eq!(Page::at("/solliciteren"), None);
        assert_eq!(Page::at("/organisatie/ijsselmetaal/iets"), None);
        assert_eq!(Page::at("/organisatie/ijsselmetaal/collegas/iets"), None);
        assert_eq!(Page::at("/vacatures/lasrobot-1/collegas"), None);
        assert_eq!(Page::at("/mijn/account/collegas"), None);
        assert_eq!(Page::at("/kantoor"), None);
        assert_eq!(Page::at("/de/vacatures"), None);
    }
}
