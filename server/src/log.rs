//! The log: one line per request and per thing that an operator should know.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts the log; panics go into it as well.
///
/// # Errors
/// When the filter can't be read.
pub fn start(log: &Log) -> Result<(), String> {
    // Each migration says several lines; the server says in one how many there were. The operator's own word wins.
    let quiet = format!("sea_orm_migration=warn,{}", log.filter);
    let filter = EnvFilter::try_new(&quiet).map_err(|error| {
        format!("log.filter: found `{}`, expected a filter such as info: {error}", log.filter)
    })?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match log.format {
        LogFormat::Plain => builder.with_target(false).with_ansi(is_coloured()).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| format!("the log can't start: {error}"))?;
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    Ok(())
}

/// Colours are for people who look at a terminal, and want them (<https://no-color.org>).
fn is_coloured() -> bool {
    let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !is_unwanted
}
