//! Forms that bring a file, over true connections: bounded in number, in pace and in the headers of their parts.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use axum::body::Body;
use server::config::Config;
use server::{listen, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::hub::TestHub;

const FORM: &str = "/solliciteren/cobot-voor-de-lascel-1";
const PART: &str =
    "--border\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"cv.pdf\"\r\n\r\n%PDF-1.7\n";

/// A hub at an address of this machine; it stops when the token is dropped.
async fn start(change: impl FnOnce(&mut Config)) -> (TestHub, SocketAddr, tokio_util::sync::DropGuard) {
    let hub = TestHub::start_with(change).await;
    let listener = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    tokio::spawn(serve(listener, hub.router(), hub.server.config.limits.clone(), stop.clone()));
    (hub, address, stop.drop_guard())
}

async fn connect(from: [u8; 4], address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((from, 0))).unwrap();
    socket.connect(address).await.unwrap()
}

/// Begins to send a file of a megabyte for a visitor, and goes no further than its first line.
async fn begin_upload(address: SocketAddr, path: &str, visitor: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: hub\r\nx-forwarded-for: {visitor}\r\n\
         content-type: multipart/form-data; boundary=border\r\ncontent-length: 1000000\r\n\r\n{PART}"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// What the server says within this time; nothing when it says nothing.
async fn answer_within(stream: &mut TcpStream, seconds: f64) -> Option<String> {
    let mut bytes = vec![0; 4096];
    let read = tokio::time::timeout(Duration::from_secs_f64(seconds), stream.read(&mut bytes));
    let count = read.await.ok()?.unwrap_or_default();
    Some(String::from_utf8_lossy(&bytes[..count]).into_owned())
}

async fn open_page(stream: &mut TcpStream, visitor: &str) -> Option<String> {
    let head = format!("GET /vacatures HTTP/1.1\r\nhost: hub\r\nx-forwarded-for: {visitor}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    answer_within(stream, 3.0).await
}

fn behind_proxy(config: &mut Config) {
    config.trusted_proxies = 1;
    config.limits.burst = NonZeroU32::MAX;
}

/// So many uploads of one client once kept everybody else waiting.
const UPLOADS: usize = 800;

#[tokio::test]
async fn hundreds_of_slow_uploads_of_one_client_keep_nobody_else_waiting() {
    let (_hub, address, _stop) = start(|config| {
        behind_proxy(config);
        config.limits.connections = 60;
        config.limits.connections_per_client = 60;
    })
    .await;
    let mut uploads = Vec::new();
    for _ in 0..UPLOADS {
        uploads.push(begin_upload(address, FORM, "203.0.113.1").await);
    }
    let mut other = TcpStream::connect(address).await.unwrap();
    assert!(open_page(&mut other, "203.0.113.2").await.unwrap().starts_with("HTTP/1.1 200"));
    let mut refused = 0;
    for upload in &mut uploads {
        if let Some(answer) = answer_within(upload, 0.05).await {
            assert!(answer.starts_with("HTTP/1.1 429") && answer.contains("retry-after: 10"), "{answer}");
            refused += 1;
        }
    }
    let expected = UPLOADS - 30..=UPLOADS - 2;
    assert!(expected.contains(&refused), "{refused} were refused, two are taken in, some wait");
}

#[tokio::test]
async fn one_visitor_behind_a_proxy_has_a_bounded_number_of_requests_at_once() {
    let (_hub, address, _stop) = start(|config| {
        behind_proxy(config);
        config.limits.connections_per_client = 10;
        config.limits.is_loopback_exempt = false;
    })
    .await;
    // The connections of this machine are counted here as those of a visitor, so each comes from an address of its own.
    let mut slow = Vec::new();
    for last in 1..=11 {
        let mut stream = connect([127, 0, 1, last], address).await;
        let head = "POST /inloggen HTTP/1.1\r\nhost: hub\r\nx-forwarded-for: 203.0.113.1\r\ncontent-length: 9\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(stream);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let answer = answer_within(&mut slow[10], 3.0).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 429") && answer.contains("retry-after: 2"), "{answer}");
    let mut other = connect([127, 0, 1, 12], address).await;
    assert!(open_page(&mut other, "203.0.113.2").await.unwrap().starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn all_clients_together_send_six_files_at_once() {
    let (_hub, address, _stop) = start(behind_proxy).await;
    let mut held = Vec::new();
    for visitor in 0..6 {
        let mut upload = begin_upload(address, FORM, &format!("203.0.113.{visitor}")).await;
        assert_eq!(answer_within(&mut upload, 0.1).await, None);
        held.push(upload);
    }
    let mut seventh = begin_upload(address, FORM, "203.0.113.9").await;
    let answer = answer_within(&mut seventh, 9.0).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after: 10"), "{answer}");
    held.pop();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut next = begin_upload(address, FORM, "203.0.113.9").await;
    assert_eq!(answer_within(&mut next, 0.3).await, None, "whoever goes away makes room");
}

#[tokio::test]
async fn an_endless_head_of_a_part_is_cut_within_a_second_however_it_begins() {
    let (_hub, address, _stop) = start(|_| {}).await;
    let plain = "boundary=border";
    for (boundary, beginning) in [
        (plain, "--border\r\nx: "),
        // The parser takes the first line end for that of the boundary, so no head has ended here.
        (plain, "--border\r\n\r\n"),
        (plain, "--border"),
        (plain, "there is no part at all"),
        (plain, "no line end--border\r\n"),
        ("x=\"; boundary=other\"; boundary=border", "--border\r\nx: "),
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST {FORM} HTTP/1.1\r\nhost: hub\r\ntransfer-encoding: chunked\r\n\
             content-type: multipart/form-data; {boundary}\r\n\r\n{}",
            chunk(beginning)
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let (begin, mut sent) = (Instant::now(), 0);
        let answer = loop {
            if let Some(answer) = answer_within(&mut stream, 0.01).await {
                break answer;
            }
            assert!(begin.elapsed() < Duration::from_secs(1), "{beginning:?}: no answer to {sent} bytes");
            stream.write_all(chunk(&"x".repeat(1024)).as_bytes()).await.unwrap();
            sent += 1024;
        };
        assert!(answer.starts_with("HTTP/1.1 400") && sent <= 20_000, "{beginning:?}: {sent}, {answer}");
    }
}

fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}

#[tokio::test]
async fn a_form_of_thousands_of_parts_is_refused() {
    let hub = TestHub::start().await;
    let parts = "--border\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n".repeat(2000);
    let headers =
        [("content-type", "multipart/form-data; boundary=border"), ("origin", "https://hub.example")];
    assert_eq!(hub.ask("POST", FORM, &headers, Body::from(parts + "--border--\r\n")).await.status, 400);
}

#[tokio::test]
async fn a_file_that_comes_drop_by_drop_is_cut() {
    let (_hub, address, _stop) = start(|config| config.limits.timeout_seconds = 2).await;
    let mut upload = begin_upload(address, FORM, "").await;
    let begin = Instant::now();
    let answer = loop {
        match answer_within(&mut upload, 0.1).await {
            Some(answer) => break answer,
            None => upload.write_all(b"x").await.unwrap(),
        }
        assert!(begin.elapsed() < Duration::from_secs(5));
    };
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[tokio::test]
async fn a_form_that_breaks_off_does_nothing() {
    let hub = TestHub::start().await;
    let part = |name: &str, value: &str| {
        format!("--border\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields = [("name", "Tim"), ("email", "tim@example.org"), ("motivation", "Ja"), ("do", "send")];
    let sent: String = fields.iter().map(|(name, value)| part(name, value)).collect();
    let broken =
        futures::stream::iter([Ok(sent), Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))]);
    let headers =
        [("content-type", "multipart/form-data; boundary=border"), ("origin", "https://hub.example")];
    assert_eq!(hub.ask("POST", FORM, &headers, Body::from_stream(broken)).await.status, 400);
    assert!(hub.mail().await.is_empty(), "nothing was sent on");
}

#[tokio::test]
async fn a_server_function_takes_little_whether_it_is_announced_or_not() {
    let hub = TestHub::start().await;
    let parts = futures::stream::repeat_with(|| Ok::<_, std::io::Error>("x".repeat(1000)));
    assert_eq!(hub.ask("POST", "/api/search_vacancies", &[], Body::from_stream(parts)).await.status, 413);
}
