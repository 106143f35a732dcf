//! Connections: accepted without delay, cut when they are slow, finished when the server stops.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::client_counts::ClientCounts;
use crate::config::Limits;
use crate::visitor;

/// How long running requests may take when the server stops.
const LAST_REQUESTS: Duration = Duration::from_secs(20);

/// Opens the address.
///
/// # Errors
/// When it is taken or not ours.
pub async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| io::Error::new(error.kind(), format!("can't listen at {address}: {error}")))
}

/// Serves until `stop`, then finishes what runs, for at most twenty seconds.
///
/// HTTP/2 is the work of the proxy that also does TLS: one protocol here means one set of limits.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: CancellationToken) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(limits.connections));
    let clients = Arc::new(ClientCounts::default());
    let mut server = http1::Builder::new();
    server
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(limits.header_seconds))
        .max_buf_size(limits.header_bytes.max(8192));
    while let Some((stream, peer, place)) = stop.run_until_cancelled(next(&listener, &room)).await {
        let client = visitor::client_prefix(peer.ip().to_canonical());
        let most = if limits.exempts(peer.ip()) { usize::MAX } else { limits.connections_per_client };
        // One client must not take the places of all others; it hears nothing, as even an answer costs a place.
        let Some(client_place) = ClientCounts::enter(&clients, client, most) else { continue };
        let router = router.clone();
        let service = service_fn(move |request| answer(router.clone(), request, peer));
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.timeout()));
        let stream = TokioIo::new(Box::pin(stream));
        let connection = graceful.watch(server.serve_connection(stream, service));
        tokio::spawn(async move {
            // A visitor who goes away is nothing to say.
            if let Err(error) = connection.await {
                tracing::debug!(%peer, %error, "a connection ended early");
            }
            drop((place, client_place));
        });
    }
    drop(listener);
    tracing::info!(connections = graceful.count(), "stopping; running requests may finish");
    if tokio::time::timeout(LAST_REQUESTS, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in twenty seconds and were cut");
    }
}

/// The next connection, once there is room for it.
async fn next(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<tokio::sync::OwnedSemaphorePermit>) {
    // The semaphore is never closed, so there is always a place in the end.
    let place = Arc::clone(room).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Without this every answer in parts waits 40 ms for the other side's acknowledgement.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "TCP_NODELAY was refused");
                }
                return (stream, peer, place);
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn answer(
    router: Router,
    request: hyper::Request<Incoming>,
    peer: SocketAddr,
) -> Result<axum::response::Response, std::convert::Infallible> {
    let mut request: Request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request).await
}

/// Comes when the system or a person asks the server to stop.
///
/// # Errors
/// When the system lets nobody listen for its signals.
pub async fn stop_signal() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        result = tokio::signal::ctrl_c() => result,
    }
}
