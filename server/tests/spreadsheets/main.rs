//! Spreadsheets in and out: what an office keeps in Excel becomes the hub, and a bad file changes nothing.

mod bad_files;
mod export;
mod formats;
mod full_disk;
mod import;
mod office;
mod round_trip;
