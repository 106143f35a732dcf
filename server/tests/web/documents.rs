//! Documents in a bucket: kept, given and thrown away by signed requests, against a small server that speaks S3.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};
use chrono::{Days, TimeDelta};
use domain::Moment;
use domain::text::encode;
use server::config::{Config, DocumentPlace, Flags, StorageKey, load};

use crate::hub::{PDF, TestHub, clock, hub_file, today};

const KEY: &str = "hub-key";
const SECRET: &str = "a secret+of/the hub";
/// Names that a list gives at once.
const PAGE: usize = 2;

/// Storage that speaks S3, as far as the hub needs it, with one bucket `cvs`.
#[derive(Clone, Default)]
struct Storage {
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
    is_down: Arc<Mutex<bool>>,
}

impl Storage {
    /// Starts it; returns where it listens.
    async fn start(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }

    fn names(&self) -> Vec<String> {
        self.files.lock().unwrap().keys().cloned().collect()
    }

    /// The methods of what was asked since the last look.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

async fn answer(State(storage): State<Storage>, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    storage.asked.lock().unwrap().push(head.method.to_string());
    if *storage.is_down.lock().unwrap() {
        return status(StatusCode::SERVICE_UNAVAILABLE);
    }
    if !is_signed(&head.headers) {
        return status(StatusCode::FORBIDDEN);
    }
    let path = head.uri.path();
    if path.trim_end_matches('/') == "/cvs" {
        return list(&storage, head.uri.query().unwrap_or_default());
    }
    let name = path.strip_prefix("/cvs/").unwrap().to_owned();
    let mut files = storage.files.lock().unwrap();
    match head.method {
        Method::PUT => {
            files.insert(name, body.to_vec());
            with_mark(Body::empty())
        }
        Method::GET => match files.get(&name) {
            Some(bytes) => with_mark(Body::from(bytes.clone())),
            None => status(StatusCode::NOT_FOUND),
        },
        Method::DELETE => {
            files.remove(&name);
            status(StatusCode::NO_CONTENT)
        }
        _ => status(StatusCode::METHOD_NOT_ALLOWED),
    }
}

/// Whether a request is signed with the hub's key, and does not carry its secret.
fn is_signed(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let all = format!("{headers:?}");
    assert!(!all.contains(SECRET) && !all.contains(&encode(SECRET)));
    let signed = text("authorization");
    let signature = signed.rsplit_once("Signature=").map_or("", |(_, signature)| signature);
    signed.starts_with(&format!("AWS4-HMAC-SHA256 Credential={KEY}/"))
        && signed.contains("/us-east-1/s3/aws4_request")
        && signed.contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date")
        && signature.len() == 64
        && !text("x-amz-date").is_empty()
        && text("x-amz-content-sha256").len() == 64
}

fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn with_mark(body: Body) -> Response<Body> {
    Response::builder()
        .header("etag", "\"mark\"")
        .header("last-modified", "Sun, 01 Nov 2026 00:00:00 GMT")
        .body(body)
        .unwrap()
}

fn list(storage: &Storage, query: &str) -> Response<Body> {
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map_or("", |(_, value)| value).replace("%2F", "/")
    };
    assert_eq!(value("list-type"), "2");
    let (prefix, begin) = (value("prefix"), value("continuation-token").parse().unwrap_or(0));
    let names: Vec<String> = storage.names().into_iter().filter(|name| name.starts_with(&prefix)).collect();
    let entry = |name: &String| {
        format!(
            "<Contents><Key>{name}</Key><LastModified>2026-11-01T00:00:00.000Z</LastModified>\
             <ETag>&quot;mark&quot;</ETag><Size>9</Size></Contents>"
        )
    };
    let page = names.iter().skip(begin).take(PAGE).map(entry).collect::<Vec<_>>().concat();
    let next = begin + PAGE;
    let more = if next < names.len() {
        format!("<IsTruncated>true</IsTruncated><NextContinuationToken>{next}</NextContinuationToken>")
    } else {
        "<IsTruncated>false</IsTruncated>".to_owned()
    };
    let start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
                 <ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
    Response::new(Body::from(format!("{start}{page}{more}</ListBucketResult>")))
}

fn in_bucket(url: &str, endpoint: &str) -> DocumentPlace {
    DocumentPlace {
        url: Some(url.to_owned()),
        endpoint: Some(endpoint.to_owned()),
        region: None,
        key: Some(StorageKey { id: KEY.to_owned(), secret: SECRET.to_owned() }),
    }
}

/// A signed-in talent applies with a CV.
async fn apply(hub: &TestHub) -> (String, crate::hub::TestResponse) {
    let cookie = hub.sign_in("sanne@talent.example").await;
    let fields = [("name", "Sanne Wolters"), ("motivation", "Ik wil leren lassen."), ("do", "send")];
    let address = "/solliciteren/cobot-voor-de-lascel-1";
    let sent = hub.post_parts(address, &cookie, &fields, Some(("cv.pdf", PDF))).await;
    (cookie, sent)
}

