//! Many short lists of numbers in one piece of memory.

/// Lists of numbers, each known by its place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    items: Vec<u32>,
    ends: Vec<u32>,
}

impl Lists {
    /// Adds a list after the last.
    pub(crate) fn push(&mut self, items: impl IntoIterator<Item = u32>) {
        self.items.extend(items);
        self.ends.push(self.items.len() as u32);
    }

    /// Lists from pairs of a list's place and a number in it, in any order; a list keeps the order of its pairs.
    pub(crate) fn collect(lists: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut ends = vec![0; lists + 1];
        pairs.clone().for_each(|(list, _)| ends[list as usize + 1] += 1);
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        let mut items = vec![0; ends[lists] as usize];
        let mut next = ends.clone();
        for (list, item) in pairs {
            let at = &mut next[list as usize];
            items[*at as usize] = item;
            *at += 1;
        }
        ends.remove(0);
        Self { items, ends }
    }

    /// Room for lists of these lengths, and where each begins.
    pub(crate) fn with_sizes(sizes: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let mut end = 0;
        let starts = sizes.iter().map(|size| {
            end += size;
            end - size
        });
        let starts = starts.collect();
        (vec![0; end as usize], starts)
    }

    /// Lists that stand one after another, each up to its end.
    pub(crate) fn of_parts(items: Vec<u32>, ends: &[u32]) -> Self {
        Self { items, ends: ends.to_vec() }
    }

    /// The list at a place.
    pub(crate) fn get(&self, at: u32) -> &[u32] {
        let at = at as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.items[start..self.ends[at] as usize]
    }

    /// The lists in another order.
    pub(crate) fn in_order(&self, order: &[u32]) -> Self {
        let mut lists =
            Self { items: Vec::with_capacity(self.items.len()), ends: Vec::with_capacity(order.len()) };
        for at in order {
            lists.push(self.get(*at).iter().copied());
        }
        lists
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_become_lists() {
        let lists = Lists::collect(3, [(2, 7), (0, 1), (2, 5)].into_iter());
        assert_eq!([lists.get(0), lists.get(1), lists.get(2)], [&[1][..], &[], &[7, 5]]);
        assert_eq!(lists.in_order(&[2, 0]).get(0), [7, 5]);
    }
}
