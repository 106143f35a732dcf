//! The patchwork of fields: every name has its own plot, as the Achterhoek looks from the air.
//!
//! Whole numbers only, so that server and browser draw the same. The colours are `--field-1` to `--field-6`.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use leptos::prelude::*;

/// A point, in units of the drawing.
pub type Point = (u16, u16);

/// The side of a plot's square, in units; two digits keep the drawing small.
pub const SIDE: u16 = 96;
/// The width and height of a band, in units.
pub const BAND: Point = (1600, 170);
/// Where a band begins; what lies beside it is not shown.
pub const BAND_LEFT: u16 = 750;
/// How many colours there are.
pub const COLOURS: u8 = 6;

/// The colours by day and by night; `style/tokens.css` has the same.
const PALETTE: [(&str, &str); COLOURS as usize] = [
    ("#0a6b4b", "#2f8f69"),
    ("#7fae5a", "#6d9a4c"),
    ("#e6bd4f", "#c9a03c"),
    ("#cc6a42", "#b85c37"),
    ("#3f6190", "#4a6fa3"),
    ("#e8e1ca", "#39423b"),
];

/// One field: a polygon of four corners, clockwise from the top left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its colour, from 1 to [`COLOURS`].
    pub colour: u8,
    /// Its corners.
    pub points: [Point; 4],
    /// Lines from side to side, where it is ploughed.
    pub furrows: Vec<(Point, Point)>,
}

/// The fields of a name, in a square of [`SIDE`].
pub fn shapes(name: &str) -> Vec<Shape> {
    let mut dice = Dice::from_name(name);
    let fields = 5 + dice.below(4);
    let quads = divide(&mut dice, (SIDE.into(), SIDE.into()), fields as usize);
    dress(&mut dice, &quads, Furrows { apart: 7, most: 14, inset: 0 }, point)
}

/// The fields of a name, in a strip of [`BAND`]: not from the air, but from a hill, up to the horizon.
pub fn band_shapes(name: &str) -> Vec<Shape> {
    let mut dice = Dice::from_name(name);
    let tilt = [-14, -9, 9, 14][dice.below(4) as usize];
    let place = |corner| seen(corner, tilt);
    let mut quads = divide(&mut dice, LAND, 46);
    quads.retain(|quad| {
        let across = quad.map(|corner| place(corner).0);
        across.iter().any(|&x| x > BAND_LEFT) && across.iter().any(|&x| x < BAND_LEFT + BAND.0)
    });
    dress(&mut dice, &quads, Furrows { apart: 26, most: 60, inset: 3 }, place)
}

/// The plot of a name as a file: colours for day and night inside, rounded like an icon.
pub fn svg(name: &str) -> String {
    let mut style = String::new();
    let mut dark = String::new();
    for (number, (day, night)) in (1..).zip(PALETTE) {
        style.push_str(&colour_rule(number, day));
        dark.push_str(&colour_rule(number, night));
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\"><style>{style}\
         .fu{{fill:none;stroke:#fff;stroke-opacity:.32;stroke-width:1.4}}\
         @media(prefers-color-scheme:dark){{{dark}.fu{{stroke:#000}}}}</style>{}</svg>",
        paths(&shapes(name), Detail::All, "\"")
    )
}

fn colour_rule(number: u8, colour: &str) -> String {
    format!(".f{number}{{fill:{colour};stroke:{colour}}}")
}

/// How large a plot is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlotSize {
    /// In a line of text, beside a name.
    Small,
    /// In a card.
    #[default]
    Medium,
    /// The picture of a page.
    Large,
    /// As wide as there is room.
    Fill,
}

impl PlotSize {
    /// A class with this size's own behind it.
    pub(super) fn class(self, class: &str) -> String {
        match self {
            Self::Small => format!("{class} small"),
            Self::Medium => class.to_owned(),
            Self::Large => format!("{class} large"),
            Self::Fill => format!("{class} fill"),
        }
    }
}

/// What is drawn from a name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Drawing {
    Plot(Detail),
    Band,
}

/// How many of the furrows are drawn.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Detail {
    All,
    /// Every second one: where a plot is small they would stand three pixels apart, and a list has many plots.
    Half,
}

/// The paths of drawings, by what is drawn and from which name.
type Drawings = HashMap<(Drawing, String), Arc<str>>;

/// How many drawings are kept; a hub has fewer names, and a list of nonsense must not fill the memory.
const MOST_DRAWINGS: usize = 2_000;

