//! Vacancies by the million, made up of the words of the demo: the same for the same number, on every machine.

use std::collections::BTreeMap;
use std::fs::read_to_string;

use chrono::{Days, NaiveDate};
use domain::Language;
use domain::text::{Cents, short_slug};
use domain::vacancies::{Pay, Remote, Vacancy, VacancyCard, VacancyKind};
use search::{Document, Elsewhere, ElsewhereEntry, ElsewhereKind, Knowledge};

use crate::sheets;

/// Texts are at least this long, in bytes, and at most a sentence longer.
const SHORTEST_TEXT: usize = 450;

/// What vacancies are made of.
pub(crate) struct Maker {
    today: NaiveDate,
    /// The demo's vacancies: each new one takes after one of them.
    models: Vec<Vacancy>,
    /// For every language its titles and sentences.
    phrases: BTreeMap<Language, Phrases>,
    /// For every study field its skills.
    skills: BTreeMap<String, Vec<String>>,
    /// What compounds are made of: Dutch, and German.
    parts: [Vec<String>; 2],
    organisations: Vec<Organisation>,
}

#[derive(Default)]
struct Phrases {
    titles: Vec<String>,
    sentences: Vec<String>,
}

struct Organisation {
    name: String,
    slug: String,
    sector: String,
    place: String,
}

/// A generator of numbers that look like chance (SplitMix64).
struct RandomSource(u64);

impl RandomSource {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn is_one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// As words are used: the first far more often than the last.
    fn pick_first<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        &all[(share.powi(4) * all.len() as f64) as usize]
    }
}

impl Maker {
    /// Reads the demo; the number of organisations grows with that of the vacancies, but slower.
    pub(crate) fn new(knowledge: &Knowledge, vacancies: usize) -> Self {
        let models: Vec<Vacancy> = sheets::rows(&sheets::demo().join("vacatures.csv"), knowledge);
        let mut phrases: BTreeMap<Language, Phrases> = BTreeMap::new();
        for model in &models {
            let phrases = phrases.entry(model.language).or_default();
            phrases.titles.push(model.title.clone());
            let lines = model.text.lines().filter(|line| !line.starts_with(['#', '-']));
            phrases.sentences.extend(lines.flat_map(|line| line.split_inclusive(". ")).map(|text| text.trim().to_owned()));
        }
        phrases.entry(Language::Dutch).or_default().titles.extend(dutch_titles());
        for phrases in phrases.values_mut() {
            for texts in [&mut phrases.titles, &mut phrases.sentences] {
                texts.retain(|text| !text.is_empty());
                texts.sort_unstable();
                texts.dedup();
            }
        }
        let mut skills: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for model in &models {
            let known = skills.entry(model.study_fields[0].clone()).or_default();
            known.extend(model.skills.iter().cloned());
            known.sort_unstable();
            known.dedup();
        }
        let parts = ["dutch", "german"].map(parts_of);
        let wanted = (64.0 * (vacancies as f64 / 640.0).powf(0.75)) as usize;
        let organisations = organisations(knowledge, wanted.max(64));
        Self { today: sheets::today(), models, phrases, skills, parts, organisations }
    }

    /// Adds the organisations to what is found beside vacancies.
    pub(crate) fn add_organisations(&self, elsewhere: &mut Elsewhere) {
        for organisation in &self.organisations {
            let entry = ElsewhereEntry { title: organisation.name.clone(), slug: organisation.slug.clone() };
            let more = format!("{} {}", organisation.sector, organisation.place);
            elsewhere.add(ElsewhereKind::Organisation, entry, &more);
        }
    }

    /// The vacancy of a number, from 1.
    pub(crate) fn document(&self, number: usize) -> Document {
        let mut random = RandomSource(number as u64 ^ 0x5ca1_ab1e);
        let model = random.pick(&self.models);
        let organisation = random.pick_first(&self.organisations);
        let field = &model.study_fields[0];
        let mut skills: Vec<String> = (0..2 + random.below(3)).map(|_| random.pick(&self.skills[field]).clone()).collect();
        skills.dedup();
        let days = |random: &mut RandomSource, most| Days::new(random.below(most) as u64);
        let closes_on = self.today + Days::new(10) + days(&mut random, 200);
        let cents = Cents((300 + 50 * random.below(60) as i64) * 100);
        let place = if random.is_one_in(8) { model.place.clone() } else { organisation.place.clone() };
        let title = self.title(&mut random, model);
        let text = self.text(&mut random, model, organisation, &place, &skills);
        Document {
            card: VacancyCard {
                id: number as i64,
                title,
                organisation: organisation.name.clone(),
                organisation_slug: organisation.slug.clone(),
                organisation_logo: None,
                kind: model.kind,
                levels: model.levels.clone(),
                place,
                hours_per_week: model.hours_per_week,
                weeks: model.weeks,
                starts_on: (!random.is_one_in(10)).then(|| closes_on + days(&mut random, 120)),
                closes_on,
                published_on: Some(self.today - days(&mut random, 180)),
                pay: (!random.is_one_in(5)).then_some(Pay { from: cents, to: cents }),
                language: model.language,
                is_cross_border: random.is_one_in(12),
                remote: if random.is_one_in(25) { Remote::Fully } else { model.remote },
            },
            sector: organisation.sector.clone(),
            study_fields: model.study_fields.clone(),
            skills,
            text,
        }
    }

