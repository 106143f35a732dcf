//! One way of sorting for all kinds of things.
//!
//! The standard library's sort is made anew for every type and every comparison, each a few kB in the browser; this
//! one sorts numbers of things, once for all, and is a tenth of its size.

use std::cmp::Ordering;
use std::mem::swap;

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

/// The numbers below `count`, sorted by the things that they stand for.
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

/// The length of a run that is sorted in place.
const SHORT_RUN: usize = 8;

/// Merges runs of twice the length until one is left; neighbours that stand in order already are only copied.
#[inline(never)]
fn sort_numbers_by(numbers: &mut Vec<u32>, compare: &dyn Fn(u32, u32) -> Ordering) {
    let is_in_order = |a: u32, b: u32| compare(a, b) != Ordering::Greater;
    for run in numbers.chunks_mut(SHORT_RUN) {
        for mut at in 1..run.len() {
            while at > 0 && !is_in_order(run[at - 1], run[at]) {
                run.swap(at - 1, at);
                at -= 1;
            }
        }
    }
    let mut merged = numbers.clone();
    let mut length = SHORT_RUN;
    while length < numbers.len() {
        for (runs, merged) in numbers.chunks(2 * length).zip(merged.chunks_mut(2 * length)) {
            let (mut left, mut right) = runs.split_at(length.min(runs.len()));
            if left.last().zip(right.first()).is_none_or(|(last, first)| is_in_order(*last, *first)) {
                merged.copy_from_slice(runs);
                continue;
            }
            for place in merged {
                let from = match (left.first(), right.first()) {
                    (Some(a), Some(b)) if !is_in_order(*a, *b) => &mut right,
                    (Some(_), _) => &mut left,
                    (None, _) => &mut right,
                };
                *place = from[0];
                *from = &from[1..];
            }
        }
        swap(numbers, &mut merged);
        length *= 2;
    }
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