/// The paths of a drawing, drawn once for each name: a page shows some twenty, always of the same names.
fn path_of(drawing: Drawing, name: String) -> Arc<str> {
    static DRAWINGS: LazyLock<RwLock<Drawings>> = LazyLock::new(RwLock::default);
    let key = (drawing, name);
    let known = DRAWINGS.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    known.unwrap_or_else(|| {
        let paths: Arc<str> = match drawing {
            Drawing::Plot(detail) => paths(&shapes(&key.1), detail, ""),
            Drawing::Band => paths(&band_shapes(&key.1), Detail::All, ""),
        }
        .into();
        let mut drawings = DRAWINGS.write().unwrap_or_else(PoisonError::into_inner);
        if drawings.len() < MOST_DRAWINGS {
            drawings.insert(key, Arc::clone(&paths));
        }
        paths
    })
}

/// The plot of a name; decoration, so the name must stand beside it.
#[component]
pub fn Plot(
    /// The name from which it is drawn.
    #[prop(into)]
    name: String,
    /// How large it is.
    #[prop(optional)]
    size: PlotSize,
) -> impl IntoView {
    let class = size.class("plot");
    let detail = if matches!(size, PlotSize::Small | PlotSize::Medium) { Detail::Half } else { Detail::All };
    view! {
        <svg
            class=class
            viewBox="0 0 96 96"
            aria-hidden="true"
            inner_html=path_of(Drawing::Plot(detail), name)
        ></svg>
    }
}

/// A wide strip of fields, for the top of a page; fills its box and is cut off where that is narrower.
#[component]
pub fn Band(
    /// The name from which it is drawn.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <svg
            class="band"
            viewBox="750 0 1600 170"
            preserveAspectRatio="xMidYMid slice"
            aria-hidden="true"
            inner_html=path_of(Drawing::Band, name)
        ></svg>
    }
}

/// Randomness that is the same everywhere: FNV-1a of the name, then xorshift.
struct Dice(u32);

impl Dice {
    fn from_name(name: &str) -> Self {
        let mut hash = name
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        // Names that differ in their last letter only must part from the first throw on.
        hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
        hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
        Self((hash ^ (hash >> 16)).max(1))
    }

    /// A number from 0 up to, not including, `end`.
    fn below(&mut self, end: i32) -> i32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        ((u64::from(self.0) * u64::from(end.unsigned_abs())) >> 32) as i32
    }

    /// A number from `low` to `high`, both included.
    fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below(high - low + 1)
    }
}

type Corner = (i32, i32);
type Quad = [Corner; 4];

/// The land of a band as it lies; its far side must fill [`BAND`] when it is [`seen`].
const LAND: Corner = (3100, 480);

/// How close furrows lie, and how many there may be in all.
struct Furrows {
    apart: i32,
    most: usize,
    /// How far from the border they end, in percents of their length.
    inset: i32,
}

/// Gives fields their colours and furrows, and puts them where they are seen.
fn dress(dice: &mut Dice, quads: &[Quad], furrows: Furrows, place: impl Fn(Corner) -> Point) -> Vec<Shape> {
    let colours = colour(dice, quads);
    let mut left = furrows.most;
    let mut shapes = Vec::with_capacity(quads.len());
    for (quad, colour) in quads.iter().zip(colours) {
        let lines = plough(dice, quad, &furrows, left);
        left -= lines.len();
        let furrows = lines.into_iter().map(|(from, to)| (place(from), place(to))).collect();
        shapes.push(Shape { colour, points: quad.map(&place), furrows });
    }
    shapes
}

/// Where a point of the land is seen from a hill: the farther, the smaller; `tilt` is how the horizon leans.
fn seen((x, y): Corner, tilt: i32) -> Point {
    let depth = 19 * LAND.1 - 9 * y;
    let across = LAND.0 / 2 + (x - LAND.0 / 2) * 10 * LAND.1 / depth;
    let lean = if tilt < 0 { LAND.0 - across } else { across };
    let down = i32::from(BAND.1) * 10 * y / depth + lean * tilt.abs() / 1000;
    point((across, down))
}

/// Cuts the land until there are enough fields, mostly the largest one.
fn divide(dice: &mut Dice, (width, height): Corner, fields: usize) -> Vec<Quad> {
    let mut quads = vec![[(0, 0), (width, 0), (width, height), (0, height)]];
    while quads.len() < fields {
        quads.sort_by_key(|quad| std::cmp::Reverse(area(quad)));
        let which = usize::from(quads.len() > 2 && dice.below(4) == 0);
        let quad = quads.remove(which);
        let slant = if quads.len() < 2 { 22 } else { 12 };
        let (one, other) = cut(dice, quad, slant);
        quads.extend([one, other]);
    }
    quads
}

