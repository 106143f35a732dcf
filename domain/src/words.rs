//! Closed lists of words that a hub uses: one macro gives each its three spellings.

/// Makes an enum whose variants have a `code` (database, English), a `word` (spreadsheets, Dutch) and a
/// `slug` (addresses, the word without blanks or accents).
macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $code:literal, $word:literal;)+ }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$inner])* $variant,)+ }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| serde::de::Error::custom("a word that is not known"))
            }
        }

        impl $name {
            /// Every value, in the order in which people expect to read them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The English word that the database keeps.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The Dutch word that spreadsheets use.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The word as it stands in an address.
            pub fn slug(self) -> String {
                $crate::text::slug(self.word())
            }

            /// The value that the database calls `code`.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }

            /// The value that somebody wrote as `word`, whatever its capitals, accents and blanks.
            pub fn from_word(word: &str) -> Option<Self> {
                let slug = $crate::text::slug(word);
                Self::ALL.iter().copied().find(|value| value.slug() == slug)
            }

            /// The value that somebody wrote as its code or its word.
            pub fn parse(text: &str) -> Option<Self> {
                Self::from_code(text).or_else(|| Self::from_word(text))
            }

            /// All words, as an error message lists them.
            pub fn words() -> String {
                Self::ALL.iter().map(|value| value.word()).collect::<Vec<_>>().join(", ")
            }
        }
    };
}
pub(crate) use words;
