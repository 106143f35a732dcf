//! An index as bytes, small enough for a browser to fetch while nobody waits.
//!
//! Two files: the first has all that cards show and the words outside texts, the second the words of the texts.
//! Whatever can be computed from the columns (postings, facets, stems, orders) is not carried. Equal kinds of data
//! stand side by side, so that brotli finds their pattern. Each file begins with a mark, its version and a
//! checksum; whatever the bytes are, opening them ends in an index or in [`BadSnapshot`].

use chrono::{Datelike, NaiveDate};
use domain::Language;
use domain::region::{Municipality, Place, Region};
use domain::text::Cents;
use domain::vacancies::{Pay, Remote, VacancyKind};

use crate::analyse::Cuts;
use crate::bytes::{Malformed, Reader, put, put_signed, put_text, put_texts};
use crate::columns::{Columns, Organisation, Row, Title};
use crate::hash::{ByText, Map, checksum};
use crate::index::{Index, IndexPart, Lists, Segment, TextList, TextWords, Vocabulary};
use crate::knowledge::Knowledge;
use crate::sorting::{order, sort_by_key};

const MARK: &[u8; 4] = b"SHS\x02";
const HEADER: usize = MARK.len() + size_of::<u64>();

/// An index as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The fields of cards, and the words outside texts.
    pub core: Vec<u8>,
    /// The words of the texts.
    pub texts: Vec<u8>,
}

/// The bytes are no snapshot, one of another version, or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadSnapshot;

impl From<Malformed> for BadSnapshot {
    fn from(_: Malformed) -> Self {
        Self
    }
}

impl Index {
    /// The index as bytes.
    pub fn snapshot(&self) -> Snapshot {
        let whole = if self.parts.len() > 1 || self.parts.iter().any(|part| !part.is_whole()) {
            &self.compacted()
        } else {
            self
        };
        let empty = Segment::default();
        let segment = whole.parts.first().map_or(&empty, |part| &part.segment);
        let core = seal(&write_core(segment, &self.knowledge));
        let texts = seal(&write_texts(segment, &core));
        Snapshot { core, texts }
    }

    /// Bytes with a right mark and checksum around any payload, to test what is read after them.
    #[doc(hidden)]
    pub fn sealed(payload: &[u8]) -> Vec<u8> {
        seal(payload)
    }

    /// Whether the index knows the words of the texts, so that it finds all that there is to find.
    pub fn has_texts(&self) -> bool {
        self.parts.iter().any(|part| part.segment.vocabulary.text_words().next().is_some())
    }
}

impl IndexPart {
    fn is_whole(&self) -> bool {
        self.live.count() as usize == self.segment.len()
    }
}

/// The bytes after a mark, version and checksum.
fn seal(payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(payload.len() + HEADER);
    bytes.extend_from_slice(MARK);
    bytes.extend_from_slice(&checksum(payload).to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

pub(crate) fn unseal(bytes: &[u8]) -> Result<&[u8], BadSnapshot> {
    let (header, payload) = bytes.split_at_checked(HEADER).ok_or(BadSnapshot)?;
    let is_sound = header.starts_with(MARK) && header.ends_with(&checksum(payload).to_le_bytes());
    if is_sound { Ok(payload) } else { Err(BadSnapshot) }
}

fn write_cuts<'a>(words: impl Iterator<Item = &'a str>, vocabulary: &Vocabulary, bytes: &mut Vec<u8>) {
    let known: ByText<&Cuts> = vocabulary.compounds().collect();
    let mut cuts = Vec::new();
    for word in words {
        match known.get(word) {
            Some(known) => known.write(&mut cuts),
            None => put(&mut cuts, 0),
        }
    }
    put(bytes, cuts.len() as u64);
    bytes.extend(cuts);
}

pub(crate) fn read_bytes<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], Malformed> {
    let length = reader.count()?;
    reader.take(length)
}

fn write_core(segment: &Segment, knowledge: &Knowledge) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_region(&knowledge.region, &mut bytes);
    write_columns(&segment.columns, &mut bytes);
    let words = Vocabulary::words_of_tables(&segment.columns);
    write_cuts(words.iter().map(String::as_str), &segment.vocabulary, &mut bytes);
    knowledge.synonyms.only(|term| segment.vocabulary.knows_all(term)).write(&mut bytes);
    knowledge.write_names(&mut bytes);
    knowledge.elsewhere.write(&mut bytes);
    bytes
}