/// Cuts a field across its longer side, a little slanted.
fn cut(dice: &mut Dice, quad: Quad, slant: i32) -> (Quad, Quad) {
    let [a, b, c, d] = quad;
    let (wide, high) = (length(a, b) + length(d, c), length(a, d) + length(b, c));
    // The longer a side, the surer; twice as long is certain.
    let is_upright = dice.below(wide + high) < 2 * wide - high;
    let here = dice.between(32, 68);
    let there = (here + dice.between(-slant, slant)).clamp(24, 76);
    if is_upright {
        let (top, bottom) = (along(a, b, here), along(d, c, there));
        ([a, top, bottom, d], [top, b, c, bottom])
    } else {
        let (left, right) = (along(a, d, here), along(b, c, there));
        ([a, b, right, left], [left, right, c, d])
    }
}

/// How much room each colour may take against the others: more green and corn than clay and water.
const SHARE: [i32; COLOURS as usize] = [5, 6, 5, 4, 2, 4];

/// Colours for the fields, such that no field has its neighbour's.
fn colour(dice: &mut Dice, quads: &[Quad]) -> Vec<u8> {
    let kept = palette(dice, quads.len());
    let mut used = [0_i32; COLOURS as usize + 1];
    let mut colours: Vec<u8> = Vec::with_capacity(quads.len());
    for (number, quad) in quads.iter().enumerate() {
        let is_free = |colour: u8| {
            quads[..number].iter().zip(&colours).all(|(other, &taken)| taken != colour || !touch(quad, other))
        };
        let start = dice.below(i32::from(COLOURS));
        let best = (0..COLOURS)
            .map(|step| (start as u8 + step) % COLOURS + 1)
            .filter(|&colour| is_free(colour))
            .min_by_key(|&colour| (!kept.contains(&colour), used[usize::from(colour)]))
            .unwrap_or(1);
        used[usize::from(best)] += area(quad) / SHARE[usize::from(best) - 1];
        colours.push(best);
    }
    colours
}

/// The pairs of colours that a plot can do without.
const LEFT_OUT: [(u8, u8); 13] =
    [(1, 3), (1, 4), (1, 5), (1, 6), (2, 3), (2, 4), (2, 5), (2, 6), (3, 4), (3, 5), (4, 5), (4, 6), (5, 6)];

/// The colours of a plot: not all six, so that plots differ, but always a green and a light one.
fn palette(dice: &mut Dice, fields: usize) -> Vec<u8> {
    if fields > 12 {
        return (1..=COLOURS).collect();
    }
    let out = LEFT_OUT[dice.below(LEFT_OUT.len() as i32) as usize];
    (1..=COLOURS).filter(|&colour| colour != out.0 && colour != out.1).collect()
}

/// Furrows along the longer side of some fields, at most so many.
fn plough(dice: &mut Dice, quad: &Quad, furrows: &Furrows, most: usize) -> Vec<(Corner, Corner)> {
    let [a, b, c, d] = *quad;
    let (wide, high) = (length(a, b).min(length(d, c)), length(a, d).min(length(b, c)));
    let count = wide.min(high) / furrows.apart;
    if dice.below(100) >= 55 || count < 2 || count as usize > most {
        return Vec::new();
    }
    let is_level = if (wide - high).abs() * 4 < wide { dice.below(2) == 0 } else { wide > high };
    (1..=count)
        .map(|number| {
            let part = number * 100 / (count + 1);
            let (from, to) = if is_level {
                (along(a, d, part), along(b, c, part))
            } else {
                (along(a, b, part), along(d, c, part))
            };
            (along(from, to, furrows.inset), along(to, from, furrows.inset))
        })
        .collect()
}

/// The point at a percentage of the way.
fn along(from: Corner, to: Corner, percent: i32) -> Corner {
    let step = |from: i32, to: i32| from + ((to - from) * percent + 50).div_euclid(100);
    (step(from.0, to.0), step(from.1, to.1))
}

/// Nearly the length of a line that is nearly upright or level.
fn length(from: Corner, to: Corner) -> i32 {
    (from.0 - to.0).abs().max((from.1 - to.1).abs())
}

