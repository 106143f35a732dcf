//! The people of an organisation and of the programme office: everybody with a role, and a form to add somebody.

use chrono::NaiveDate;
use domain::accounts::EmailAddress;
use domain::{Language, command};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use ui::{Button, ButtonKind, ButtonLink, Field, Icon, Notice, SelectField, SelectOption, static_html};
use words::paths::Page;
use words::{format, texts as t};

/// People with their roles.
#[derive(Clone, Debug)]
pub struct PeopleView {
    /// The people, by name.
    pub people: Vec<PersonRow>,
    /// The roles that somebody can have: what the form sends, and what is shown.
    pub roles: Vec<(&'static str, &'static str)>,
    /// Whether the reader may change anything.
    pub may_change: bool,
    /// Somebody who is to be added.
    pub add: AddForm,
    /// The result of the last change.
    pub done: Option<PeopleFlash>,
}

/// Somebody with a role.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The number of the account.
    pub id: i64,
    /// The name, where it is known.
    pub name: Option<String>,
    /// The address.
    pub email: EmailAddress,
    /// The role of the person, as the form sends it.
    pub role: &'static str,
    /// Since when, where it is known.
    pub since: Option<NaiveDate>,
    /// Whether it is the reader.
    pub is_you: bool,
    /// Why the role can't be changed.
    pub stays: Option<&'static str>,
    /// Whether that was tried just now.
    pub is_wrong: bool,
}

command! {
    /// Gives somebody a role, by address: in an organisation, or in the office.
    "people" "add" => pub struct AddPerson {
        /// The address.
        pub email: String,
        /// The code of the role.
        pub role: String,
    }
}

command! {
    /// Gives somebody who has a role another one.
    "people" "change" => pub struct ChangePerson {
        /// The number of the account.
        pub person: String,
        /// The code of the role.
        pub role: String,
    }
}

command! {
    /// Ends somebody's role.
    "people" "end" => pub struct RemovePerson {
        /// The number of the account.
        pub person: String,
    }
}

/// What such a change led to, as the page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeopleFlash {
    /// Somebody was added, and told by mail.
    Added,
    /// A role was changed.
    Changed,
    /// A role was ended.
    Removed,
}

impl PeopleFlash {
    fn text(self, language: Language) -> &'static str {
        match self {
            Self::Added => t::people_done_added(language),
            Self::Changed => t::people_done_role(language),
            Self::Removed => t::people_done_ended(language),
        }
    }
}

/// The form to add somebody: what was typed, and the errors in words.
#[derive(Clone, Debug, Default)]
pub struct AddForm {
    /// What was typed.
    pub typed: AddPerson,
    /// The error of the address.
    pub email_error: Option<String>,
    /// The error of the role.
    pub role_error: Option<String>,
}

/// An organisation, and how many people it has here.
#[derive(Clone, Debug)]
pub struct OrganisationRow {
    /// The last part of its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// How many people work for it here.
    pub people: u32,
}

/// The page of an organisation's people.
#[component]
pub fn ColleaguesPage(
    /// The name of the organisation.
    organisation: String,
    /// The page of what it received, for who may see that.
    received: Option<String>,
    /// Its people.
    content: PeopleView,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let back = received.map(|href| {
        view! { <p class="actions"><ButtonLink href>{t::member_received(language)}</ButtonLink></p> }
    });
    let done = content.done.map(|done| view! { <Notice><p>{done.text(language)}</p></Notice> });
    let none = content
        .people
        .is_empty()
        .then(|| view! { <p>{t::people_colleagues_none(language, organisation.clone())}</p> });
    let add = if content.may_change {
        let title = t::people_add_colleague(language);
        let (form, roles) = (content.add.clone(), content.roles.clone());
        static_html(view! { <Add title form roles language /> })
    } else {
        static_html(view! { <p class="hint">{t::people_colleagues_look(language)}</p> })
    };
    let lead = t::people_colleagues_lead(language, organisation.clone());
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::people_colleagues_title(language, organisation)}</h1>
            <p class="lead">{lead}</p>
            {back}
            {done}
            {none}
            <People content language />
            {add}
        </div>
    }
}

/// The page of the office's people, with the way to those of every organisation.
#[component]
pub fn StaffPage(
    /// The office's people.
    content: PeopleView,
    /// The organisations that have people here, or those that are searched for.
    organisations: Vec<OrganisationRow>,
    /// The part of a name that is searched for.
    search: String,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let done = content.done.map(|done| view! { <Notice><p>{done.text(language)}</p></Notice> });
    let add = if content.may_change {
        let title = t::people_add_staff(language);
        let (form, roles) = (content.add.clone(), content.roles.clone());
        static_html(view! { <Add title form roles language /> })
    } else {
        static_html(view! { <p class="hint">{t::people_staff_look(language)}</p> })
    };
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::people_staff_title(language)}</h1>
            <p class="lead">{t::people_staff_lead(language)}</p>
            {done}
            <People content language />
            {add}
            <Organisations rows=organisations search language />
        </div>
    }
}

