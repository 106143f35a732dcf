//! People who write, chance choosing what: each field that they fill in is a word of its own, and the words that visitors could
//! read at some moment are kept apart from those that never were public.

use std::collections::BTreeSet;

use chrono::{Days, TimeDelta};
use domain::accounts::{EmailAddress, MemberRole, StaffRole};
use domain::events::{Audience, Event, EventContext, EventDraft, EventState, StoredEvent};
use domain::initiator::Initiator;
use domain::organisations::{
    KnownOrganisation, NewOrganisation, Organisation, OrganisationContext, OrganisationDraft,
    OrganisationState, StoredOrganisation,
};
use domain::vacancies::{
    NewVacancy, StoredVacancy, Vacancy, VacancyContext, VacancyDraft, VacancyState, VacancyStep,
};
use domain::{Language, Moment};
use store::{ContentEditor, Saved, Staff};

use crate::hub::{TestHub, clock, today};

/// The beginning of every word that they write.
pub(crate) const MARK: &str = "zwijg";
/// The letters of their numbers: no language has an ending of these.
const DIGITS: [char; 10] = ['b', 'f', 'k', 'm', 'p', 'v', 'w', 'x', 'z', 'q'];
const PLACES: u32 = 4;

/// What somebody does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
    AddOrganisation,
    ChangeOrganisation,
    BringOrganisation,
    AddVacancy,
    ChangeVacancy,
    BringVacancy,
    DecideChange,
    PublishScheduled,
    AddEvent,
    ChangeEvent,
    BringEvent,
}

impl Deed {
    /// All of them; what many rows need to become public stands there more than once.
    pub(crate) const ALL: [Self; 15] = [
        Self::AddOrganisation,
        Self::ChangeOrganisation,
        Self::BringOrganisation,
        Self::BringOrganisation,
        Self::AddVacancy,
        Self::AddVacancy,
        Self::ChangeVacancy,
        Self::BringVacancy,
        Self::BringVacancy,
        Self::BringVacancy,
        Self::DecideChange,
        Self::PublishScheduled,
        Self::AddEvent,
        Self::ChangeEvent,
        Self::BringEvent,
    ];
}

/// A deed; `which` chooses among the rows that are there, `how` among the ways that are allowed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) deed: Deed,
    pub(crate) which: usize,
    pub(crate) how: usize,
}

/// A hub with people who write: somebody of the programme office, and of `IJsselmetaal`.
pub(crate) struct Writers {
    pub(crate) hub: TestHub,
    staff: Staff,
    office: ContentEditor,
    member: ContentEditor,
    /// The organisation of the member.
    own_id: i64,
    vacancy: VacancyDraft,
    event: EventDraft,
    organisation: OrganisationDraft,
    written: u32,
    /// The words that visitors could read at some moment.
    public: BTreeSet<String>,
    /// The numbers of the vacancies that visitors could read before anybody wrote.
    old: BTreeSet<i64>,
    /// The numbers of the vacancies that visitors could read at some moment.
    known: BTreeSet<i64>,
}

impl Writers {
    pub(crate) async fn start(hub: TestHub) -> Self {
        let store = hub.server.state.store();
        let address = |text: &str| EmailAddress::parse(text).unwrap();
        let (ann, eva) = ("ann@ijsselmetaal.example", "eva@hub.example");
        let slug = "ijsselmetaal".to_owned();
        store.add_member(address(ann), slug, MemberRole::Editor, Language::Dutch, clock()).await.unwrap();
        store.add_staff(address(eva), StaffRole::Manager, Language::Dutch, clock()).await.unwrap();
        let member = ContentEditor::from(&hub.signed_in(ann).await.member("ijsselmetaal").unwrap());
        let staff = hub.signed_in(eva).await.staff().unwrap();
        let (own_id, organisation) = store.existing::<Organisation>().await.unwrap()["O-1"].clone();
        let vacancies = store.existing::<Vacancy>().await.unwrap();
        let vacancy = VacancyDraft::of(&vacancies["V-1"].1);
        // The sheet tells when each of them became public.
        let was_public = vacancies.values().filter(|(_, row)| row.published_on.is_some());
        let old: BTreeSet<i64> = was_public.map(|(id, _)| *id).collect();
        let event = EventDraft::of(&store.existing::<Event>().await.unwrap()["E-1"].1);
        Self {
            office: ContentEditor::from(&staff),
            organisation: OrganisationDraft::of(&organisation),
            written: 0,
            public: BTreeSet::new(),
            known: old.clone(),
            old,
            hub,
            staff,
            member,
            own_id,
            vacancy,
            event,
        }
    }

