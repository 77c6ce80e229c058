//! Lists the item files below `src/catalog/items` for `src/catalog/mod.rs`: an item is one TOML file,
//! written by people who need no Rust, so adding one must not mean editing a list.

#![expect(clippy::disallowed_macros, reason = "a build script speaks to cargo on standard output")]

use std::path::{Path, PathBuf};
use std::{env, fmt::Write as _, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src/catalog/build.rs");
    println!("cargo::rerun-if-changed=src/catalog/items");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let items = root.join("src/catalog/items");
    let mut files = Vec::new();
    if items.is_dir() {
        collect(&items, &mut files)?;
    }
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&items).unwrap_or(&file).display().to_string();
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", file.display().to_string());
    }
    list.push_str("]\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("items.rs"), list)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