/// Twice the area.
fn area(quad: &Quad) -> i32 {
    let [a, b, c, d] = *quad;
    ((c.0 - a.0) * (d.1 - b.1) - (d.0 - b.0) * (c.1 - a.1)).abs()
}

/// Whether two fields share a piece of border.
fn touch(one: &Quad, other: &Quad) -> bool {
    sides(one).any(|side| sides(other).any(|edge| overlap(side, edge) || overlap(edge, side)))
}

fn sides(quad: &Quad) -> impl Iterator<Item = (Corner, Corner)> {
    let [a, b, c, d] = *quad;
    [(a, b), (b, c), (c, d), (d, a)].into_iter()
}

/// Whether some point of a side's inner part lies on an edge, but for rounding.
fn overlap(side: (Corner, Corner), edge: (Corner, Corner)) -> bool {
    let (dx, dy) = (edge.1.0 - edge.0.0, edge.1.1 - edge.0.1);
    let square = dx * dx + dy * dy;
    [15, 30, 50, 70, 85].into_iter().any(|percent| {
        let (x, y) = along(side.0, side.1, percent);
        let (x, y) = (x - edge.0.0, y - edge.0.1);
        let (cross, dot) = (i64::from(dx * y - dy * x), dx * x + dy * y);
        dot > 0 && dot < square && cross * cross <= 4 * i64::from(square)
    })
}

fn point((x, y): Corner) -> Point {
    (x.unsigned_abs() as u16, y.unsigned_abs() as u16)
}

/// The fields as paths, one per colour, and one for all furrows; `quote` stands around words of letters only.
fn paths(shapes: &[Shape], detail: Detail, quote: &str) -> String {
    let mut html = String::with_capacity(512);
    for colour in 1..=COLOURS {
        let mut line = String::new();
        for shape in shapes.iter().filter(|shape| shape.colour == colour) {
            let [a, b, c, d] = shape.points;
            push_line(&mut line, a, &[b, c, d]);
            line.push('z');
        }
        push_path(&mut html, &format!("f{colour}"), &line, quote);
    }
    let mut line = String::new();
    let (first, step) = if detail == Detail::All { (0, 1) } else { (1, 2) };
    for &(from, to) in shapes.iter().flat_map(|shape| shape.furrows.iter().skip(first).step_by(step)) {
        push_line(&mut line, from, &[to]);
    }
    push_path(&mut html, "fu", &line, quote);
    html
}

fn push_path(html: &mut String, class: &str, line: &str, quote: &str) {
    if line.is_empty() {
        return;
    }
    for part in ["<path class=", quote, class, quote, " d=\"", line, "\"/>"] {
        html.push_str(part);
    }
}

/// Adds a line, with the short commands for level and upright pieces.
fn push_line(line: &mut String, from: Point, to: &[Point]) {
    push_numbers(line, 'M', &[from.0, from.1]);
    let (mut at, mut command) = (from, ' ');
    for &next in to {
        if next.1 == at.1 {
            push_numbers(line, 'H', &[next.0]);
            command = 'L';
        } else if next.0 == at.0 {
            push_numbers(line, 'V', &[next.1]);
            command = 'L';
        } else {
            push_numbers(line, command, &[next.0, next.1]);
            command = ' ';
        }
        at = next;
    }
}