    /// The words that never were public.
    pub(crate) fn hidden(&self) -> BTreeSet<String> {
        let all: BTreeSet<String> = (0..self.written).map(word).collect();
        all.difference(&self.public).cloned().collect()
    }

    /// Whether visitors could read the vacancy at some moment.
    pub(crate) fn was_public(&self, vacancy: &StoredVacancy) -> bool {
        self.known.contains(&vacancy.id)
    }

    /// Whether visitors read the vacancy for the first time after somebody wrote.
    pub(crate) fn is_new(&self, vacancy: &StoredVacancy) -> bool {
        self.was_public(vacancy) && !self.old.contains(&vacancy.id)
    }

    pub(crate) async fn organisations(&self) -> Vec<StoredOrganisation> {
        self.hub.server.state.store().list_all_organisations(&self.staff).await.unwrap()
    }

    pub(crate) async fn vacancies(&self) -> Vec<StoredVacancy> {
        let all = self.hub.server.state.store().list_editable_vacancies(&self.office, 0, 1_000).await;
        all.unwrap().into_iter().map(|found| found.stored).collect()
    }

    pub(crate) async fn events(&self) -> Vec<StoredEvent> {
        let store = self.hub.server.state.store();
        let mut events = Vec::new();
        for (id, _) in store.existing::<Event>().await.unwrap().into_values() {
            events.push(store.find_editable_event(&self.office, id).await.unwrap().unwrap());
        }
        events.sort_by_key(|stored| stored.id);
        events
    }

    /// Takes a step, where there is one to take, and notes what visitors can read after it.
    pub(crate) async fn take(&mut self, step: Step) {
        match step.deed {
            Deed::AddOrganisation => self.add_organisation().await,
            Deed::ChangeOrganisation => self.change_organisation(step).await,
            Deed::BringOrganisation => self.bring_organisation(step).await,
            Deed::AddVacancy => self.add_vacancy(step).await,
            Deed::ChangeVacancy => self.change_vacancy(step).await,
            Deed::BringVacancy => self.bring_vacancy(step).await,
            Deed::DecideChange => self.decide_change(step).await,
            Deed::PublishScheduled => {
                let published = self.hub.server.state.store().publish_scheduled_vacancies(moment()).await;
                published.unwrap();
            }
            Deed::AddEvent => self.add_event(step).await,
            Deed::ChangeEvent => self.change_event(step).await,
            Deed::BringEvent => self.bring_event(step).await,
        }
        self.note_what_is_public().await;
    }

    async fn add_organisation(&mut self) {
        let new = self.new_organisation();
        self.hub.server.state.store().add_organisation(&self.staff, new, moment()).await.unwrap();
    }

    async fn change_organisation(&mut self, step: Step) {
        let Some(found) = chosen(&self.organisations().await, step.which) else { return };
        let editor = self.editor(found.id, step.how);
        let new = self.new_organisation();
        let store = self.hub.server.state.store();
        written(store.change_organisation(&editor, found.id, found.version, new, moment()).await);
    }

    async fn bring_organisation(&mut self, step: Step) {
        let Some(found) = chosen(&self.organisations().await, step.which) else { return };
        let state = found.organisation.state;
        let allowed =
            OrganisationState::ALL.iter().filter(|next| state.may_become(**next, Initiator::Office));
        let Some(next) = chosen(&allowed.copied().collect::<Vec<_>>(), step.how) else { return };
        let store = self.hub.server.state.store();
        let (id, version) = (found.id, found.version);
        written(store.change_organisation_state(&self.staff, id, version, next, moment()).await);
    }

    async fn add_vacancy(&mut self, step: Step) {
        let organisation = self.known_organisation(step.which).await;
        let editor = self.editor(organisation.id, step.how);
        let new = self.new_vacancy(&organisation, step.how);
        self.hub.server.state.store().add_vacancy(&editor, new, moment()).await.unwrap();
    }

    async fn change_vacancy(&mut self, step: Step) {
        let Some(found) = chosen(&self.vacancies().await, step.which) else { return };
        let organisation = known(&found);
        let editor = self.editor(organisation.id, step.how);
        let new = self.new_vacancy(&organisation, step.how);
        let store = self.hub.server.state.store();
        written(store.change_vacancy(&editor, found.id, found.version, new, moment()).await);
    }

