// Which words of a page came through the texts of the product. A server in the pseudo-locale writes
// them with accents; what stays plain was written by hand into a page, or is data.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { root } from "./server.ts";
import { wordsOfCatalog } from "./catalog.ts";

/** As the server writes a sentence in the pseudo-locale. */
export function disguised(text: string): string {
  const other: Record<string, string> = {
    a: "á~", e: "é~", i: "í", o: "ö~", u: "ü", y: "ý", A: "Å", E: "É", I: "Î", O: "Ø", U: "Û",
  };
  return text.replace(/[aeiouyAEIOU]/g, (letter) => other[letter]!);
}

/** Places whose words are not ours: what people typed, and what a machine reads. */
const FOREIGN = [
  // Names of people are written in the direction of their own script.
  "[dir=auto]",
  ".bar .name",
  // Programs, logs, letters, hashes, file names, item codes.
  "pre",
  "code",
  ".mono",
  ".where",
  ".receipt-code",
  // Heads and cells of a file.
  ".sheet-view",
  // What somebody types.
  "textarea",
];

/** People, organisations and assessments of the demo. */
const DEMO = [
  "Ines Moreau",
  "Tomás Reyes",
  "Aiko Mori",
  "Henrik Dahl",
  "Halden Freight (demo)",
  "Back-end developer, first round",
  "Senior back-end developer",
];

/** The same in every language: an address, the code of an item or a skill, a name of the product. */
const CODES = /\S+@\S+|https?:\/\/\S+|\b[a-z]+-x?\d{3,4}-[a-z0-9-]*|\b[a-z]+-\d{4}\b|\b[a-z]+\.[a-z]+(-[a-z]+)*\b|Touchstone|Oslo|UTC/g;

/** What stands between the parts of a line. */
const GAPS = [/^\d+\. /, /: /, / · /, /; /, /, /, / /];

/** Data by its value: whole, or lists of it. */
export class Data {
  readonly #known = wordsOfCatalog();

  constructor(more: string[] = []) {
    for (const text of [...DEMO, ...namesOfDemo(), ...more]) this.#known.add(text);
  }

  /** Known as a whole, or in all of its parts. Single words count only for names of people. */
  has(text: string): boolean {
    const whole = (words: string) => words.replace(/\s+/g, " ").trim();
    // What the catalog says may hold a code itself.
    if (this.#known.has(whole(text))) return true;
    const bare = whole(text.replace(CODES, ""));
    if (!/[aeiou]/i.test(bare) || this.#known.has(bare)) return true;
    const gap = GAPS.find((between) => between.test(bare));
    return gap !== undefined && bare.split(gap).every((part) => this.has(part));
  }
}

/** First and last names of the made-up candidates. */
function namesOfDemo(): string[] {
  const source = readFileSync(join(root, "src/service/demo/person.rs"), "utf8");
  const lists = [...source.matchAll(/const \w+: &\[&str\] = &\[([^\]]*)\]/g)].map(([, list]) => list!);
  return lists.flatMap((list) => [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name!));
}

/** Visible texts, names and hints of the page that are plain English and no data. */
export async function plainWords(page: Page, data: Data): Promise<string[]> {
  const found = await page.evaluate((foreign) => {
    const isPlain = (text: string) => /[aeiou]/i.test(text) && !/[áéíöüýÅÉÎØÛ]/.test(text);
    const isForeign = (of: Element) => of.closest(foreign) !== null;
    const plain: { at: string; text: string }[] = [];
    const at = (of: Element) => [of.localName, ...of.classList].join(".");
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement!;
      const text = node.textContent!;
      if (!isPlain(text) || isForeign(parent) || ["script", "style"].includes(parent.localName)) continue;
      plain.push({ at: at(parent), text });
    }
    for (const one of document.querySelectorAll("body *")) {
      for (const name of ["aria-label", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt"]) {
        const text = one.getAttribute(name);
        if (text && isPlain(text) && !isForeign(one)) plain.push({ at: `${at(one)} ${name}`, text });
      }
    }
    if (isPlain(document.title)) plain.push({ at: "title", text: document.title });
    return plain;
  }, FOREIGN.join(", "));
  const ours = found.filter(({ text }) => !data.has(text)).map(({ at, text }) => `${at}: ${text.trim().slice(0, 120)}`);
  return [...new Set(ours)];
}
