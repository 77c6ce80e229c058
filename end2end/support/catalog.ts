// The shipped items as their files say: what stands on the page, and what must never leave the
// server. The tests read the same files as the server, so they know the truth by themselves.
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const catalog = resolve(import.meta.dirname, "../../src/catalog");
const folder = join(catalog, "items");

/** Something with an id and words: an option, a response, a step, a line of a log. */
export interface Named {
  id: string;
  text: string;
}

export interface Item {
  code: string;
  ask: string;
  /** In the order of the file. */
  choices: Named[];
  lines: Named[];
  /** Rationales, explanation, sources and evidence: for staff only. */
  reasons: string[];
  /** Words for staff to find the item by. */
  tags: string[];
}

/** The file of a code such as `db-0001-tenant-index`. */
export function source(code: string): string {
  for (const skill of readdirSync(folder)) {
    const names = readdirSync(join(folder, skill));
    if (names.includes(`${code}.toml`)) return readFileSync(join(folder, skill, `${code}.toml`), "utf8");
  }
  throw new Error(`there is no item ${code}`);
}

/** Reads the item of a code. */
export function item(code: string): Item {
  return parse(code, source(code));
}

/** As much of TOML as the item files use. */
function parse(code: string, text: string): Item {
  const found: Item = { code, ask: "", choices: [], lines: [], reasons: [], tags: [] };
  const text_ = text.replace(/^(\w+) = '''\n([\s\S]*?)'''$/gm, (_, key: string, body: string) => {
    if (key === "explanation") found.reasons.push(...body.split("\n"));
    return "";
  });
  let table = "";
  let id = "";
  for (const line of text_.split("\n")) {
    const head = /^\[+([\w.]+)\]+/.exec(line)?.[1];
    if (head) table = head;
    const pair = /^(\w+) = (.*)$/.exec(line);
    if (!pair) continue;
    const [key, value] = [pair[1]!, pair[2]!];
    const words = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((word) => JSON.parse(word[0]) as string);
    const first = words[0] ?? "";
    if (key === "id") id = first;
    if (key === "ask" && table === "") found.ask = plain(first);
    if (key === "text") (table === "log" ? found.lines : found.choices).push({ id, text: plain(first) });
    if (["why", "evidence", "references"].includes(key)) found.reasons.push(...words);
    if (key === "tags") found.tags.push(...words);
  }
  return found;
}

/** Markdown as it is read: without the marks of code and stress. */
export function plain(markdown: string): string {
  return markdown.replace(/[`*]/g, "");
}

/** Everything that the catalog says to people, whole and in the pieces that a page may draw it in. */
export function wordsOfCatalog(): Set<string> {
  const keys = "name|title|summary|definition|text|why|ask|stem|explanation|evidence|references|unit|scale|source|expect|code";
  const words = new Set<string>();
  const add = (text: string) => {
    const blocks = text.split(/\n\s*\n/).flatMap((block) => block.split(/(?:^|\n)\s*(?:[-*]|\d+\.) /));
    for (const paragraph of [text, ...blocks]) {
      for (const piece of [paragraph, ...paragraph.split(/[`*]+/)]) {
        // Lines of a log are no Markdown.
        for (const read of [plain(piece), piece]) words.add(read.replace(/\s+/g, " ").trim());
      }
    }
  };
  for (const file of readdirSync(catalog, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".toml")) continue;
    const code = /([^/]+)\.toml$/.exec(file)![1]!;
    // The title of an item is made of its code.
    const title = code.split("-").slice(2).join(" ");
    words.add(title.charAt(0).toUpperCase() + title.slice(1));
    const text = readFileSync(join(catalog, file), "utf8");
    for (const [, body] of text.matchAll(new RegExp(`^(?:${keys}) = '''\\n([\\s\\S]*?)'''`, "gm"))) add(body!);
    for (const [, value] of text.matchAll(new RegExp(`^(?:${keys}|junior|mid|senior) = (\\[[^\\]]*\\]|".*)`, "gm"))) {
      for (const [quoted] of value!.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
        const said = JSON.parse(quoted) as string;
        add(said);
        // Of a line of a log, the page draws the level apart.
        for (const piece of said.split(/\b(WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC)\b/)) add(piece);
      }
    }
  }
  return words;
}
