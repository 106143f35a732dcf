//! Compounds and their parts: `werktuigbouwkunde` is made of `werktuig`, `bouw` and `kunde`.

use std::ops::ControlFlow;

use crate::bytes::{Malformed, Reader, put};
use crate::hash::ByText;

/// Shorter words are not compounds.
const SHORTEST_COMPOUND: usize = 6;
const LONGEST_COMPOUND: usize = 60;
/// Shorter parts say nothing.
const SHORTEST_PART: usize = 3;
const MOST_PARTS: usize = 5;

/// Letters that may stand between two parts: `onderhoud-s-monteur`, `student-en-huis`.
const LINKS: [&str; 6] = ["", "s", "en", "e", "n", "er"];

/// The bounds of the parts of a compound, in bytes of its folded form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cuts(Box<[(u8, u8)]>);

impl Cuts {
    /// The parts.
    pub fn parts<'a>(&self, word: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|(start, end)| &word[usize::from(*start)..usize::from(*end)])
    }

    /// Every run of parts but the whole: of `werktuig|bouw|kunde` also `bouwkunde`.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (usize, usize)> {
        let count = self.0.len();
        (0..count).flat_map(move |first| {
            (first..count)
                .filter(move |last| last - first + 1 < count)
                .map(move |last| (usize::from(self.0[first].0), usize::from(self.0[last].1)))
        })
    }

    /// Writes the cuts.
    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        put(bytes, self.0.len() as u64);
        let mut before = 0;
        for (start, end) in &self.0 {
            put(bytes, u64::from(start - before));
            put(bytes, u64::from(end - start));
            before = *end;
        }
    }

    /// Reads the cuts of a word.
    pub(crate) fn read(reader: &mut Reader<'_>, word: &str) -> Result<Self, Malformed> {
        let count = reader.count()?;
        if count > MOST_PARTS {
            return Err(Malformed);
        }
        let mut before = 0usize;
        let parts = reader.list(count, |reader| {
            let start = before + usize::from(reader.small::<u8>()?);
            let end = start + usize::from(reader.small::<u8>()?);
            before = end;
            let is_within = start < end && word.get(start..end).is_some();
            if !is_within {
                return Err(Malformed);
            }
            Ok((u8::try_from(start).map_err(|_| Malformed)?, u8::try_from(end).map_err(|_| Malformed)?))
        })?;
        Ok(Self(parts.into()))
    }
}

/// A way to cut a word into known words, and what it costs: the fewer and longer the parts the less.
pub(crate) fn cut_into(word: &str, is_part: impl Fn(&str, Position) -> bool) -> Option<Cuts> {
    let is_candidate = (SHORTEST_COMPOUND..=LONGEST_COMPOUND).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_candidate {
        return None;
    }
    // For every place in the word the cheapest way to get there, and from where.
    let mut ways: Vec<Option<Way>> = vec![None; word.len() + 1];
    ways[0] = Some(Way { cost: 0, parts: 0, part: (0, 0) });
    for start in 0..word.len() {
        let Some(way) = ways[start] else { continue };
        if usize::from(way.parts) == MOST_PARTS {
            continue;
        }
        for end in start + SHORTEST_PART..=word.len() {
            let is_last = end == word.len();
            let position = match (start == 0, is_last) {
                (true, true) => continue,
                (true, false) => Position::First,
                (false, true) => Position::Last,
                (false, false) => Position::Middle,
            };
            if !is_part(&word[start..end], position) {
                continue;
            }
            let short = 7usize.saturating_sub(end - start) as u32;
            let cost = way.cost + 100 + short * short * 3;
            let _ = LINKS.iter().try_for_each(|link| {
                if is_last && !link.is_empty() {
                    return ControlFlow::Break(());
                }
                let next = end + link.len();
                // A link has a part on either side.
                if word[end..].starts_with(link) && (is_last || next < word.len()) {
                    let cost = cost + link.len() as u32 * 6;
                    if ways[next].is_none_or(|known| cost < known.cost) {
                        ways[next] = Some(Way { cost, parts: way.parts + 1, part: (start as u8, end as u8) });
                    }
                }
                ControlFlow::Continue(())
            });
        }
    }
    let mut parts = Vec::new();
    let mut at = word.len();
    while at > 0 {
        let way = ways[at]?;
        parts.push(way.part);
        at = usize::from(way.part.0);
    }
    parts.reverse();
    (parts.len() > 1).then(|| Cuts(parts.into()))
}