    async fn bring_vacancy(&mut self, step: Step) {
        let Some(found) = chosen(&self.vacancies().await, step.which) else { return };
        let editor = self.editor(found.vacancy.organisation_id, step.how);
        let may = |next: &&VacancyState| found.visibility().may_become(**next, editor.initiator());
        let allowed: Vec<VacancyState> = VacancyState::ALL.iter().filter(may).copied().collect();
        let Some(next) = chosen(&allowed, step.how / 2) else { return };
        let leads_there = match next {
            VacancyState::Draft => VacancyStep::Rewrite,
            VacancyState::Submitted => VacancyStep::Submit,
            VacancyState::Returned => VacancyStep::Return { reason: self.word() },
            VacancyState::Scheduled => {
                VacancyStep::Schedule { day: today() + Days::new(step.which as u64 % 2) }
            }
            VacancyState::Published => VacancyStep::Publish,
            VacancyState::Paused => VacancyStep::Pause,
            VacancyState::Filled => VacancyStep::Fill,
            VacancyState::Expired => VacancyStep::Expire,
            VacancyState::Withdrawn => VacancyStep::Withdraw,
        };
        let store = self.hub.server.state.store();
        let (id, version) = (found.id, found.version);
        written(store.change_vacancy_state(&editor, id, version, leads_there, moment()).await);
    }

    async fn decide_change(&mut self, step: Step) {
        let waiting = self.hub.server.state.store().list_waiting_changes(&self.staff, 100).await.unwrap();
        let Some(change) = chosen(&waiting, step.which) else { return };
        let reason = self.word();
        let store = self.hub.server.state.store();
        let (id, version) = (change.vacancy_id, change.version);
        match step.how % 3 {
            0 => {
                let found = store.find_editable_vacancy(&self.office, id).await.unwrap().unwrap();
                let new = self.checked(&change.draft, &known(&found.stored));
                written(store.accept_waiting_change(&self.staff, id, version, new, moment()).await);
            }
            1 => {
                written(store.return_waiting_change(&self.staff, id, version, reason, moment()).await);
            }
            _ => store.remove_waiting_change(&self.office, id).await.unwrap(),
        }
    }

    async fn add_event(&mut self, step: Step) {
        let host = self.known_organisation(step.which).await;
        let editor = self.editor(host.id, step.how);
        let draft = self.event_draft(&host, step.how);
        let new = draft.check(&self.event_context(&host)).unwrap();
        self.hub.server.state.store().add_event(&editor, new, moment()).await.unwrap();
    }

    async fn change_event(&mut self, step: Step) {
        let Some(found) = chosen(&self.events().await, step.which) else { return };
        let (id, version, event) = (found.id, found.version, found.event);
        let host = self.known_organisation(step.which).await;
        let editor = if event.state.is_open_to_members() && event.host_id == Some(host.id) {
            self.editor(host.id, step.how)
        } else {
            self.office.clone()
        };
        let draft = self.event_draft(&host, step.how);
        let new = draft.check(&self.event_context(&host)).unwrap();
        let store = self.hub.server.state.store();
        written(store.change_event(&editor, id, version, new, moment()).await);
    }

    async fn bring_event(&mut self, step: Step) {
        let Some(found) = chosen(&self.events().await, step.which) else { return };
        let (id, version, event) = (found.id, found.version, found.event);
        let editor = self.editor(event.host_id.unwrap_or_default(), step.how);
        let may = |next: &&EventState| event.state.may_become(**next, editor.initiator());
        let allowed: Vec<EventState> = EventState::ALL.iter().filter(may).copied().collect();
        let Some(next) = chosen(&allowed, step.how / 2) else { return };
        let store = self.hub.server.state.store();
        written(store.change_event_state(&editor, id, version, next, moment()).await);
    }

    /// Somebody who may write what is this organisation's: its own people now and then, otherwise the office.
    fn editor(&self, organisation_id: i64, how: usize) -> ContentEditor {
        let is_own = organisation_id == self.own_id && how.is_multiple_of(2);
        if is_own { self.member.clone() } else { self.office.clone() }
    }

    /// Any organisation, the member's own more often than others.
    async fn known_organisation(&self, which: usize) -> KnownOrganisation {
        let all = self.organisations().await;
        let own = all.iter().find(|stored| stored.id == self.own_id && which.is_multiple_of(2));
        let stored = own.cloned().or_else(|| chosen(&all, which / 2)).unwrap();
        let StoredOrganisation { id, organisation, .. } = stored;
        KnownOrganisation { id, name: organisation.name, state: organisation.state }
    }

    fn new_organisation(&mut self) -> NewOrganisation {
        let draft = OrganisationDraft {
            name: format!("{} {}", self.word(), self.word()),
            website: format!("https://{}.example", self.word()),
            contact_name: self.word(),
            email: format!("{}@hidden.example", self.word()),
            logo: format!("{}.svg", self.word()),
            text_nl: self.word(),
            text_de: self.word(),
            text_en: self.word(),
            ..self.organisation.clone()
        };
        draft.check(&OrganisationContext { region: &self.hub.server.config.hub.region }).unwrap()
    }

