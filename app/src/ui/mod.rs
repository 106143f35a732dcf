//! Components that know no noun of the hub.
