//! Counters for operators, in the form that Prometheus reads, on an address of their own.

use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::http::Method;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use hub::HubState;
use hub::jobs::Job;
use store::JobStatus;

use crate::clock;

const REQUESTS: &str = "smarthub_requests_total";
const SECONDS: &str = "smarthub_request_seconds";
const REFUSED: &str = "smarthub_rate_limited_total";
const VACANCIES: &str = "smarthub_open_vacancies";
const ORGANISATIONS: &str = "smarthub_organisations";
const REVISION: &str = "smarthub_revision";
const DATABASE: &str = "smarthub_database_up";
const ROUNDS: &str = "smarthub_job_rounds_total";
const LAST_ROUND: &str = "smarthub_job_last_round_seconds";
const PANICS: &str = "smarthub_job_panics_total";
const FAILURES: &str = "smarthub_job_failures_total";
const LAST_SUCCESS: &str = "smarthub_job_last_success_seconds";
const GIVEN_UP: &str = "smarthub_jobs_given_up";
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// The counters of this process.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// The counters of this process; the first call starts them.
    pub fn get() -> Self {
        static METRICS: LazyLock<Metrics> = LazyLock::new(|| {
            // Only an empty list of buckets is an error, and ours has ten.
            let builder =
                PrometheusBuilder::new().set_buckets(&BUCKETS).unwrap_or_else(|_| PrometheusBuilder::new());
            let recorder = builder.build_recorder();
            let handle = recorder.handle();
            if metrics::set_global_recorder(recorder).is_err() {
                tracing::warn!("another recorder of metrics was there first; ours stays empty");
            }
            describe();
            Metrics(handle)
        });
        METRICS.clone()
    }

    /// The text that Prometheus reads.
    pub fn render(&self) -> String {
        self.0.render()
    }

    /// Frees what old measurements took; to be called now and then.
    pub(crate) fn tidy(&self) {
        self.0.run_upkeep();
    }

    /// The router for the address of the metrics.
    pub fn router(&self) -> Router {
        let metrics = self.clone();
        let render = move || {
            let text = metrics.render();
            async move { ([("content-type", "text/plain; version=0.0.4; charset=utf-8")], text) }
        };
        Router::new().route("/metrics", get(render))
    }
}

fn describe() {
    metrics::describe_counter!(REQUESTS, "Requests by route, method and status.");
    metrics::describe_histogram!(SECONDS, "How long requests took, in seconds, by route.");
    metrics::describe_counter!(REFUSED, "Requests refused because an address asked too often.");
    metrics::describe_gauge!(VACANCIES, "Vacancies that are open today.");
    metrics::describe_gauge!(ORGANISATIONS, "Organisations of the hub.");
    metrics::describe_gauge!(REVISION, "The revision of the database that pages show.");
    metrics::describe_gauge!(DATABASE, "1 when the database answered the last time, 0 when not.");
    metrics::describe_counter!(ROUNDS, "Rounds of a background job that ended, by job.");
    metrics::describe_gauge!(
        LAST_ROUND,
        "When a background job last ended a round, in seconds since 1970, by job."
    );
    metrics::describe_counter!(PANICS, "Rounds of a background job that panicked, by job.");
    metrics::describe_counter!(FAILURES, "Attempts of a job that failed, by kind.");
    metrics::describe_gauge!(
        LAST_SUCCESS,
        "When a job last succeeded on any server, in seconds since 1970, by kind."
    );
    metrics::describe_gauge!(GIVEN_UP, "Jobs that failed too often, and come at their regular time only.");
    metrics::counter!(REFUSED).increment(0);
}

/// Counts a round of a background job that ended: the beat of its heart.
pub(crate) fn count_round(job: &'static str) {
    metrics::counter!(ROUNDS, "job" => job).increment(1);
    metrics::gauge!(LAST_ROUND, "job" => job).set(clock::now().timestamp() as f64);
}

/// Counts a round of a background job that panicked.
pub(crate) fn count_panic(job: &'static str) {
    metrics::counter!(PANICS, "job" => job).increment(1);
}

/// Counts an attempt of a job that failed.
pub(crate) fn count_job_failure(kind: &'static str) {
    metrics::counter!(FAILURES, "kind" => kind).increment(1);
}

/// Shows how the jobs of the hub stand in the database.
pub(crate) fn show_jobs(jobs: &[Job], known: &[JobStatus]) {
    let mut given_up = 0_u32;
    for job in jobs {
        let Some(status) = known.iter().find(|status| status.kind == job.kind) else { continue };
        metrics::counter!(FAILURES, "kind" => job.kind).increment(0);
        given_up += u32::from(status.given_up_at.is_some());
        if let Some(at) = status.last_success_at {
            metrics::gauge!(LAST_SUCCESS, "kind" => job.kind).set(at.timestamp() as f64);
        }
    }
    metrics::gauge!(GIVEN_UP).set(f64::from(given_up));
}

/// Counts a request that was answered.
pub(crate) fn count_request(method: &Method, route: &str, status: u16, time: Duration) {
    let method = match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        // Anybody can invent methods; each would become a row that stays.
        _ => "other",
    };
    let route = route.to_owned();
    metrics::counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!(SECONDS, "route" => route).record(time.as_secs_f64());
}

/// Counts a request that was refused because its address asked too often.
pub(crate) fn count_refused() {
    metrics::counter!(REFUSED).increment(1);
}

/// Shows what the pages show, and whether the database answers.
pub(crate) fn show_catalogue(state: &HubState, is_database_up: bool) {
    let catalogue = state.catalogue();
    metrics::gauge!(VACANCIES).set(catalogue.index.len() as f64);
    metrics::gauge!(ORGANISATIONS).set(catalogue.organisations.len() as f64);
    metrics::gauge!(REVISION).set(catalogue.revision as f64);
    metrics::gauge!(DATABASE).set(f64::from(u8::from(is_database_up)));
}
