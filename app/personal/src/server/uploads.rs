//! CVs that come with a form.

use domain::applications::CvError;
use domain::text::clean_line;
use store::StoredCv;
use web::{PageError, RequestContext, SentFile};

/// Counts a file that somebody sends. Looking at a file and keeping it costs more than a page.
///
/// # Errors
/// [`PageError::Later`] when there were too many.
pub(crate) async fn count_upload(context: &RequestContext) -> Result<(), PageError> {
    let talent = context.signed_in.as_ref().map(store::SignedIn::talent);
    let network = context.network();
    let counted = context.state.store().count_upload(&network, talent.as_ref(), context.now()).await?;
    counted.map_err(PageError::Later)
}

pub(crate) async fn take_cv(
    context: &RequestContext,
    file: SentFile,
) -> Result<Result<StoredCv, CvError>, PageError> {
    let Some(bytes) = file.bytes else { return Ok(Err(CvError::TooLarge)) };
    Ok(context.state.store().keep_cv(&file_name(&file.name), bytes, context.state.random()).await?)
}

/// The last part of a path, whichever system wrote it, as a name that every system can have: `../../cv.pdf` is `cv.pdf`.
fn file_name(path: &str) -> String {
    const LONGEST: usize = 100;
    let name = clean_line(path.rsplit(['/', '\\']).next().unwrap_or_default());
    let name: String = name.chars().filter(|letter| !"<>:\"|?*".contains(*letter)).collect();
    let stem = name.strip_suffix(".pdf").or(name.strip_suffix(".PDF")).unwrap_or(&name);
    let stem: String = stem.trim_matches(['.', ' ']).chars().take(LONGEST).collect();
    if stem.is_empty() { "cv.pdf".to_owned() } else { format!("{stem}.pdf") }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_is_called_by_the_last_part_of_its_path() {
        assert_eq!(file_name("../../etc/passwd"), "passwd.pdf");
        assert_eq!(file_name("C:\\Users\\Tim\\cv van Tim.PDF"), "cv van Tim.pdf");
        assert_eq!(file_name("Lebenslauf Müller.pdf"), "Lebenslauf Müller.pdf");
        assert_eq!(file_name("cv\u{202e}fdp.exe"), "cvfdp.exe.pdf");
        assert_eq!(file_name(".."), "cv.pdf");
        assert_eq!(file_name(&"x".repeat(10_000)).len(), 104);
    }
}
