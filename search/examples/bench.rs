//! How long a search takes: `cargo run --release -p search --example bench`.
//!
//! Prints the median microseconds of every kind of query over made-up vacancies.

use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use domain::Language;
use domain::region::{Municipality, Place, Region};
use domain::text::Cents;
use domain::vacancies::{Level, Pay, Remote, VacancyCard, VacancyFilter, VacancyKind};
use search::{Document, Index};

const SIZES: [usize; 3] = [640, 5_000, 50_000];
const ROUNDS: usize = 301;
const QUERIES: [(&str, &str); 16] = [
    ("nothing asked", ""),
    ("page 20", "pagina=20"),
    ("one kind", "soort=stage"),
    ("three facets", "soort=stage&niveau=hbo&richting=veld-3"),
    ("place 25 km", "plaats=Plaats%2012"),
    ("place by distance", "plaats=Plaats%2012&sorteer=afstand"),
    ("one word", "q=robot"),
    ("one rare word", "q=woord1600"),
    ("four letters", "q=werk"),
    ("one letter", "q=w"),
    ("two words", "q=robot%20woord12"),
    ("word and facets", "q=robot&soort=stage&niveau=hbo"),
    ("word, place, facet", "q=robot&soort=stage&plaats=Plaats%2012&straal=10"),
    ("closing soon", "soort=stage&sorteer=sluit"),
    ("unknown place", "q=robot&plaats=Nergens"),
    ("nothing fits", "q=zzz&soort=stage&niveau=hbo&plaats=Plaats%2012"),
];

fn main() {
    println!("{:<20}{:>12}{:>12}{:>12}", "median µs", SIZES[0], SIZES[1], SIZES[2]);
    let region = region();
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
    let mut line = format!("{:<20}", "build (ms)");
    let indexes = SIZES.map(|size| {
        let documents = documents(size, today);
        let start = Instant::now();
        let index = Index::build(&region, documents, today);
        // Writing to a `String` can't fail.
        let _ = write!(line, "{:>12}", start.elapsed().as_millis());
        index
    });
    println!("{line}");
    for (name, query) in QUERIES {
        let filter = VacancyFilter::parse(query);
        let medians = indexes.each_ref().map(|index| median(|| index.search(&filter).total));
        let total = indexes[1].search(&filter).total;
        println!(
            "{name:<20}{:>12.1}{:>12.1}{:>12.1}   ({total} of 5000)",
            medians[0], medians[1], medians[2]
        );
    }
    let similar = indexes.each_ref().map(|index| median(|| index.similar(100, 4).len() as u32));
    println!("{:<20}{:>12.1}{:>12.1}{:>12.1}", "similar", similar[0], similar[1], similar[2]);
}

/// The middle of many measurements, in microseconds.
fn median(search: impl Fn() -> u32) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(search());
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_unstable_by(f64::total_cmp);
    times[ROUNDS / 2]
}

fn region() -> Region {
    let municipality = |number| Municipality {
        name: format!("Gemeente {number}"),
        country: "NL".to_owned(),
        province: None,
    };
    let place = |number: u32| Place {
        name: format!("Plaats {number}"),
        municipality: format!("Gemeente {}", number % 10),
        latitude: 51.8 + f64::from(number / 10) * 0.05,
        longitude: 6.1 + f64::from(number % 10) * 0.07,
    };
    Region { municipalities: (0..10).map(municipality).collect(), places: (0..90).map(place).collect() }
}

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    /// A word as texts have them: few are frequent, most are rare.
    fn word(&mut self) -> String {
        const STARTS: [&str; 8] = ["woord", "werk", "las", "zorg", "data", "bouw", "plan", "meet"];
        let bound = 1 + self.below(3_000);
        let number = self.below(bound);
        format!("{}{number}", STARTS[number % STARTS.len()])
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }
}

fn documents(count: usize, today: NaiveDate) -> Vec<Document> {
    let mut dice = Dice(42);
    (0..count).map(|number| document(number, &mut dice, today)).collect()
}

fn document(number: usize, dice: &mut Dice, today: NaiveDate) -> Document {
    let robot = if dice.below(20) == 0 { "Robots" } else { "Vacature" };
    let day = |days: usize| today.checked_add_days(Days::new(days as u64)).unwrap_or_default();
    let organisation = dice.below(count_of_organisations(number));
    let card = VacancyCard {
        id: number as i64 + 1,
        title: format!("{robot} {}", dice.words(4)),
        organisation: format!("Organisatie {organisation}"),
        organisation_slug: format!("organisatie-{organisation}"),
        organisation_logo: organisation.is_multiple_of(2).then(|| format!("logo-{organisation}.svg")),
        kind: dice.pick(VacancyKind::ALL),
        levels: vec![dice.pick(Level::ALL), dice.pick(Level::ALL)],
        place: format!("Plaats {}", dice.below(90)),
        hours_per_week: Some(8 + dice.below(33) as u8),
        weeks: Some(20),
        starts_on: (dice.below(4) > 0).then(|| day(dice.below(500))),
        closes_on: day(dice.below(120)),
        published_on: today.checked_sub_days(Days::new(dice.below(200) as u64)),
        pay: (dice.below(3) > 0).then_some(Pay { from: Cents(45_000), to: Cents(45_000) }),
        language: dice.pick(&[
            Language::Dutch,
            Language::Dutch,
            Language::Dutch,
            Language::German,
            Language::English,
        ]),
        is_cross_border: dice.below(10) == 0,
        remote: dice.pick(Remote::ALL),
    };
    Document {
        card,
        sector: format!("Sector {}", dice.below(12)),
        study_fields: vec![format!("Veld {}", dice.below(25)), format!("Veld {}", dice.below(25))],
        skills: (0..4).map(|_| dice.word()).collect(),
        text: dice.words(120),
    }
}

const fn count_of_organisations(number: usize) -> usize {
    if number < 640 { 60 } else { 400 }
}
