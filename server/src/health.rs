//! Whether the server lives, and whether it can work.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::state::ServerState;

/// How long the database may take; watchers get an answer within two seconds.
const PATIENCE: Duration = Duration::from_millis(1500);

/// The process lives.
pub(crate) async fn health() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

/// The database answers and there is a catalogue.
pub(crate) async fn ready(State(server): State<ServerState>) -> Response {
    let is_up = succeeds(server.state.store().ping()).await;
    let catalogue = server.state.catalogue();
    let status = if is_up { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let report = json!({
        "database": if is_up { "ok" } else { "does not answer" },
        "revision": catalogue.revision,
        "open_vacancies": catalogue.index.len(),
    });
    (status, [(CACHE_CONTROL, "no-store")], Json(report)).into_response()
}

/// Whether it succeeds in time.
async fn succeeds<E>(asked: impl Future<Output = Result<(), E>>) -> bool {
    matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_database_that_never_answers_is_not_waited_for() {
        let asked = succeeds(std::future::pending::<Result<(), ()>>());
        assert_eq!(tokio::time::timeout(Duration::from_secs(2), asked).await, Ok(false));
    }
}
