//! Hashing that gives the same on every machine, and is quick for short words.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by words or numbers whose order is never looked at.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// Texts with the numbers 0, 1, 2 as they come.
///
/// The engine in the browser has this one kind of map for all texts: each further kind costs some two kilobytes of code,
/// and the standard library's as much again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    texts: Vec<Box<str>>,
    /// Open addressing by a text's hash: at its place, or the next free one after it, part of the hash and the text's
    /// number plus one. At most half of the places are taken, and their number is a power of two.
    places: Vec<(u32, u32)>,
}

impl Numbers {
    /// The number of a known text.
    pub(crate) fn get(&self, text: &str) -> Option<u32> {
        let (_, number) = self.places.get(self.place(text, hash(text)))?;
        number.checked_sub(1)
    }

    /// The number of a text, the next one when it is new.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.get(text) {
            return number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.into());
        if self.texts.len() * 2 > self.places.len() {
            self.places = vec![(0, 0); (self.places.len() * 2).max(8)];
            (0..=number).for_each(|number| self.take_place(number));
        } else {
            self.take_place(number);
        }
        number
    }

    fn take_place(&mut self, number: u32) {
        let text = &self.texts[number as usize];
        let hash = hash(text);
        let place = self.place(text, hash);
        self.places[place] = (hash, number + 1);
    }

    /// The place of a text, or the free one where it belongs.
    fn place(&self, text: &str, hash: u32) -> usize {
        let mask = self.places.len().wrapping_sub(1);
        let mut place = hash as usize & mask;
        while let Some((other, number @ 1..)) = self.places.get(place)
            && !(*other == hash && *self.texts[*number as usize - 1] == *text)
        {
            place = (place + 1) & mask;
        }
        place
    }
}

fn hash(text: &str) -> u32 {
    let mut hasher = WordHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish() as u32
}

/// Values by texts.
#[derive(Clone, Debug)]
pub(crate) struct ByText<V> {
    numbers: Numbers,
    values: Vec<V>,
}

impl<V> Default for ByText<V> {
    fn default() -> Self {
        Self { numbers: Numbers::default(), values: Vec::new() }
    }
}

impl<V> ByText<V> {
    pub(crate) fn get(&self, text: &str) -> Option<&V> {
        Some(&self.values[self.numbers.get(text)? as usize])
    }

    pub(crate) fn get_mut(&mut self, text: &str) -> Option<&mut V> {
        Some(&mut self.values[self.numbers.get(text)? as usize])
    }

    /// The value of a text, made when there is none.
    pub(crate) fn or_insert_with(&mut self, text: &str, new: impl FnOnce() -> V) -> &mut V {
        let number = self.numbers.number(text) as usize;
        if number == self.values.len() {
            self.values.push(new());
        }
        &mut self.values[number]
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The values, in the order in which their texts came.
    pub(crate) fn into_values(self) -> Vec<V> {
        self.values
    }
}

/// Collects pairs; of several values of one text the first stays.
impl<'a, V> FromIterator<(&'a str, V)> for ByText<V> {
    fn from_iter<I: IntoIterator<Item = (&'a str, V)>>(pairs: I) -> Self {
        let mut all = Self::default();
        pairs.into_iter().for_each(|(text, value)| {
            all.or_insert_with(text, || value);
        });
        all
    }
}

/// FNV-1a, eight bytes at a time.
///
/// The data come from the hub's own members; nobody gains by making words collide.
#[derive(Clone, Copy)]
pub(crate) struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl WordHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word) ^ (chunk.len() as u64) << 56);
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.mix(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(u64::from(number));
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// A number that changes when any byte does; it tells damage, not ill will.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.mix(bytes.len() as u64);
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_the_numbers_in_which_they_came() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.get(""), None);
        let texts: Vec<String> = (0..1000u32).map(|number| format!("{number:b}")).collect();
        for round in 0..2 {
            for (number, text) in (0..).zip(&texts) {
                assert_eq!(numbers.get(text), (round == 1).then_some(number));
                assert_eq!(numbers.number(text), number);
            }
        }
        assert_eq!((numbers.get("2"), numbers.number("")), (None, 1000));
    }

    #[test]
    fn any_changed_byte_changes_the_checksum() {
        let bytes: Vec<u8> = (0..=255).collect();
        let whole = checksum(&bytes);
        for at in 0..bytes.len() {
            for change in [1, 0x80, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] ^= change;
                assert_ne!(checksum(&damaged), whole);
            }
        }
        assert_ne!(checksum(&bytes[1..]), whole);
        assert_ne!(checksum(&[0, 0]), checksum(&[0]));
    }
}
