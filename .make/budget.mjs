// budget.mjs SITE: what a candidate's browser downloads to run must fit into 200 KB of brotli.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const budget = 200 * 1000;
const site = process.argv[2];
const files = readdirSync(site, { recursive: true }).filter((name) => /\.(wasm|js|mjs)$/.test(name));
let total = 0;
for (const name of files.sort()) {
  const size = brotliCompressSync(readFileSync(join(site, name))).length;
  total += size;
  console.log(`  ${name.padEnd(32)} ${String(size).padStart(8)} bytes`);
}
console.log(`  ${"together".padEnd(32)} ${String(total).padStart(8)} of ${budget} bytes of brotli`);
if (!files.some((name) => name.endsWith(".wasm"))) throw new Error(`no wasm below ${site}`);
if (total > budget) {
  console.error(`The pages are ${total - budget} bytes too heavy.`);
  process.exit(1);
}
