//! Says what an import will do, in a form that fits a terminal.

use std::fmt;
use std::io::{self, Write};

use domain::sheet::Row;

use super::plan::{Plan, RowError};
use super::sheet::Sheet;

/// Changed rows that are shown.
const SHOWN_CHANGES: usize = 20;
/// Wrong cells that are shown.
const SHOWN_FAULTS: usize = 50;
/// Letters of a cell that are shown.
const SHOWN_LETTERS: usize = 60;

/// Writes the plan: counts, changed rows, what is wrong, and columns that are not used.
pub(super) fn write<T: Sheet>(plan: &Plan<T>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}: {} rows", T::SHEET, thousands(plan.rows()))?;
    let counts = [
        ("new", plan.added.len()),
        ("changed", plan.changed.len()),
        ("unchanged", plan.unchanged),
        ("wrong", plan.wrong),
    ];
    for (name, count) in counts {
        writeln!(out, "  {name:<10}{:>8}", thousands(count))?;
    }
    if !plan.unused_columns.is_empty() {
        let names: Vec<String> = plan.unused_columns.iter().map(|name| shown(name)).collect();
        writeln!(out, "\nColumns that are not used: {}", names.join(", "))?;
    }
    write_changes(plan, out)?;
    write_errors(plan, out)
}

fn write_changes<T: Sheet>(plan: &Plan<T>, out: &mut impl Write) -> io::Result<()> {
    if plan.changed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nChanged:")?;
    for change in plan.changed.iter().take(SHOWN_CHANGES) {
        writeln!(out, "  {}", shown(change.new.reference()))?;
        for (column, old, new) in differences(&change.old, &change.new) {
            writeln!(out, "    {column}: {old} → {new}")?;
        }
    }
    write_rest(plan.changed.len(), SHOWN_CHANGES, out)
}

/// The columns in which two rows differ, with what to show of both.
pub fn differences<T: Row>(old: &T, new: &T) -> Vec<(&'static str, String, String)> {
    let pairs = old.to_cells().into_iter().zip(new.to_cells());
    T::COLUMNS
        .iter()
        .zip(pairs)
        .filter(|(_, (old, new))| old != new)
        .map(|(column, (old, new))| {
            let skipped = shared_start(&old, &new);
            (column.name, excerpt(&old, skipped), excerpt(&new, skipped))
        })
        .collect()
}

/// How many letters of long texts to leave out, so that the first difference is in sight.
fn shared_start(old: &str, new: &str) -> usize {
    let precompressed = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    if precompressed > SHOWN_LETTERS / 2 { precompressed - SHOWN_LETTERS / 4 } else { 0 }
}

fn excerpt(text: &str, skipped: usize) -> String {
    let rest: String = text.chars().skip(skipped).collect();
    match (text.is_empty(), skipped) {
        (true, _) => "(empty)".to_owned(),
        (false, 0) => format!("\"{}\"", shown(&rest)),
        (false, _) => format!("\"…{}\"", shown(&rest)),
    }
}

fn write_errors<T: Sheet>(plan: &Plan<T>, out: &mut impl Write) -> io::Result<()> {
    if plan.errors.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWrong:")?;
    for error in plan.errors.iter().take(SHOWN_FAULTS) {
        writeln!(out, "  {error}")?;
    }
    write_rest(plan.error_count, SHOWN_FAULTS, out)
}

impl fmt::Display for RowError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, reference, problem } = self;
        let (column, value) = (shown(&problem.column), excerpt(&problem.value, 0));
        let row = if reference.is_empty() { String::new() } else { format!(" ({})", shown(reference)) };
        write!(out, "line {line}{row}, column {column}: {value}; expected {}", shown_whole(&problem.expected))
    }
}

fn write_rest(count: usize, shown: usize, out: &mut impl Write) -> io::Result<()> {
    if count > shown { writeln!(out, "  … and {} more", thousands(count - shown)) } else { Ok(()) }
}

/// The start of the text.
fn shown(text: &str) -> String {
    let start = shown_whole(&text.chars().take(SHOWN_LETTERS).collect::<String>());
    if text.chars().nth(SHOWN_LETTERS).is_some() { format!("{start}…") } else { start }
}

/// The text on one line, without signs that could steer a terminal.
fn shown_whole(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\n' => '⏎',
        letter if letter.is_control() => '·',
        letter => letter,
    };
    text.chars().map(plain).collect()
}

/// A count with commas between thousands.
pub(super) fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
