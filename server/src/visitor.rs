//! The address of a client, behind as many proxies as the operator trusts.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// The address of somebody who asks.
///
/// Each trusted proxy adds the address of its own visitor at the right of `X-Forwarded-For`; what stands
/// further to the left anybody can have written.
pub(crate) fn address(headers: &HeaderMap, extensions: &Extensions, trusted_proxies: usize) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
    if trusted_proxies == 0 {
        return peer.to_canonical();
    }
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    let hop = hops.len().checked_sub(trusted_proxies).and_then(|at| hops.get(at)).or(hops.first());
    hop.and_then(|hop| hop.parse::<IpAddr>().ok()).unwrap_or(peer).to_canonical()
}

/// The part of an address that one household or firm has: all of IPv4, the first 64 bits of IPv6.
pub(crate) fn client_prefix(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(forwarded: &str, trusted: usize) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 80))));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        address(&headers, &extensions, trusted).to_string()
    }

    #[test]
    fn only_what_trusted_proxies_wrote_counts() {
        assert_eq!(asked("1.1.1.1, 2.2.2.2", 0), "10.0.0.1");
        assert_eq!(asked("1.1.1.1, 2.2.2.2", 1), "2.2.2.2");
        assert_eq!(asked("1.1.1.1, 2.2.2.2", 2), "1.1.1.1");
        assert_eq!(asked("2.2.2.2", 3), "2.2.2.2");
        assert_eq!(asked("unknown", 1), "10.0.0.1");
        assert_eq!(asked("::ffff:3.3.3.3", 1), "3.3.3.3");
    }

    #[test]
    fn an_ipv6_household_is_its_first_half() {
        let [one, two, other] = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"]
            .map(|text| client_prefix(text.parse().unwrap()));
        assert_eq!(one, two);
        assert_ne!(one, other);
    }
}
