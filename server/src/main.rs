//! SmartHub's command line.

mod commands;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The operating system of a regional talent hub.
#[derive(Parser)]
#[command(name = "server", version)]
struct Arguments {
    /// The file that says who the hub is.
    #[arg(long, global = true, default_value = "hub.toml", env = "SMARTHUB_CONFIG")]
    config: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site (what happens without a command).
    Serve(Serve),
    /// Bring the database to the form that this version needs.
    Migrate,
    /// Show what a spreadsheet would change, and change it.
    Import(Import),
    /// Write a spreadsheet.
    Export {
        /// What to write.
        kind: Kind,
        /// The file, ending in .csv or .xlsx.
        file: PathBuf,
    },
    /// Write a copy of the database while the server runs.
    Backup {
        /// A file that is not there yet.
        file: PathBuf,
    },
    /// Give somebody an account of the programme office, or another role in it.
    AddStaff {
        /// The e-mail address.
        email: String,
        /// The role of the person.
        #[arg(long, default_value = "manager")]
        role: Role,
    },
    /// Take phone and recovery codes away from who has lost both, so that the second step is set up anew.
    ResetSecondStep {
        /// The e-mail address.
        email: String,
    },
    /// Give somebody an account of a member organisation, or another role in it.
    AddMember {
        /// The e-mail address.
        email: String,
        /// The organisation, by the last part of its page's address: `ijsselmetaal`.
        organisation: String,
        /// The role of the person.
        #[arg(long, default_value = "manager")]
        role: OwnRole,
    },
    /// End what somebody does for the programme office; the account stays.
    RemoveStaff {
        /// The e-mail address.
        email: String,
    },
    /// End what somebody does for a member organisation; the account stays.
    RemoveMember {
        /// The e-mail address.
        email: String,
        /// The organisation, by the last part of its page's address: `ijsselmetaal`.
        organisation: String,
    },
    /// Erase what may not be kept any longer. A server that runs does so by itself.
    Erase {
        /// Only tell what would go.
        #[arg(long)]
        dry_run: bool,
    },
    /// Erase all that belongs to somebody's address, as they asked by letter.
    EraseAccount {
        /// The e-mail address.
        email: String,
        /// Only tell what would go.
        #[arg(long)]
        dry_run: bool,
    },
    /// Look whether everything is in order, and say what is not.
    Doctor,
}

#[derive(Args, Default)]
struct Serve {
    /// Fill an empty database with invented data and keep it in the present week.
    #[arg(long)]
    demo: bool,
    /// Where to listen, such as 0.0.0.0:3000.
    #[arg(long)]
    address: Option<SocketAddr>,
}

#[derive(Args)]
struct Import {
    /// What is in the file.
    kind: Kind,
    /// A .csv or .xlsx file.
    file: PathBuf,
    /// Only show what would change.
    #[arg(long)]
    dry_run: bool,
    /// Leave wrong rows out instead of refusing the file.
    #[arg(long)]
    skip_invalid: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Role {
    /// Everything, accounts of staff included.
    Manager,
    /// Talents, applications and the cases of the talent broker.
    Broker,
    /// Vacancies, organisations, events and texts.
    Editor,
}

#[derive(Clone, Copy, ValueEnum)]
enum OwnRole {
    /// Everything, colleagues included.
    Manager,
    /// Vacancies and applications.
    Editor,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// Members and prospects.
    Organisations,
    /// Places that members offer.
    Vacancies,
    /// Meetings.
    Events,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let command = arguments.command.unwrap_or(Command::Serve(Serve::default()));
    match commands::run(arguments.config, command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in problems {
                eprintln!("{problem}");
            }
            ExitCode::FAILURE
        }
    }
}
