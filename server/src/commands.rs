//! What each command does.

use std::path::{Path, PathBuf};

use domain::Language;
use domain::Moment;
use domain::accounts::{EmailAddress, MemberRole, StaffRole};
use domain::events::Event;
use domain::organisations::Organisation;
use domain::vacancies::Vacancy;
use hub::jobs::JOBS;
use hub::{HubState, Settings, World};
use server::config::{self, Config, Flags, Limits};
use server::mail::{Mailer, deliver};
use server::spreadsheets::{self, ImportOptions, Sheet};
use server::{
    ServerState, clock, demo, doctor, documents, keep_demo, keep_fresh, keep_jobs, keep_tidy, listen, log,
    random, router, serve, stop_signal,
};
use store::{Erased, Leaving, LetterContext, Store, Unused};
use tokio_util::sync::CancellationToken;
use web::Assets;
use words::paths::Page;

use crate::{Command, Import, Kind, OwnRole, Role, Serve};

type CommandErrors = Vec<String>;

/// Where the demo's spreadsheets and its `hub.toml` are.
const DEMO: &str = "demo";
/// Why somebody stays whom somebody wants to erase or to end.
const LAST_MANAGER: &str =
    "this is the last manager of the programme office: give somebody else that role first, with add-staff";
/// Connections at the address of the metrics; visitors do not come there.
const METRICS_CONNECTIONS: usize = 16;

/// Does what a command says.
pub(crate) async fn run(file: PathBuf, command: Command) -> Result<(), CommandErrors> {
    match command {
        Command::Serve(flags) => run_server(&file, flags).await,
        Command::Migrate => migrate(&file).await,
        Command::Import(import) => run_import(&file, import).await,
        Command::Export { kind, file: to } => export(&file, kind, &to).await,
        Command::Backup { file: to } => backup(&file, &to).await,
        Command::AddStaff { email, role } => add_staff(&file, &email, role).await,
        Command::ResetSecondStep { email } => reset_second_step(&file, &email).await,
        Command::AddMember { email, organisation, role } => {
            add_member(&file, &email, &organisation, role).await
        }
        Command::RemoveStaff { email } => remove_staff(&file, &email).await,
        Command::RemoveMember { email, organisation } => remove_member(&file, &email, &organisation).await,
        Command::Erase { dry_run } => erase(&file, dry_run).await,
        Command::EraseAccount { email, dry_run } => erase_account(&file, &email, dry_run).await,
        Command::Doctor => run_doctor(&file).await,
    }
}

fn said(error: impl std::fmt::Display) -> CommandErrors {
    vec![error.to_string()]
}

fn load(file: &Path, flags: &Flags) -> Result<Config, CommandErrors> {
    config::load(file, flags)
}

async fn run_server(file: &Path, serve: Serve) -> Result<(), CommandErrors> {
    let folder = serve.demo.then(|| PathBuf::from(DEMO));
    // A demo needs no set-up: without a hub of one's own it takes the demo's.
    let is_alone = folder.is_some() && !file.is_file();
    let file = if is_alone { Path::new(DEMO).join("hub.toml") } else { file.to_owned() };
    let mut config = load(&file, &Flags { address: serve.address, demo: folder })?;
    log::start(&config.log).map_err(said)?;
    if let Some(problem) = doctor::open_files_problem(&config.limits) {
        tracing::warn!("{problem}");
    }
    let store = open(&config).await?;
    if let Some(folder) = &config.demo {
        if demo::fill(&store, &config.hub, folder, clock::now()).await.map_err(said)? {
            demo::add_accounts(&store, clock::now()).await.map_err(said)?;
        } else {
            // A true hub has neither accounts that everybody knows nor mail that everybody reads.
            config.demo = None;
        }
    }
    let assets = Assets::find(&hash_file());
    // While developing, the style sheet is a file of its own, which can be loaded again without the page.
    let assets = if config.is_development { assets } else { assets.with_style(&config.site_root) };
    let settings = Settings {
        public_url: config.public_url.clone(),
        is_development: config.is_development,
        has_mailbox: config.has_mailbox(),
        synonyms: config.search.own_synonyms().map_err(said)?,
    };
    let state = HubState::start(
        config.hub.clone(),
        store.clone(),
        settings,
        World { clock: clock::now, random: random::fill },
    )
    .await
    .map_err(said)?;
    let server = ServerState::open(state, assets, config).map_err(said)?;
    if server.files.is_empty() {
        tracing::warn!(folder = %server.config.site_root.display(), "there are no files of the site; pages have no style");
    }
    serve_site(server).await?;
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// cargo-leptos writes the hashes of style sheet, script and wasm beside the program.
fn hash_file() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.with_file_name("hash.txt")
}

