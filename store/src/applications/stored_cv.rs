//! A CV that is kept.

use domain::applications::Cv;

use super::rows;

/// A CV that was looked at and is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCv {
    pub(super) document: String,
    pub(super) cv: Cv,
}

impl StoredCv {
    /// The public part of it.
    pub fn cv(&self) -> &Cv {
        &self.cv
    }

    /// The name of the file, and what people see of it.
    pub(crate) fn into_parts(self) -> (String, Cv) {
        (self.document, self.cv)
    }

    pub(crate) fn of(document: Option<String>, name: Option<String>, bytes: Option<i64>) -> Option<Self> {
        Some(Self { document: document?, cv: rows::cv_of(name, bytes)? })
    }
}
