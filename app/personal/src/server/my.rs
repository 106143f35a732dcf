//! The start page of somebody who is signed in.

use domain::vacancies::{Sort, VacancyFilter};

use site::server::{fitting, search};
use ui::shell::MenuGroup;
use web::{PageRequest, PageResult, Person, private_page};

use crate::accounts::{FailedMail, MyPage, MyPageProps};
use words::paths::Page;
use words::texts as t;

/// Failed mails that are shown to staff.
const FAILED_SHOWN: u64 = 20;
/// Matching vacancies that are shown on the start page.
const FITS_SHOWN: usize = 5;

/// Shows where somebody stands who is signed in.
pub(crate) async fn my(PageRequest { context, access: Person(who), .. }: PageRequest<Person>) -> PageResult {
    let language = context.language;
    let viewer = who.viewer().clone();
    let applications = context.state.store().list_own_applications(&who.talent()).await?;
    let broker = who.broker();
    let silent = match &broker {
        Some(broker) => context.state.store().list_silent(broker, context.now()).await?,
        None => Vec::new(),
    };
    let failed = match &broker {
        Some(broker) => context.state.store().list_failed_mail(broker, FAILED_SHOWN).await?,
        None => Vec::new(),
    };
    let silent = silent.into_iter().map(|row| {
        let since = hub::local(row.state_since).date();
        (row, since)
    });
    let silent = silent.collect();
    let office = broker.map(|_| context.menu(MenuGroup::Office)).unwrap_or_default();
    let failed = failed.into_iter().map(failed_mail).collect();
    let talent = fitting(&context).await?;
    // In the order in which a search shows them.
    let best = VacancyFilter::default().with_sort(Sort::Fit);
    let found = talent.map(|talent| search(&context.state, &best, language, Some(&talent)).answer.hits);
    let fits = found.into_iter().flatten().filter_map(|hit| Some((hit.card, hit.fit?)));
    let fits = fits.filter(|(_, fit)| fit.is_marked()).take(FITS_SHOWN).collect();
    Ok(private_page(&context, Page::My, t::my_title(language), move || {
        MyPage(MyPageProps { viewer, applications, fits, silent, failed, office, language })
    }))
}

fn failed_mail(mail: store::MailStatus) -> FailedMail {
    FailedMail {
        to: mail.to,
        day: hub::local(mail.created_at).date(),
        failure: mail.failure.unwrap_or_default(),
        is_tried_again: mail.due_at.is_some(),
    }
}
