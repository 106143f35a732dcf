//! How often each client may ask.

use std::net::IpAddr;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::Config;
use crate::visitor;

/// Counts the requests of each address.
pub(crate) struct Limiter {
    requests: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
    is_loopback_exempt: bool,
}

impl Limiter {
    pub(crate) fn new(config: &Config) -> Self {
        let limits = &config.limits;
        let quota = Quota::per_second(limits.requests_per_second).allow_burst(limits.burst);
        Self {
            requests: RateLimiter::dashmap(quota),
            clock: DefaultClock::default(),
            is_loopback_exempt: limits.is_loopback_exempt,
        }
    }

    /// How long to wait when this address asked too often.
    pub(crate) fn check(&self, address: IpAddr) -> Result<(), Duration> {
        if self.is_loopback_exempt && address.is_loopback() {
            return Ok(());
        }
        let client_prefix = visitor::client_prefix(address);
        self.requests.check_key(&client_prefix).map_err(|until| until.wait_time_from(self.clock.now()))
    }

    /// Forgets addresses that have not asked for a while.
    pub(crate) fn forget_idle(&self) {
        self.requests.retain_recent();
        self.requests.shrink_to_fit();
    }
}
