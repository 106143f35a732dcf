//! The rules of the server, against the real router over a small hub in a file.

#[path = "../hub/mod.rs"]
mod hub;

mod config;
mod demo;
mod feeds;
mod files;
mod headers;
mod limits;
mod operation;
