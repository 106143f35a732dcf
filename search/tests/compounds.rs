//! Whether the standard lexicon cuts Dutch compounds where a reader does, and leaves simple words whole.
//!
//! `compounds/compounds.tsv` has compounds of vacancy titles with the cuts that are right, checked by hand;
//! `compounds/simple.txt` has words that are none. The lexicon was improved with only the odd lines in view: the
//! even ones show how well it does on words that nobody looked at.

use search::analyse::Lexicon;

/// The least share of compounds that must be cut right.
const LEAST_RIGHT: f64 = 0.90;

/// The largest share of simple words that may be cut.
const MOST_WRONG: f64 = 0.005;

fn lines(file: &str) -> Vec<String> {
    let path = format!("{}/tests/compounds/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

fn cut(lexicon: &Lexicon, word: &str) -> String {
    lexicon.cut(word).map_or_else(String::new, |cuts| cuts.parts(word).collect::<Vec<_>>().join("+"))
}

/// The share of all, of those on odd lines and of those on even lines, with the lines that are not as they should.
fn rates(lines: &[String], is_right: impl Fn(&str) -> Result<(), String>) -> [f64; 3] {
    let results: Vec<bool> = (1..)
        .zip(lines)
        .map(|(number, line)| {
            let result = is_right(line);
            if let Err(found) = &result
                && number % 2 == 1
            {
                println!("line {number}: {line}: {found}");
            }
            result.is_ok()
        })
        .collect();
    let rate =
        |all: &[bool]| all.iter().filter(|is_right| **is_right).count() as f64 / all.len().max(1) as f64;
    let every_second = |first: usize| results.iter().skip(first).step_by(2).copied().collect::<Vec<_>>();
    [rate(&results), rate(&every_second(0)), rate(&every_second(1))]
}

#[test]
fn compounds_are_cut_where_a_reader_cuts_them() {
    let lexicon = Lexicon::standard();
    let compounds = lines("compounds.tsv");
    let [all, seen, unseen] = rates(&compounds, |line| {
        let (word, accepted) = line.split_once('\t').unwrap();
        let found = cut(&lexicon, word);
        if accepted.split(' ').any(|accepted| accepted == found) { Ok(()) } else { Err(found) }
    });
    println!(
        "{} compounds: {:.1}% right first (lines in view {:.1}%, others {:.1}%)",
        compounds.len(),
        all * 100.0,
        seen * 100.0,
        unseen * 100.0
    );
    assert!(all >= LEAST_RIGHT && unseen >= LEAST_RIGHT);
}

#[test]
fn simple_words_stay_whole() {
    let lexicon = Lexicon::standard();
    let simple = lines("simple.txt");
    let [all, seen, unseen] = rates(&simple, |word| {
        let found = cut(&lexicon, word);
        if found.is_empty() { Ok(()) } else { Err(found) }
    });
    println!(
        "{} simple words: {:.2}% wrongly cut (lines in view {:.2}%, others {:.2}%)",
        simple.len(),
        (1.0 - all) * 100.0,
        (1.0 - seen) * 100.0,
        (1.0 - unseen) * 100.0
    );
    assert!(1.0 - all <= MOST_WRONG);
}
