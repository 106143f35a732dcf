use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use server::config::Limits;
use server::{listen, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

async fn start(limits: Limits) -> (SocketAddr, CancellationToken, JoinHandle<()>) {
    let slow = || async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        "slow but sure"
    };
    let large = || async { "x".repeat(64 << 20) };
    let router = Router::new().route("/slow", get(slow)).route("/large", get(large));
    let listener = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let server = tokio::spawn(serve(listener, router, limits, stop.clone()));
    (address, stop, server)
}

async fn send(address: SocketAddr, head: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

async fn rest(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    // A connection that is cut may end in an error; what came before it counts.
    let _ = stream.read_to_end(&mut text).await;
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn a_visitor_who_never_finishes_the_head_is_cut() {
    let (address, _stop, _server) = start(Limits { header_seconds: 1, ..Limits::default() }).await;
    let begin = Instant::now();
    for head in ["", "GET /slow HTTP/1.1\r\nhost: hub\r\nx-slow: "] {
        let stream = send(address, head).await;
        tokio::time::timeout(Duration::from_secs(5), rest(stream)).await.unwrap();
    }
    assert!(begin.elapsed() < Duration::from_secs(8));
}

#[tokio::test]
async fn a_visitor_who_takes_nothing_is_cut() {
    let (address, stop, server) = start(Limits { timeout_seconds: 1, ..Limits::default() }).await;
    let _idle = send(address, "GET /large HTTP/1.1\r\nhost: hub\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(8), server).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_head_has_a_largest_size() {
    let (address, _stop, _server) = start(Limits { header_bytes: 8192, ..Limits::default() }).await;
    let head = format!("GET /slow HTTP/1.1\r\nhost: hub\r\nx-large: {}\r\n\r\n", "x".repeat(20_000));
    let answer = rest(send(address, &head).await).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
}

#[tokio::test]
async fn a_request_that_runs_is_finished_when_the_server_stops() {
    let (address, stop, server) = start(Limits::default()).await;
    let stream = send(address, "GET /slow HTTP/1.1\r\nhost: hub\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.cancel();
    assert!(rest(stream).await.ends_with("slow but sure"));
    server.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn connections_wait_when_there_is_no_room() {
    let (address, _stop, _server) = start(Limits { connections: 1, ..Limits::default() }).await;
    let head = "GET /slow HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n";
    let begin = Instant::now();
    let (one, other) = (send(address, head).await, send(address, head).await);
    let (one, other) = tokio::join!(rest(one), rest(other));
    assert!(one.ends_with("slow but sure") && other.ends_with("slow but sure"));
    assert!(begin.elapsed() >= Duration::from_secs(1), "one after the other");
}

#[tokio::test]
async fn one_client_can_not_take_the_places_of_all_others() {
    let limits = Limits { connections: 40, connections_per_client: 10, ..Limits::default() };
    let (address, _stop, _server) = start(limits).await;
    let mut idle = Vec::new();
    for _ in 0..60 {
        idle.push(send(address, "POST /slow HTTP/1.1\r\nhost: hub\r\ncontent-length: 9\r\n\r\n").await);
    }
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, 2], 0))).unwrap();
    let mut other = socket.connect(address).await.unwrap();
    other.write_all(b"GET /slow HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n").await.unwrap();
    let answer = tokio::time::timeout(Duration::from_secs(5), rest(other)).await.unwrap();
    assert!(answer.ends_with("slow but sure"), "{answer}");
}
