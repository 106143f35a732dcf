//! Who brings a thing from one state to another.

/// Whoever brings a thing from one state to another; what each may do stands in the tables of transitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Initiator {
    /// Somebody who works for the organisation that the thing belongs to.
    Member,
    /// Somebody of the programme office.
    Office,
    /// The hub by itself, as time passes.
    Hub,
}

impl Initiator {
    /// Every initiator.
    pub const ALL: [Self; 3] = [Self::Member, Self::Office, Self::Hub];
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Initiator;

    /// Holds `may_become` to a written matrix: a row per state, from which, a column per state, to which, and in each cell
    /// the letters of those who may: M(ember), O(ffice), H(ub), or a dot.
    pub(crate) fn assert_transitions<S: Copy + std::fmt::Debug>(
        states: &[S],
        matrix: &str,
        may_become: impl Fn(S, S, Initiator) -> bool,
    ) {
        let rows: Vec<Vec<&str>> =
            matrix.trim().lines().map(|row| row.split_whitespace().skip(1).collect()).collect();
        assert_eq!(rows.len(), states.len());
        for (row, &from) in rows.iter().zip(states) {
            assert_eq!(row.len(), states.len(), "{from:?}");
            for (cell, &to) in row.iter().zip(states) {
                for (initiator, letter) in Initiator::ALL.into_iter().zip(['M', 'O', 'H']) {
                    let is_allowed = cell.contains(letter);
                    assert_eq!(
                        may_become(from, to, initiator),
                        is_allowed,
                        "{initiator:?}: {from:?} to {to:?}"
                    );
                }
            }
        }
    }
}
