// CSV files, read as strictly as RFC 4180 writes them: whatever is odd throws.

export type Row = Record<string, string>;

/** A file of the dialect for programs, or with a mark at the start and another separator. */
export function parse(file: Buffer, separator = ","): Row[] {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file);
  const [heads, ...lines] = cells(text.replace(/^\uFEFF/, ""), separator);
  if (!heads || new Set(heads).size !== heads.length) throw new Error("heads are missing or repeated");
  return lines.map((line, n) => {
    if (line.length !== heads.length) throw new Error(`row ${n + 1} has ${line.length} cells`);
    return Object.fromEntries(heads.map((head, at) => [head, line[at]!]));
  });
}

function cells(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (at >= text.length) throw new Error("a quote is never closed");
        if (text[at] !== '"') cell += text[at];
        else if (text[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1];
        else break;
      }
      at += 1;
    } else {
      while (at < text.length && text[at] !== separator && !text.startsWith("\r\n", at)) {
        if (/["\r\n]/.test(text[at]!)) throw new Error(`a bare ${JSON.stringify(text[at])} at ${at}`);
        cell += text[at];
        at += 1;
      }
    }
    row.push(cell);
    if (text.startsWith("\r\n", at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else if (text[at] === separator) at += 1;
    else throw new Error(`${JSON.stringify(text[at])} behind a cell at ${at}`);
  }
  if (row.length > 0) throw new Error("the last row does not end");
  return rows;
}
