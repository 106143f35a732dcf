//! Data for search engines (schema.org, as JSON-LD): what the page shows, and nothing invented.

use domain::Language;
use domain::events::StoredEvent;
use domain::hub::Hub;
use domain::organisations::{Organisation, StoredOrganisation};
use domain::text::Cents;
use domain::vacancies::{Level, Remote, StoredVacancy, TravelAllowance, VacancyKind};
use serde_json::{Map, Value, json};

use hub::with_offset;
use words::paths::Page;
use words::{labels, texts as t};

/// JSON that is safe within a script element.
fn safe(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// A `JobPosting` as Google's documentation of 2026 asks for it; unknown values are left out.
pub(crate) fn job_posting(
    stored: &StoredVacancy,
    organisation: Option<&StoredOrganisation>,
    description: &str,
    hub: &Hub,
    public_url: &str,
) -> String {
    let vacancy = &stored.vacancy;
    let mut posting = Map::new();
    posting.insert("@context".into(), json!("https://schema.org"));
    posting.insert("@type".into(), json!("JobPosting"));
    posting.insert("title".into(), json!(vacancy.title));
    posting.insert("description".into(), json!(description));
    posting.insert("inLanguage".into(), json!(vacancy.language.code()));
    posting.insert(
        "identifier".into(),
        json!({ "@type": "PropertyValue", "name": hub.name, "value": vacancy.reference }),
    );
    posting.insert("hiringOrganization".into(), hiring_organisation(stored, organisation, public_url));
    posting
        .insert("jobLocation".into(), json!({ "@type": "Place", "address": address(hub, &vacancy.place) }));
    posting.insert("employmentType".into(), json!(employment_types(vacancy.kind, vacancy.hours_per_week)));
    let closes = vacancy.closes_on.and_hms_opt(23, 59, 59).unwrap_or_default();
    posting.insert("validThrough".into(), json!(with_offset(closes)));
    // One applies here, not on another site.
    posting.insert("directApply".into(), json!(true));
    if let Some(day) = vacancy.published_on {
        posting.insert("datePosted".into(), json!(day.to_string()));
    }
    if let Some(day) = vacancy.starts_on {
        posting.insert("jobStartDate".into(), json!(day.to_string()));
    }
    if vacancy.seats > 1 {
        posting.insert("totalJobOpenings".into(), json!(vacancy.seats));
    }
    if let Some(hours) = vacancy.hours_per_week {
        posting.insert("workHours".into(), json!(format!("{hours} hours a week")));
    }
    if !vacancy.skills.is_empty() {
        posting.insert("skills".into(), json!(vacancy.skills.join(", ")));
    }
    if let Some(pay) = vacancy.pay {
        posting.insert(
            "baseSalary".into(),
            json!({ "@type": "MonetaryAmount", "currency": "EUR", "value": {
                "@type": "QuantitativeValue", "minValue": euros(pay.from), "maxValue": euros(pay.to), "unitText": "MONTH" } }),
        );
    }
    let paid = labels::travel_allowance(vacancy.travel_allowance, vacancy.language);
    if let Some(paid) = paid.filter(|_| vacancy.travel_allowance != TravelAllowance::None) {
        let benefit = format!("{}: {paid}", t::fact_travel(vacancy.language));
        posting.insert("jobBenefits".into(), json!(benefit));
    }
    if vacancy.remote == Remote::Fully {
        let home = country_of(hub, &vacancy.place);
        let abroad = hub.region.municipalities.iter().map(|municipality| municipality.country.as_str());
        let mut countries: Vec<&str> = vec![home];
        for country in abroad.filter(|_| vacancy.is_cross_border) {
            if !countries.contains(&country) {
                countries.push(country);
            }
        }
        let countries: Vec<Value> =
            countries.iter().map(|country| json!({ "@type": "Country", "name": country })).collect();
        posting.insert("jobLocationType".into(), json!("TELECOMMUTE"));
        posting.insert("applicantLocationRequirements".into(), json!(countries));
    }
    if let Some(credential) = credential(&vacancy.levels) {
        posting.insert(
            "educationRequirements".into(),
            json!({ "@type": "EducationalOccupationalCredential", "credentialCategory": credential }),
        );
    }
    // `directApply` is left out: one applies with the organisation itself.
    safe(&Value::Object(posting))
}

fn hiring_organisation(
    stored: &StoredVacancy,
    organisation: Option<&StoredOrganisation>,
    public_url: &str,
) -> Value {
    let mut body = Map::new();
    body.insert("@type".into(), json!("Organization"));
    body.insert("name".into(), json!(stored.vacancy.organisation));
    if let Some(website) = organisation.and_then(|stored| stored.organisation.website.as_ref()) {
        body.insert("sameAs".into(), json!(website));
    }
    if let Some(logo) = &stored.organisation_logo {
        body.insert("logo".into(), json!(format!("{public_url}/logos/{logo}")));
    }
    Value::Object(body)
}

fn employment_types(kind: VacancyKind, hours: Option<u8>) -> Vec<&'static str> {
    let by_hours = match hours {
        Some(hours) if hours >= 32 => Some("FULL_TIME"),
        Some(_) => Some("PART_TIME"),
        None => None,
    };
    match kind {
        VacancyKind::Internship | VacancyKind::GraduationProject => {
            ["INTERN"].into_iter().chain(by_hours).collect()
        }
        VacancyKind::Traineeship => by_hours.into_iter().chain(["TEMPORARY"]).collect(),
        VacancyKind::StarterJob => vec![by_hours.unwrap_or("OTHER")],
        // Beside one's studies is part of the time, unless the organisation says otherwise.
        VacancyKind::SideJob => vec![by_hours.unwrap_or("PART_TIME")],
    }
}