#[tokio::test]
async fn a_cv_is_kept_given_and_erased_in_a_bucket() {
    let storage = Storage::default();
    let place = in_bucket("s3://cvs/hub", &storage.start().await);
    let hub = TestHub::start_with(|config| config.documents = place).await;
    let (cookie, sent) = apply(&hub).await;
    assert_eq!(sent.leads_to(), "/sollicitaties/1 application/Sent", "{}", sent.text());
    let names = storage.names();
    assert_eq!(names.len(), 1);
    let name = names[0].strip_prefix("hub/cv/").and_then(|name| name.strip_suffix(".pdf"));
    assert_eq!(name.unwrap().len(), 64, "a name of chance");

    let given = hub.get_with("/cv/1", &[("cookie", &cookie)]).await;
    assert_eq!((given.status.as_u16(), &given.body[..]), (200, PDF));
    assert_eq!(storage.asked(), ["PUT", "GET"]);

    // Files that no row names, more than a list gives at once, and one of somebody else's.
    for number in 0..5 {
        storage.files.lock().unwrap().insert(format!("hub/cv/stray-{number}.pdf"), PDF.to_vec());
    }
    storage.files.lock().unwrap().insert("hub/cvs.txt".to_owned(), Vec::new());
    let store = hub.server.state.store();
    let erased = store.erase_applications(Moment { now: clock(), today: today() }).await.unwrap();
    assert_eq!((erased.applications, erased.documents), (0, 5));
    assert_eq!(storage.names(), [names[0].as_str(), "hub/cvs.txt"]);
    let (later, day) = (clock() + TimeDelta::days(800), today() + Days::new(800));
    let erased = store.erase_applications(Moment { now: later, today: day }).await.unwrap();
    assert_eq!((erased.applications, erased.documents), (1, 1));
    assert_eq!(storage.names(), ["hub/cvs.txt"]);
    assert!(!storage.asked().contains(&"POST".to_owned()), "not every storage knows how to erase several");
}

#[tokio::test]
async fn storage_that_is_away_is_an_error_of_ours_that_shows_no_key() {
    let storage = Storage::default();
    let place = in_bucket("s3://cvs", &storage.start().await);
    let hub = TestHub::start_with(|config| config.documents = place).await;
    *storage.is_down.lock().unwrap() = true;
    let (_, sent) = apply(&hub).await;
    assert_eq!(sent.status, 500);
    assert!(!sent.text().contains(SECRET) && !sent.text().contains("127.0.0.1"));
    assert_eq!(storage.asked(), ["PUT"; 4], "it is tried again");
    *storage.is_down.lock().unwrap() = false;
    let (_, sent) = apply(&hub).await;
    assert_eq!(sent.status, 303);
}

/// What the doctor says of documents.
async fn said(change: impl FnOnce(&mut Config)) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut config = load(&hub_file(), &Flags::default()).unwrap();
    config.data_folder = folder.path().to_owned();
    change(&mut config);
    let mut problems = server::doctor::examine(&config).await;
    problems.retain(|problem| problem.starts_with("documents"));
    problems
}

#[tokio::test]
async fn the_doctor_tries_whether_documents_can_be_kept() {
    let storage = Storage::default();
    let endpoint = storage.start().await;
    let right = in_bucket("s3://cvs", &endpoint);
    assert_eq!(said(|config| config.documents = right.clone()).await, Vec::<String>::new());
    assert_eq!(storage.asked(), ["PUT", "GET", "GET", "DELETE"]);
    assert_eq!(storage.names(), Vec::<String>::new(), "nothing is left");

    let other = StorageKey { id: "somebody".to_owned(), secret: SECRET.to_owned() };
    let wrong = DocumentPlace { key: Some(other), ..right.clone() };
    let nowhere = in_bucket("s3://cvs", "http://127.0.0.1:9");
    // Encrypted requests go to a server that can't read them.
    let encrypted = in_bucket("s3://cvs", &endpoint.replace("http://", "https://"));
    for (place, words) in [(wrong, "403"), (nowhere, "error"), (encrypted, "error")] {
        let problems = said(|config| config.documents = place).await;
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("documents: s3://cvs can't be written and read"), "{problems:?}");
        assert!(problems[0].contains(words) && !problems[0].contains(SECRET), "{problems:?}");
    }
    assert_eq!(
        said(|_| {}).await,
        Vec::<String>::new(),
        "a folder that is not there yet is made at the start"
    );
    let folder = said(|config| std::fs::create_dir(config.document_folder()).unwrap()).await;
    assert_eq!(folder, Vec::<String>::new());
    let file = said(|config| {
        std::fs::create_dir(config.document_folder()).unwrap();
        std::fs::write(config.document_folder().join("cv"), "").unwrap();
    });
    assert_eq!(file.await.len(), 1, "a file stands in the way");
}

#[test]
fn a_key_in_the_file_is_refused_and_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hub.toml");
    let text = std::fs::read_to_string(hub_file()).unwrap();
    for (line, words) in [
        ("documents = { url = \"s3://cvs\", secret = \"geheim\" }", "secret"),
        (
            "documents = { url = \"s3://hub:geheim@cvs\", region = \"eu-central-1\" }",
            "documents.url: expected",
        ),
        (
            "documents = { url = \"s3://cvs\", endpoint = \"https://hub:geheim@s3.example\" }",
            "documents.endpoint",
        ),
    ] {
        std::fs::write(&file, format!("{line}\n{text}")).unwrap();
        let errors = load(&file, &Flags::default()).unwrap_err();
        assert!(errors[0].contains(words), "{errors:?}");
        assert!(!format!("{errors:?}").contains("geheim"), "{errors:?}");
    }
}
