//! The skills that a talent chooses from, in three languages; see `domain/skills.txt`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::Language;
use crate::text::fold;

const FILE: &str = include_str!("../../skills.txt");

/// A skill with its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skill {
    names: [&'static str; 3],
}

impl Skill {
    /// The name in a language.
    pub fn name(&self, language: Language) -> &'static str {
        let [dutch, german, english] = self.names;
        match language {
            Language::Dutch => dutch,
            Language::German => german,
            Language::English => english,
        }
    }

    /// The names in all languages.
    pub fn names(&self) -> [&'static str; 3] {
        self.names
    }
}

/// All skills, by their Dutch names.
pub fn skills() -> &'static [Skill] {
    static SKILLS: OnceLock<Vec<Skill>> = OnceLock::new();
    SKILLS.get_or_init(|| FILE.lines().filter_map(read).collect())
}

fn read(line: &'static str) -> Option<Skill> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let mut names = line.split(" = ");
    let dutch = names.next()?;
    Some(Skill { names: [dutch, names.next().unwrap_or(dutch), names.next().unwrap_or(dutch)] })
}

/// The skill that somebody calls so, in any language and whatever its capitals and accents.
pub fn find_skill(name: &str) -> Option<&'static Skill> {
    static BY_NAME: OnceLock<HashMap<String, usize>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| {
        let all = skills().iter().enumerate();
        all.flat_map(|(at, skill)| skill.names.map(|name| (fold(name), at))).collect()
    });
    skills().get(*by_name.get(&fold(name.trim()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_enough_skills_and_every_name_is_of_one() {
        assert!(skills().len() >= 300, "{}", skills().len());
        let mut known: HashMap<String, &str> = HashMap::new();
        for skill in skills() {
            for name in skill.names {
                let other = known.insert(fold(name), skill.names[0]);
                assert!(other.is_none_or(|other| other == skill.names[0]), "{name} is of two skills");
            }
        }
        let sorted = skills().is_sorted_by_key(|skill| skill.names[0].to_lowercase());
        assert!(sorted, "the file is in the order of its Dutch names");
    }

    #[test]
    fn a_skill_is_found_in_every_language() {
        let welding = find_skill("schweisstechnik");
        assert_eq!(welding, find_skill("Lastechniek"));
        assert_eq!(welding.map(|skill| skill.name(Language::English)), Some("welding"));
        assert_ne!(find_skill("C"), find_skill("C#"));
        assert_eq!(find_skill("toveren"), None);
    }

    #[test]
    fn a_skill_has_a_name_in_every_language() {
        let welding = find_skill("lastechniek").unwrap();
        assert_eq!(
            welding.names(),
            Language::ALL.iter().map(|language| welding.name(*language)).collect::<Vec<_>>()[..]
        );
        assert_eq!(welding.name(Language::German), "Schweißtechnik");
        assert_eq!(find_skill("5s").unwrap().names(), ["5S"; 3], "one name serves all languages");
        assert!(
            skills()
                .iter()
                .all(|skill| skill.names.iter().all(|name| !name.starts_with('#') && !name.is_empty()))
        );
    }
}