#[component]
fn People(content: PeopleView, language: Language) -> impl IntoView {
    let PeopleView { people, roles, may_change, .. } = content;
    let rows = people
        .into_iter()
        .map(|person| view! { <Person person roles=roles.clone() may_change language /> })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }
}

#[component]
fn Person(
    person: PersonRow,
    roles: Vec<(&'static str, &'static str)>,
    may_change: bool,
    language: Language,
) -> impl IntoView {
    let PersonRow { id, name, email, role, since, is_you, stays, is_wrong } = person;
    let address = name.is_some().then(|| email.to_string());
    let called = name.unwrap_or_else(|| email.to_string());
    let label = roles.iter().find(|(code, _)| *code == role).map(|(_, label)| (*label).to_owned());
    let since = since.map(|day| t::application_since(language, format::date(day, language)));
    let facts = [address, label, since].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let you = is_you.then(|| format!(" · {}", t::people_you(language)));
    let change = may_change.then(|| match stays {
        Some(why) => {
            let class = if is_wrong { "fault" } else { "hint" };
            static_html(view! { <p class=class>{why}</p> })
        }
        None => static_html(view! { <PersonForm id name=called.clone() role roles language /> }),
    });
    view! {
        <li>
            <div>
                <strong dir="auto">{called}</strong>
                {you}
                <p class="hint">{facts}</p>
            </div>
            {change}
        </li>
    }
}

#[component]
fn PersonForm(
    id: i64,
    name: String,
    role: &'static str,
    roles: Vec<(&'static str, &'static str)>,
    language: Language,
) -> impl IntoView {
    let options = roles
        .into_iter()
        .map(|(code, label)| view! { <option value=code selected=code == role>{label}</option> })
        .collect_view();
    let label = t::people_role_of(language, &name);
    let ends = name.clone();
    view! {
        <form method="post" class="actions">
            <input type="hidden" name="person" value=id.to_string() />
            <select name="role" aria-label=label>{options}</select>
            <Button name="do" value="change">
                {t::people_save(language)}
                <span class="hidden">": "{name}</span>
            </Button>
            <Button name="do" value="end">
                {t::people_end(language)}
                <span class="hidden">": "{ends}</span>
            </Button>
        </form>
    }
}

#[component]
fn Add(
    title: &'static str,
    form: AddForm,
    roles: Vec<(&'static str, &'static str)>,
    language: Language,
) -> impl IntoView {
    // Who chooses nothing gives the smallest right, which comes last.
    let last = roles.last().map_or("", |(code, _)| code);
    let chosen = roles.iter().find(|(code, _)| *code == form.typed.role).map_or(last, |(code, _)| code);
    let options = roles
        .iter()
        .map(|(code, label)| SelectOption::new(*code, *label).selected(*code == chosen))
        .collect();
    view! {
        <section aria-labelledby="add">
            <h2 id="add">{title}</h2>
            <form method="post" class="stack" novalidate>
                <Field
                    name="email"
                    label=t::people_email(language)
                    r#type="email"
                    value=form.typed.email
                    hint=t::people_email_hint(language)
                    autocomplete="off"
                    required=true
                    error=form.email_error
                />
                <SelectField name="role" label=t::people_role(language) options error=form.role_error />
                <Button kind=ButtonKind::Primary name="do" value="add">{t::people_add(language)}</Button>
            </form>
        </section>
    }
}

#[component]
fn Organisations(rows: Vec<OrganisationRow>, search: String, language: Language) -> impl IntoView {
    let none = rows.is_empty().then(|| {
        let text = if search.is_empty() {
            t::people_organisations_none(language)
        } else {
            t::people_organisations_not_found(language)
        };
        view! { <p>{text}</p> }
    });
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <li>
                    <a href=Page::Colleagues(row.slug).path(language)>{row.name}</a>
                    <span class="hint">{t::people_count(language, row.people)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="organisations">
            <h2 id="organisations">{t::people_organisations(language)}</h2>
            <p>{t::people_organisations_lead(language)}</p>
            <form class="filter-bar" method="get" action=Page::OfficePeople.path(language)>
                <search>
                    <Field name="naam" label=t::organisations_name(language) r#type="search" value=search />
                    <button class="button">{Icon::Search.view()} {t::people_search(language)}</button>
                </search>
            </form>
            {none}
            <ul class="rows">{rows}</ul>
        </section>
    }
}
