//! Spreadsheets in and out: what an office keeps in Excel becomes the hub, and a bad file changes nothing.

#[cfg(test)]
mod bad_files;
#[cfg(test)]
mod export;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod import;
#[cfg(test)]
mod office;
#[cfg(test)]
mod round_trip;
