//! Pages of what a talent tells and keeps: what they show, and what their forms do.

use chrono::NaiveDate;
use domain::Language;
use domain::accounts::parse_name;
use domain::applications::{AppliedVacancy, TextFault};
use domain::talents::{
    Fitting, LONGEST_NOTE, MOST_HOURS, MOST_SAVED, Profile, ProfileDraft, ProfileFaults, ValueFault,
    find_skill,
};
use domain::text::clean_lines;
use domain::vacancies::{Level, VacancyState, id_in_slug};
use store::StoredProfile;

use super::super::forms::Form;
use super::super::visit::Visit;
use super::applications::{applied, count_upload, cv_fault_text, take_cv, text_fault};
use super::{Refusal, Shown, own, pause_text, see_other, signed_in};
use crate::paths::Page;
use crate::talents::{
    ProfilePage, ProfilePageProps, ProfileProblems, ProfileView, SavedPage, SavedPageProps, SavedView,
};
use crate::texts as t;

/// What vacancies are compared with for who asks; nothing for who is not signed in, told too little, or wants no marks.
pub(crate) async fn fitting(visit: &Visit) -> Result<Option<Fitting>, store::Error> {
    let Some(who) = &visit.signed_in else { return Ok(None) };
    match visit.state.store().find_profile(&who.talent()).await {
        // A search without marks is better than none.
        Err(error @ store::Error::Unreadable(_)) => {
            tracing::error!(%error, "a profile can't be read");
            Ok(None)
        }
        found => Ok(found?.fitting()),
    }
}

/// Shows what a talent told.
pub(super) async fn profile(visit: &Visit) -> Shown {
    let who = signed_in(visit)?;
    let stored = visit.state.store().find_profile(&who.talent()).await?;
    let name = who.viewer().name.clone().unwrap_or_default();
    let draft = draft_of(&stored.profile, visit.language);
    Ok(profile_page(visit, name, draft, &stored, ProfileProblems::default()))
}

fn profile_page(
    visit: &Visit,
    name: String,
    draft: ProfileDraft,
    stored: &StoredProfile,
    problems: ProfileProblems,
) -> axum::http::Response<axum::body::Body> {
    let (hub, language) = (visit.state.hub(), visit.language);
    let fields = hub.study_fields.iter().map(|field| (field.nl.clone(), field.get(language).to_owned()));
    let content = ProfileView {
        name,
        draft,
        cv: stored.cv.as_ref().map(|cv| cv.cv().clone()),
        shows_fits: !stored.hides_fits,
        study_fields: fields.collect(),
        places: hub.region.places.iter().map(|place| place.name.clone()).collect(),
        is_saved: visit.uri.query() == Some("gedaan=bewaard"),
    };
    let is_wrong = problems != ProfileProblems::default();
    own(visit, Page::Profile, t::profile_title(language), is_wrong, move || {
        ProfilePage(ProfilePageProps { content, problems, language })
    })
}

/// A profile as its form shows it: what the hub knows, in the language of the page.
fn draft_of(profile: &Profile, language: Language) -> ProfileDraft {
    let skill = |skill: &String| match find_skill(skill) {
        Some(known) => known.name(language).to_owned(),
        None => skill.clone(),
    };
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    ProfileDraft {
        programme: profile.programme.clone(),
        institution: profile.institution.clone(),
        level: profile.level.map(Level::slug).unwrap_or_default(),
        study_fields: profile.study_fields.clone(),
        skills: profile.skills.iter().map(skill).collect(),
        home_place: profile.home_place.clone(),
        roots: profile.roots.clone(),
        kinds: profile.kinds.iter().map(|kind| kind.slug()).collect(),
        from: day(profile.from),
        until: day(profile.until),
        hours: profile.hours.map(|hours| hours.to_string()).unwrap_or_default(),
        languages: profile.languages.iter().map(|language| language.code().to_owned()).collect(),
        about: profile.about.clone(),
    }
}

/// Keeps what a talent tells.
pub(super) async fn change_profile(visit: &Visit, mut form: Form) -> Shown {
    let who = signed_in(visit)?;
    let (store, language) = (visit.state.store(), visit.language);
    let draft = ProfileDraft {
        programme: form.get("programme").to_owned(),
        institution: form.get("institution").to_owned(),
        level: form.get("level").to_owned(),
        study_fields: form.all("field"),
        skills: form.all("skill"),
        home_place: form.get("home").to_owned(),
        roots: form.get("roots").to_owned(),
        kinds: form.all("kind"),
        from: form.get("from").to_owned(),
        until: form.get("until").to_owned(),
        hours: form.get("hours").to_owned(),
        languages: form.all("language"),
        about: form.get("about").to_owned(),
    };
    let before = store.find_profile(&who.talent()).await?;
    let mut stored = StoredProfile { hides_fits: form.get("fits") != "yes", ..before.clone() };
    if !form.get("remove-cv").is_empty() {
        stored.cv = None;
    }
    let mut problems = ProfileProblems::default();
    if let Some(file) = form.take_file() {
        match count_upload(visit).await? {
            Err(next) => problems.cv = Some(pause_text(visit, next)),
            Ok(()) => match take_cv(visit, file).await? {
                Ok(cv) => stored.cv = Some(cv),
                Err(fault) => problems.cv = Some(cv_fault_text(fault, language)),
            },
        }
    }
    let study_fields: Vec<String> =
        visit.state.hub().study_fields.iter().map(|field| field.nl.clone()).collect();
    let typed_name = form.get("name");
    let name = parse_name(typed_name);
    match (name, draft.check(&study_fields)) {
        (Ok(name), Ok(profile)) if problems.cv.is_none() => {
            store.change_account(who, name, who.language(), visit.now()).await?;
            store.save_profile(&who.talent(), StoredProfile { profile, ..stored }, visit.now()).await?;
            Ok(see_other(&format!("{}?gedaan=bewaard", Page::Profile.path(language))))
        }
        (name, checked) => {
            problems.name = name.err().map(|fault| text_fault(fault, language));
            if let Err(faults) = checked {
                problems = in_words(&faults, problems, language);
            }
            if stored.cv != before.cv {
                // A browser does not send a file again: what was chosen or removed counts at once.
                let kept = StoredProfile { cv: stored.cv.clone(), ..before };
                store.save_profile(&who.talent(), kept, visit.now()).await?;
            }
            Ok(profile_page(visit, typed_name.to_owned(), draft, &stored, problems))
        }
    }
}

