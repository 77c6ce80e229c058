//! Item files from the disk, or those that are shipped.

use std::borrow::Cow;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::catalog::ITEM_FILES;
use crate::catalog::lint::MOST_BYTES;
use crate::cli::Failure;
use crate::t;

/// A name for reports, and the content.
pub type ItemFile = (String, Cow<'static, [u8]>);

/// The files of a folder and those below it, one file, or the shipped ones; sorted by name.
pub fn read(path: Option<&Path>) -> Result<Vec<ItemFile>, Failure> {
    let Some(path) = path else {
        let shipped = |(name, text): &(&'static str, &'static str)| {
            (format!("src/catalog/items/{name}"), Cow::Borrowed(text.as_bytes()))
        };
        return Ok(ITEM_FILES.iter().map(shipped).collect());
    };
    let mut names = Vec::new();
    if path.is_dir() {
        collect(path, &mut names)?;
        names.sort();
    } else {
        names.push(path.to_owned());
    }
    if names.is_empty() {
        return Err(Failure::new(t!("bank-no-files", folder = path.display().to_string())));
    }
    names.iter().map(|name| Ok((name.display().to_string(), content(name)?.into()))).collect()
}

fn unreadable(path: &Path, cause: &std::io::Error) -> Failure {
    let (file, cause) = (path.display().to_string(), cause.to_string());
    Failure::new(t!("bank-unreadable", file = file, cause = cause))
}

fn collect(folder: &Path, names: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).map_err(|cause| unreadable(folder, &cause))?;
    for entry in entries {
        let entry = entry.map_err(|cause| unreadable(folder, &cause))?;
        let kind = entry.file_type().map_err(|cause| unreadable(folder, &cause))?;
        let path = entry.path();
        // A link could lead in a circle or out of the folder.
        if kind.is_dir() {
            collect(&path, names)?;
        } else if kind.is_file() && path.extension().is_some_and(|end| end == "toml") {
            names.push(path);
        }
    }
    Ok(())
}

/// No more than can be an item: the linter says that a longer file is too long.
fn content(path: &Path) -> Result<Vec<u8>, Failure> {
    let file = fs::File::open(path).map_err(|cause| unreadable(path, &cause))?;
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX) + 1;
    file.take(most).read_to_end(&mut bytes).map_err(|cause| unreadable(path, &cause))?;
    Ok(bytes)
}
