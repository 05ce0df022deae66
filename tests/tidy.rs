//! The house rules that a compiler does not check: one straight line of modules, sizes, words, leftovers, and a README
//! whose commands and paths exist.
//!
//! Limits: a source file has at most 500 lines, its tests included; a function at most 70 lines, from the line of its
//! `fn` to its closing brace.

mod rust_text;

use rust_text::{code_of, crate_paths, functions, is_word, line_of};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program that the build runs first; no module of ours.
const BUILD_SCRIPT: &str = "src/embedded/prepare.rs";
const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

/// A text file of the project.
struct Text {
    /// Path below the project folder, with forward slashes.
    path: String,
    raw: String,
    /// For Rust files: the text with comments, strings and character literals blanked, line for line.
    code: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}

/// The files of a folder of the project, sorted, as paths below the project folder.
fn files_below(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    let below = |path: PathBuf| path.strip_prefix(root()).expect("a path below the project").display().to_string();
    found.into_iter().map(|path| below(path).replace('\\', "/")).collect()
}

fn read(path: &str) -> Text {
    let raw = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let code = if path.ends_with(".rs") { code_of(&raw) } else { String::new() };
    Text { path: path.to_string(), raw, code }
}

fn rust_files(folders: &[&str]) -> Vec<Text> {
    let paths = folders.iter().flat_map(|folder| files_below(folder)).filter(|path| path.ends_with(".rs"));
    paths.map(|path| read(&path)).collect()
}

/// Everything a person wrote, except fixtures and golden files, which carry the line ends of the real formats.
fn written_files() -> Vec<Text> {
    let mut paths: Vec<String> = files_below("src");
    paths.extend(files_below("tests"));
    paths.retain(|path| !path.contains("/golden/"));
    paths.extend(files_below("benches"));
    paths.extend(files_below(".ci"));
    for single in ["Cargo.toml", "README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        if root().join(single).exists() {
            paths.push(single.to_string());
        }
    }
    let text_only = paths.into_iter().filter(|path| !path.ends_with(".bin") && !path.ends_with(".ttf"));
    text_only.map(|path| read(&path)).collect()
}

/// Fails with every finding at once.
fn none(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{rule}:\n  {}", findings.join("\n  "));
}

