//! `touchstone export`: the same bytes as the download of the page.
#![expect(clippy::format_collect, reason = "a hash has 32 bytes")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

use super::database::with_house;
use super::{Failure, Outcome, complain};
use crate::config::Config;
use crate::domain::access::Actor;
use crate::domain::id::AssessmentId;
use crate::domain::report::{Dialect, Kind, Separator};
use crate::service::Refusal;
use crate::service::export::{Order, prepare};
use crate::service::result::Filter;
use crate::t;

/// What file is made.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The assessment, as files and addresses name it
    #[arg(long)]
    assessment: AssessmentId,
    /// Which file
    #[arg(long, value_enum, default_value_t = FileKind::Results)]
    kind: FileKind,
    /// For whom it is written
    #[arg(long, value_enum, default_value_t = Reader::Standard)]
    dialect: Reader,
    /// What stands between cells, for spreadsheets
    #[arg(long, value_enum, default_value_t = Between::Semicolon)]
    separator: Between,
    /// Decimal point instead of a comma, for spreadsheets
    #[arg(long)]
    decimal_point: bool,
    /// Which people: what stands behind the `?` of the page of results, such as `status=any&from=60`
    #[arg(long, default_value = "")]
    filter: String,
    /// Where it is written; without it, standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FileKind {
    /// One row per person
    Results,
    /// One row per attempt and skill
    Skills,
    /// One row per attempt and item
    Answers,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Reader {
    /// Programs: comma, point, UTF-8 without a mark
    Standard,
    /// Spreadsheets: every cell quoted, UTF-8 with a mark
    Spreadsheet,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Between {
    Semicolon,
    Comma,
    Tab,
}

impl Options {
    fn order(&self) -> Order {
        let separator = match self.separator {
            Between::Semicolon => Separator::Semicolon,
            Between::Comma => Separator::Comma,
            Between::Tab => Separator::Tab,
        };
        let pairs: Vec<(String, String)> = axum::extract::Query::try_from_uri(
            &format!("/?{}", self.filter).parse().unwrap_or_default(),
        )
        .map(|axum::extract::Query(pairs)| pairs)
        .unwrap_or_default();
        let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        Order {
            assessment: self.assessment,
            kind: match self.kind {
                FileKind::Results => Kind::Results,
                FileKind::Skills => Kind::Skills,
                FileKind::Answers => Kind::Answers,
            },
            dialect: match self.dialect {
                Reader::Standard => Dialect::Standard,
                Reader::Spreadsheet => {
                    Dialect::Spreadsheet { separator, has_decimal_comma: !self.decimal_point }
                }
            },
            filter: Filter::read(pairs),
            wants_private: false,
            reason: String::new(),
        }
    }
}

/// Makes the file and says its rows and its hash on standard error, away from the file.
pub async fn run(config: Config, options: Options) -> Outcome {
    with_house(config, |ctx| async move {
        let prepared = prepare(&ctx, &Actor::Operator, options.order()).await.map_err(
            |refusal| match refusal {
                Refusal::Hidden => Failure::new(t!("cli-export-unknown")),
                other => other.into(),
            },
        )?;
        let mut out: Box<dyn Write + Send> = match &options.out {
            Some(path) => Box::new(BufWriter::new(File::create(path)?)),
            None => Box::new(std::io::stdout()),
        };
        let mut failed = None;
        let sink = async |piece: Vec<u8>| match out.write_all(&piece) {
            Ok(()) => true,
            Err(cause) => {
                failed = Some(cause);
                false
            }
        };
        let sum = prepared.write(sink).await.map_err(Failure::from)?;
        out.flush()?;
        if let Some(cause) = failed {
            return Err(cause.into());
        }
        let hash: String = sum.sha256().iter().map(|byte| format!("{byte:02x}")).collect();
        complain(&t!("cli-export-made", rows = sum.rows, bytes = sum.bytes, hash = hash));
        Ok(ExitCode::SUCCESS)
    })
    .await
}
