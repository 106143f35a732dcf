//! How the interface names the words of the domain.

use domain::Language;
use domain::accounts::{MemberRole, StaffRole};
use domain::alerts::Frequency;
use domain::applications::{ApplicationState, DeclineReason};
use domain::events::{Audience, EventKind};
use domain::follow_ups::{FollowUp, Whereabouts};
use domain::organisations::{BrandGrade, OrganisationKind};
use domain::talents::{Fit, Reason};
use domain::vacancies::{
    Facet, HoursBand, Level, Remote, Sort, StartPeriod, TravelAllowance, VacancyKind, VacancyOutcome,
};

use crate::{format, texts as t};

/// The name of a kind of vacancy.
pub fn vacancy_kind(kind: VacancyKind, language: Language) -> &'static str {
    match kind {
        VacancyKind::Internship => t::kind_internship(language),
        VacancyKind::GraduationProject => t::kind_graduation_project(language),
        VacancyKind::Traineeship => t::kind_traineeship(language),
        VacancyKind::StarterJob => t::kind_starter_job(language),
        VacancyKind::SideJob => t::kind_side_job(language),
    }
}

/// The name of a level of education.
pub fn level(level: Level, language: Language) -> &'static str {
    match level {
        Level::Mbo2 => t::level_mbo2(language),
        Level::Mbo3 => t::level_mbo3(language),
        Level::Mbo4 => t::level_mbo4(language),
        Level::AssociateDegree => t::level_associate_degree(language),
        Level::Hbo => t::level_hbo(language),
        Level::WoBachelor => t::level_wo_bachelor(language),
        Level::WoMaster => t::level_wo_master(language),
    }
}

/// Levels beside each other: `mbo 4, hbo`.
pub fn levels(levels: &[Level], language: Language) -> String {
    levels.iter().map(|value| level(*value, language)).collect::<Vec<_>>().join(", ")
}

/// The name of a language.
pub fn language_name(named: Language, language: Language) -> &'static str {
    match named {
        Language::Dutch => t::language_nl(language),
        Language::German => t::language_de(language),
        Language::English => t::language_en(language),
    }
}

/// What is paid for travelling; nothing where nobody said it.
pub fn travel_allowance(allowance: TravelAllowance, language: Language) -> Option<&'static str> {
    match allowance {
        TravelAllowance::Unknown => None,
        TravelAllowance::None => Some(t::travel_none(language)),
        TravelAllowance::PublicTransport => Some(t::travel_public_transport(language)),
        TravelAllowance::PerKilometre => Some(t::travel_per_kilometre(language)),
    }
}

/// How much can be done from home.
pub fn remote(remote: Remote, language: Language) -> &'static str {
    match remote {
        Remote::No => t::remote_no(language),
        Remote::Partly => t::remote_partly(language),
        Remote::Fully => t::remote_fully(language),
    }
}

/// The name of a period in which vacancies start.
pub fn start_period(period: StartPeriod, language: Language) -> String {
    match period {
        StartPeriod::Now => t::start_now(language).to_owned(),
        StartPeriod::Spring(year) => t::start_spring(language, year),
        StartPeriod::Autumn(year) => t::start_autumn(language, year),
        StartPeriod::ByArrangement => t::start_by_arrangement(language).to_owned(),
    }
}

/// The name of a facet.
pub fn facet(facet: Facet, language: Language) -> &'static str {
    match facet {
        Facet::Kind => t::facet_kind(language),
        Facet::Level => t::facet_level(language),
        Facet::StudyField => t::facet_study_field(language),
        Facet::Sector => t::facet_sector(language),
        Facet::Organisation => t::facet_organisation(language),
        Facet::Municipality => t::facet_municipality(language),
        Facet::Language => t::facet_language(language),
        Facet::Start => t::facet_start(language),
        Facet::Hours => t::facet_hours(language),
        Facet::Remote => t::facet_remote(language),
        Facet::CrossBorder => t::facet_cross_border(language),
        Facet::PayKnown => t::facet_pay_known(language),
    }
}

