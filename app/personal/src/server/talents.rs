//! Pages of what a talent tells and keeps: what they show, and their commands.

use chrono::NaiveDate;
use domain::accounts::parse_name;
use domain::applications::{AppliedVacancy, LARGEST_CV};
use domain::command::TICKED;
use domain::talents::{LONGEST_NOTE, MOST_SAVED, Profile, ProfileDraft, find_skill};
use domain::text::clean_lines;
use domain::vacancies::{Level, id_in_slug};
use domain::{FieldError, FieldErrors, Language};
use serde::Deserialize;
use store::StoredProfile;

use web::{Call, Done, Flash, PageError, PageRequest, PageResult, Person, RequestContext, Run, private_page};

use super::applied_vacancy::applied;
use super::uploads::{count_upload, take_cv};
use crate::talents::{
    ChangeProfile, ProfilePage, ProfilePageProps, ProfileSaved, ProfileView, RemoveSavedVacancy, SaveVacancy,
    SavedFlash, SavedPage, SavedPageProps, SavedView,
};
use words::field_errors::field_error;
use words::paths::Page;
use words::texts as t;

impl Flash for ProfileSaved {
    const NOUN: &'static str = "profile";
}

impl Flash for SavedFlash {
    const NOUN: &'static str = "saved-vacancies";
}

/// Shows what a talent told.
pub(crate) async fn profile(request: PageRequest<Person>) -> PageResult {
    let PageRequest { context, access: Person(who), rejection, .. } = request;
    let (hub, language) = (context.state.hub(), context.language);
    let stored = context.state.store().find_profile(&who.talent()).await?;
    let (typed, errors) = rejection.typed::<ChangeProfile>().unzip();
    let told = || ProfileDraft {
        name: who.viewer().name.clone().unwrap_or_default(),
        fits: if stored.hides_fits { String::new() } else { TICKED.to_owned() },
        ..draft_of(&stored.profile, language)
    };
    let fields = hub.study_fields.iter().map(|field| (field.nl.clone(), field.get(language).to_owned()));
    let shown = ProfileView {
        draft: typed.map_or_else(told, |ChangeProfile(draft)| draft),
        cv: stored.cv.as_ref().map(|cv| cv.cv().clone()),
        study_fields: fields.collect(),
        places: hub.region.places.iter().map(|place| place.name.clone()).collect(),
        is_saved: context.flash::<ProfileSaved>().is_some(),
    };
    let (errors, wait) = (errors.unwrap_or_default(), rejection.wait_text(&context));
    Ok(private_page(&context, Page::Profile, t::profile_title(language), move || {
        ProfilePage(ProfilePageProps { content: shown, errors, wait, language })
    }))
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
        ..ProfileDraft::default()
    }
}

impl Run for ChangeProfile {
    type Access = Person;
    const LARGEST_FILE: Option<usize> = Some(LARGEST_CV);

    async fn run(self, call: Call<Person>) -> Result<Done<Self>, PageError> {
        let Call { context, access: Person(who), file, .. } = call;
        let (store, now, Self(draft)) = (context.state.store(), context.now(), self);
        let before = store.find_profile(&who.talent()).await?;
        let mut stored = StoredProfile { hides_fits: !draft.shows_fits(), ..before.clone() };
        if draft.removes_cv() {
            stored.cv = None;
        }
        let mut errors = FieldErrors::default();
        if let Some(file) = file {
            count_upload(&context).await?;
            match take_cv(&context, file).await? {
                Ok(cv) => stored.cv = Some(cv),
                Err(error) => errors.insert("cv", error.into()),
            }
        }
        let fields: Vec<String> =
            context.state.hub().study_fields.iter().map(|field| field.nl.clone()).collect();
        let name = parse_name(&draft.name).unwrap_or_else(|error| {
            errors.insert("name", error);
            None
        });
        let profile = draft.check(&fields).unwrap_or_else(|wrong| {
            errors.extend(wrong);
            Profile::default()
        });
        if errors.is_empty() {
            store.change_account(&who, name, who.language(), now).await?;
            store.save_profile(&who.talent(), StoredProfile { profile, ..stored }, now).await?;
            return Ok(Done::here().saying(&ProfileSaved));
        }
        if stored.cv != before.cv {
            // A browser does not send a file again: what was chosen or removed counts at once.
            store.save_profile(&who.talent(), StoredProfile { cv: stored.cv, ..before }, now).await?;
        }
        Err(PageError::Fields(errors))
    }
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct SavedQuery {
    /// The last part of the address of a vacancy that may be kept.
    vacature: String,
}

/// Shows the vacancies that a talent keeps, and the one that the address names.
pub(crate) async fn saved(request: PageRequest<Person>) -> PageResult {
    let PageRequest { context, access: Person(who), rejection, .. } = request;
    let (language, today) = (context.language, context.moment.today);
    let mut saved = context.state.store().list_saved_vacancies(&who.talent(), today).await?;
    let typed = rejection.command::<SaveVacancy>();
    let id = match &typed {
        Some((typed, _)) => typed.vacancy.parse().ok(),
        None => id_in_slug(&context.query::<SavedQuery>().vacature),
    };
    let vacancy = match id {
        Some(id) => vacancy(&context, id).await?,
        None => None,
    };
    let wanted = vacancy.map(|vacancy| {
        let known = saved.iter().position(|saved| saved.vacancy.id == vacancy.id);
        let note = known.map(|at| saved.remove(at).note).unwrap_or_default();
        match typed {
            Some((typed, error)) => {
                (vacancy, typed.note, error.of_field("note").map(|error| note_error(error, language)))
            }
            None => (vacancy, note, None),
        }
    });
    let shown = SavedView { saved, wanted, done: context.flash(), today };
    Ok(private_page(&context, Page::Saved, t::saved_title(language), move || {
        SavedPage(SavedPageProps { content: shown, language })
    }))
}

fn note_error(error: &FieldError, language: Language) -> String {
    match error {
        FieldError::TooMany { most } => t::saved_too_many(language, *most as u64),
        error => field_error(error, language),
    }
}

/// A vacancy that was published once.
async fn vacancy(context: &RequestContext, id: i64) -> Result<Option<AppliedVacancy>, PageError> {
    let stored = context.state.store().find_vacancy(id).await?;
    Ok(stored.map(|stored| applied(&stored)))
}

impl Run for SaveVacancy {
    type Access = Person;

    async fn run(
        self,
        Call { context, access: Person(who), .. }: Call<Person>,
    ) -> Result<Done<Self>, PageError> {
        let id = self.vacancy.parse().map_err(|_| PageError::NotFound)?;
        let vacancy = vacancy(&context, id).await?.ok_or(PageError::NotFound)?;
        let note = clean_lines(&self.note);
        if note.chars().count() > LONGEST_NOTE {
            return Err(PageError::field("note", FieldError::TooLong { longest: LONGEST_NOTE }));
        }
        let store = context.state.store();
        if !store.save_vacancy(&who.talent(), vacancy.id, note, context.now()).await? {
            return Err(PageError::field("note", FieldError::TooMany { most: MOST_SAVED as usize }));
        }
        Ok(Done::here().saying(&SavedFlash::Saved))
    }
}

impl Run for RemoveSavedVacancy {
    type Access = Person;

    async fn run(
        self,
        Call { context, access: Person(who), .. }: Call<Person>,
    ) -> Result<Done<Self>, PageError> {
        let id = self.vacancy.parse().map_err(|_| PageError::NotFound)?;
        context.state.store().remove_saved_vacancy(&who.talent(), id).await?;
        Ok(Done::here().saying(&SavedFlash::Removed))
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
