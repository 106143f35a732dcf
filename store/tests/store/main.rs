//! The rules that the store keeps, on SQLite and, when `TEST_DATABASE_URL` is set, on PostgreSQL.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod alerts;
#[cfg(test)]
mod applications;
mod backup;
#[cfg(test)]
mod closing;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod endings;
#[cfg(test)]
mod follow_ups;
#[cfg(test)]
mod hub;
mod imports;
#[cfg(test)]
mod jobs;
mod migrations;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod people;
#[cfg(test)]
mod personal_data;
#[cfg(test)]
mod privacy;
mod reading;
#[cfg(test)]
mod received;
#[cfg(test)]
mod states;
mod talents;
mod writing;