    fn new_vacancy(&mut self, organisation: &KnownOrganisation, how: usize) -> NewVacancy {
        // Some closed before anybody could see them.
        let closes_on = if how.is_multiple_of(5) { today() - Days::new(1) } else { today() + Days::new(30) };
        let draft = VacancyDraft {
            title: self.word(),
            text: self.word(),
            skills: vec![self.word()],
            study_fields: vec![self.word()],
            starts_on: String::new(),
            closes_on: closes_on.to_string(),
            organisation: organisation.name.clone(),
            ..self.vacancy.clone()
        };
        self.checked(&draft, organisation)
    }

    fn checked(&self, draft: &VacancyDraft, organisation: &KnownOrganisation) -> NewVacancy {
        let region = &self.hub.server.config.hub.region;
        let context = VacancyContext { region, organisation: Some(organisation), earliest_closing: None };
        draft.check(&context).unwrap()
    }

    fn event_draft(&mut self, host: &KnownOrganisation, how: usize) -> EventDraft {
        let audience = if how.is_multiple_of(3) { Audience::Members } else { Audience::Everyone };
        EventDraft {
            title: self.word(),
            text: self.word(),
            host: host.name.clone(),
            audience: audience.code().to_owned(),
            ..self.event.clone()
        }
    }

    fn event_context<'a>(&'a self, host: &'a KnownOrganisation) -> EventContext<'a> {
        EventContext { region: &self.hub.server.config.hub.region, host: Some(host) }
    }

    /// A word that nobody wrote before.
    fn word(&mut self) -> String {
        self.written += 1;
        word(self.written - 1)
    }

    /// Notes what visitors can read now, by a rule that is told here anew.
    async fn note_what_is_public(&mut self) {
        for stored in self.organisations().await {
            if stored.organisation.state == OrganisationState::Member {
                self.public.extend(words_in(&format!("{stored:?}")));
            }
        }
        for stored in self.vacancies().await {
            if is_shown(&stored) {
                self.known.insert(stored.id);
                self.public.extend(words_in(&format!("{:?}", stored.vacancy)));
            }
            // The page that says that it is gone names it, and who offered it.
            if self.known.contains(&stored.id) {
                self.public.extend(words_in(&stored.vacancy.title));
                self.public.extend(words_in(&stored.vacancy.organisation));
            }
        }
        for StoredEvent { event, .. } in self.events().await {
            if event.state == EventState::Published && event.audience != Audience::Members {
                self.public.extend(words_in(&event.title).into_iter().chain(words_in(&event.text)));
            }
        }
    }
}

/// Whether visitors see a vacancy today.
pub(crate) fn is_shown(stored: &StoredVacancy) -> bool {
    stored.vacancy.state == VacancyState::Published
        && stored.vacancy.closes_on >= today()
        && stored.organisation_state == OrganisationState::Member
}

/// The moment at which everything is written, after that of the rows that were there.
pub(crate) fn moment() -> Moment {
    Moment { now: clock() + TimeDelta::minutes(1), today: today() }
}

/// The words of the writers in a text, which may be in capitals.
pub(crate) fn words_in(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let is_digit = |letter: &char| DIGITS.contains(letter);
    let ends = text.split(MARK).skip(1);
    let numbers =
        ends.map(|rest| rest.chars().take(PLACES as usize).take_while(is_digit).collect::<String>());
    numbers.filter(|number| number.len() == PLACES as usize).map(|number| format!("{MARK}{number}")).collect()
}

/// The word of a number; all have the same length, so that none is part of another.
fn word(number: u32) -> String {
    let digit = |place: u32| DIGITS[(number / 10u32.pow(place) % 10) as usize];
    let digits: String = (0..PLACES).rev().map(digit).collect();
    format!("{MARK}{digits}")
}

fn known(stored: &StoredVacancy) -> KnownOrganisation {
    KnownOrganisation {
        id: stored.vacancy.organisation_id,
        name: stored.vacancy.organisation.clone(),
        state: stored.organisation_state,
    }
}

fn chosen<T: Clone>(all: &[T], which: usize) -> Option<T> {
    let number = which.checked_rem(all.len())?;
    Some(all[number].clone())
}

fn written<T: std::fmt::Debug>(saved: Result<Saved<T>, store::Error>) {
    let saved = saved.unwrap();
    assert!(!matches!(saved, Saved::Stale(_)), "{saved:?}");
}
