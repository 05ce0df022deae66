//! The build script: data that people keep as TOML becomes JSON, which every start of the program reads many times faster.
//! Data that cannot be read end the build.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const DATA: &str = "src";

fn main() {
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the folder"));
    if let Err(error) = prepare(Path::new(DATA), &target) {
        panic!("{error}");
    }
}

/// Writes the data of a folder, and of those below it, to the same places below another folder.
#[expect(clippy::print_stdout, reason = "cargo reads there what the build depends on")]
fn prepare(folder: &Path, target: &Path) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            prepare(&path, target)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let data: toml::Table = fs::read_to_string(&path)?
                .parse()
                .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
            let place = target.join(path.strip_prefix(DATA).unwrap_or(&path)).with_extension("json");
            fs::create_dir_all(place.parent().unwrap_or(target))?;
            fs::write(place, serde_json::to_string(&data)?)?;
        }
    }
    Ok(())
}