/// The modules in their order, as `lib.rs` declares them.
fn ranks() -> BTreeMap<String, usize> {
    let lib = read("src/lib.rs");
    let names = lib
        .code
        .lines()
        .filter_map(|line| line.trim().trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    names.enumerate().map(|(rank, name)| (name.to_string(), rank)).collect()
}

#[test]
fn imports_point_one_way() {
    let ranks = ranks();
    assert!(ranks.len() > 10, "the modules were not found in src/lib.rs");
    let mut wrong = Vec::new();
    for file in rust_files(&["src"]) {
        let module = file.path["src/".len()..].split(['/', '.']).next().unwrap_or_default().to_string();
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(&own) = ranks.get(&module) else {
            wrong.push(format!("{}: module `{module}` is not declared in lib.rs", file.path));
            continue;
        };
        for (offset, used) in crate_paths(&file.code) {
            if ranks.get(&used).is_some_and(|&rank| rank > own) {
                wrong.push(format!(
                    "{}:{}: `{module}` uses `{used}`, which comes later",
                    file.path,
                    line_of(&file.code, offset)
                ));
            }
        }
        for (offset, _) in file.code.match_indices("super::super::") {
            wrong.push(format!("{}:{}: say `crate::...` instead of climbing", file.path, line_of(&file.code, offset)));
        }
    }
    none("modules may use only those declared before them in src/lib.rs", &wrong);
}

#[test]
fn every_source_file_is_declared() {
    let files = rust_files(&["src"]);
    let mut wrong = Vec::new();
    for file in &files {
        let path = Path::new(&file.path);
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if ["src/lib.rs", "src/main.rs", BUILD_SCRIPT].contains(&file.path.as_str()) {
            continue;
        }
        let folder = path.parent().expect("a folder");
        let (name, parent_folder) = match stem {
            "mod" => (
                folder.file_name().and_then(|name| name.to_str()).unwrap_or_default(),
                folder.parent().expect("a folder"),
            ),
            _ => (stem, folder),
        };
        let beside = format!("{}.rs", parent_folder.display());
        let parents = [
            parent_folder.join("mod.rs").display().to_string(),
            parent_folder.join("lib.rs").display().to_string(),
            beside,
        ];
        let declared = |text: &Text| text.code.lines().any(|line| line.trim_end().ends_with(&format!("mod {name};")));
        if !files.iter().any(|text| parents.contains(&text.path) && declared(text)) {
            wrong.push(file.path.clone());
        }
    }
    none("no module declares these files", &wrong);
}

#[test]
fn every_embedded_file_is_used() {
    let sources: String =
        written_files().into_iter().filter(|text| text.path.ends_with(".rs")).map(|text| text.raw).collect();
    // A page beside the data says where it comes from; it is not embedded.
    let data = files_below("src").into_iter().filter(|path| !path.ends_with(".rs") && !path.ends_with(".md"));
    let named = |path: &String| {
        let mut parts = path.rsplit('/');
        let file = parts.next().unwrap_or_default();
        let folder = parts.next().unwrap_or_default();
        let carried = path["src/".len()..].strip_suffix(".toml");
        carried.is_some_and(|path| sources.contains(&format!("carried!(\"{path}\")")))
            || sources.contains(&format!("{file}\""))
            || sources.contains(&format!("/{folder}\""))
            || sources.contains(&format!("\"{folder}/\""))
    };
    let unused: Vec<String> = data.filter(|path| !named(path)).collect();
    none("no source names these data files", &unused);
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    let silent = rust_files(&["src", "tests"]).into_iter().filter(|file| !file.raw.starts_with("//! "));
    let silent: Vec<String> = silent.map(|file| file.path).collect();
    none("a source file starts with a `//!` line", &silent);
}

#[test]
fn files_and_functions_stay_small() {
    let mut wrong = Vec::new();
    for file in rust_files(&["src", "tests"]) {
        let lines = file.raw.lines().count();
        if lines > FILE_LINES_MAX {
            wrong.push(format!("{}: {lines} lines, at most {FILE_LINES_MAX}", file.path));
        }
        for (line, name, length) in functions(&file.code) {
            if length > FUNCTION_LINES_MAX {
                wrong.push(format!("{}:{line}: fn {name} has {length} lines, at most {FUNCTION_LINES_MAX}", file.path));
            }
        }
    }
    none("a file is one room", &wrong);
}

#[test]
fn nothing_is_left_lying_about() {
    // Put together here so that this file does not find itself.
    let in_code = [concat!("to", "do!("), concat!("unimpl", "emented!("), concat!("db", "g!(")];
    let anywhere = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:"), concat!("HA", "CK:")];
    let mut wrong = Vec::new();
    for file in written_files() {
        for marker in in_code.iter().filter(|_| file.path.ends_with(".rs")).chain(&anywhere) {
            for (offset, _) in file.raw.match_indices(marker) {
                wrong.push(format!("{}:{}: {marker}", file.path, line_of(&file.raw, offset)));
            }
        }
    }
    none("finish it or write it into the issue tracker", &wrong);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let homes = [
        concat!("/wo", "rk/"),
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/tm", "p/"),
        concat!("/Use", "rs/"),
        concat!("C:", "\\"),
    ];
    let mut wrong = Vec::new();
    for file in written_files() {
        for home in homes {
            for (offset, _) in file.raw.match_indices(home) {
                // A folder of the project may bear such a name: only a path from the top is one of a machine.
                if !file.raw[..offset].ends_with(|c: char| is_word(c) || c == '.') {
                    wrong.push(format!("{}:{}: {home}", file.path, line_of(&file.raw, offset)));
                }
            }
        }
    }
    none("paths of one machine", &wrong);
}

#[test]
fn lines_end_with_a_line_feed() {
    let ends = |file: &Text| file.raw.contains('\r') || !file.raw.ends_with('\n');
    let wrong: Vec<String> = written_files().into_iter().filter(ends).map(|file| file.path).collect();
    none("carriage returns, or no line end at the end", &wrong);
}

#[test]
fn words_have_one_meaning() {
    let mut wrong = Vec::new();
    for file in rust_files(&["src"]) {
        let lower = file.raw.to_lowercase();
        for (offset, _) in lower.match_indices("reversal") {
            let before = lower[..offset].trim_end_matches([' ', '_', '-']);
            // `LineRole::Reversal` and its name are the report schema's word for a line's role.
            let is_role = file.raw[offset..].starts_with("Reversal")
                && (lower[..offset].ends_with("linerole::") || file.path == "src/verdict/case.rs");
            let is_role_name = lower[..offset].ends_with('"') && lower[offset..].starts_with("reversal\"");
            if !before.ends_with("authorization") && !before.ends_with("chargeback") && !is_role && !is_role_name {
                wrong.push(format!(
                    "{}:{}: say authorization reversal, chargeback reversal or refund",
                    file.path,
                    line_of(&lower, offset)
                ));
            }
        }
        for declaration in ["struct Transaction", "enum Transaction", "type Transaction", "trait Transaction"] {
            for (offset, _) in file.code.match_indices(declaration) {
                if !file.code[offset + declaration.len()..].starts_with(is_word) {
                    wrong.push(format!(
                        "{}:{}: a line of a statement is an entry",
                        file.path,
                        line_of(&file.code, offset)
                    ));
                }
            }
        }
    }
    none("words that mean two things", &wrong);
}

#[test]
fn every_dependency_is_used() {
    let manifest: toml::Table = read("Cargo.toml").raw.parse().expect("a manifest");
    let sources = written_files().into_iter().filter(|file| file.path.ends_with(".rs"));
    let sources: String = sources.map(|file| file.code).collect();
    let mut unused = Vec::new();
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let Some(table) = manifest.get(section).and_then(|section| section.as_table()) else { continue };
        for name in table.keys() {
            let path = format!("{}::", name.replace('-', "_"));
            let used = sources.match_indices(&path).any(|(offset, _)| !sources[..offset].ends_with(is_word));
            if !used {
                unused.push(format!("{section}: {name}"));
            }
        }
    }
    none("dependencies that nothing uses", &unused);
}

