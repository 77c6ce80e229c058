//! `touchstone bank import` and `export`: an organisation's own items as a folder of files.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::database::with_house;
use crate::cli::{Failure, Outcome, say};
use crate::config::Config;
use crate::service::Refusal;
use crate::service::bank::file::{self, ItemFile, NotImported};
use crate::t;

/// Most pairs of look-alikes that are listed.
const MOST_PAIRS: usize = 50;

/// What comes in.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// Folder of files, each named after its skill and id: `db.nosql/db-0001-x.toml`
    folder: PathBuf,
    /// Address of the colleague whose work this is; somebody else reviews it
    #[arg(long = "as", value_name = "EMAIL")]
    email: String,
    /// Only check, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What goes out.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// Folder to write into; it must be empty or new
    folder: PathBuf,
    /// Address of a colleague of the organisation
    #[arg(long = "as", value_name = "EMAIL")]
    email: String,
    /// Retired items too
    #[arg(long)]
    retired: bool,
}

/// Takes a folder in: every file, or none of them.
pub async fn import(config: Config, options: Import) -> Outcome {
    let files = match file::read_folder(&options.folder) {
        Ok(files) => files,
        Err(bad) => return Err(Failure::new(list(&options.folder, &bad))),
    };
    let Import { folder, email, dry_run } = options;
    with_house(config, |ctx| async move {
        let done = file::import(&ctx, &email, files, dry_run).await.map_err(|why| match why {
            NotImported::Files(bad) => Failure::new(list(&folder, &bad)),
            NotImported::Refused(refusal) => in_words(refusal, &email),
        })?;
        let (created, revised, unchanged) = (done.created, done.revised, done.unchanged);
        if dry_run {
            say(t!(
                "cli-bank-checked",
                created = created,
                revised = revised,
                unchanged = unchanged
            ));
        } else {
            say(t!(
                "cli-bank-imported",
                created = created,
                revised = revised,
                unchanged = unchanged
            ));
        }
        if !done.near.is_empty() {
            say(t!("cli-bank-near", count = done.near.len()));
        }
        for (one, other, share) in done.near.iter().take(MOST_PAIRS) {
            say(format!("  {}.{:02}  {one}  {other}", share / 10_000, share / 100 % 100));
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// Writes the newest file of every item.
pub async fn export(config: Config, options: Export) -> Outcome {
    let Export { folder, email, retired } = options;
    if fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::new(t!("cli-bank-not-empty", folder = folder.display().to_string())));
    }
    with_house(config, |ctx| async move {
        let files = file::export(&ctx, &email, retired).await;
        let files = files.map_err(|refusal| in_words(refusal, &email))?;
        for ItemFile { path, text } in &files {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::File::create_new(&path)?.write_all(text.as_bytes())?;
        }
        say(t!("cli-bank-exported", count = files.len(), folder = folder.display().to_string()));
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// One line a mistake: file, line, what.
fn list(folder: &Path, bad: &[crate::catalog::BadFile]) -> String {
    let mut lines: Vec<String> = bad
        .iter()
        .map(|one| {
            let file = folder.join(&one.path);
            format!("{}:{}: {}", file.display(), one.line.max(1), one.message)
        })
        .collect();
    lines.push(t!("cli-bank-nothing", count = bad.len()));
    lines.join("\n")
}

fn in_words(refusal: Refusal, email: &str) -> Failure {
    match refusal {
        Refusal::Hidden => Failure::new(t!("cli-no-such-account", email = email.to_owned())),
        Refusal::Forbidden => Failure::new(t!("cli-bank-no-author", email = email.to_owned())),
        other => other.into(),
    }
}
