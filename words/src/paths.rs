//! The address of every page, in every language.

use domain::Language;
use domain::vacancies::VacancyFilter;

/// The address of a signed-in person's own data as a JSON file, the same in every language.
pub const MY_DATA: &str = "/mijn/gegevens.json";
/// Where the CV of an application is given out; its number or the token of a link follows.
pub const CVS: &str = "/cv/";

/// The part of a pattern that stands for what an address names.
const SLUG: &str = "{slug}";

/// The placeholder for the thing that an address names: the pattern of a vacancy is `Page::Vacancy(slug())`.
pub fn slug() -> String {
    SLUG.to_owned()
}

macro_rules! pages {
    ($($(#[$doc:meta])* $page:ident $(($named:ident))? at [$dutch:literal, $german:literal, $english:literal];)+) => {
        /// A page of the hub; it knows its address in every language.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Page {
            $($(#[$doc])* $page $(($named))?,)+
        }

        impl Page {
            /// Every page once, with `{slug}` in the place of what its address names: its path is a pattern for a router.
            pub fn patterns() -> Vec<Self> {
                vec![$(Self::$page $(($named::from(slug())))?,)+]
            }

            /// The name of the page in the code.
            pub const fn name(&self) -> &'static str {
                match self { $(pages!(@any $page $($named)?) => stringify!($page),)+ }
            }

            /// The path in Dutch, German and English, without the language's own beginning.
            const fn words(&self) -> [&'static str; 3] {
                match self { $(pages!(@any $page $($named)?) => [$dutch, $german, $english],)+ }
            }

            /// What the address names: a thing by the last part of its address, or the token of a link.
            fn slug(&self) -> &str {
                match self { $(pages!(@slug slug $page $($named)?) => pages!(@value slug $($named)?),)+ }
            }
        }
    };
    (@any $page:ident) => { Self::$page };
    (@any $page:ident $named:ident) => { Self::$page(_) };
    (@slug $slug:ident $page:ident) => { Self::$page };
    (@slug $slug:ident $page:ident $named:ident) => { Self::$page($slug) };
    (@value $slug:ident) => { "" };
    (@value $slug:ident $named:ident) => { $slug };
}

pages! {
    /// The home page.
    Home at ["", "", ""];
    /// The search page.
    Vacancies at ["vacatures", "stellen", "vacancies"];
    /// A vacancy, by the last part of its address.
    Vacancy(String) at ["vacatures/{slug}", "stellen/{slug}", "vacancies/{slug}"];
    /// The list of organisations.
    Organisations at ["organisaties", "organisationen", "organisations"];
    /// An organisation, by the last part of its address.
    Organisation(String) at ["organisaties/{slug}", "organisationen/{slug}", "organisations/{slug}"];
    /// The agenda.
    Events at ["agenda", "termine", "events"];
    /// An event, by the last part of its address.
    Event(String) at ["agenda/{slug}", "termine/{slug}", "events/{slug}"];
    /// About the hub.
    About at ["over", "ueber-uns", "about"];
    /// The privacy statement.
    Privacy at ["privacy", "datenschutz", "privacy"];
    /// The accessibility statement.
    Accessibility at ["toegankelijkheid", "barrierefreiheit", "accessibility"];
    /// Applying for a vacancy, by the last part of its address.
    Apply(String) at ["solliciteren/{slug}", "bewerben/{slug}", "apply/{slug}"];
    /// What somebody without an account does next who applied, by the last part of the vacancy's address.
    ApplySent(String) at ["solliciteren/{slug}/verstuurd", "bewerben/{slug}/gesendet", "apply/{slug}/sent"];
    /// An application, by its number or by the token of a link.
    Application(String) at ["sollicitaties/{slug}", "bewerbungen/{slug}", "applications/{slug}"];
    /// The question whether a vacancy was filled, by the token of a link.
    Outcome(String) at ["vervuld/{slug}", "besetzt/{slug}", "filled/{slug}"];
    /// The question where a placed talent is now, by the token of a link.
    FollowUp(String) at ["plaatsing/{slug}", "vermittlung/{slug}", "placement/{slug}"];
    /// The applications that an organisation received, by the last part of its address.
    ReceivedApplications(String) at ["organisatie/{slug}", "organisation/{slug}", "organisation/{slug}"];
    /// Answering some of the applications that an organisation received, by the last part of its address.
    AnswerApplications(String) at ["organisatie/{slug}/antwoorden", "organisation/{slug}/antworten", "organisation/{slug}/answers"];
    /// The people of an organisation, by the last part of its address.
    Colleagues(String) at ["organisatie/{slug}/collegas", "organisation/{slug}/kollegen", "organisation/{slug}/colleagues"];
    /// The people of the programme office, and the organisations that have people here.
    OfficePeople at ["kantoor/mensen", "buero/leute", "office/people"];
    /// The mail of the hub, for the programme office.
    OfficeMail at ["kantoor/mail", "buero/mail", "office/mail"];
    /// A person's alerts.
    Alerts at ["meldingen", "benachrichtigungen", "alerts"];
    /// Asking for an alert.
    NewAlert at ["meldingen/nieuw", "benachrichtigungen/neu", "alerts/new"];
    /// What somebody without an account does next who asked for an alert.
    AlertAsked at ["meldingen/nieuw/gevraagd", "benachrichtigungen/neu/angefordert", "alerts/new/asked"];
    /// A person's alerts, by the token of a link.
    AlertsLink(String) at ["meldingen/{slug}", "benachrichtigungen/{slug}", "alerts/{slug}"];
    /// Signing in.
    SignIn at ["inloggen", "anmelden", "sign-in"];
    /// Signing in by the code of a mail.
    SignInCode at ["inloggen/code", "anmelden/code", "sign-in/code"];
    /// The second step of signing in, for staff.
    SecondStep at ["inloggen/tweede-stap", "anmelden/zweiter-schritt", "sign-in/second-step"];
    /// Signing in by the link of a mail, by the token in it.
    SignInLink(String) at ["inloggen/{slug}", "anmelden/{slug}", "sign-in/{slug}"];
    /// A signed-in person's start page.
    My at ["mijn", "mein", "my"];
    /// A talent's profile.
    Profile at ["mijn/profiel", "mein/profil", "my/profile"];
    /// A talent's saved vacancies.
    Saved at ["mijn/bewaard", "mein/gemerkt", "my/saved"];
    /// A person's account.
    Account at ["mijn/account", "mein/konto", "my/account"];
    /// Erasing one's account.
    EraseAccount at ["mijn/wissen", "mein/loeschen", "my/erase"];
    /// What is said when an account was erased.
    AccountErased at ["gewist", "geloescht", "erased"];
    /// The components, in development builds.
    Style at ["stijl", "stil", "style"];
}

impl Page {
    /// The path of the page in a language, without what follows a `?`.
    pub fn path(&self, language: Language) -> String {
        let start = match language {
            Language::Dutch => "",
            Language::German => "/de",
            Language::English => "/en",
        };
        match one_of(self.words(), language) {
            "" if start.is_empty() => "/".to_owned(),
            "" => start.to_owned(),
            words => format!("{start}/{}", words.replace(SLUG, self.slug())),
        }
    }

    /// The part of the site to which the page belongs: lists and the pages below them share the first word of their path.
    pub fn section(&self) -> &'static str {
        let words = one_of(self.words(), Language::Dutch);
        words.split('/').next().unwrap_or(words)
    }

    /// Whether its address names a thing.
    pub fn names_thing(&self) -> bool {
        one_of(self.words(), Language::Dutch).contains(SLUG)
    }

    /// Whether some page stands at a path, in whatever language.
    pub fn is_at(path: &str) -> bool {
        let parts = || path.trim_end_matches('/').split('/');
        let fits = |pattern: &str| {
            let pattern = pattern.trim_end_matches('/').split('/');
            pattern.clone().count() == parts().count()
                && pattern
                    .zip(parts())
                    .all(|(wanted, part)| wanted == part || (wanted == SLUG && !part.is_empty()))
        };
        let patterns = Self::patterns();
        patterns.iter().any(|page| Language::ALL.iter().any(|language| fits(&page.path(*language))))
    }
}

/// The address of a search.
pub fn search_address(filter: &VacancyFilter, language: Language) -> String {
    let path = Page::Vacancies.path(language);
    let query = filter.to_query_string();
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The address at which an alert for a search is asked for.
pub fn new_alert_address(filter: &VacancyFilter, language: Language) -> String {
    with_filter(&Page::NewAlert, filter, language)
}

/// The address that says that an alert for a search was asked for.
pub fn alert_asked_address(filter: &VacancyFilter, language: Language) -> String {
    with_filter(&Page::AlertAsked, filter, language)
}

fn with_filter(page: &Page, filter: &VacancyFilter, language: Language) -> String {
    format!("{}?{}", page.path(language), filter.unsorted().to_query_string())
}

/// The language that a path begins with.
pub fn language_of(path: &str) -> Language {
    match path.trim_start_matches('/').split('/').next() {
        Some("de") => Language::German,
        Some("en") => Language::English,
        _ => Language::Dutch,
    }
}

const fn one_of([dutch, german, english]: [&'static str; 3], language: Language) -> &'static str {
    match language {
        Language::Dutch => dutch,
        Language::German => german,
        Language::English => english,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_page_is_written_in_every_language() {
        let vacancy = Page::Vacancy("lasrobot-1".to_owned());
        assert_eq!(vacancy.path(Language::Dutch), "/vacatures/lasrobot-1");
        assert_eq!(vacancy.path(Language::German), "/de/stellen/lasrobot-1");
        assert_eq!(vacancy.path(Language::English), "/en/vacancies/lasrobot-1");
        assert_eq!(Page::Colleagues("bits".to_owned()).path(Language::Dutch), "/organisatie/bits/collegas");
        assert_eq!(Page::Home.path(Language::Dutch), "/");
        assert_eq!(Page::Home.path(Language::German), "/de");
    }

    #[test]
    fn no_two_pages_share_an_address() {
        let mut known = HashSet::new();
        for page in Page::patterns() {
            for language in Language::ALL {
                assert!(known.insert(page.path(*language)), "{}", page.path(*language));
            }
        }
    }

    #[test]
    fn only_addresses_of_pages_are_known() {
        for path in ["/", "/de", "/en/", "/vacatures", "/vacatures/las-1", "/de/organisation/bits/kollegen"] {
            assert!(Page::is_at(path), "{path}");
        }
        for path in [
            "/fr",
            "/vacancies",
            "/de/vacatures",
            "/vacatures/las-1/2",
            "//vacatures",
            "/organisatie//collegas",
        ] {
            assert!(!Page::is_at(path), "{path}");
        }
    }
}
