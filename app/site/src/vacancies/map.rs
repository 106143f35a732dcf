//! The map of the region: its places as a patchwork of fields, drawn from nothing but their coordinates.
//!
//! Each place lies in a field of its own: what is nearer to it than to any other place, and not further than a few
//! kilometres. Fields of one municipality have one colour. All lengths are tenths of a pixel in whole numbers.

use std::f64::consts::TAU;
use std::fmt::Write;

use domain::Language;
use domain::region::{Place, Region};
use domain::vacancies::VacancyFilter;
use search::SearchResults;

use super::places::{chosen_place, place_address};
use ui::push_escaped;
use words::{format, texts as t};

const WIDTH: f64 = 2_600.0;
const KILOMETRES_PER_DEGREE: f64 = 111.2;
/// How far a field reaches from its place, in kilometres.
const REACH: f64 = 6.5;
/// A field that no other bounds has so many sides.
const SIDES: u32 = 7;
const SMALLEST_DOT: f64 = 20.0;
const LARGEST_DOT: f64 = 68.0;
const LETTER_HEIGHT: f64 = 105.0;
const LETTER_WIDTH: f64 = 54.0;
/// The design has so many colours of fields that show on a card.
const COLOURS: usize = 5;

/// How the links look, here rather than in the style, which every page carries. Names have a rim.
const LINKS: &str = concat!(
    r#"<g font-size="105" font-weight="600" text-anchor="middle" fill="var(--ink)" "#,
    r#"stroke="var(--card)" stroke-linejoin="round" paint-order="stroke" stroke-width="26">"#
);

