//! The log: one line per request and per thing that an operator should know.

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts the log; panics go into it as well.
///
/// # Errors
/// When the filter can't be read.
pub fn start(log: &Log) -> Result<(), String> {
    let filter = EnvFilter::try_new(&log.filter).map_err(|error| {
        format!("log.filter: found `{}`, expected a filter such as info: {error}", log.filter)
    })?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match log.format {
        LogFormat::Plain => builder.with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| format!("the log can't start: {error}"))?;
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    Ok(())
}
