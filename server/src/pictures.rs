//! Pictures for shared links: the patchwork of fields of a name, 1200 by 630 pixels, made once and kept.

use std::io::{self, Write};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use ui::plot::{Point, SIDE, shapes};

use crate::picture_cache::Pictures;
use crate::responses::{etag, is_known};
use crate::state::ServerState;

const WIDTH: usize = 1200;
const HEIGHT: usize = 630;
/// Lines per line of pixels, so that slanted borders look smooth.
const FINER: usize = 4;
/// Half the width of a furrow, in pixels.
const FURROW: f32 = 4.0;
/// How much of a furrow is white.
const FURROW_INK: f32 = 0.32;

type Colour = [f32; 3];

/// The colours of the fields by day; a test holds them to the plot's own.
const PALETTE: [&str; 6] = ["#0a6b4b", "#7fae5a", "#e6bd4f", "#cc6a42", "#3f6190", "#e8e1ca"];

/// The picture of the hub or of an organisation.
pub(crate) async fn picture(
    State(server): State<ServerState>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(name) = file.strip_suffix(".png").and_then(|key| name_of(&server, key)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match find_or_draw(&server.pictures, file, name).await {
        Some(picture) => answer(picture, &headers),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn name_of(server: &ServerState, key: &str) -> Option<String> {
    let catalogue = server.state.catalogue();
    match catalogue.find_organisation(key) {
        Some(stored) => Some(stored.organisation.name.clone()),
        None => (key == "hub").then(|| server.state.hub().name.clone()),
    }
}

async fn find_or_draw(pictures: &Arc<Pictures>, key: String, name: String) -> Option<Bytes> {
    if let Some(picture) = pictures.find(&key) {
        return Some(picture);
    }
    let drawn = tokio::task::spawn_blocking(move || png(&draw(&name))).await;
    let picture = Bytes::from(drawn.ok()?.ok()?);
    pictures.keep(key, picture.clone());
    Some(picture)
}

fn answer(picture: Bytes, headers: &HeaderMap) -> Response {
    let etag = etag(&picture);
    let mut response = if is_known(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(picture));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("image/png"));
        response
    };
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, etag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    // Other sites show this picture beside a link to the hub.
    response.headers_mut().insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response
}

/// A convex shape with its colour, in pixels.
struct Patch {
    corners: [(f32, f32); 4],
    colour: Colour,
}

/// Red, green and blue of every pixel, line by line.
fn draw(name: &str) -> Vec<u8> {
    let shapes = shapes(name);
    let fields: Vec<Patch> = shapes
        .iter()
        .map(|shape| Patch { corners: shape.points.map(place), colour: colour(shape.colour) })
        .collect();
    let furrows: Vec<Patch> = shapes
        .iter()
        .flat_map(|shape| &shape.furrows)
        .map(|&(from, to)| furrow(place(from), place(to)))
        .collect();
    let mut pixels = Vec::with_capacity(WIDTH * HEIGHT * 3);
    for line in 0..HEIGHT {
        let fields = cover(&fields, line);
        let furrows = cover(&furrows, line);
        let mut plain = Colour::default();
        for ((sum, covered), furrow) in fields.iter().zip(&furrows) {
            // Corners are whole numbers, so slits can lie between fields; the field to the left fills them.
            if *covered > 0.01 {
                plain = sum.map(|channel| channel / covered);
            }
            let ink = furrow.1.min(1.0) * FURROW_INK;
            for plain in plain {
                pixels.push((plain + (255.0 - plain) * ink).round().clamp(0.0, 255.0) as u8);
            }
        }
    }
    pixels
}

fn place((x, y): Point) -> (f32, f32) {
    let side = f32::from(SIDE);
    (f32::from(x) * WIDTH as f32 / side, f32::from(y) * HEIGHT as f32 / side)
}

fn colour(number: u8) -> Colour {
    let text = PALETTE[usize::from(number.saturating_sub(1)) % PALETTE.len()];
    [1, 3, 5].map(|at| f32::from(u8::from_str_radix(&text[at..at + 2], 16).unwrap_or(0)))
}

/// A line with a width.
fn furrow(from: (f32, f32), to: (f32, f32)) -> Patch {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (x, y) = (-dy / length * FURROW, dx / length * FURROW);
    let corners =
        [(from.0 + x, from.1 + y), (to.0 + x, to.1 + y), (to.0 - x, to.1 - y), (from.0 - x, from.1 - y)];
    Patch { corners, colour: [0.0; 3] }
}

/// For each pixel of a line: the sum of the colours, and how much of it is covered.
fn cover(patches: &[Patch], line: usize) -> Vec<(Colour, f32)> {
    let mut covered = vec![([0.0; 3], 0.0); WIDTH];
    for part in 0..FINER {
        let y = line as f32 + (part as f32 + 0.5) / FINER as f32;
        for patch in patches {
            if let Some((from, to)) = span(&patch.corners, y) {
                add_span(&mut covered, from, to, &patch.colour);
            }
        }
    }
    covered
}

/// From where to where a convex shape lies on a line.
fn span(corners: &[(f32, f32); 4], y: f32) -> Option<(f32, f32)> {
    let mut found: Option<(f32, f32)> = None;
    for (at, &(x1, y1)) in corners.iter().enumerate() {
        let (x2, y2) = corners[(at + 1) % 4];
        if (y1 <= y) != (y2 <= y) {
            let x = x1 + (y - y1) / (y2 - y1) * (x2 - x1);
            found = Some(found.map_or((x, x), |(low, high)| (low.min(x), high.max(x))));
        }
    }
    found
}

fn add_span(covered: &mut [(Colour, f32)], from: f32, to: f32, colour: &Colour) {
    let (from, to) = (from.clamp(0.0, WIDTH as f32), to.clamp(0.0, WIDTH as f32));
    let last = (to.ceil() as usize).min(WIDTH);
    for (at, pixel) in covered.iter_mut().enumerate().take(last).skip(from as usize) {
        let left = at as f32;
        let share = ((to.min(left + 1.0) - from.max(left)) / FINER as f32).max(0.0);
        pixel.1 += share;
        for (sum, channel) in pixel.0.iter_mut().zip(colour) {
            *sum += share * channel;
        }
    }
}

/// The pixels as a PNG file.
fn png(pixels: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    let (mut above, blank) = (&pixels[..0], vec![0; WIDTH * 3]);
    for line in pixels.chunks_exact(WIDTH * 3) {
        // Most pixels equal the one above them: filter 2 makes those zero.
        packed.write_all(&[2])?;
        let before = if above.is_empty() { &blank } else { above };
        let changed: Vec<u8> =
            line.iter().zip(before).map(|(now, before)| now.wrapping_sub(*before)).collect();
        packed.write_all(&changed)?;
        above = line;
    }
    let size = [(WIDTH as u32).to_be_bytes(), (HEIGHT as u32).to_be_bytes()].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    push_chunk(&mut file, *b"IHDR", &[size.as_slice(), &[8, 2, 0, 0, 0]].concat());
    push_chunk(&mut file, *b"IDAT", &packed.finish()?);
    push_chunk(&mut file, *b"IEND", &[]);
    Ok(file)
}

fn push_chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    let mut sum = flate2::Crc::new();
    sum.update(&kind);
    sum.update(data);
    file.extend(sum.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use ui::plot::svg;

    use super::*;

    #[test]
    fn the_colours_are_those_of_the_plot() {
        let plot = svg("SmartHub Achterhoek");
        for colour in PALETTE {
            assert!(plot.contains(colour), "{colour}");
        }
    }

    #[test]
    fn every_name_fills_its_own_picture() {
        let (one, other) = (draw("IJsselmetaal"), draw("Bits & Boeren"));
        assert_eq!(one.len(), WIDTH * HEIGHT * 3);
        assert_ne!(one, other);
        let black = one.chunks_exact(3).filter(|pixel| pixel.iter().all(|channel| *channel == 0)).count();
        assert_eq!(black, 0, "no pixel is left empty");
        let file = png(&one).unwrap();
        assert!(file.len() < 80_000, "{} bytes", file.len());
    }
}
