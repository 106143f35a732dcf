//! Mail of one noun, defined by one table.

/// Defines the mail of a noun: each kind with its code, which the database keeps and nobody changes, and with the data that it
/// must state; and the same kinds without data.
macro_rules! messages {
    (
        $(#[$doc:meta])*
        $message:ident, $kind:ident {
            $($(#[$kind_doc:meta])* $code:literal => $variant:ident $(($($inner:tt)*))? $({ $($fields:tt)* })?,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(tag = "kind")]
        pub enum $message {
            $($(#[$kind_doc])* #[serde(rename = $code)] $variant $(($($inner)*))? $({ $($fields)* })?,)+
        }

        /// The kinds of this mail.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $kind {
            $($(#[$kind_doc])* $variant,)+
        }

        impl $message {
            /// The kind.
            pub const fn kind(&self) -> $kind {
                match self { $(Self::$variant { .. } => $kind::$variant,)+ }
            }
        }

        impl $kind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word by which lists and the database call it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The kind that the database calls `code`.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.code() == code)
            }
        }
    };
}

pub(crate) use messages;
