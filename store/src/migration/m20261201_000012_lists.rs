//! What lists need: views that somebody keeps under a name; and of applications who received them and a name to sort by, with an
//! index for every order in which an organisation lists them.

use domain::text::fold;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, string, text, timestamp_with_time_zone,
};

use super::parts::{index, to};

/// Names that are folded at once.
const CHUNK: u64 = 500;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_views(manager).await?;
        add_receiver(manager).await?;
        fold_names(manager).await?;
        for columns in [
            &["organisation_id", "submitted_at", "id"][..],
            &["organisation_id", "state_since", "id"],
            &["organisation_id", "folded_name", "id"],
            &["organisation_id", "state", "submitted_at", "id"],
            &["vacancy_id", "submitted_at", "id"],
        ] {
            manager.create_index(index("applications", columns)).await?;
        }
        Ok(())
    }
}

async fn add_views(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let views = Table::create()
        .table("saved_views")
        .col(big_pk_auto("id"))
        .col(big_integer("account_id"))
        .col(string("list"))
        .col(string("name"))
        .col(text("query"))
        .col(timestamp_with_time_zone("saved_at"))
        .foreign_key(&mut to("saved_views", "account_id", "accounts", ForeignKeyAction::Cascade))
        .to_owned();
    manager.create_table(views).await?;
    let own = index("saved_views", &["account_id", "list", "name"]).unique().to_owned();
    manager.create_index(own).await
}

/// Nobody has received what was not sent yet.
async fn add_receiver(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let receiver =
        Table::alter().table("applications").add_column(big_integer_null("organisation_id")).to_owned();
    manager.alter_table(receiver).await?;
    let known = "UPDATE applications SET organisation_id = (SELECT vacancies.organisation_id FROM vacancies \
                 WHERE vacancies.id = applications.vacancy_id) WHERE submitted_at IS NOT NULL";
    manager.get_connection().execute_unprepared(known).await?;
    Ok(())
}

async fn fold_names(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let folded = Table::alter().table("applications").add_column(text("folded_name").default("")).to_owned();
    manager.alter_table(folded).await?;
    let connection = manager.get_connection();
    let mut last = 0_i64;
    loop {
        let some = Query::select()
            .columns(["id", "name"])
            .from("applications")
            .and_where(Expr::col("id").gt(last))
            .order_by("id", Order::Asc)
            .limit(CHUNK)
            .to_owned();
        let rows = connection.query_all(&some).await?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end.try_get("", "id")?;
        for row in rows {
            let (id, name): (i64, String) = (row.try_get("", "id")?, row.try_get("", "name")?);
            let change = Query::update()
                .table("applications")
                .value("folded_name", fold(&name))
                .and_where(Expr::col("id").eq(id))
                .to_owned();
            connection.execute(&change).await?;
        }
    }
}
