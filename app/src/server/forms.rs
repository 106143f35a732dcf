//! What a form sent.

use axum::body::Body;

/// The fields of a form, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form(Vec<(String, String)>);

/// The guard before all pages lets no larger body in.
const LARGEST: usize = 16 * 1024 * 1024;

impl Form {
    /// Reads the body of a request; what can't be read is as if it were not there.
    pub(crate) async fn read(body: Body) -> Self {
        let bytes = axum::body::to_bytes(body, LARGEST).await.unwrap_or_default();
        Self(super::pairs(&bytes))
    }

    /// What was filled in; nothing where the form has no such field.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }
}