async fn serve_site(server: ServerState) -> Result<(), CommandErrors> {
    let config = server.config.clone();
    let listener = listen(config.address).await.map_err(said)?;
    let stop = CancellationToken::new();
    let background = tokio::spawn(keep_fresh(server.clone(), stop.clone()));
    tokio::spawn(keep_tidy(server.clone(), stop.clone()));
    let jobs = tokio::spawn(keep_jobs(server.state.clone(), JOBS, stop.clone()));
    if let Some(folder) = config.demo.clone() {
        tokio::spawn(keep_demo(server.clone(), folder, clock::now, stop.clone()));
    }
    let mailer = Mailer::new(server.state.clone(), &config).map_err(said)?;
    let post = tokio::spawn(deliver(mailer, clock::now, stop.clone()));
    if let Some(address) = config.metrics_address {
        let metrics = listen(address).await.map_err(said)?;
        tracing::info!(%address, "metrics");
        let limits = Limits { connections: METRICS_CONNECTIONS, ..config.limits.clone() };
        tokio::spawn(serve(metrics, server.metrics.router(), limits, stop.clone()));
    }
    let catalogue = server.state.catalogue();
    let address = listener.local_addr().unwrap_or(config.address);
    tracing::info!(
        hub = config.hub.name,
        organisations = catalogue.organisations.len(),
        vacancies = catalogue.index.len(),
        "open http://{address}"
    );
    if config.demo.is_some() {
        demo::show_accounts(&config.public_url);
    }
    drop(catalogue);
    let stopper = stop.clone();
    tokio::spawn(async move {
        if let Err(error) = stop_signal().await {
            tracing::error!(%error, "no signal to stop will be heard");
            return;
        }
        stopper.cancel();
    });
    // Behind a proxy all connections are the proxy's.
    let limits = &config.limits;
    let per_client =
        if config.trusted_proxies > 0 { limits.connections } else { limits.connections_per_client };
    let limits = Limits { connections_per_client: per_client, ..limits.clone() };
    serve(listener, router(server), limits, stop).await;
    post.await.map_err(said)?;
    jobs.await.map_err(said)?;
    background.await.map_err(said)
}

/// Opens the database, makes it when it is missing, and brings it to the form that this version needs.
async fn open(config: &Config) -> Result<Store, CommandErrors> {
    let documents = documents::open(config).map_err(said)?;
    let store = Store::connect(&config.database_url).await.map_err(said)?.with_documents(documents);
    let count = store.migrate().await.map_err(said)?;
    if count > 0 {
        tracing::info!("{}", applied(count));
    }
    Ok(store)
}

fn applied(count: u32) -> String {
    if count == 1 { "1 migration applied".to_owned() } else { format!("{count} migrations applied") }
}

async fn add_staff(file: &Path, email: &str, role: Role) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let address = address_of(email)?;
    let role = match role {
        Role::Manager => StaffRole::Manager,
        Role::Broker => StaffRole::Broker,
        Role::Editor => StaffRole::Editor,
    };
    let store = open(&config).await?;
    let done = store.add_staff(address.clone(), role, Language::Dutch, clock::now()).await.map_err(said);
    store.close().await;
    done?;
    let page = Page::SignIn.path(Language::Dutch);
    println!("{address} is {} now; sign in at {}{page}", role.word(), config.public_url);
    Ok(())
}

async fn reset_second_step(file: &Path, email: &str) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let address = address_of(email)?;
    let store = open_existing(&config).await?;
    let done = store.reset_second_step(address.clone(), clock::now()).await;
    store.close().await;
    let had_one = done.map_err(|error| match error {
        store::Error::NotFound => vec![format!("there is no account of {address}")],
        error => said(error),
    })?;
    if had_one {
        println!("{address} sets the second step up anew at the next sign-in, and is signed out everywhere.");
    } else {
        println!("{address} has no second step; nothing was changed.");
    }
    Ok(())
}

async fn add_member(
    file: &Path,
    email: &str,
    organisation: &str,
    role: OwnRole,
) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let address = address_of(email)?;
    let role = match role {
        OwnRole::Manager => MemberRole::Manager,
        OwnRole::Editor => MemberRole::Editor,
    };
    let store = open_existing(&config).await?;
    let (slug, language, now) = (organisation.to_owned(), Language::Dutch, clock::now());
    let done = store.add_member(address.clone(), slug, role, language, now).await;
    store.close().await;
    done.map_err(|error| no_organisation(error, organisation))?;
    let page = Page::ReceivedApplications(organisation.to_owned()).path(Language::Dutch);
    println!("{address} is {} of {organisation} now; the page is {}{page}", role.word(), config.public_url);
    Ok(())
}