/// The name of a facet's value; `text` is what the data calls it where the list is open.
pub fn facet_value(facet: Facet, value: &str, text: &str, language: Language) -> String {
    let known = match facet {
        Facet::Kind => VacancyKind::from_word(value).map(|kind| vacancy_kind(kind, language)),
        Facet::Level => Level::from_word(value).map(|value| level(value, language)),
        Facet::Language => Language::from_word(value).map(|named| language_name(named, language)),
        Facet::Hours => HoursBand::from_word(value).map(|band| match band {
            HoursBand::UpTo16 => t::hours_up_to_16(language),
            HoursBand::From17To31 => t::hours_from_17_to_31(language),
            HoursBand::From32 => t::hours_from_32(language),
        }),
        Facet::Remote => Remote::from_word(value).map(|value| remote(value, language)),
        Facet::CrossBorder => Some(t::facet_cross_border_yes(language)),
        Facet::PayKnown => Some(t::facet_pay_known_yes(language)),
        Facet::Start => {
            return StartPeriod::parse(value)
                .map_or_else(|| text.to_owned(), |period| start_period(period, language));
        }
        Facet::StudyField | Facet::Sector | Facet::Organisation | Facet::Municipality => None,
    };
    known.unwrap_or(text).to_owned()
}

/// The name of an order of results.
pub fn sort(sort: Sort, language: Language) -> &'static str {
    match sort {
        Sort::Relevance => t::sort_relevance(language),
        Sort::Newest => t::sort_newest(language),
        Sort::Distance => t::sort_distance(language),
        Sort::ClosingSoon => t::sort_closing_soon(language),
        Sort::Fit => t::fit_title(language),
    }
}

/// The name of a kind of organisation.
pub fn organisation_kind(kind: OrganisationKind, language: Language) -> &'static str {
    match kind {
        OrganisationKind::Company => t::organisation_company(language),
        OrganisationKind::Government => t::organisation_government(language),
        OrganisationKind::Education => t::organisation_education(language),
        OrganisationKind::CivilSociety => t::organisation_civil_society(language),
    }
}

/// How far an organisation carries the hub's brand, as a sentence with the hub's name.
pub fn brand_grade(grade: BrandGrade, hub: &str, language: Language) -> String {
    match grade {
        BrandGrade::ConnectedWith => t::brand_connected_with(language, hub),
        BrandGrade::InitiativeOf => t::brand_initiative_of(language, hub),
        BrandGrade::BrandName => t::brand_brand_name(language, hub),
    }
}

/// The name of a kind of event.
pub fn event_kind(kind: EventKind, language: Language) -> &'static str {
    match kind {
        EventKind::KnowledgeExchange => t::event_knowledge_exchange(language),
        EventKind::PersonalGrowth => t::event_personal_growth(language),
        EventKind::CompanyVisit => t::event_company_visit(language),
        EventKind::Social => t::event_social(language),
        EventKind::CompanyDay => t::event_company_day(language),
        EventKind::Information => t::event_information(language),
        EventKind::KnowledgeCircle => t::event_knowledge_circle(language),
        EventKind::Pitch => t::event_pitch(language),
    }
}

/// Whom an event is for.
pub fn audience(audience: Audience, language: Language) -> &'static str {
    match audience {
        Audience::Everyone => t::audience_everyone(language),
        Audience::TalentProgram => t::audience_talent_program(language),
        Audience::Members => t::audience_members(language),
    }
}

