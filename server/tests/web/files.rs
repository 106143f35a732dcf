use std::io::Read;

use flate2::read::GzDecoder;

use crate::hub::TestHub;

const HASHED: &str = "/pkg/smarthub.aZ3456789012345678901A.js";

fn unpacked(body: &[u8]) -> String {
    let mut text = String::new();
    brotli::Decompressor::new(body, 4096).read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_file_with_a_hash_is_kept_for_ever_and_another_for_minutes() {
    let hub = TestHub::start().await;
    assert_eq!(hub.get(HASHED).await.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(hub.get("/pkg/smarthub.css").await.header("cache-control"), "public, max-age=300");
    assert_eq!(hub.get("/fonts/figtree.woff2").await.header("cache-control"), "public, max-age=86400");
}

#[tokio::test]
async fn a_file_is_sent_once_and_packed() {
    let hub = TestHub::start().await;
    let plain = hub.get(HASHED).await;
    assert_eq!(plain.header("content-type"), "text/javascript; charset=utf-8");
    let packed = hub.get_with(HASHED, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert_eq!(packed.header("vary"), "accept-encoding");
    assert_eq!(unpacked(&packed.body), plain.text());
    assert_ne!(packed.header("etag"), plain.header("etag"), "the bytes differ, so the mark does");
    let gzip = hub.get_with(HASHED, &[("accept-encoding", "gzip")]).await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    let mark = packed.header("etag");
    let again = hub.get_with(HASHED, &[("accept-encoding", "br"), ("if-none-match", mark)]).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let font = hub.get_with("/fonts/figtree.woff2", &[("accept-encoding", "br")]).await;
    assert_eq!((font.header("content-type"), font.header("content-encoding")), ("font/woff2", ""));
}

#[tokio::test]
async fn a_head_has_the_headers_and_no_body() {
    let hub = TestHub::start().await;
    let get = hub.get(HASHED).await;
    let head = hub.ask("HEAD", HASHED, &[], axum::body::Body::empty()).await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    let post = hub.ask("POST", HASHED, &[], axum::body::Body::empty()).await;
    assert_eq!(post.status, 405);
}

#[tokio::test]
async fn nothing_outside_the_site_is_ever_served() {
    for is_development in [false, true] {
        let hub = TestHub::start_with(|config| config.is_development = is_development).await;
        for address in [
            "/../secret.txt",
            "/pkg/../../secret.txt",
            "/pkg/%2e%2e/%2e%2e/secret.txt",
            "/pkg/..%2f..%2fsecret.txt",
            "//secret.txt",
            "/.secret",
            "/pkg//smarthub.css",
            "/pkg",
            "/logos/../secret.txt",
            "/logos/..%2fsecret.txt",
            "/logos/%2e%2e%2fsecret.txt",
            "/logos/ijsselmetaal.svg%00.png",
            "/logos/hub.db",
            "/logos/none.svg",
        ] {
            let answer = hub.get(address).await;
            assert!(answer.status.is_client_error(), "{address} gave {}", answer.status);
            assert!(
                !answer.text().contains("outside") && !answer.text().contains("nobody sees"),
                "{address}"
            );
        }
    }
}

#[tokio::test]
async fn a_page_is_packed_for_who_can_open_it() {
    let hub = TestHub::start().await;
    let plain = hub.get("/over").await;
    assert_eq!((plain.status.as_u16(), plain.header("content-encoding")), (200, ""));
    assert!(plain.header("vary").contains("accept-encoding"));
    let packed = hub.get_with("/over", &[("accept-encoding", "br")]).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert!(packed.body.len() * 2 < plain.body.len());
    assert!(unpacked(&packed.body).starts_with("<!DOCTYPE html>"));
}

#[tokio::test]
async fn the_first_flight_of_the_search_page_holds_it_whole() {
    let hub = TestHub::start().await;
    let packed = hub.get_with("/vacatures", &[("accept-encoding", "br")]).await;
    assert!(packed.body.len() < 14_600, "{} bytes", packed.body.len());
}

#[tokio::test]
async fn a_shared_link_has_a_picture_of_its_own() {
    let hub = TestHub::start().await;
    let pictures = [hub.get("/og/hub.png").await, hub.get("/og/ijsselmetaal.png").await];
    for picture in &pictures {
        assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/png"));
        assert_eq!(picture.header("cross-origin-resource-policy"), "cross-origin");
        assert!(picture.body.starts_with(b"\x89PNG\r\n\x1a\n") && picture.body.len() < 100_000);
        assert_eq!(picture.body[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "1200 by 630");
    }
    assert_ne!(pictures[0].body, pictures[1].body);
    assert_eq!(hub.get("/og/nobody.png").await.status, 404);
    assert_eq!(hub.get("/og/hub.svg").await.status, 404);
}

#[tokio::test]
async fn a_page_carries_the_style_sheet_packed_or_not() {
    let hub = TestHub::start().await;
    for packing in ["identity", "gzip", "br"] {
        let answer = hub.get_with("/vacatures", &[("accept-encoding", packing)]).await;
        let text = match packing {
            "br" => unpacked(&answer.body),
            "gzip" => {
                let mut text = String::new();
                GzDecoder::new(answer.body.as_ref()).read_to_string(&mut text).unwrap();
                text
            }
            _ => answer.text().to_owned(),
        };
        assert!(text.contains("main { color: #15211b }\nmain { color: #15211b }"), "{packing}");
        assert!(!text.contains("stylesheet") && text.ends_with("</html>"), "{packing}");
    }
}

#[tokio::test]
async fn while_developing_a_page_links_to_the_style_sheet() {
    let hub = TestHub::start_with(|config| config.is_development = true).await;
    let answer = hub.get("/").await;
    let text = answer.text();
    assert!(text.contains("<link rel=\"stylesheet\" href=\"/pkg/smarthub.css\">"), "{text}");
}
