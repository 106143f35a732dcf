//! The pages of every noun.

use web::Routes;

/// The rows of every noun's pages.
pub fn page_routes() -> Routes {
    site::server::routes().and(personal::server::routes()).and(workplace::server::routes())
}
