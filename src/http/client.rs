//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::service::Ctx;

/// The address of the client, for counting tries. Behind proxies of ours it is what the outermost
/// of them has seen; whatever the client itself wrote into the header is not believed.
///
/// The limiter counts IPv6 by the first 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl<S> FromRequestParts<S> for ClientAddress
where
    S: Send + Sync,
    Ctx: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        let proxies = Ctx::from_ref(state).config.trusted_proxies;
        Ok(Self(behind(peer, &parts.headers, proxies).to_canonical()))
    }
}

/// Each proxy appends the address that it has seen, so the client's stands as many places from the
/// end as there are proxies. A header that is shorter did not come through all of them.
fn behind(peer: IpAddr, headers: &HeaderMap, proxies: usize) -> IpAddr {
    if proxies == 0 {
        return peer;
    }
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    hops.len()
        .checked_sub(proxies)
        .and_then(|place| hops.get(place))
        .and_then(|hop| address(hop))
        .unwrap_or(peer)
}

/// Reads `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1` and `[2001:db8::1]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|it| it.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const PEER: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

    fn seen(forwarded: &[&'static str], proxies: usize) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        behind(PEER, &headers, proxies).to_string()
    }

    #[test]
    fn without_proxies_the_header_is_a_claim_of_the_client() {
        assert_eq!(seen(&["203.0.113.7"], 0), "10.0.0.1");
    }

    #[test]
    fn only_what_the_trusted_proxies_appended_counts() {
        assert_eq!(seen(&["6.6.6.6, 203.0.113.7"], 1), "203.0.113.7");
        assert_eq!(seen(&["6.6.6.6, 203.0.113.7, 10.0.0.9"], 2), "203.0.113.7");
        assert_eq!(seen(&["6.6.6.6", "203.0.113.7"], 1), "203.0.113.7", "several headers are one");
    }

    #[test]
    fn a_request_that_went_around_the_proxies_is_known_by_its_peer() {
        assert_eq!(seen(&[], 1), "10.0.0.1");
        assert_eq!(seen(&["203.0.113.7"], 2), "10.0.0.1");
        assert_eq!(seen(&["unknown"], 1), "10.0.0.1");
    }

    #[test]
    fn ports_and_brackets_are_read() {
        assert_eq!(seen(&["203.0.113.7:4711"], 1), "203.0.113.7");
        assert_eq!(seen(&["[2001:db8::1]:4711"], 1), "2001:db8::1");
        assert_eq!(seen(&["[2001:db8::1]"], 1), "2001:db8::1");
    }
}