async fn remove_staff(file: &Path, email: &str) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let address = address_of(email)?;
    let store = open_existing(&config).await?;
    let done = store.remove_staff(address.clone(), clock::now()).await;
    store.close().await;
    match done.map_err(said)? {
        Ok(true) => {
            println!("{address} does not work for the programme office any more");
            Ok(())
        }
        Ok(false) => Err(vec![format!("{address} does not work for the programme office")]),
        Err(_) => Err(vec![LAST_MANAGER.to_owned()]),
    }
}

async fn remove_member(file: &Path, email: &str, organisation: &str) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let address = address_of(email)?;
    let store = open_existing(&config).await?;
    let done = store.remove_member(address.clone(), organisation.to_owned(), clock::now()).await;
    store.close().await;
    if !done.map_err(|error| no_organisation(error, organisation))? {
        return Err(vec![format!("{address} does not work for {organisation} here")]);
    }
    println!("{address} does not work for {organisation} here any more");
    Ok(())
}

fn no_organisation(error: store::Error, organisation: &str) -> CommandErrors {
    match error {
        store::Error::NotFound => vec![format!(
            "found `{organisation}`, expected the last part of the address of an organisation's page"
        )],
        error => said(error),
    }
}

fn address_of(email: &str) -> Result<EmailAddress, CommandErrors> {
    EmailAddress::parse(email).ok_or_else(|| vec![format!("found `{email}`, expected an e-mail address")])
}

async fn erase(file: &Path, is_dry_run: bool) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let (store, letter_context) = (open_with_documents(&config).await?, letter_context_of(&config)?);
    let moment = hub::moment_at(clock::now());
    let done = if is_dry_run {
        both(store.count_erasable(moment).await, store.count_unused(moment).await)
    } else {
        // Accounts after applications, as the server does it.
        let erased = store.erase_applications(moment).await;
        both(erased, store.look_after_unused(&letter_context, moment).await)
    };
    store.close().await;
    let (Erased { applications, drafts, documents }, Unused { warned, erased }) = done.map_err(said)?;
    let (gone, told) =
        if is_dry_run { ("would be erased now", "would be warned") } else { ("erased", "warned") };
    println!("{applications} applications, {drafts} drafts and {documents} CVs {gone}.");
    println!("{erased} unused accounts {gone}; {warned} owners of unused accounts {told}.");
    Ok(())
}

fn both<A, B>(one: Result<A, store::Error>, other: Result<B, store::Error>) -> Result<(A, B), store::Error> {
    Ok((one?, other?))
}

async fn erase_account(file: &Path, email: &str, is_dry_run: bool) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let address = address_of(email)?;
    let (store, letter_context) = (open_with_documents(&config).await?, letter_context_of(&config)?);
    let done = if is_dry_run {
        store.find_leaving(&address).await.and_then(|leaving| leaving.ok_or(store::Error::NotFound).map(Ok))
    } else {
        store.erase_account_of(address.clone(), letter_context, clock::now()).await
    };
    store.close().await;
    let leaving = match done {
        Ok(Ok(leaving)) => leaving,
        Ok(Err(_)) => return Err(vec![LAST_MANAGER.to_owned()]),
        Err(store::Error::NotFound) => {
            return Err(vec![format!("the hub knows nobody by {address}: no account, and no application")]);
        }
        Err(error) => return Err(said(error)),
    };
    for line in told_of(&leaving, &address, is_dry_run) {
        println!("{line}");
    }
    Ok(())
}

/// What goes with somebody, or went, in words.
fn told_of(leaving: &Leaving, address: &EmailAddress, is_dry_run: bool) -> Vec<String> {
    let Leaving { has_account, applications, running, documents, only_manager_of, is_last_manager, .. } =
        leaving;
    let account = if *has_account { "an account" } else { "no account" };
    let gone = if is_dry_run { "would be erased" } else { "erased" };
    let mut lines =
        vec![format!("{address}: {account}, {applications} applications and {documents} CVs {gone}.")];
    let profile = if leaving.has_profile { "a profile" } else { "no profile" };
    let (saved, alerts) = (leaving.saved_vacancies, leaving.alerts);
    lines.push(format!("Also {profile}, {saved} saved vacancies and {alerts} alerts."));
    if *running > 0 {
        let told = if is_dry_run { "would be told" } else { "are told" };
        lines.push(format!("{running} of the applications still run: their organisations {told}."));
    }
    lines.extend(only_manager_of.iter().map(|name| format!("Nobody else is a manager of {name}.")));
    if *is_last_manager {
        lines.push(LAST_MANAGER.to_owned());
    }
    lines
}