fn push_numbers(line: &mut String, command: char, numbers: &[u16]) {
    line.push(command);
    for (place, number) in numbers.iter().enumerate() {
        if place > 0 {
            line.push(' ');
        }
        line.push_str(&number.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        let words =
            ["Robotica", "Gemeente", "IJsselmetaal", "Café 't Hoekje", "Zorg", "AB", "日本", "Van den Berg"];
        (0..1_000).map(|number| format!("{} {}", words[number % words.len()], number * 7_919)).collect()
    }

    /// Twice the area, negative when the corners go the wrong way round.
    fn signed_area(points: &[Point]) -> i32 {
        let sum = |(one, other): (&Point, &Point)| {
            i32::from(one.0) * i32::from(other.1) - i32::from(other.0) * i32::from(one.1)
        };
        points.iter().zip(points.iter().cycle().skip(1)).map(sum).sum()
    }

    #[test]
    fn a_name_always_has_the_same_plot() {
        assert_eq!(svg("IJsselmetaal"), svg("IJsselmetaal"));
        assert!(!shapes("").is_empty());
        assert_eq!(
            paths(&shapes("IJsselmetaal"), Detail::All, ""),
            IJSSELMETAAL,
            "organisations know their plots by now"
        );
    }

    const IJSSELMETAAL: &str = concat!(
        r#"<path class=f1 d="M61 56 96 55V96H66zM0 65 30 66 28 96H0z"/>"#,
        r#"<path class=f2 d="M0 35 32 33 40 66 0 65zM53 0H76V56H61z"/>"#,
        r#"<path class=f3 d="M30 66 62 67 66 96H28zM76 0H96V55L76 56z"/>"#,
        r#"<path class=f4 d="M32 33 57 32 62 67 40 66z"/>"#,
        r#"<path class=f6 d="M0 0H53L57 32 0 35z"/>"#,
        r#"<path class=fu d="M0 7 54 6M0 14 55 13M0 21 55 19M0 28 56 26M68 56 72 96M75 56 78 96M82 55 84 96M89 55 90 96"/>"#,
    );

    #[test]
    fn names_that_are_alike_have_plots_that_differ() {
        for (one, other) in
            [("Robotica Oost", "Robotica West"), ("A", "B"), ("Jansen", "Janssen"), ("AB", "AB ")]
        {
            assert_ne!(shapes(one), shapes(other));
        }
        let mut drawings: Vec<String> =
            names().iter().map(|name| paths(&shapes(name), Detail::All, "")).collect();
        drawings.sort();
        drawings.dedup();
        assert_eq!(drawings.len(), 1_000);
    }

    #[test]
    fn every_field_is_a_polygon_within_the_square() {
        for name in names() {
            for shape in shapes(&name) {
                assert!((1..=COLOURS).contains(&shape.colour));
                assert!(shape.points.iter().all(|&(x, y)| x <= SIDE && y <= SIDE), "{name}");
                let [a, b, c, d] = shape.points;
                for corner in [[a, b, c], [b, c, d], [c, d, a], [d, a, b]] {
                    assert!(signed_area(&corner) > 0, "{name}: a field is not convex");
                }
            }
        }
    }

    #[test]
    fn the_fields_fill_the_square() {
        let square = 2 * i32::from(SIDE) * i32::from(SIDE);
        for name in names() {
            let filled: i32 = shapes(&name).iter().map(|shape| signed_area(&shape.points)).sum();
            assert!((filled - square).abs() * 100 <= square * 2, "{name}: {filled} of {square}");
        }
    }

    #[test]
    fn a_plot_has_at_least_three_colours_and_neighbours_differ() {
        for name in names() {
            let shapes = shapes(&name);
            let mut colours: Vec<u8> = shapes.iter().map(|shape| shape.colour).collect();
            colours.sort_unstable();
            colours.dedup();
            assert!(colours.len() >= 3, "{name}");
            let quad = |shape: &Shape| shape.points.map(|(x, y)| (i32::from(x), i32::from(y)));
            for (number, one) in shapes.iter().enumerate() {
                for other in &shapes[number + 1..] {
                    let is_seam = one.colour == other.colour && touch(&quad(one), &quad(other));
                    assert!(!is_seam, "{name}: one colour on both sides of a border");
                }
            }
        }
    }

    #[test]
    fn a_plot_is_small() {
        let sizes: Vec<usize> =
            names().iter().map(|name| paths(&shapes(name), Detail::All, "").len() + 60).collect();
        assert!(sizes.iter().max() <= Some(&600), "{:?}", sizes.iter().max());
        assert!(sizes.iter().sum::<usize>() / sizes.len() <= 450);
        assert!(paths(&band_shapes("SmartHub"), Detail::All, "").len() <= 2_800);
    }

    #[test]
    fn a_band_reaches_all_four_sides_of_its_box() {
        for name in names().into_iter().take(50) {
            let points: Vec<Point> = band_shapes(&name).iter().flat_map(|shape| shape.points).collect();
            assert!(points.iter().any(|&(x, _)| x <= BAND_LEFT));
            assert!(points.iter().any(|&(x, _)| x >= BAND_LEFT + BAND.0));
            assert!(points.iter().any(|&(_, y)| y <= 25));
            assert!(points.iter().any(|&(_, y)| y >= BAND.1));
        }
    }

    #[test]
    fn the_colours_are_those_of_the_style() {
        let tokens = include_str!("../../../style/tokens.css");
        for (number, (day, night)) in (1..).zip(PALETTE) {
            assert!(tokens.contains(&format!("--field-{number}: light-dark({day}, {night});")));
        }
    }
}
