// HR reads the table, one attempt, and takes the files away. The demo's people are the data: their
// table, their pages and their files must say the same.
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { parse, type Row } from "../support/csv.ts";
import { expect, freshAddress, test } from "../support/house.ts";
import { bytes, invite, takeFile, type File } from "../support/staff.ts";

const DEMO = "Back-end developer, first round";

async function openResults(page: Page): Promise<void> {
  await page.goto("/assessments");
  await page.getByRole("link", { name: DEMO }).click();
  await expect(page.getByRole("heading", { level: 1, name: DEMO })).toBeVisible();
}

/** Name and score of every line of the table. */
async function lines(page: Page): Promise<{ name: string; score: number }[]> {
  const rows = page.getByRole("table", { name: /^Results, sorted by/ }).getByRole("row");
  const found = [];
  for (const row of (await rows.all()).slice(1)) {
    const name = await row.getByRole("rowheader").getByRole("link").innerText();
    found.push({ name, score: Number(await row.getByRole("cell").nth(1).innerText()) });
  }
  return found;
}

test("filter, order and search are the address", async ({ as }) => {
  const page = await as("hr");
  await openResults(page);
  const all = await lines(page);
  expect(all.length).toBeGreaterThan(30);

  await page.getByLabel("Score from").fill("60");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/[?&]from=60/);
  const above = await lines(page);
  expect(above.map(({ name }) => name).sort()).toEqual(
    all.filter(({ score }) => score >= 60).map(({ name }) => name).sort(),
  );
  await expect(page.getByRole("link", { name: `Export ${above.length} rows` })).toBeVisible();

  const score = page.getByRole("columnheader", { name: "Score", exact: true });
  await score.getByRole("link").click();
  await expect(page).toHaveURL(/from=60/);
  await expect(score).toHaveAttribute("aria-sort", "descending");
  const scores = (await lines(page)).map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  await score.getByRole("link").click();
  await expect(score).toHaveAttribute("aria-sort", "ascending");
  expect((await lines(page)).map(({ score }) => score)).toEqual([...scores].reverse());

  await page.goBack();
  await expect(score).toHaveAttribute("aria-sort", "descending");

  const [wanted] = above;
  await page.getByLabel("Name or address").fill(wanted!.name.toUpperCase());
  await page.getByRole("button", { name: "Show" }).click();
  expect(new Set((await lines(page)).map(({ name }) => name))).toEqual(new Set([wanted!.name]));

  await page.getByLabel("Name or address").fill("nobody is called this");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { name: "No result matches" })).toBeVisible();
});

test("one attempt: the score of the table, and every response; keys for those who may", async ({ as }) => {
  const page = await as("hr");
  await openResults(page);
  const [first] = await lines(page);
  await page.getByRole("link", { name: first!.name, exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: first!.name })).toBeVisible();
  await expect(page.getByRole("region", { name: "Result", exact: true })).toContainText(new RegExp(`^\\s*Result\\s*${first!.score}`));
  const responses = page.getByRole("region", { name: "Responses", exact: true });
  await expect(responses.getByText("Your role sees what was answered and the points, not the keys.")).toBeVisible();
  await expect(responses.getByRole("radio", { checked: true }).first()).toBeDisabled();
  await expect(page.getByText(/Key, chosen/)).toHaveCount(0);

  const recruiter = await as("recruiter");
  await recruiter.goto(page.url());
  const beside = recruiter.getByRole("region", { name: "Responses beside the key" });
  await expect(beside.getByRole("cell", { name: "Key, chosen" }).first()).toBeVisible();
  await expect(beside.getByRole("article")).toHaveCount(await responses.getByRole("article").count());
});

test("three files, both dialects, and the log of them", async ({ as }) => {
  const page = await as("hr");
  await openResults(page);
  await page.getByLabel("Score from").fill("50");
  await page.getByRole("button", { name: "Show" }).click();
  const shown = await lines(page);
  await page.getByRole("link", { name: `Export ${shown.length} rows` }).click();

  const hashes: string[] = [];
  const take = async (file: File, madeFor: "Programs" | "Spreadsheets"): Promise<Row[]> => {
    const body = await bytes(await takeFile(page, file, madeFor));
    const hash = createHash("sha256").update(body).digest("hex");
    hashes.push(hash);
    const promised = (await page.getByText(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/).innerText()).replaceAll(" ", "");
    expect(hash, "the file is the promised one").toBe(promised);
    const mark = body.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(mark).toBe(madeFor === "Spreadsheets");
    const rows = parse(body, madeFor === "Spreadsheets" ? ";" : ",");
    await expect(page.getByText(new RegExp(`^${rows.length} rows, \\d+ columns, ${body.length} bytes$`))).toBeVisible();
    return rows;
  };

  for (const file of ["Results", "Skills", "Answers"] as const) {
    const plain = await take(file, "Programs");
    const sheet = await take(file, "Spreadsheets");
    const people = new Set(plain.map((row) => row.attempt_id));
    expect(people.size).toBe(shown.length);
    // The same cells: only decimals are written in another way.
    const number = /^-?\d+\.\d+$/;
    const asSheet = (row: Row) =>
      Object.fromEntries(Object.entries(row).map(([head, cell]) => [head, number.test(cell) ? cell.replace(".", ",") : cell]));
    expect(sheet).toEqual(plain.map(asSheet));
    if (file === "Results") {
      const said = plain.map((row) => ({ name: row.last_name!, score: Math.floor(Number(row.score_percent)) }));
      const order = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      expect(said.sort(order)).toEqual(shown.sort(order));
    }
  }

  await page.goto("/exports");
  for (const hash of hashes) {
    const begin = hash.slice(0, 16).match(/.{4}/g)!.join(" ");
    await expect(page.getByRole("row", { name: new RegExp(begin) }).first()).toBeVisible();
  }
});

test("a name that a spreadsheet could run is only text", async ({ as, everyKind }, info) => {
  const recruiter = await as("recruiter");
  const email = freshAddress(info.workerIndex);
  await recruiter.goto(`${everyKind.path}/invite`);
  await invite(recruiter, [`=1+1 <${email}>`]);
  await expect(recruiter.getByText("1 invitation is on its way.")).toBeVisible();
  const page = await as("hr");
  await page.goto(`${everyKind.path}/results?status=any`);
  await page.getByRole("link", { name: /^Export \d+ rows?$/ }).click();
  for (const [madeFor, separator] of [["Programs", ","], ["Spreadsheets", ";"]] as const) {
    const rows = parse(await bytes(await takeFile(page, "Results", madeFor)), separator);
    expect(rows.filter((row) => row.email === email).map((row) => row.last_name)).toEqual(["'=1+1"]);
  }
});