fn write_texts(segment: &Segment, core: &[u8]) -> Vec<u8> {
    let mut bytes = checksum(core).to_le_bytes().to_vec();
    let mut known = Vocabulary::words_of_tables(&segment.columns);
    known.sort_unstable();
    let lists: Vec<(&str, &TextList)> = segment.vocabulary.text_words().collect();
    let new = lists
        .iter()
        .map(|(word, _)| *word)
        .filter(|word| known.binary_search_by(|other| other.as_str().cmp(word)).is_err());
    write_cuts(new, &segment.vocabulary, &mut bytes);
    put(&mut bytes, lists.len() as u64);
    let mut before = "";
    for (word, _) in &lists {
        let shared = before.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        let shared = (0..=shared).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0);
        put(&mut bytes, shared as u64);
        put_text(&mut bytes, &word[shared..]);
        before = word;
    }
    for (_, list) in &lists {
        list.write(&mut bytes);
    }
    bytes
}

pub(crate) fn read_text_words(reader: &mut Reader<'_>, documents: usize) -> Result<TextWords, Malformed> {
    let count = reader.count()?;
    let mut before = String::new();
    let words = reader.list(count, |reader| {
        let shared: usize = reader.small()?;
        let mut word = before.get(..shared).ok_or(Malformed)?.to_owned();
        word.push_str(reader.text()?);
        before.clone_from(&word);
        Ok(word)
    })?;
    let mut words = words.into_iter();
    let lists = reader
        .list(count, |reader| Ok((words.next().ok_or(Malformed)?, TextList::read(reader, documents)?)))?;
    if reader.0.is_empty() { Ok(TextWords { lists }) } else { Err(Malformed) }
}

fn write_region(region: &Region, bytes: &mut Vec<u8>) {
    put(bytes, region.municipalities.len() as u64);
    for municipality in &region.municipalities {
        put_text(bytes, &municipality.name);
        put_text(bytes, &municipality.country);
    }
    put(bytes, region.places.len() as u64);
    for place in &region.places {
        put_text(bytes, &place.name);
        put_text(bytes, &place.municipality);
        bytes.extend(place.latitude.to_le_bytes());
        bytes.extend(place.longitude.to_le_bytes());
    }
}

pub(crate) fn read_region(reader: &mut Reader<'_>) -> Result<Region, Malformed> {
    let count = reader.count()?;
    let municipalities = reader.list(count, |reader| {
        let (name, country) = (reader.text()?.to_owned(), reader.text()?.to_owned());
        Ok(Municipality { name, country, province: None })
    })?;
    let count = reader.count()?;
    let places = reader.list(count, |reader| {
        let (name, municipality) = (reader.text()?.to_owned(), reader.text()?.to_owned());
        let mut degrees = || {
            let bytes = reader.take(size_of::<f64>())?;
            bytes.try_into().map(f64::from_le_bytes).map_err(|_| Malformed)
        };
        Ok(Place { name, municipality, latitude: degrees()?, longitude: degrees()? })
    })?;
    Ok(Region { municipalities, places })
}