/// The map as an `<svg>` in which every place is a link to the search around it.
pub(crate) fn drawing(
    region: &Region,
    answer: &SearchResults,
    filter: &VacancyFilter,
    language: Language,
) -> String {
    let places = &region.places;
    let Some(frame) = Frame::around(places) else { return String::new() };
    let points: Vec<Point> = places.iter().map(|place| frame.point(place)).collect();
    let fields: Vec<String> =
        points.iter().map(|point| field(*point, &points, frame.scale * REACH)).collect();
    let counts: Vec<u32> = places.iter().map(|place| count_at(answer, &place.name)).collect();
    let chosen = chosen_place(answer).and_then(|name| places.iter().position(|place| place.name == *name));
    let dots = dots(&counts);
    let names = place_names(places, &points, &dots, chosen, &frame);

    let mut svg = String::new();
    let label = t::search_map(language);
    // Writing to a `String` can't fail.
    let _ = write!(
        svg,
        r#"<svg width="100%" viewBox="0 0 {} {}" role="group" aria-label="{label}"><g opacity=".4" stroke="var(--card)" stroke-width="16">"#,
        whole(WIDTH),
        whole(frame.height)
    );
    for (colour, field) in colours(places).into_iter().zip(&fields) {
        let _ = write!(svg, r#"<path fill="var(--field-{colour})" d="{field}"/>"#);
    }
    svg.push_str("</g>");
    let around = chosen.zip(filter.near()).map(|(at, near)| (at, f64::from(near.radius.kilometres())));
    if let Some((at, radius)) = around {
        let centre = points[at].as_centre();
        let _ = write!(
            svg,
            r#"<circle class="reach" {centre} r="{}" fill="var(--accent)" fill-opacity=".12" stroke="var(--accent)" stroke-width="14" stroke-dasharray="50 40"/>"#,
            whole(radius * frame.scale)
        );
    }
    svg.push_str(LINKS);
    for (at, place) in places.iter().enumerate() {
        let count = counts[at];
        let mut name = String::new();
        push_escaped(&mut name, &place.name);
        let mut href = String::new();
        push_escaped(&mut href, &place_address(filter, &place.name));
        let is_chosen = if chosen == Some(at) { r#" aria-current="true""# } else { "" };
        let stop = if at == chosen.unwrap_or(0) { 0 } else { -1 };
        let is_far = around.is_some_and(|(at, radius)| places[at].distance_to(place) > radius);
        let faint = if count == 0 || is_far { r#" opacity=".45""# } else { "" };
        let label = t::search_results(language, count, format::number(count, language));
        let (Point { x, y }, is_shown) = names[at];
        let quiet = if is_shown { "" } else { r#" class="quiet""# };
        let _ = write!(
            svg,
            r#"<a href="{href}" tabindex="{stop}" aria-label="{name}: {label}"{is_chosen}><title>{name}: {label}</title><path d="{}" fill="transparent" stroke="none"/><circle {} r="{}" stroke="none" fill="var(--accent)"{faint}/><text x="{}" y="{}" pointer-events="none"{quiet}>{name}</text></a>"#,
            fields[at],
            points[at].as_centre(),
            whole(dots[at]),
            whole(x),
            whole(y),
        );
    }
    svg.push_str("</g></svg>");
    svg
}

/// A length without its fraction: printing whole numbers takes less of a program than printing others.
fn whole(length: f64) -> i32 {
    length.round() as i32
}

/// The place that an arrow key leads to: the nearest in its direction.
pub(crate) fn next_place(points: &[(i32, i32)], from: usize, key: &str) -> Option<usize> {
    let (x, y) = *points.get(from)?;
    let weigh = |(other_x, other_y): (i32, i32)| {
        let (right, down) = (other_x - x, other_y - y);
        let (along, across) = match key {
            "ArrowRight" => (right, down),
            "ArrowLeft" => (-right, down),
            "ArrowDown" => (down, right),
            "ArrowUp" => (-down, right),
            _ => return None,
        };
        (along > 0 && across.abs() <= 2 * along).then(|| along + 2 * across.abs())
    };
    (0..points.len()).filter_map(|at| Some((weigh(points[at])?, at))).min().map(|(_, at)| at)
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    x: f64,
    y: f64,
}

impl Point {
    fn as_centre(self) -> String {
        format!(r#"cx="{}" cy="{}""#, whole(self.x), whole(self.y))
    }
}

/// How degrees become lengths: straight down and across, with a degree east as long as it is there.
struct Frame {
    west: f64,
    north: f64,
    shrink: f64,
    /// The length of a kilometre.
    scale: f64,
    height: f64,
}

impl Frame {
    fn around(places: &[Place]) -> Option<Self> {
        let first = places.first()?;
        let (mut west, mut east) = (first.longitude, first.longitude);
        let (mut south, mut north) = (first.latitude, first.latitude);
        for place in places {
            west = west.min(place.longitude);
            east = east.max(place.longitude);
            south = south.min(place.latitude);
            north = north.max(place.latitude);
        }
        let shrink = f64::midpoint(south, north).to_radians().cos();
        let scale = WIDTH / ((east - west) * shrink * KILOMETRES_PER_DEGREE + 2.0 * REACH);
        let height = ((north - south) * KILOMETRES_PER_DEGREE + 2.0 * REACH) * scale;
        Some(Self { west, north, shrink, scale, height })
    }

    fn point(&self, place: &Place) -> Point {
        let east = (place.longitude - self.west) * self.shrink * KILOMETRES_PER_DEGREE;
        let south = (self.north - place.latitude) * KILOMETRES_PER_DEGREE;
        Point { x: (east + REACH) * self.scale, y: (south + REACH) * self.scale }
    }
}

/// What is nearer to a point than to any other, as a path.
fn field(point: Point, others: &[Point], reach: f64) -> String {
    // Turned a little from place to place, as if somebody had ploughed them.
    let turn = (point.x + point.y) / WIDTH;
    let corner = |side: u32| {
        let (sin, cos) = (turn + TAU * f64::from(side) / f64::from(SIDES)).sin_cos();
        Point { x: point.x + reach * cos, y: point.y + reach * sin }
    };
    let mut corners: Vec<Point> = (0..SIDES).map(corner).collect();
    for other in others {
        let (right, down) = (other.x - point.x, other.y - point.y);
        if right.hypot(down) >= 1.0 {
            let middle = Point { x: f64::midpoint(point.x, other.x), y: f64::midpoint(point.y, other.y) };
            // Below zero on the point's own side of the line between the two.
            corners = cut(&corners, |corner| (corner.x - middle.x) * right + (corner.y - middle.y) * down);
        }
    }
    let mut path = String::from("M");
    for corner in corners {
        let _ = write!(path, "{} {} ", whole(corner.x), whole(corner.y));
    }
    path.push('z');
    path
}

/// The part of a shape on the side of a line that is below zero.
fn cut(corners: &[Point], side: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(corners.len() + 1);
    for (at, from) in corners.iter().enumerate() {
        let to = corners[(at + 1) % corners.len()];
        let (here, there) = (side(*from), side(to));
        if here <= 0.0 {
            kept.push(*from);
        }
        if (here <= 0.0) != (there <= 0.0) {
            let part = here / (here - there);
            kept.push(Point { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part });
        }
    }
    kept
}

/// The colour of every place's municipality, another one than its neighbours have where that can be.
fn colours(places: &[Place]) -> Vec<usize> {
    let mut known: Vec<(&str, usize)> = Vec::new();
    for place in places {
        let name = place.municipality.as_str();
        if known.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let is_near = |other: &str| {
            let of_one = places.iter().filter(|place| place.municipality == name);
            let of_other = || places.iter().filter(|place| place.municipality == other);
            of_one.into_iter().any(|here| of_other().any(|there| here.distance_to(there) < 2.0 * REACH))
        };
        let near: Vec<usize> =
            known.iter().filter(|(other, _)| is_near(other)).map(|(_, colour)| *colour).collect();
        let mut free = (known.len()..known.len() + COLOURS).map(|colour| colour % COLOURS + 1);
        known.push((name, free.find(|colour| !near.contains(colour)).unwrap_or(1)));
    }
    let colour = |place: &Place| known.iter().find(|(name, _)| *name == place.municipality);
    places.iter().map(|place| colour(place).map_or(1, |(_, colour)| *colour)).collect()
}

fn count_at(answer: &SearchResults, name: &str) -> u32 {
    answer.places.iter().find(|place| place.name == name).map_or(0, |place| place.count)
}

/// How large the dots are: their areas are as the counts.
fn dots(counts: &[u32]) -> Vec<f64> {
    let most = f64::from(counts.iter().copied().max().unwrap_or(0).max(1));
    let radius =
        |count: &u32| SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * (f64::from(*count) / most).sqrt();
    counts.iter().map(radius).collect()
}

/// Where the names stand, and whether each has room; the chosen place is named first, then the largest.
fn place_names(
    places: &[Place],
    points: &[Point],
    dots: &[f64],
    chosen: Option<usize>,
    frame: &Frame,
) -> Vec<(Point, bool)> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| (Some(*b) == chosen).cmp(&(Some(*a) == chosen)).then(dots[*b].total_cmp(&dots[*a])));
    let mut taken: Vec<Area> = Vec::new();
    let mut names = vec![(Point { x: 0.0, y: 0.0 }, false); places.len()];
    for at in order {
        let Point { x, y } = points[at];
        let (dot, half) = (dots[at], places[at].name.chars().count() as f64 * LETTER_WIDTH / 2.0);
        let beside = dot + half + 25.0;
        // Below the dot, above it, and on both sides.
        let spots = [
            (x, y + dot + LETTER_HEIGHT * 0.85),
            (x, y - dot - LETTER_HEIGHT * 0.3),
            (x + beside, y + LETTER_HEIGHT * 0.3),
            (x - beside, y + LETTER_HEIGHT * 0.3),
        ];
        // Not `clamp`: in case of a mistake it prints fractions, which takes 18 kB of a program.
        let (leftmost, rightmost) = ((half + 8.0).min(WIDTH / 2.0), (WIDTH - half - 8.0).max(WIDTH / 2.0));
        let spots = spots.map(|(x, y)| Point { x: x.max(leftmost).min(rightmost), y });
        let is_free = |spot: &&Point| {
            let area = Area::of_name(**spot, half);
            area.top > 0.0
                && area.bottom < frame.height
                && !taken.iter().any(|other| area.meets(other))
                && !points.iter().zip(dots).any(|(point, dot)| area.meets(&Area::of_dot(*point, 0.8 * dot)))
        };
        let free = spots.iter().find(is_free).copied().or((chosen == Some(at)).then_some(spots[0]));
        names[at] = (free.unwrap_or(spots[0]), free.is_some());
        taken.extend(free.map(|spot| Area::of_name(spot, half)));
    }
    names
}

/// A rectangle that something covers.
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    fn of_dot(point: Point, radius: f64) -> Self {
        Self {
            left: point.x - radius,
            right: point.x + radius,
            top: point.y - radius,
            bottom: point.y + radius,
        }
    }

    fn of_name(spot: Point, half: f64) -> Self {
        let (top, bottom) = (spot.y - LETTER_HEIGHT * 0.8, spot.y + LETTER_HEIGHT * 0.2);
        Self { left: spot.x - half, right: spot.x + half, top, bottom }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_ends_halfway_to_its_neighbour() {
        let (here, there) = (Point { x: 0.0, y: 0.0 }, Point { x: 100.0, y: 0.0 });
        let path = field(here, &[here, there], 1_000.0);
        let across = path.trim_start_matches('M').split(' ').step_by(2).filter_map(|x| x.parse::<f64>().ok());
        assert!(across.clone().all(|x| x <= 50.0), "{path}");
        assert_eq!(across.filter(|x| (x - 50.0).abs() < f64::EPSILON).count(), 2, "{path}");
    }

    #[test]
    fn an_arrow_leads_to_the_nearest_place_in_its_direction() {
        let points = [(0, 0), (100, 10), (300, 0), (0, 200), (-50, -300)];
        assert_eq!(next_place(&points, 0, "ArrowRight"), Some(1));
        assert_eq!(next_place(&points, 1, "ArrowRight"), Some(2));
        assert_eq!(next_place(&points, 0, "ArrowDown"), Some(3));
        assert_eq!(next_place(&points, 0, "ArrowUp"), Some(4));
        assert_eq!(next_place(&points, 2, "ArrowRight"), None);
        assert_eq!(next_place(&points, 0, "Enter"), None);
        assert_eq!(next_place(&[], 0, "ArrowUp"), None);
    }

    #[test]
    fn names_do_not_lie_over_each_other() {
        let place = |name: &str, latitude, longitude| Place {
            name: name.to_owned(),
            municipality: String::new(),
            latitude,
            longitude,
        };
        let places = [
            place("Ulft", 51.8897, 6.3797),
            place("Gendringen", 51.8742, 6.3767),
            place("Lochem", 52.1592, 6.4111),
        ];
        let frame = Frame::around(&places).unwrap();
        let points: Vec<Point> = places.iter().map(|place| frame.point(place)).collect();
        let names = place_names(&places, &points, &[40.0, 30.0, 30.0], Some(1), &frame);
        assert!(names[1].1 && names[2].1, "{names:?}");
    }
}