    fn title(&self, random: &mut RandomSource, model: &Vacancy) -> String {
        let titles = &self.phrases[&model.language].titles;
        let (one, other) = (random.pick(titles), random.pick(titles));
        let kind = match (model.language, model.kind) {
            (Language::Dutch, VacancyKind::Internship) => "Stage",
            (Language::Dutch, VacancyKind::GraduationProject) => "Afstudeeropdracht",
            (Language::Dutch, VacancyKind::SideJob) => "Bijbaan",
            (Language::German, VacancyKind::Internship) => "Praktikum",
            (Language::German, VacancyKind::GraduationProject) => "Abschlussarbeit",
            (Language::German, VacancyKind::SideJob) => "Werkstudent",
            (Language::English, VacancyKind::Internship) => "Internship",
            (Language::English, VacancyKind::GraduationProject) => "Graduation project",
            (Language::English, VacancyKind::SideJob) => "Part-time job",
            (_, VacancyKind::Traineeship) => "Traineeship",
            _ => "Junior",
        };
        match random.below(6) {
            0 => one.clone(),
            1 => format!("{kind}: {one}"),
            2 | 3 => format!("{one}, {other}"),
            4 => format!("{kind} {}: {one}", self.compound(random, model.language)),
            _ => format!("{kind} {}", self.compound(random, model.language)),
        }
    }

    fn text(&self, random: &mut RandomSource, model: &Vacancy, organisation: &Organisation, place: &str, skills: &[String]) -> String {
        let sentences = &self.phrases[&model.language].sentences;
        let mut text = format!("{}, {place}: {}, {}.", organisation.name, self.compound(random, model.language), skills.join(", "));
        while text.len() < SHORTEST_TEXT {
            text.push(' ');
            text.push_str(random.pick(sentences).as_str());
        }
        text
    }

    /// A compound, or two English words.
    fn compound(&self, random: &mut RandomSource, language: Language) -> String {
        let [dutch, german] = &self.parts;
        let (parts, between) = match language {
            Language::Dutch => (dutch, ""),
            Language::German => (german, ""),
            Language::English => (&self.phrases[&language].titles, " "),
        };
        format!("{}{between}{}", random.pick_first(parts), random.pick_first(parts))
    }
}

/// The titles of the demo's jobs and assignments, of which the spreadsheet has only some.
fn dutch_titles() -> Vec<String> {
    let files = ["functies_nl.txt", "opdrachten_nl.txt"].map(|file| read_to_string(sheets::demo().join(file)).unwrap());
    let lines = files.iter().flat_map(|file| file.lines());
    let titles = lines.filter_map(|line| line.split_once(']')).flat_map(|(_, line)| line.split(" | ").filter(|title| title.len() < 60));
    titles.map(|title| title.trim().to_owned()).collect()
}

/// The parts of compounds of a language, in an order that has nothing to do with the alphabet.
fn parts_of(language: &str) -> Vec<String> {
    let path = sheets::demo().join(format!("../search/lexicon/{language}.txt"));
    let text = read_to_string(path).unwrap();
    let lines = text.lines().skip_while(|line| *line != "[parts]").skip(1).take_while(|line| !line.starts_with('['));
    let mut parts: Vec<String> = lines.flat_map(str::split_whitespace).map(str::to_owned).collect();
    shuffle(&mut parts);
    parts
}

/// Organisations whose names are two words of the demo's, with a place when there would be two of a name.
fn organisations(knowledge: &Knowledge, count: usize) -> Vec<Organisation> {
    let known: Vec<domain::organisations::Organisation> = sheets::rows(&sheets::demo().join("organisaties.csv"), knowledge);
    let split = |at: usize| {
        let mut words: Vec<&str> = known.iter().filter_map(|known| known.name.split(' ').nth(at)).collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (first, second) = (split(0), split(1));
    let places = &knowledge.region.places;
    let mut names = Vec::new();
    for place in 0..places.len() {
        for (at, first) in first.iter().enumerate() {
            for other in 0..second.len() {
                let near = &places[(at + other + place) % places.len()].name;
                let name = format!("{first} {}", second[other]);
                names.push((if place == 0 { name } else { format!("{name} {near}") }, near.clone()));
            }
        }
    }
    names.truncate(count);
    shuffle(&mut names);
    let organisation = |(at, (name, place)): (usize, (String, String))| Organisation {
        slug: short_slug(&name, 60),
        sector: known[at % known.len()].sector.clone(),
        name,
        place,
    };
    names.into_iter().enumerate().map(organisation).collect()
}

fn shuffle<T>(all: &mut [T]) {
    let mut random = RandomSource(7);
    for at in (1..all.len()).rev() {
        all.swap(at, random.below(at + 1));
    }
}