fn in_words(faults: &ProfileFaults, problems: ProfileProblems, language: Language) -> ProfileProblems {
    let text = |fault: Option<TextFault>| fault.map(|fault| text_fault(fault, language));
    let value = |fault: Option<ValueFault>| fault.map(|fault| value_fault(fault, language));
    ProfileProblems {
        programme: text(faults.programme),
        institution: text(faults.institution),
        skill: faults.skills.map(|(at, fault)| (at, text_fault(fault, language))),
        home_place: text(faults.home_place),
        roots: text(faults.roots),
        from: value(faults.from),
        until: value(faults.until),
        hours: faults.hours.map(|_| t::fault_hours(language, u32::from(MOST_HOURS))),
        about: text(faults.about),
        ..problems
    }
}

fn value_fault(fault: ValueFault, language: Language) -> String {
    let text = match fault {
        ValueFault::Unreadable | ValueFault::OutOfRange => t::fault_day(language),
        ValueFault::BeforeBeginning => t::fault_day_before(language),
    };
    text.to_owned()
}

/// Shows the vacancies that a talent keeps, and the one that the address names.
pub(super) async fn saved(visit: &Visit) -> Shown {
    signed_in(visit)?;
    let pairs = super::super::pairs(visit.uri.query().unwrap_or_default().as_bytes());
    let slug = pairs.iter().find(|(name, _)| name == "vacature").map(|(_, slug)| slug.as_str());
    let wanted = match slug.and_then(id_in_slug) {
        Some(id) => vacancy(visit, id).await?,
        None => None,
    };
    let wanted = wanted.map(|vacancy| (vacancy, None));
    saved_page(visit, wanted).await
}

async fn vacancy(visit: &Visit, id: i64) -> Result<Option<AppliedVacancy>, Refusal> {
    let stored = visit.state.store().find_vacancy(id).await?;
    Ok(stored.filter(|stored| stored.vacancy.state != VacancyState::Draft).map(|stored| applied(&stored)))
}

/// A vacancy that may be kept, with the note that was typed and what is wrong with it.
type Wanted = (AppliedVacancy, Option<(String, String)>);

async fn saved_page(visit: &Visit, wanted: Option<Wanted>) -> Shown {
    let (who, language) = (signed_in(visit)?, visit.language);
    let today = visit.state.now_local().date();
    let mut saved = visit.state.store().list_saved_vacancies(&who.talent(), today).await?;
    let wanted = wanted.map(|(vacancy, typed)| {
        let known = saved.iter().position(|saved| saved.vacancy.id == vacancy.id);
        let note = known.map(|at| saved.remove(at).note).unwrap_or_default();
        let (note, fault) = typed.map_or((note, None), |(typed, fault)| (typed, Some(fault)));
        (vacancy, note, fault)
    });
    let done = match visit.uri.query() {
        Some("gedaan=bewaard") => Some(t::saved_done(language)),
        Some("gedaan=weg") => Some(t::saved_gone(language)),
        _ => None,
    };
    let is_wrong = wanted.as_ref().is_some_and(|(.., fault)| fault.is_some());
    let content = SavedView { saved, wanted, done, today };
    Ok(own(visit, Page::Saved, t::saved_title(language), is_wrong, move || {
        SavedPage(SavedPageProps { content, language })
    }))
}

/// Keeps a vacancy, or keeps it no longer.
pub(super) async fn change_saved(visit: &Visit, form: Form) -> Shown {
    let who = signed_in(visit)?;
    let (store, language) = (visit.state.store(), visit.language);
    let id: i64 = form.get("vacancy").parse().unwrap_or_default();
    let done = |what: &str| Ok(see_other(&format!("{}?gedaan={what}", Page::Saved.path(language))));
    match form.get("do") {
        "save" => {
            let Some(vacancy) = vacancy(visit, id).await? else { return Err(Refusal::NotFound) };
            let note = clean_lines(form.get("note"));
            if note.chars().count() > LONGEST_NOTE {
                let fault = t::fault_text_long(language, LONGEST_NOTE);
                return saved_page(visit, Some((vacancy, Some((note, fault))))).await;
            }
            if !store.save_vacancy(&who.talent(), id, note.clone(), visit.now()).await? {
                let fault = t::saved_too_many(language, MOST_SAVED);
                return saved_page(visit, Some((vacancy, Some((note, fault))))).await;
            }
            done("bewaard")
        }
        "remove" => {
            store.remove_saved_vacancy(&who.talent(), id).await?;
            done("weg")
        }
        _ => saved_page(visit, None).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_skill_is_shown_in_the_language_of_the_page_and_another_as_it_was_typed() {
        let skills = vec!["plc PROGRAMMING".to_owned(), "Jongleren".to_owned()];
        let profile = Profile { skills, ..Profile::default() };
        for (language, known) in [
            (Language::Dutch, "PLC-programmering"),
            (Language::German, "SPS-Programmierung"),
            (Language::English, "PLC programming"),
        ] {
            assert_eq!(draft_of(&profile, language).skills, [known, "Jongleren"]);
        }
    }
}
