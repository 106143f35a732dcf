//! Pages of what a talent tells and keeps: what they show, and what their forms do.

use chrono::NaiveDate;
use domain::Language;
use domain::accounts::parse_name;
use domain::applications::AppliedVacancy;
use domain::talents::{
    LONGEST_NOTE, MOST_HOURS, MOST_SAVED, Profile, ProfileDraft, ProfileErrors, ValueError, find_skill,
};
use domain::text::clean_lines;
use domain::text_error::TextError;
use domain::vacancies::{Level, id_in_slug};
use store::StoredProfile;

use web::{Form, PageError, PageResult, RequestContext, pairs, pause_text, private_page, see_other};

use super::applied_vacancy::applied;
use super::error_texts::{cv_error_text, text_error};
use super::uploads::{count_upload, take_cv};
use crate::talents::{
    ProfileErrorTexts, ProfilePage, ProfilePageProps, ProfileView, SavedPage, SavedPageProps, SavedView,
};
use words::paths::Page;
use words::texts as t;

/// Shows what a talent told.
pub(crate) async fn profile(context: &RequestContext) -> PageResult {
    let who = context.signed_in()?;
    let stored = context.state.store().find_profile(&who.talent()).await?;
    let name = who.viewer().name.clone().unwrap_or_default();
    let draft = draft_of(&stored.profile, context.language);
    Ok(profile_page(context, name, draft, &stored, ProfileErrorTexts::default()))
}

