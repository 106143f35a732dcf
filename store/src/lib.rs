//! The hub's memory: entities, migrations, queries and transactions, on SQLite or PostgreSQL.
//!
//! What goes in and comes out are domain types; rows stay here. Reads use a pool and never wait for writes.
//! Every write passes one way in, and is on the disk before it is answered. Time is an argument.

mod access;
mod accounts;
mod actor;
mod alerts;
mod applications;
mod audit;
mod bulk;
mod changes;
mod database;
mod documents;
mod entity;
mod error;
mod events;
mod follow_ups;
mod import;
mod inquiries;
mod jobs;
mod keyset;
mod letter_context;
mod mail_links;
mod mail_list;
mod migration;
mod my_data;
mod organisation_states;
mod organisations;
mod outbox;
mod outcomes;
mod passwords;
mod personal_data;
mod personal_tables;
mod random;
mod revisions;
mod saved_views;
mod store;
mod subject;
mod talents;
mod throttle;
mod tidy;
mod tokens;
mod vacancies;
mod versions;
mod writer;

pub use access::{
    Broker, ContentEditor, Member, OfficeManager, Participant, SecondStep, SignedIn, Staff, Subscriber,
    Talent, Team, TeamManager,
};
pub use accounts::{
    Added, Browser, EraseRefused, Happened, Leaving, LetIn, LinkError, PendingSignIn, PeopleRefused,
    RECOVERY_CODES, Refused, SessionView, SignInRequest, SignInTokens, TotpSecret, Unused,
};
pub use actor::{Actor, ActorKind};
pub use alerts::{AlertRefused, DueAlert, WantedAlert, round_at_once};
pub use applications::{
    Applied, ApplyRefused, Applying, BulkAnswer, EditableQuestions, Erased, ReceivedApplication,
    ReceivedColumn, ReceivedVacancy, SavedDraft, StoredCv,
};
pub use audit::{Action, AuditRecord, By};
pub use bulk::ChosenRows;
pub use changes::WrittenRows;
pub use documents::{Bucket, Documents};
pub use error::Error;
pub use follow_ups::FollowUpQuestion;
pub use import::{Change, ImportBatch, Importable};
pub use jobs::{JobClaim, JobStatus};
pub use keyset::ListPage;
pub use letter_context::LetterContext;
pub use mail_list::SentAgain;
pub use my_data::MyData;
pub use outbox::{DueMail, MailStatus};
pub use outcomes::OutcomeQuestion;
pub use personal_data::{ColumnReason, PersonalData, TableDeclaration};
pub use personal_tables::declared_tables;
pub use random::RandomSource;
pub use store::Store;
pub use subject::Subject;
pub use talents::StoredProfile;
pub use tokens::{Code, Token};
pub use vacancies::{EditableVacancy, WaitingChange};
pub use versions::Saved;
pub use writer::WriteCounts;