/// Where an application stands, as people say it.
pub fn application_state(state: ApplicationState, language: Language) -> &'static str {
    match state {
        ApplicationState::Unconfirmed => t::application_state_unconfirmed(language),
        ApplicationState::Submitted => t::application_state_submitted(language),
        ApplicationState::Seen => t::application_state_seen(language),
        ApplicationState::InConversation => t::application_state_in_conversation(language),
        ApplicationState::Offered => t::application_state_offered(language),
        ApplicationState::Accepted => t::application_state_accepted(language),
        ApplicationState::Placed => t::application_state_placed(language),
        ApplicationState::Declined => t::application_state_declined(language),
        ApplicationState::Withdrawn => t::application_state_withdrawn(language),
        ApplicationState::Expired => t::application_state_expired(language),
    }
}

/// What became of a vacancy, as people say it.
pub fn vacancy_outcome(outcome: VacancyOutcome, language: Language) -> &'static str {
    match outcome {
        VacancyOutcome::ThroughHub => t::outcome_through_hub(language),
        VacancyOutcome::Otherwise => t::outcome_otherwise(language),
        VacancyOutcome::NotFilled => t::outcome_not_filled(language),
        VacancyOutcome::Unknown => t::question_unknown(language),
    }
}

/// Where somebody is who was placed, as people say it.
pub fn whereabouts(whereabouts: Whereabouts, language: Language) -> &'static str {
    match whereabouts {
        Whereabouts::StillThere => t::placement_still_there(language),
        Whereabouts::InRegion => t::placement_in_region(language),
        Whereabouts::Left => t::placement_left(language),
        Whereabouts::Unknown => t::question_unknown(language),
    }
}

/// The placed talent and the reason for the question: on the page of the question and in its mail.
pub fn about_follow_up(follow_up: &FollowUp, language: Language) -> String {
    let day = format::date(follow_up.placed_from, language);
    let text = t::placement_lead(language, day, follow_up.months);
    if follow_up.of == 1 {
        return text;
    }
    format!("{text} {}", t::placement_several(language, follow_up.number, follow_up.of))
}

/// Why an organisation says no, as people say it.
pub fn decline_reason(reason: DeclineReason, language: Language) -> &'static str {
    match reason {
        DeclineReason::Filled => t::decline_filled(language),
        DeclineReason::Other => t::decline_other(language),
        DeclineReason::Skills => t::decline_skills(language),
        DeclineReason::Study => t::decline_study(language),
        DeclineReason::Period => t::decline_period(language),
        DeclineReason::Cancelled => t::decline_cancelled(language),
    }
}

/// The right of somebody in an organisation.
pub fn member_role(role: MemberRole, language: Language) -> &'static str {
    match role {
        MemberRole::Manager => t::role_member_manager(language),
        MemberRole::Editor => t::role_member_editor(language),
    }
}

/// The right of somebody in the programme office.
pub fn staff_role(role: StaffRole, language: Language) -> &'static str {
    match role {
        StaffRole::Manager => t::role_staff_manager(language),
        StaffRole::Broker => t::role_staff_broker(language),
        StaffRole::Editor => t::role_staff_editor(language),
    }
}

/// How often an alert may come.
pub fn frequency(frequency: Frequency, language: Language) -> &'static str {
    match frequency {
        Frequency::AtOnce => t::alert_at_once(language),
        Frequency::Daily => t::alert_daily(language),
        Frequency::Weekly => t::alert_weekly(language),
    }
}

/// Why a vacancy fits, in one line: `4 van 5 vaardigheden · hbo · 8 km`.
pub fn fit_words(fit: &Fit, language: Language) -> String {
    let words = fit.reasons.iter().map(|reason| match *reason {
        Reason::Skills(met, of) => t::fit_skills(language, met, of),
        Reason::StudyField => t::fit_study_field(language).to_owned(),
        Reason::Level(wanted) => level(wanted, language).to_owned(),
        Reason::Near(kilometres) => format!("{kilometres} km"),
        Reason::FromHome => t::remote_fully(language).to_owned(),
        Reason::Period => t::fit_period(language).to_owned(),
    });
    words.collect::<Vec<_>>().join(" · ")
}