#[test]
fn every_golden_file_has_a_test() {
    let tests: String = rust_files(&["src", "tests"]).into_iter().map(|file| file.raw).collect();
    let orphans = files_below("tests/golden").into_iter().filter(|path| {
        let folder = path["tests/golden/".len()..].split('/').next().unwrap_or_default();
        !tests.contains(&format!("golden/{folder}"))
    });
    none("no test reads these", &orphans.collect::<Vec<_>>());
}

#[test]
fn readme_names_only_what_exists() {
    let readme = read("README.md");
    for command in ["cargo run --release -- reconcile fixtures/demo\n", "cargo test\n"] {
        assert!(readme.raw.contains(command), "README.md does not show `{}`", command.trim());
    }
    let mut wrong = Vec::new();
    for folder in ["fixtures/", "src/", "tests/", ".ci/"] {
        for (offset, _) in readme.raw.match_indices(folder) {
            let path: String = readme.raw[offset..].chars().take_while(|&c| is_word(c) || "/.-".contains(c)).collect();
            if !root().join(path.trim_end_matches('.')).exists() {
                wrong.push(format!("README.md:{}: {path} does not exist", line_of(&readme.raw, offset)));
            }
        }
    }
    for (offset, _) in readme.raw.match_indices("payproof ") {
        let line = readme.raw[offset..].lines().next().unwrap_or_default();
        let quoted = readme.raw[..offset].ends_with(['`', '\n', ' ']) && !readme.raw[..offset].ends_with("  ");
        let subcommand: String =
            line["payproof ".len()..].chars().take_while(|&c| c.is_ascii_lowercase() || c == '-').collect();
        let is_command = readme.raw[..offset].ends_with('`') || readme.raw[..offset].ends_with("$ ");
        if quoted && is_command && !subcommand.is_empty() && !help_knows(&subcommand) {
            wrong.push(format!("README.md:{}: there is no `payproof {subcommand}`", line_of(&readme.raw, offset)));
        }
    }
    let verdicts = read("src/text/catalogue/verdicts.rs");
    for line in verdicts.raw.lines().filter(|line| line.trim_start().starts_with("verdict_")) {
        for word in line.split('"').skip(1).step_by(2) {
            if !readme.raw.contains(&format!("| {word}")) {
                wrong.push(format!("README.md does not explain `{word}`"));
            }
        }
    }
    none("README.md", &wrong);
}

fn help_knows(subcommand: &str) -> bool {
    let output = Command::new(env!("CARGO_BIN_EXE_payproof")).args([subcommand, "--help"]).output();
    output.is_ok_and(|output| output.status.success() && !output.stdout.is_empty())
}
