//! Rows as bytes: quoted, counted, hashed, handed on piece by piece.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::Order;
use super::rows::Sheet;
use crate::domain::report::Dialect;
use crate::service::Refusal;
use crate::service::result::Row;
use crate::store::result as store;

/// Attempts whose answers are read at once.
const AT_ONCE: usize = 50;
/// U+FEFF in UTF-8: spreadsheets know by it that the text is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Rows, bytes and hash of a file, while it is written and at its end.
#[derive(Debug, Clone, Default)]
pub struct Sum {
    /// Rows below the head.
    pub rows: usize,
    /// Bytes.
    pub bytes: usize,
    hash: Sha256,
}

impl Sum {
    fn take(&mut self, piece: &[u8]) {
        self.bytes += piece.len();
        self.hash.update(piece);
    }

    /// SHA-256 of the bytes so far.
    pub fn sha256(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }
}

fn writer(dialect: Dialect) -> Writer<Vec<u8>> {
    let quotes = if dialect.is_spreadsheet() { QuoteStyle::Always } else { QuoteStyle::Necessary };
    WriterBuilder::new()
        .delimiter(dialect.separator().byte())
        .quote_style(quotes)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new())
}

fn bytes(writer: Writer<Vec<u8>>) -> Result<Vec<u8>, Refusal> {
    writer.into_inner().map_err(|cause| Refusal::Internal(cause.to_string()))
}

/// Writes the whole file. False when the receiver is gone.
pub(super) async fn write<S>(
    conn: &mut PgConnection,
    order: &Order,
    sheet: &Sheet<'_>,
    rows: &[Row],
    sum: &mut Sum,
    sink: &mut S,
) -> Result<bool, Refusal>
where
    S: AsyncFnMut(Vec<u8>) -> bool,
{
    let mut head = writer(order.dialect);
    head.write_record(sheet.heads())?;
    let mut piece = if order.dialect.is_spreadsheet() { MARK.to_vec() } else { Vec::new() };
    piece.extend(bytes(head)?);
    sum.take(&piece);
    if !sink(piece).await {
        return Ok(false);
    }
    for chunk in rows.chunks(AT_ONCE) {
        let mut piece = writer(order.dialect);
        let mut count = 0;
        for cells in lines(conn, order, sheet, chunk).await? {
            piece.write_record(cells)?;
            count += 1;
        }
        let piece = bytes(piece)?;
        sum.take(&piece);
        sum.rows += count;
        if !piece.is_empty() && !sink(piece).await {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first lines of the file, as they will be written.
pub(super) async fn first(
    conn: &mut PgConnection,
    order: &Order,
    sheet: &Sheet<'_>,
    rows: &[Row],
    count: usize,
) -> Result<Vec<Vec<String>>, Refusal> {
    let some = &rows[..rows.len().min(count)];
    let mut lines = lines(conn, order, sheet, some).await?;
    lines.truncate(count);
    Ok(lines)
}

async fn lines(
    conn: &mut PgConnection,
    order: &Order,
    sheet: &Sheet<'_>,
    rows: &[Row],
) -> Result<Vec<Vec<String>>, Refusal> {
    let scored: Vec<_> = rows
        .iter()
        .filter_map(|row| row.line.attempt.as_ref())
        .filter(|run| run.result.is_some())
        .map(|run| run.id)
        .collect();
    let outcomes = store::list_outcomes(conn, &scored).await?;
    let mut lines = Vec::new();
    for row in rows {
        let outcome = row.line.attempt.as_ref().and_then(|run| outcomes.get(&run.id));
        for cells in sheet.lines(row, outcome) {
            lines.push(cells.iter().map(|cell| cell.written(order.dialect)).collect());
        }
    }
    Ok(lines)
}