fn profile_page(
    context: &RequestContext,
    name: String,
    draft: ProfileDraft,
    stored: &StoredProfile,
    problems: ProfileErrorTexts,
) -> axum::http::Response<axum::body::Body> {
    let (hub, language) = (context.state.hub(), context.language);
    let fields = hub.study_fields.iter().map(|field| (field.nl.clone(), field.get(language).to_owned()));
    let shown = ProfileView {
        name,
        draft,
        cv: stored.cv.as_ref().map(|cv| cv.cv().clone()),
        shows_fits: !stored.hides_fits,
        study_fields: fields.collect(),
        places: hub.region.places.iter().map(|place| place.name.clone()).collect(),
        is_saved: context.uri.query() == Some("gedaan=bewaard"),
    };
    let is_wrong = problems != ProfileErrorTexts::default();
    private_page(context, Page::Profile, t::profile_title(language), is_wrong, move || {
        ProfilePage(ProfilePageProps { content: shown, problems, language })
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
pub(crate) async fn change_profile(context: &RequestContext, mut form: Form) -> PageResult {
    let who = context.signed_in()?;
    let (store, language) = (context.state.store(), context.language);
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
    let mut problems = ProfileErrorTexts::default();
    if let Some(file) = form.take_file() {
        match count_upload(context).await? {
            Err(next) => problems.cv = Some(pause_text(context, next)),
            Ok(()) => match take_cv(context, file).await? {
                Ok(cv) => stored.cv = Some(cv),
                Err(error) => problems.cv = Some(cv_error_text(error, language)),
            },
        }
    }
    let study_fields: Vec<String> =
        context.state.hub().study_fields.iter().map(|field| field.nl.clone()).collect();
    let typed_name = form.get("name");
    let name = parse_name(typed_name);
    match (name, draft.check(&study_fields)) {
        (Ok(name), Ok(profile)) if problems.cv.is_none() => {
            store.change_account(who, name, who.language(), context.now()).await?;
            store.save_profile(&who.talent(), StoredProfile { profile, ..stored }, context.now()).await?;
            Ok(see_other(&format!("{}?gedaan=bewaard", Page::Profile.path(language))))
        }
        (name, checked) => {
            problems.name = name.err().map(|error| text_error(error, language));
            if let Err(errors) = checked {
                problems = in_words(&errors, problems, language);
            }
            if stored.cv != before.cv {
                // A browser does not send a file again: what was chosen or removed counts at once.
                let kept = StoredProfile { cv: stored.cv.clone(), ..before };
                store.save_profile(&who.talent(), kept, context.now()).await?;
            }
            Ok(profile_page(context, typed_name.to_owned(), draft, &stored, problems))
        }
    }
}

fn in_words(errors: &ProfileErrors, problems: ProfileErrorTexts, language: Language) -> ProfileErrorTexts {
    let text = |error: Option<TextError>| error.map(|error| text_error(error, language));
    let value = |error: Option<ValueError>| error.map(|error| value_error(error, language));
    ProfileErrorTexts {
        programme: text(errors.programme),
        institution: text(errors.institution),
        skill: errors.skills.map(|(at, error)| (at, text_error(error, language))),
        home_place: text(errors.home_place),
        roots: text(errors.roots),
        from: value(errors.from),
        until: value(errors.until),
        hours: errors.hours.map(|_| t::fault_hours(language, u32::from(MOST_HOURS))),
        about: text(errors.about),
        ..problems
    }
}

fn value_error(error: ValueError, language: Language) -> String {
    let text = match error {
        ValueError::Unreadable | ValueError::OutOfRange => t::fault_day(language),
        ValueError::BeforeBeginning => t::fault_day_before(language),
    };
    text.to_owned()
}

/// Shows the vacancies that a talent keeps, and the one that the address names.
pub(crate) async fn saved(context: &RequestContext) -> PageResult {
    context.signed_in()?;
    let pairs = pairs(context.uri.query().unwrap_or_default().as_bytes());
    let slug = pairs.iter().find(|(name, _)| name == "vacature").map(|(_, slug)| slug.as_str());
    let wanted = match slug.and_then(id_in_slug) {
        Some(id) => vacancy(context, id).await?,
        None => None,
    };
    let wanted = wanted.map(|vacancy| (vacancy, None));
    saved_page(context, wanted).await
}

async fn vacancy(context: &RequestContext, id: i64) -> Result<Option<AppliedVacancy>, PageError> {
    let stored = context.state.store().find_vacancy(id).await?;
    Ok(stored.map(|stored| applied(&stored)))
}

/// A vacancy that may be kept, with the note that was typed and what is wrong with it.
type Wanted = (AppliedVacancy, Option<(String, String)>);

async fn saved_page(context: &RequestContext, wanted: Option<Wanted>) -> PageResult {
    let (who, language) = (context.signed_in()?, context.language);
    let today = context.moment.today;
    let mut saved = context.state.store().list_saved_vacancies(&who.talent(), today).await?;
    let wanted = wanted.map(|(vacancy, typed)| {
        let known = saved.iter().position(|saved| saved.vacancy.id == vacancy.id);
        let note = known.map(|at| saved.remove(at).note).unwrap_or_default();
        let (note, error) = typed.map_or((note, None), |(typed, error)| (typed, Some(error)));
        (vacancy, note, error)
    });
    let done = match context.uri.query() {
        Some("gedaan=bewaard") => Some(t::saved_done(language)),
        Some("gedaan=weg") => Some(t::saved_gone(language)),
        _ => None,
    };
    let is_wrong = wanted.as_ref().is_some_and(|(.., error)| error.is_some());
    let shown = SavedView { saved, wanted, done, today };
    Ok(private_page(context, Page::Saved, t::saved_title(language), is_wrong, move || {
        SavedPage(SavedPageProps { content: shown, language })
    }))
}

/// Keeps a vacancy, or keeps it no longer.
pub(crate) async fn change_saved(context: &RequestContext, form: Form) -> PageResult {
    let who = context.signed_in()?;
    let (store, language) = (context.state.store(), context.language);
    let id: i64 = form.get("vacancy").parse().unwrap_or_default();
    let done = |what: &str| Ok(see_other(&format!("{}?gedaan={what}", Page::Saved.path(language))));
    match form.get("do") {
        "save" => {
            let Some(vacancy) = vacancy(context, id).await? else { return Err(PageError::NotFound) };
            let note = clean_lines(form.get("note"));
            if note.chars().count() > LONGEST_NOTE {
                let error = t::fault_text_long(language, LONGEST_NOTE);
                return saved_page(context, Some((vacancy, Some((note, error))))).await;
            }
            if !store.save_vacancy(&who.talent(), id, note.clone(), context.now()).await? {
                let error = t::saved_too_many(language, MOST_SAVED);
                return saved_page(context, Some((vacancy, Some((note, error))))).await;
            }
            done("bewaard")
        }
        "remove" => {
            store.remove_saved_vacancy(&who.talent(), id).await?;
            done("weg")
        }
        _ => saved_page(context, None).await,
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
