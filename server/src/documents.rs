//! Where documents are kept: a folder of this machine, or a bucket elsewhere.

use store::{Bucket, Documents};

use crate::config::{Config, DocumentPlace};

/// What storage that speaks S3 and is not Amazon's calls its region, unless it has several.
const USUAL_REGION: &str = "us-east-1";

/// Opens the place that the configuration names. A folder is made when it is missing; a bucket is not asked yet.
///
/// # Errors
/// The error of the place, in a sentence.
pub fn open(config: &Config) -> Result<Documents, String> {
    let opened = match bucket(&config.documents)? {
        Some(bucket) => Documents::in_bucket(bucket),
        None => Documents::in_folder(&config.document_folder()),
    };
    opened.map_err(|error| format!("documents: {error}"))
}

/// The bucket that the configuration names, when it names one.
///
/// # Errors
/// The error of it, in a sentence without any key.
pub(crate) fn bucket(place: &DocumentPlace) -> Result<Option<Bucket>, String> {
    let Some(url) = &place.url else {
        let is_lost = place.endpoint.is_some() || place.region.is_some();
        let lost = "documents.url: there is none, but an endpoint or a region; expected s3://BUCKET";
        return if is_lost { Err(lost.to_owned()) } else { Ok(None) };
    };
    // Somebody may have written a key into them, so they are not repeated here.
    let (name, folder) = parts_of(url).ok_or("documents.url: expected s3://BUCKET or s3://BUCKET/FOLDER")?;
    if place.endpoint.as_deref().is_some_and(|endpoint| !is_address(endpoint)) {
        return Err("documents.endpoint: expected an address such as https://s3.example".to_owned());
    }
    let region = match (&place.region, &place.endpoint) {
        (Some(region), _) => region.clone(),
        (None, Some(_)) => USUAL_REGION.to_owned(),
        (None, None) => {
            return Err(
                "documents.region: there is none; Amazon wants one, others a documents.endpoint".to_owned()
            );
        }
    };
    let key = place.key.clone().ok_or(
        "documents.url: the key is missing; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment",
    )?;
    Ok(Some(Bucket {
        name,
        folder,
        region,
        endpoint: place.endpoint.clone(),
        key_id: key.id,
        secret: key.secret,
    }))
}

/// The bucket and the folder of `s3://bucket/some/folder`.
fn parts_of(url: &str) -> Option<(String, String)> {
    let rest = url.strip_prefix("s3://")?;
    let (name, folder) = rest.split_once('/').unwrap_or((rest, ""));
    let is_plain = |text: &str, others: &str| {
        text.chars().all(|letter| letter.is_ascii_alphanumeric() || others.contains(letter))
    };
    let folder = folder.trim_end_matches('/');
    let is_right = !name.is_empty()
        && is_plain(name, ".-_")
        && is_plain(folder, ".-_/")
        && (folder.is_empty() || folder.split('/').all(|part| !matches!(part, "" | "." | "..")));
    is_right.then(|| (name.to_owned(), folder.to_owned()))
}

/// Whether this is an address without a key in it: keys stand in the environment alone.
fn is_address(endpoint: &str) -> bool {
    let rest = endpoint.strip_prefix("https://").or_else(|| endpoint.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(['@', '?', '#', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::StorageKey;

    fn place(url: &str, endpoint: Option<&str>, region: Option<&str>) -> DocumentPlace {
        DocumentPlace {
            url: Some(url.to_owned()),
            endpoint: endpoint.map(str::to_owned),
            region: region.map(str::to_owned),
            key: Some(StorageKey { id: "hub".to_owned(), secret: "geheim".to_owned() }),
        }
    }

    #[test]
    fn a_bucket_is_known_by_its_address() {
        let found = bucket(&place("s3://cvs/hub/documents/", Some("https://s3.example"), None)).unwrap();
        let found = found.unwrap();
        assert_eq!((found.name.as_str(), found.folder.as_str()), ("cvs", "hub/documents"));
        assert_eq!(found.region, "us-east-1");
        let amazon = bucket(&place("s3://cvs", None, Some("eu-central-1"))).unwrap().unwrap();
        assert_eq!((amazon.folder.as_str(), amazon.endpoint), ("", None));
        assert!(bucket(&DocumentPlace::default()).unwrap().is_none());
    }

    #[test]
    fn what_is_wrong_with_a_bucket_is_said_without_its_key() {
        let endpoint = Some("https://s3.example");
        for url in
            ["cvs", "s3://", "s3:///folder", "https://cvs", "s3://c vs", "s3://cvs/../x", "s3://cvs//x"]
        {
            let error = bucket(&place(url, endpoint, None)).err().unwrap();
            assert!(error.starts_with("documents.url: expected"), "{error}");
        }
        for wrong in ["s3.example", "ftp://s3.example", "https://", "https://hub:geheim@s3.example"] {
            let error = bucket(&place("s3://cvs", Some(wrong), None)).err().unwrap();
            assert!(!error.contains("geheim"), "{error}");
            assert!(error.starts_with("documents.endpoint: expected"), "{error}");
        }
        let error = bucket(&place("s3://cvs", None, None)).err().unwrap();
        assert!(error.starts_with("documents.region"), "{error}");
        let without_key = DocumentPlace { key: None, ..place("s3://cvs", endpoint, None) };
        let error = bucket(&without_key).err().unwrap();
        assert!(error.contains("AWS_SECRET_ACCESS_KEY"), "{error}");
        let without_url = DocumentPlace { url: None, ..place("", endpoint, None) };
        assert!(bucket(&without_url).is_err());
        assert!(!format!("{:?}", place("s3://cvs", None, None)).contains("geheim"));
    }
}
