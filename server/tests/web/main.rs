//! The rules of the server, against the real router over a small hub in a file.

#![expect(clippy::unwrap_used, reason = "a test that can't go on panics")]

#[path = "../hub/mod.rs"]
mod hub;

mod accounts;
mod alerts;
mod applications;
mod commands;
mod config;
mod connections;
mod demo;
mod documents;
mod feeds;
mod files;
mod headers;
mod jobs;
mod limits;
mod mail;
mod mail_list;
mod never_public;
mod operation;
mod organisations;
mod people;
mod privacy;
mod program;
mod received;
mod rights;
mod search;
mod talents;
mod uploads;
mod visibility;
mod visitors;
mod writers;
