//! The choices of how often an alert is told.

use domain::Language;
use domain::alerts::Frequency;
use ui::SelectOption;
use words::labels;

/// The choices of how often.
pub(super) fn frequencies(chosen: Frequency, language: Language) -> Vec<SelectOption> {
    let option = |frequency: &Frequency| {
        SelectOption::new(frequency.slug(), labels::frequency(*frequency, language))
            .selected(*frequency == chosen)
    };
    Frequency::ALL.iter().map(option).collect()
}
