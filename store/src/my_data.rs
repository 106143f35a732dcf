//! Everything that the hub holds of one person, for that person.
//!
//! It holds no tokens, nor what only recognises them, and of others only what the person's own pages show too.

use chrono::{DateTime, Utc};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::access::SignedIn;
use crate::personal_data::Person;
use crate::tokens::Token;
use crate::{Error, Store, database, personal_tables};

/// Everything that the hub holds of one person. As JSON it is an object: when it was made, and each part under its name.
#[derive(Clone, Debug)]
pub struct MyData {
    /// When this was put together.
    pub made_at: DateTime<Utc>,
    parts: Vec<(&'static str, Box<RawValue>)>,
}

impl MyData {
    /// A part as JSON, when there is one with this name.
    pub fn part(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|(part, _)| *part == name).map(|(_, json)| json.get())
    }
}

impl Serialize for MyData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.parts.len() + 1))?;
        map.serialize_entry("made_at", &self.made_at)?;
        for (part, json) in &self.parts {
            map.serialize_entry(part, json)?;
        }
        map.end()
    }
}

impl Store {
    /// Everything that the hub holds of somebody who is signed in, as it is at one moment. `browser` is that of drafts; `cv_address` is
    /// where CVs are given out, up to the number of the application or [`domain::talents::CV_OF_PROFILE`].
    pub async fn my_data(
        &self,
        who: &SignedIn,
        browser: Option<&Token>,
        cv_address: &str,
        now: DateTime<Utc>,
    ) -> Result<MyData, Error> {
        let (account_id, address) = (who.account_id, who.viewer.email.as_str());
        let person = Person { account_id, address, browser, cv_address };
        let connection = database::begin_reading(&self.reader).await?;
        let parts = personal_tables::export(&connection, &person).await?;
        connection.commit().await?;
        Ok(MyData { made_at: now, parts })
    }
}
