//! The addresses of style sheet, script and wasm, which carry a hash of their content.

use std::path::Path;

/// Where a page finds what it loads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The address of the style sheet.
    pub css: String,
    /// The address of the script that starts the wasm.
    pub js: String,
    /// The address of the wasm.
    pub wasm: String,
}

impl Assets {
    /// Reads the hashes that cargo-leptos wrote beside the program; without that file, names have no hash.
    pub fn find(hash_file: &Path) -> Self {
        let hashes = std::fs::read_to_string(hash_file).unwrap_or_default();
        let address = |kind: &str| {
            let hash =
                hashes.lines().filter_map(|line| line.split_once(':')).find(|(name, _)| name.trim() == kind);
            match hash {
                Some((_, hash)) => format!("/pkg/smarthub.{}.{kind}", hash.trim()),
                None => format!("/pkg/smarthub.{kind}"),
            }
        };
        Self { css: address("css"), js: address("js"), wasm: address("wasm") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_the_hash_of_the_build() {
        let folder = std::env::temp_dir().join(format!("smarthub-assets-{}", std::process::id()));
        std::fs::write(&folder, "js: abc\nwasm: def\ncss: ghi\n").unwrap();
        let assets = Assets::find(&folder);
        std::fs::remove_file(&folder).unwrap();
        assert_eq!(assets.css, "/pkg/smarthub.ghi.css");
        assert_eq!(assets.wasm, "/pkg/smarthub.def.wasm");
        assert_eq!(Assets::find(Path::new("/nowhere/hash.txt")).js, "/pkg/smarthub.js");
    }
}