#[derive(Clone, Copy)]
struct Way {
    cost: u32,
    parts: u8,
    part: (u8, u8),
}

/// The position of a part in a compound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    First,
    Middle,
    Last,
}

/// The words of which compounds are made, language by language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    languages: Vec<Parts>,
}

#[derive(Clone, Debug, Default)]
struct Parts {
    classes: ByText<Class>,
}

/// The roles that a word of the lexicon may have.
#[derive(Clone, Copy, Debug, Default)]
struct Class {
    is_first: bool,
    is_last: bool,
    is_whole: bool,
}

impl Lexicon {
    /// The lexicon that comes with the engine: Dutch and German.
    pub fn standard() -> Self {
        Self::parse(&[include_str!("../../lexicon/dutch.txt"), include_str!("../../lexicon/german.txt")])
    }

    /// Reads lexicons, one for each language: sections `[parts]`, `[first]`, `[last]` and `[whole]`, words
    /// between blanks, `#` before a comment.
    pub fn parse(texts: &[&str]) -> Self {
        Self { languages: texts.iter().map(|text| Parts::parse(text)).collect() }
    }

    /// Cuts a folded word when it is a compound. A word that one language knows as a whole is whole, and
    /// one that it knows as a part is cut as that language cuts it.
    pub fn cut(&self, word: &str) -> Option<Cuts> {
        if self.languages.iter().any(|parts| parts.has_whole(word)) {
            return None;
        }
        match self.languages.iter().find(|parts| parts.has_part(word)) {
            Some(parts) => parts.cut(word),
            None => self.languages.iter().find_map(|parts| parts.cut(word)),
        }
    }
}

impl Parts {
    fn parse(text: &str) -> Self {
        let mut parts = Self::default();
        let mut section = "";
        for line in text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                continue;
            }
            for word in line.split_whitespace() {
                let class = parts.classes.or_insert_with(word, Class::default);
                match section {
                    "parts" => (class.is_first, class.is_last) = (true, true),
                    "first" => class.is_first = true,
                    "last" => class.is_last = true,
                    _ => class.is_whole = true,
                }
            }
        }
        parts
    }

    fn has_whole(&self, word: &str) -> bool {
        self.classes.get(word).is_some_and(|class| class.is_whole)
    }

    fn has_part(&self, word: &str) -> bool {
        self.classes.get(word).is_some_and(|class| class.is_first && class.is_last)
    }

    fn cut(&self, word: &str) -> Option<Cuts> {
        cut_into(word, |part, position| {
            self.classes.get(part).is_some_and(|class| match position {
                Position::Last => class.is_last,
                Position::First | Position::Middle => class.is_first,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(lexicon: &Lexicon, word: &str) -> Vec<String> {
        lexicon.cut(word).map_or(vec![], |cuts| cuts.parts(word).map(str::to_owned).collect())
    }

    #[test]
    fn a_compound_is_cut_into_few_long_parts_and_links() {
        let lexicon = Lexicon::parse(&[
            "[parts]\nwerktuig bouw onderhoud las robot stage\n[first]\nhoofd\n[last]\nkunde monteur\n[whole]\nstagiair",
        ]);
        assert_eq!(parts(&lexicon, "werktuigbouwkunde"), ["werktuig", "bouw", "kunde"]);
        assert_eq!(parts(&lexicon, "onderhoudsmonteur"), ["onderhoud", "monteur"]);
        assert_eq!(parts(&lexicon, "monteurhoofd"), Vec::<String>::new());
        assert_eq!(parts(&lexicon, "stagiair"), Vec::<String>::new());
        assert_eq!(parts(&lexicon, "lasrobots"), Vec::<String>::new());
    }

    #[test]
    fn runs_are_all_but_the_whole() {
        let word = "werktuigbouwkunde";
        let lexicon = Lexicon::parse(&["[parts] \n werktuig bouw kunde"]);
        let cuts = lexicon.cut(word).unwrap();
        let runs: Vec<&str> = cuts.runs().map(|(start, end)| &word[start..end]).collect();
        assert_eq!(runs, ["werktuig", "werktuigbouw", "bouw", "bouwkunde", "kunde"]);
        let mut bytes = Vec::new();
        cuts.write(&mut bytes);
        assert_eq!(Cuts::read(&mut Reader(&bytes), word), Ok(cuts));
        assert_eq!(Cuts::read(&mut Reader(&bytes), "kort"), Err(Malformed));
    }
}
