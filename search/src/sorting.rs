//! One way of sorting for all kinds of things.
//!
//! The standard library's sort is made anew for every type and every comparison, each a few kB in the browser; this
//! one sorts numbers of things, once for all.

use std::cmp::Ordering;

/// Sorts; what compares equal stays in order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = order(items.len(), &|a, b| compare(&items[a as usize], &items[b as usize]));
    // Follows each circle of places; a place that is done points to itself.
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = order[at] as usize;
            order[at] = at as u32;
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Sorts by a key; what has equal keys stays in order.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The numbers of so many things in their order.
pub(crate) fn order(count: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    sort_numbers_by(&mut order, compare);
    order
}

/// Sorts numbers, and leaves each once.
pub(crate) fn sort_and_dedup(numbers: &mut Vec<u32>) {
    sort_numbers_by(numbers, &|a, b| a.cmp(&b));
    numbers.dedup();
}

#[inline(never)]
fn sort_numbers_by(numbers: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    numbers.sort_by(|a, b| compare(*a, *b));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items in prop::collection::vec((0u8..9, any::<u16>()), 0..60)) {
            let (mut own, mut expected) = (items.clone(), items);
            sort_by_key(&mut own, |(key, _)| *key);
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(own, expected);
        }
    }
}
