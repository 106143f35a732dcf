//! The addresses of style sheet, script and wasm, which carry a hash of their content.

use std::path::Path;
use std::sync::Arc;

/// Where a page finds what it loads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The address of the style sheet.
    pub css: String,
    /// The style sheet itself, when pages carry it instead of linking to it.
    pub style: Option<Arc<str>>,
    /// The program of the public pages.
    pub program: Program,
    /// The program of the dashboards.
    pub islands: Program,
}

/// A program of the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The address of the script that starts the wasm.
    pub js: String,
    /// The address of the wasm.
    pub wasm: String,
}

impl Assets {
    /// Reads the hashes that the build wrote beside the server; without that file, names have no hash.
    pub fn find(hash_file: &Path) -> Self {
        let hashes = std::fs::read_to_string(hash_file).unwrap_or_default();
        let address = |key: &str, name: &str, ending: &str| {
            let hash =
                hashes.lines().filter_map(|line| line.split_once(':')).find(|(other, _)| other.trim() == key);
            match hash {
                Some((_, hash)) => format!("/pkg/{name}.{}.{ending}", hash.trim()),
                None => format!("/pkg/{name}.{ending}"),
            }
        };
        Self {
            css: address("css", "smarthub", "css"),
            style: None,
            program: Program {
                js: address("js", "smarthub", "js"),
                wasm: address("wasm", "smarthub", "wasm"),
            },
            islands: Program {
                js: address("islands", "islands", "js"),
                wasm: address("islands", "islands", "wasm"),
            },
        }
    }

    /// The same with the style sheet itself, from the folder of the built site; so nobody waits for a second file.
    #[must_use]
    pub fn with_style(self, site_root: &Path) -> Self {
        let style = std::fs::read_to_string(site_root.join(self.css.trim_start_matches('/')));
        // What would end the element early is linked to.
        let style = style.ok().filter(|style| !style.contains("</"));
        Self { style: style.map(Arc::from), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_the_hash_of_the_build() {
        let folder = std::env::temp_dir().join(format!("smarthub-assets-{}", std::process::id()));
        std::fs::write(&folder, "js: abc\nwasm: def\ncss: ghi\nislands: jkl\n").unwrap();
        let assets = Assets::find(&folder);
        std::fs::remove_file(&folder).unwrap();
        assert_eq!(assets.css, "/pkg/smarthub.ghi.css");
        assert_eq!(assets.program.wasm, "/pkg/smarthub.def.wasm");
        assert_eq!(assets.islands.js, "/pkg/islands.jkl.js");
        let without = Assets::find(Path::new("/nowhere/hash.txt"));
        assert_eq!(without.program.js, "/pkg/smarthub.js");
        assert_eq!(without.islands.wasm, "/pkg/islands.wasm");
        assert_eq!(without.with_style(Path::new("/nowhere")).style, None);
    }
}