fn days(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

fn day(days: i64) -> Result<NaiveDate, Malformed> {
    i32::try_from(days).ok().and_then(NaiveDate::from_num_days_from_ce_opt).ok_or(Malformed)
}

fn write_columns(columns: &Columns, bytes: &mut Vec<u8>) {
    let texts = |bytes: &mut Vec<u8>, texts: &[String]| put_texts(bytes, texts.iter().map(String::as_str));
    put_texts(bytes, columns.titles.iter().map(|title| title.text.as_str()));
    bytes.extend(columns.titles.iter().map(|title| title.language as u8));
    put_texts(bytes, columns.organisations.iter().map(|organisation| organisation.name.as_str()));
    put_texts(bytes, columns.organisations.iter().map(|organisation| organisation.slug.as_str()));
    put_texts(
        bytes,
        columns.organisations.iter().map(|organisation| organisation.logo.as_deref().unwrap_or_default()),
    );
    put_texts(bytes, columns.organisations.iter().map(|organisation| organisation.sector.as_str()));
    texts(bytes, &columns.places);
    texts(bytes, &columns.study_fields);
    texts(bytes, &columns.skills);

    let rows = &columns.rows;
    put(bytes, rows.len() as u64);
    let mut pays: Vec<Pay> = Vec::new();
    let mut pay_numbers: Map<(i64, i64), u64> = Map::default();
    let pay_of: Vec<u64> = rows
        .iter()
        .map(|row| {
            row.pay.map_or(0, |pay| {
                *pay_numbers.entry((pay.from.0, pay.to.0)).or_insert_with(|| {
                    pays.push(pay);
                    pays.len() as u64
                })
            })
        })
        .collect();
    put(bytes, pays.len() as u64);
    for pay in &pays {
        put_signed(bytes, pay.from.0);
        put_signed(bytes, pay.to.0.wrapping_sub(pay.from.0));
    }
    let base = rows.iter().map(|row| days(row.closes_on)).min().unwrap_or_default();
    put_signed(bytes, base);
    // In the order of their ids, which rise by little, each with its day: by both the rows find their own order again.
    let mut by_id: Vec<&Row> = rows.iter().collect();
    sort_by_key(&mut by_id, |row| row.id);
    differences(bytes, by_id.iter().map(|row| row.id));
    let latest = rows.iter().filter_map(|row| row.published_on).max().map_or(0, days);
    put_signed(bytes, latest);
    for row in by_id {
        put(bytes, row.published_on.map_or(0, |day| (latest - days(day)) as u64 + 1));
    }
    // A title that was not seen before is the next of the table: most rows take one small number.
    let mut next = 0;
    for row in rows {
        let is_new = row.title == next;
        next += u32::from(is_new);
        put(bytes, if is_new { 0 } else { u64::from(row.title) + 1 });
    }
    for row in rows {
        put(bytes, u64::from(row.organisation));
    }
    remember(bytes, rows.iter().map(|row| (row.organisation, row.place)));
    bytes.extend(rows.iter().map(|row| row.kind as u8));
    bytes.extend(rows.iter().map(|row| row.levels));
    bytes.extend(rows.iter().map(|row| row.remote as u8 | u8::from(row.is_cross_border) << 2));
    let plus_one = |number: Option<u32>| number.map_or(0, |number| number + 1);
    remember(bytes, rows.iter().map(|row| (row.kind as u32, plus_one(row.hours_per_week.map(u32::from)))));
    remember(bytes, rows.iter().map(|row| (row.kind as u32, plus_one(row.weeks.map(u32::from)))));
    for row in rows {
        put_signed(bytes, row.starts_on.map_or(i64::from(i32::MIN), |day| days(day) - base));
    }
    for row in rows {
        put(bytes, (days(row.closes_on) - base) as u64);
    }
    for pay in pay_of {
        put(bytes, pay);
    }
    write_lists(bytes, &columns.study_fields_of, rows.len(), &after_previous);
    write_lists(bytes, &columns.skills_of, rows.len(), &|document, _| {
        main_field(&columns.study_fields_of, document)
    });
}

/// Predicts an entry of a list from the one before it; 0 when it is the first.
fn after_previous(_: u32, previous: Option<u32>) -> u32 {
    previous.map_or(0, |previous| previous + 1)
}

/// The first study field of a vacancy, on which its skills depend; 0 when there is none.
fn main_field(study_fields_of: &Lists, document: u32) -> u32 {
    study_fields_of.get(document).first().map_or(0, |field| field + 1)
}

/// Numbers that depend on another: each as its place among those that were seen with that other before, from 1; 0 for
/// one that was not, which stands in a list of its own before all.
fn remember(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = (u32, u32)>) {
    let mut seen: Map<u32, Vec<u32>> = Map::default();
    let (mut new, mut places) = (Vec::new(), Vec::new());
    for (context, number) in numbers {
        let seen = seen.entry(context).or_default();
        let place = seen.iter().position(|other| *other == number);
        put(&mut places, place.map_or(0, |place| place as u64 + 1));
        if place.is_none() {
            seen.push(number);
            new.push(number);
        }
    }
    put(bytes, new.len() as u64);
    for number in new {
        put(bytes, u64::from(number));
    }
    bytes.append(&mut places);
}

/// Reads what [`remember`] wrote.
struct Remembered {
    new: std::vec::IntoIter<u32>,
    /// For every number on which others depend the others that were seen.
    seen: Vec<Vec<u32>>,
}

impl Remembered {
    /// Reads the numbers as they are met first; each is below a limit.
    fn read(reader: &mut Reader<'_>, limit: usize) -> Result<Self, Malformed> {
        let count = reader.count()?;
        let new = reader.list(count, |reader| number_below(reader, limit))?.into_iter();
        Ok(Self { new, seen: Vec::new() })
    }

    fn next(&mut self, reader: &mut Reader<'_>, context: u32) -> Result<u32, Malformed> {
        let context = context as usize;
        if self.seen.len() <= context {
            self.seen.resize(context + 1, Vec::new());
        }
        let seen = &mut self.seen[context];
        if let Some(place) = reader.small::<usize>()?.checked_sub(1) {
            return seen.get(place).copied().ok_or(Malformed);
        }
        let number = self.new.next().ok_or(Malformed)?;
        seen.push(number);
        Ok(number)
    }
}

/// Numbers as the difference from the one before.
fn differences(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = i64>) {
    let mut before = 0;
    for number in numbers {
        put_signed(bytes, number.wrapping_sub(before));
        before = number;
    }
}

fn read_differences(reader: &mut Reader<'_>, count: usize) -> Result<Vec<i64>, Malformed> {
    let mut before = 0i64;
    reader.list(count, |reader| {
        before = before.wrapping_add(reader.signed()?);
        Ok(before)
    })
}

/// Tells of a document and the entry before what the next entry of its list depends on.
type Context<'a> = &'a dyn Fn(u32, Option<u32>) -> u32;

fn write_lists(bytes: &mut Vec<u8>, lists: &Lists, count: usize, context: Context<'_>) {
    let documents = 0..count as u32;
    documents.clone().for_each(|at| put(bytes, lists.get(at).len() as u64));
    let entries = documents.flat_map(|at| {
        let list = lists.get(at);
        let before = std::iter::once(None).chain(list.iter().copied().map(Some));
        list.iter().zip(before).map(move |(entry, before)| (context(at, before), *entry))
    });
    remember(bytes, entries);
}

fn read_lists(
    reader: &mut Reader<'_>,
    count: usize,
    table: usize,
    context: Context<'_>,
) -> Result<Lists, Malformed> {
    let lengths = reader.list(count, Reader::count)?;
    let mut entries = Remembered::read(reader, table)?;
    let mut lists = Lists::default();
    for (at, length) in (0..).zip(lengths) {
        let mut before = None;
        lists.push(reader.list(length, |reader| {
            let entry = entries.next(reader, context(at, before))?;
            before = Some(entry);
            Ok(entry)
        })?);
    }
    Ok(lists)
}

fn number_below(reader: &mut Reader<'_>, limit: usize) -> Result<u32, Malformed> {
    let number = reader.small::<u32>()?;
    if (number as usize) < limit { Ok(number) } else { Err(Malformed) }
}

fn pick<T: Copy>(all: &[T], number: u8) -> Result<T, Malformed> {
    all.get(usize::from(number)).copied().ok_or(Malformed)
}

pub(crate) fn read_columns(reader: &mut Reader<'_>) -> Result<Columns, Malformed> {
    let texts = reader.texts()?;
    let languages = reader.take(texts.len())?;
    let mut titles = Vec::with_capacity(texts.len());
    for (text, language) in texts.into_iter().zip(languages) {
        titles.push(Title { text, language: pick(Language::ALL, *language)? });
    }
    let organisations = read_organisations(reader)?;
    let (places, study_fields, skills) = (reader.texts()?, reader.texts()?, reader.texts()?);

    let count = reader.count()?;
    let pays = reader.count()?;
    let pays = reader.list(pays, |reader| {
        let from = reader.signed()?;
        let to = from.wrapping_add(reader.signed()?);
        Ok(Pay { from: Cents(from), to: Cents(to) })
    })?;
    let base = reader.signed()?;
    let at = |offset: i64| day(base.checked_add(offset).ok_or(Malformed)?);
    let ids = read_differences(reader, count)?;
    let latest = reader.signed()?;
    let published = reader.list(count, |reader| match reader.small::<u32>()? {
        0 => Ok(None),
        ago => day(latest.checked_sub(i64::from(ago) - 1).ok_or(Malformed)?).map(Some),
    })?;
    let newest_first = order(count, &|a, b| {
        let key = |at: u32| (published[at as usize], ids[at as usize]);
        key(b).cmp(&key(a))
    });
    let mut next = 0;
    let title_numbers = reader.list(count, |reader| {
        let number = match reader.small::<u32>()? {
            0 => {
                next += 1;
                next - 1
            }
            known => known - 1,
        };
        if (number as usize) < titles.len() { Ok(number) } else { Err(Malformed) }
    })?;
    let organisation_numbers = reader.list(count, |reader| number_below(reader, organisations.len()))?;
    let mut remembered = Remembered::read(reader, places.len())?;
    let mut organisations_left = organisation_numbers.iter();
    let place_numbers =
        reader.list(count, |reader| remembered.next(reader, *organisations_left.next().ok_or(Malformed)?))?;
    let kinds = reader.take(count)?;
    let levels = reader.take(count)?;
    let flags = reader.take(count)?;
    let mut by_kind = |limit: usize| {
        let mut remembered = Remembered::read(reader, limit)?;
        let mut kinds = kinds.iter();
        reader.list(count, |reader| remembered.next(reader, u32::from(*kinds.next().ok_or(Malformed)?)))
    };
    let (hours, weeks) = (by_kind(usize::from(u8::MAX) + 2)?, by_kind(usize::from(u16::MAX) + 2)?);
    let starts = reader.list(count, Reader::signed)?;
    let closes = reader.list(count, Reader::small::<i64>)?;
    let pay_of = reader.list(count, Reader::small::<usize>)?;
    let less_one = |number: u32| number.checked_sub(1);
    let mut rows = Vec::with_capacity(count);
    for row in 0..count {
        rows.push(Row {
            id: ids[newest_first[row] as usize],
            title: title_numbers[row],
            organisation: organisation_numbers[row],
            place: place_numbers[row],
            kind: pick(VacancyKind::ALL, kinds[row])?,
            levels: Some(levels[row]).filter(|levels| *levels < 1 << 7).ok_or(Malformed)?,
            remote: pick(Remote::ALL, flags[row] & 3)?,
            is_cross_border: flags[row] & 4 != 0,
            hours_per_week: less_one(hours[row]).map(|hours| hours as u8),
            weeks: less_one(weeks[row]).map(|weeks| weeks as u16),
            starts_on: if starts[row] == i64::from(i32::MIN) { None } else { Some(at(starts[row])?) },
            closes_on: at(closes[row])?,
            published_on: published[newest_first[row] as usize],
            pay: match pay_of[row] {
                0 => None,
                number => Some(*pays.get(number - 1).ok_or(Malformed)?),
            },
        });
    }
    let study_fields_of = read_lists(reader, count, study_fields.len(), &after_previous)?;
    let context = |document, _| main_field(&study_fields_of, document);
    let skills_of = read_lists(reader, count, skills.len(), &context)?;
    Ok(Columns { titles, organisations, places, study_fields, skills, rows, study_fields_of, skills_of })
}

fn read_organisations(reader: &mut Reader<'_>) -> Result<Vec<Organisation>, Malformed> {
    let names = reader.texts()?;
    let mut column = || {
        let texts = reader.texts()?;
        if texts.len() == names.len() { Ok(texts) } else { Err(Malformed) }
    };
    let (slugs, logos, sectors) = (column()?, column()?, column()?);
    let logo = |logo: String| Some(logo).filter(|logo| !logo.is_empty());
    let rest = slugs.into_iter().zip(logos).zip(sectors);
    Ok(names
        .into_iter()
        .zip(rest)
        .map(|(name, ((slug, file), sector))| Organisation { name, slug, logo: logo(file), sector })
        .collect())
}
