//! What steps are made of: foreign keys and indexes, named alike. Whatever changes here must leave what a step makes as it is.

use sea_orm_migration::prelude::*;

/// A column that names a row of another table by its number, and what happens when that row goes.
pub(super) fn to(
    table: &str,
    column: &'static str,
    other: &'static str,
    then: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}"))
        .from(table.to_owned(), column)
        .to(other, "id")
        .on_delete(then)
        .to_owned()
}

/// An index over columns.
pub(super) fn index(table: &str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_by_{}", columns.join("_and_"))).table(table.to_owned());
    for column in columns {
        index.col(*column);
    }
    index
}