/// The lowest level that fits, in the words that search engines know.
fn credential(levels: &[Level]) -> Option<&'static str> {
    levels.first().map(|level| match level {
        Level::Mbo2 | Level::Mbo3 | Level::Mbo4 => "professional certificate",
        Level::AssociateDegree => "associate degree",
        Level::Hbo | Level::WoBachelor => "bachelor degree",
        Level::WoMaster => "postgraduate degree",
    })
}

fn euros(amount: Cents) -> Value {
    amount.whole_euros().map_or_else(|| json!(amount.0 as f64 / 100.0), |euros| json!(euros))
}

fn country_of<'a>(hub: &'a Hub, place: &str) -> &'a str {
    hub.region.find_place(place).map_or("NL", |place| hub.region.country_of(place))
}

fn address(hub: &Hub, place: &str) -> Value {
    let known = hub.region.find_place(place);
    let province = known
        .and_then(|place| hub.region.find_municipality(&place.municipality))
        .and_then(|municipality| municipality.province.as_deref());
    let mut address = Map::new();
    address.insert("@type".into(), json!("PostalAddress"));
    address.insert("addressLocality".into(), json!(place));
    if let Some(province) = province {
        address.insert("addressRegion".into(), json!(province));
    }
    address.insert("addressCountry".into(), json!(country_of(hub, place)));
    Value::Object(address)
}

/// An `Organization`.
pub(crate) fn organisation(
    stored: &StoredOrganisation,
    text: &str,
    hub: &Hub,
    public_url: &str,
    language: Language,
) -> String {
    let Organisation { name, place, website, kvk_number, logo, employees, .. } = &stored.organisation;
    let mut body = Map::new();
    body.insert("@context".into(), json!("https://schema.org"));
    body.insert("@type".into(), json!("Organization"));
    body.insert("name".into(), json!(name));
    body.insert(
        "url".into(),
        json!(format!("{public_url}{}", Page::Organisation(stored.slug.clone()).path(language))),
    );
    body.insert("address".into(), address(hub, place));
    if !text.is_empty() {
        body.insert("description".into(), json!(text));
    }
    if let Some(website) = website {
        body.insert("sameAs".into(), json!([website]));
    }
    if let Some(logo) = logo {
        body.insert("logo".into(), json!(format!("{public_url}/logos/{logo}")));
    }
    if let Some(number) = kvk_number {
        body.insert(
            "identifier".into(),
            json!({ "@type": "PropertyValue", "propertyID": "KvK", "value": number }),
        );
    }
    if let Some(employees) = employees {
        body.insert("numberOfEmployees".into(), json!({ "@type": "QuantitativeValue", "value": employees }));
    }
    safe(&Value::Object(body))
}

/// An `Event`.
pub(crate) fn event(
    stored: &StoredEvent,
    description: &str,
    hub: &Hub,
    public_url: &str,
    language: Language,
) -> String {
    let event = &stored.event;
    let url = format!("{public_url}{}", Page::Event(stored.slug()).path(language));
    let organiser = event.host.as_deref().unwrap_or(&hub.name);
    let mut body = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "startDate": with_offset(event.starts_at),
        "endDate": with_offset(event.ends_at),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": event.language.code(),
        "url": url,
        "image": format!("{public_url}{}", picture(stored.host_slug.as_deref())),
        "location": { "@type": "Place", "name": event.host.as_deref().unwrap_or(&event.place), "address": address(hub, &event.place) },
        "organizer": { "@type": "Organization", "name": organiser, "url": public_url },
    });
    if let Some(fields) = body.as_object_mut() {
        if !description.is_empty() {
            fields.insert("description".into(), json!(description));
        }
        if let Some(capacity) = event.capacity {
            fields.insert("maximumAttendeeCapacity".into(), json!(capacity));
        }
    }
    safe(&body)
}

/// The path of the share picture of an organisation, or of the hub.
pub(crate) fn picture(organisation_slug: Option<&str>) -> String {
    format!("/og/{}.png", organisation_slug.unwrap_or("hub"))
}

/// The way to a page: list and page.
pub(crate) fn breadcrumbs(steps: &[(String, String)], public_url: &str) -> String {
    let items: Vec<Value> = steps
        .iter()
        .enumerate()
        .map(|(at, (name, path))| {
            json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": format!("{public_url}{path}") })
        })
        .collect();
    safe(&json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_in_a_title_stays_text() {
        assert!(!safe(&json!({ "title": "</script><script>alert(1)" })).contains('<'));
    }

    #[test]
    fn moments_carry_their_distance_from_utc() {
        let winter = chrono::NaiveDate::from_ymd_opt(2027, 1, 15).unwrap().and_hms_opt(13, 0, 0).unwrap();
        let summer = chrono::NaiveDate::from_ymd_opt(2027, 7, 15).unwrap().and_hms_opt(13, 0, 0).unwrap();
        assert_eq!(with_offset(winter), "2027-01-15T13:00:00+01:00");
        assert_eq!(with_offset(summer), "2027-07-15T13:00:00+02:00");
    }

    #[test]
    fn a_job_is_full_time_from_32_hours() {
        assert_eq!(employment_types(VacancyKind::Internship, Some(36)), ["INTERN", "FULL_TIME"]);
        assert_eq!(employment_types(VacancyKind::Internship, None), ["INTERN"]);
        assert_eq!(employment_types(VacancyKind::SideJob, Some(8)), ["PART_TIME"]);
    }
}
