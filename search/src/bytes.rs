//! Numbers and texts as bytes, and back: what the snapshot and the postings are made of.
//!
//! Reading never trusts the bytes: whatever they are, it ends in a value or in [`Malformed`].

/// The bytes are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Appends a number, seven bits to a byte, the lowest first; the highest bit says that more follow.
pub(crate) fn put(bytes: &mut Vec<u8>, number: u64) {
    let mut rest = number;
    while rest > 0x7f {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// Appends a number that may be negative: small amounts either way take one byte.
pub(crate) fn put_signed(bytes: &mut Vec<u8>, number: i64) {
    put(bytes, (number << 1 ^ number >> 63) as u64);
}

/// Appends a text after its length.
pub(crate) fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

/// Stands after each of many texts: it is no part of any, and compresses better than their lengths.
const END_OF_TEXT: u8 = 0xff;

/// Appends texts after their number.
pub(crate) fn put_texts<'a>(bytes: &mut Vec<u8>, texts: impl ExactSizeIterator<Item = &'a str>) {
    put(bytes, texts.len() as u64);
    for text in texts {
        bytes.extend_from_slice(text.as_bytes());
        bytes.push(END_OF_TEXT);
    }
}

/// Reads bytes from the front.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    /// The next number.
    pub(crate) fn number(&mut self) -> Result<u64, Malformed> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or(Malformed)?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Malformed)
    }

    /// The next number, when it fits the type.
    pub(crate) fn small<T: TryFrom<u64>>(&mut self) -> Result<T, Malformed> {
        T::try_from(self.number()?).map_err(|_| Malformed)
    }

    /// The next number, which may be negative.
    pub(crate) fn signed(&mut self) -> Result<i64, Malformed> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// Reads the number of things that follow, each of at least one byte: never more than there are bytes.
    pub(crate) fn count(&mut self) -> Result<usize, Malformed> {
        let count = self.small::<usize>()?;
        if count > self.0.len() { Err(Malformed) } else { Ok(count) }
    }

    /// The next bytes.
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    /// The next text.
    pub(crate) fn text(&mut self) -> Result<&'a str, Malformed> {
        let length = self.count()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Malformed)
    }

    /// Texts that were written together.
    pub(crate) fn texts(&mut self) -> Result<Vec<String>, Malformed> {
        let count = self.count()?;
        self.list(count, |reader| {
            let end = reader.0.iter().position(|byte| *byte == END_OF_TEXT).ok_or(Malformed)?;
            let text = std::str::from_utf8(reader.take(end)?).map_err(|_| Malformed)?.to_owned();
            reader.take(1)?;
            Ok(text)
        })
    }

    /// Reads `count` values.
    pub(crate) fn list<T>(
        &mut self,
        count: usize,
        mut read: impl FnMut(&mut Self) -> Result<T, Malformed>,
    ) -> Result<Vec<T>, Malformed> {
        // No iterator: what collects results is made anew for every kind of them, and large in the browser.
        let mut list = Vec::new();
        for _ in 0..count {
            list.push(read(self)?);
        }
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_again(number in any::<u64>(), signed in any::<i64>(), texts in any::<Vec<String>>()) {
            let mut bytes = Vec::new();
            put(&mut bytes, number);
            put_signed(&mut bytes, signed);
            put_texts(&mut bytes, texts.iter().map(String::as_str));
            put_text(&mut bytes, "einde");
            let mut reader = Reader(&bytes);
            prop_assert_eq!(reader.number(), Ok(number));
            prop_assert_eq!(reader.signed(), Ok(signed));
            prop_assert_eq!(reader.texts(), Ok(texts));
            prop_assert_eq!(reader.text(), Ok("einde"));
            prop_assert_eq!(reader.number(), Err(Malformed));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
            let _ = Reader(&bytes).texts();
            let _ = Reader(&bytes).signed();
            let _ = Reader(&bytes).small::<u8>();
        }
    }
}