/// The context of letters about applications.
fn letter_context_of(config: &Config) -> Result<LetterContext, CommandErrors> {
    let office = address_of(&config.hub.contact.email)?;
    let language = config.hub.languages.first().copied().unwrap_or(Language::Dutch);
    Ok(LetterContext::new(random::fill, office, language))
}

async fn open_with_documents(config: &Config) -> Result<Store, CommandErrors> {
    let documents = documents::open(config).map_err(said)?;
    let store = open_existing(config).await?.with_documents(documents);
    store.migrate().await.map_err(said)?;
    Ok(store)
}

/// Opens a database that must be there: to look at an empty one that was just made helps nobody.
async fn open_existing(config: &Config) -> Result<Store, CommandErrors> {
    Store::open(&config.database_url).await.map_err(|error| match error {
        store::Error::Missing(_) => {
            vec![format!("{error}; is database_url (or DATABASE_URL) right? Nothing was made")]
        }
        error => said(error),
    })
}

async fn migrate(file: &Path) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let store = Store::connect(&config.database_url).await.map_err(said)?;
    let done = store.migrate().await;
    store.close().await;
    println!("{}; the database has the form that this version needs.", applied(done.map_err(said)?));
    Ok(())
}

async fn run_import(file: &Path, import: Import) -> Result<(), CommandErrors> {
    match import.kind {
        Kind::Organisations => import_rows::<Organisation>(file, &import).await,
        Kind::Vacancies => import_rows::<Vacancy>(file, &import).await,
        Kind::Events => import_rows::<Event>(file, &import).await,
    }
}

async fn import_rows<T: Sheet>(file: &Path, import: &Import) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let store = open(&config).await?;
    let options = ImportOptions {
        is_dry_run: import.dry_run,
        skips_invalid: import.skip_invalid,
        file: name_of(&import.file),
    };
    let Moment { now, today } = hub::moment_at(clock::now());
    let mut out = std::io::stdout();
    let done =
        spreadsheets::import::<T>(&store, &config.hub.region, &import.file, &options, now, today, &mut out)
            .await;
    store.close().await;
    done.map(|_| ()).map_err(said)
}

/// The name of a file, for the audit trail: `vacatures.csv`.
fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

async fn export(file: &Path, kind: Kind, to: &Path) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let store = open_existing(&config).await?;
    store.migrate().await.map_err(said)?;
    let kind = match kind {
        Kind::Organisations => spreadsheets::Kind::Organisations,
        Kind::Vacancies => spreadsheets::Kind::Vacancies,
        Kind::Events => spreadsheets::Kind::Events,
    };
    let done = spreadsheets::export(&store, &config.hub.region, kind, to).await;
    store.close().await;
    println!("{}: {} rows", to.display(), done.map_err(said)?);
    Ok(())
}

async fn backup(file: &Path, to: &Path) -> Result<(), CommandErrors> {
    let config = load(file, &Flags::default())?;
    let store = open_existing(&config).await?;
    let done = store.backup(to).await;
    store.close().await;
    done.map_err(said)?;
    println!("{} holds a copy of the database", to.display());
    Ok(())
}

async fn run_doctor(file: &Path) -> Result<(), CommandErrors> {
    let (config, mut problems) = config::inspect(file, &Flags::default());
    if let Some(config) = config {
        config::add_news(&mut problems, doctor::examine(&config).await);
    }
    if problems.is_empty() {
        println!("All is well.");
        return Ok(());
    }
    Err(problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erasing_says_what_goes_before_and_after() {
        let address = EmailAddress::parse("sanne@talent.example").unwrap();
        let leaving = Leaving {
            has_account: true,
            applications: 2,
            running: 1,
            documents: 1,
            has_profile: true,
            saved_vacancies: 3,
            alerts: 1,
            only_manager_of: vec!["Berkel Staal".to_owned()],
            is_last_manager: false,
        };
        assert_eq!(
            told_of(&leaving, &address, true),
            [
                "sanne@talent.example: an account, 2 applications and 1 CVs would be erased.",
                "Also a profile, 3 saved vacancies and 1 alerts.",
                "1 of the applications still run: their organisations would be told.",
                "Nobody else is a manager of Berkel Staal.",
            ]
        );
        let nothing = Leaving { applications: 1, ..Leaving::default() };
        assert_eq!(
            told_of(&nothing, &address, false),
            [
                "sanne@talent.example: no account, 1 applications and 0 CVs erased.",
                "Also no profile, 0 saved vacancies and 0 alerts.",
            ]
        );
    }

    #[test]
    fn the_audit_trail_names_the_file_and_not_its_folder() {
        assert_eq!(name_of(Path::new("/home/ann/vacatures.csv")), "vacatures.csv");
    }
}
