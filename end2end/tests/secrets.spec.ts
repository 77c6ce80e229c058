// What a candidate's browser receives holds nothing that is for staff: every byte of every answer of
// the server is kept and searched for the keys' reasons, explanations, sources, tags and codes of
// exactly the items on the paper.
import type { Page } from "@playwright/test";
import { item } from "../support/catalog.ts";
import { CODES, expect, test } from "../support/house.ts";
import { at, handIn, next, question, review, saved } from "../support/paper.ts";

interface Received {
  from: string;
  text: string;
}

/** Keeps everything that a window receives: addresses, heads, bodies. Ask before each new page: a
 * browser forgets the bodies of a page that was left. */
function record(page: Page): () => Promise<Received[]> {
  const answers: Promise<Received>[] = [];
  // A stream has no end to wait for: what it says is kept as it is said.
  const said: Received[] = [];
  const listening = page.context().newCDPSession(page).then(async (browser) => {
    browser.on("Network.eventSourceMessageReceived", ({ eventName, data }) => {
      said.push({ from: `the stream's ${eventName}`, text: data });
    });
    await browser.send("Network.enable");
  });
  page.context().on("response", (response) => {
    const read = async () => {
      const heads = (await response.headersArray()).map(({ name, value }) => `${name}: ${value}`);
      // A redirection has no body, and neither has what the browser kept.
      const isWhole = response.status() < 300 || response.status() >= 400;
      const isStream = (await response.headerValue("content-type"))?.startsWith("text/event-stream");
      const body = isWhole && !isStream ? (await response.body()).toString("latin1") : "";
      return { from: response.url(), text: [response.url(), ...heads, body].join("\n") };
    };
    answers.push(read());
  });
  return async () => {
    await listening;
    // The picture of the tab comes after the page. While a stream is open, a network is never idle.
    await page.waitForLoadState("load");
    await page.waitForTimeout(500);
    return [...(await Promise.all(answers)), ...said];
  };
}

/**
 * The longest run of plain words of a text, as it stands in HTML, in JSON and in a program alike:
 * without the marks that are written differently in each.
 */
function canary(text: string): string | undefined {
  const runs = text.split(/[^A-Za-z0-9 ,.;()-]+/).map((run) => run.trim());
  return runs.sort((a, b) => b.length - a.length)[0];
}

/** Reasons, explanations and sources of the items on the paper that no public text repeats. */
function canaries(): string[] {
  const items = Object.values(CODES).map(item);
  const texts = items.flatMap(({ reasons }) => reasons).map(canary);
  // Tags are short: those with a hyphen are no ordinary words. Codes would lead to the public bank.
  const tags = items.flatMap(({ tags }) => tags).filter((tag) => tag.includes("-"));
  const long = texts.filter((text): text is string => text !== undefined && text.length >= 20);
  return [...new Set([...long, ...tags, ...Object.values(CODES)])];
}

function leaks(received: Received[]): string[] {
  const search = canaries();
  return received.flatMap(({ from, text }) => search.filter((one) => text.includes(one)).map((one) => `${from}: ${one}`));
}

test("nothing that is for staff reaches a candidate's browser", async ({ stranger, invited, javaScriptEnabled }) => {
  test.slow();
  const { link } = await invited();
  const page = await stranger();
  const received = record(page);
  await page.goto(link);
  await received();
  await page.getByRole("button", { name: /^Start/ }).click();
  await at(page, 1);
  await question(page).getByRole("radio").first().check();
  if (javaScriptEnabled) await saved(page);
  for (let number = 2; number <= 7; number += 1) {
    await received();
    await next(page, number);
  }
  await received();
  await review(page);
  await received();
  await handIn(page);
  await received();
  await page.goto(link);

  const all = await received();
  const types = all.map(({ text }) => /^content-type: (.*)$/m.exec(text)?.[1] ?? "");
  const wanted = ["text/html", "text/css", ...(javaScriptEnabled ? ["application/wasm", "javascript", "application/json"] : [])];
  for (const type of wanted) expect(types.some((one) => one.includes(type)), `something of ${type} was received`).toBe(true);
  if (javaScriptEnabled) expect(all.some(({ from }) => from === "the stream's clock"), "the stream was heard").toBe(true);
  expect(canaries().length).toBeGreaterThan(60);
  expect(leaks(all)).toEqual([]);
});

test("the search finds what a colleague may see", async ({ as }) => {
  // The same search on pages where keys are allowed: it can find something.
  const page = await as("recruiter");
  const received = record(page);
  for (const code of Object.values(CODES)) {
    await page.goto(`/items/${code}`);
    await received();
  }
  const found = leaks(await received());
  for (const code of Object.values(CODES)) {
    const [reason] = item(code).reasons.map(canary).filter((text) => (text ?? "").length >= 20);
    expect(found.some((leak) => leak.includes(reason!)), `a reason of ${code}`).toBe(true);
  }
});
