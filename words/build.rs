//! Turns `locales/{nl,de,en}.toml` into functions, one for each text.
//!
//! A key that one language lacks, a key too many, or a placeholder that differs stops the build.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

const LANGUAGES: [(&str, &str); 3] = [("nl", "Dutch"), ("de", "German"), ("en", "English")];

#[derive(Clone, PartialEq)]
enum Text {
    Plain(String),
    /// One, and all other numbers.
    Counted(String, String),
}

type Texts = BTreeMap<String, Text>;

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=locales");
    let texts: Vec<Texts> = LANGUAGES.iter().map(|(language, _)| read(language)).collect();
    let errors = compare(&texts);
    if !errors.is_empty() {
        for error in &errors {
            println!("cargo::error=translations: {error}");
        }
        std::process::exit(1);
    }
    let folder = std::env::var("OUT_DIR").map_err(std::io::Error::other)?;
    std::fs::write(Path::new(&folder).join("texts.rs"), generate(&texts))
}

fn read(language: &str) -> Texts {
    let path = format!("locales/{language}.toml");
    let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let table: toml::Table = source.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut texts = Texts::new();
    flatten("", &table, &mut texts);
    texts
}

fn flatten(prefix: &str, table: &toml::Table, texts: &mut Texts) {
    for (key, value) in table {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}_{key}") };
        match value {
            toml::Value::String(text) => {
                texts.insert(name, Text::Plain(text.clone()));
            }
            toml::Value::Table(inner) => match (inner.get("one"), inner.get("other")) {
                (Some(toml::Value::String(one)), Some(toml::Value::String(other))) => {
                    texts.insert(name, Text::Counted(one.clone(), other.clone()));
                }
                _ => flatten(&name, inner, texts),
            },
            _ => panic!("{name}: a text or a table is expected"),
        }
    }
}

fn compare(texts: &[Texts]) -> Vec<String> {
    let mut errors = Vec::new();
    for (at, (language, _)) in LANGUAGES.iter().enumerate().skip(1) {
        for (key, text) in &texts[0] {
            match texts[at].get(key) {
                None => errors.push(format!("{language}.toml lacks {key}")),
                Some(other) if placeholders(other) != placeholders(text) => {
                    errors.push(format!("{language}.toml has other placeholders in {key} than nl.toml"));
                }
                Some(other) if std::mem::discriminant(other) != std::mem::discriminant(text) => {
                    errors.push(format!(
                        "{language}.toml counts in {key} where nl.toml does not, or the reverse"
                    ));
                }
                Some(_) => {}
            }
        }
        errors.extend(
            texts[at]
                .keys()
                .filter(|key| !texts[0].contains_key(*key))
                .map(|key| format!("{language}.toml has {key}, which nl.toml lacks")),
        );
    }
    errors
}

/// The names between braces, sorted, without doubles.
fn placeholders(text: &Text) -> Vec<String> {
    let mut names: Vec<String> = match text {
        Text::Plain(text) => names_in(text),
        Text::Counted(one, other) => names_in(one).into_iter().chain(names_in(other)).collect(),
    };
    names.sort();
    names.dedup();
    names
}

fn names_in(text: &str) -> Vec<String> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

/// Asks for the text as its file has it now.
fn live_call(key: &str, names: &[String], is_counted: bool) -> String {
    if names.is_empty() && !is_counted {
        return format!("crate::live::text({key:?}, language)");
    }
    let count = if is_counted { "Some(count)" } else { "None" };
    let values: Vec<String> = names.iter().map(|name| format!("({name:?}, &{name})")).collect();
    let values = values.join(", ");
    format!("crate::live::filled({key:?}, language, {count}, &[{values}])")
}

fn generate(texts: &[Texts]) -> String {
    let mut code = String::new();
    let is_live = std::env::var_os("CARGO_FEATURE_LIVE").is_some();
    for (key, text) in &texts[0] {
        let names = placeholders(text);
        let is_counted = matches!(text, Text::Counted(..));
        let mut parameters = String::new();
        for name in names.iter().filter(|name| !(is_counted && *name == "count")) {
            let _ = write!(parameters, ", {name}: impl ::std::fmt::Display");
        }
        let count = if is_counted { ", count: u32" } else { "" };
        let kind = if names.is_empty() && !is_counted { "&'static str" } else { "String" };
        let _ = writeln!(
            code,
            "/// The text `{key}`.\npub fn {key}(language: Language{count}{parameters}) -> {kind} {{"
        );
        if is_live {
            let read = live_call(key, &names, is_counted);
            let _ = writeln!(code, "    if let Some(text) = {read} {{\n        return text;\n    }}");
        }
        code.push_str("    match language {\n");
        for ((_, variant), texts) in LANGUAGES.iter().zip(texts) {
            let value = match &texts[key] {
                Text::Plain(text) if kind == "String" => format!("format!({text:?})"),
                Text::Plain(text) => format!("{text:?}"),
                Text::Counted(one, other) => {
                    format!("if count == 1 {{ format!({one:?}) }} else {{ format!({other:?}) }}")
                }
            };
            let _ = writeln!(code, "        Language::{variant} => {value},");
        }
        code.push_str("    }\n}\n");
    }
    code
}
