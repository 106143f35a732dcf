//! Components that know no noun of the hub; every text comes from the caller.
//!
//! A component's class is its name. `style/README.md` lists the classes and shows their markup;
//! [`Gallery`] shows all components together.

mod badge;
mod breadcrumbs;
mod button;
mod card;
mod chip;
mod choice;
mod date_block;
mod disclosure;
mod empty_state;
mod facts;
mod field;
mod gallery;
mod heading;
mod icon;
mod link;
mod mark;
mod notice;
mod pager;
pub mod plot;
mod prose;
mod share;
mod sheet;
mod site;
mod stat;
mod text;
mod tile;

pub use badge::Badge;
pub use breadcrumbs::Breadcrumbs;
pub use button::{Button, ButtonKind, ButtonLink};
pub use card::{Card, CardList};
pub use chip::{Chip, ChipList};
pub use choice::{Choice, ChoiceKind, FilterGroup};
pub use date_block::DateBlock;
pub use disclosure::Disclosure;
pub use empty_state::EmptyState;
pub use facts::{Fact, FactList};
pub use field::{Field, FieldControl, SelectField, SelectOption, TextField};
pub use gallery::Gallery;
pub use heading::SectionHeading;
pub use icon::Icon;
pub use link::{Link, LinkGroup};
pub use mark::OrganisationMark;
pub use notice::{Notice, NoticeKind};
pub use pager::{Pager, page_links};
pub use plot::{Band, Plot, PlotSize};
pub use prose::Prose;
pub use share::{ShareBar, ShareLink};
pub use sheet::{Sheet, SheetButton};
pub use site::{SiteFooter, SiteHeader, SkipLink};
pub use stat::Stat;
pub use text::{Marked, MaybeText};
pub use tile::{Tile, TileGrid};
