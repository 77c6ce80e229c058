// No sentence is hard-coded: on a server in the pseudo-locale, every word of the interface that a
// browser shows or reads out has been through the texts of the product.
import type { Page } from "@playwright/test";
import { source } from "../support/catalog.ts";
import { CODES, expect, test as base } from "../support/house.ts";
import { PASSWORD } from "../support/staff.ts";
import { startFresh, type Server } from "../support/server.ts";
import { Data, disguised, plainWords } from "../support/words.ts";

const test = base.extend<object, { pseudo: Server }>({
  pseudo: [
    async ({}, use) => {
      const server = await startFresh({ TOUCHSTONE_LOCALE: "pseudo", TOUCHSTONE_DEMO: "1" });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

// One server for all of them.
test.describe.configure({ mode: "default" });

// What the tests type.
const TITLE = "Our own index";
const data = new Data(["You", "you@nowhere", "1@example.org, 9", TITLE]);

async function speaks(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", "en-x-pseudo");
  expect.soft(await plainWords(page, data), `plain words on ${page.url()}`).toEqual([]);
}

async function enter(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(disguised("Email")).fill(email);
  await page.getByLabel(disguised("Password")).fill(PASSWORD);
  await page.getByRole("button", { name: disguised("Sign in") }).click();
  await expect(page.getByRole("button", { name: disguised("Sign out") })).toBeVisible();
}

/** Writes a whole item, so that the walk meets the pages around it. */
async function writeItem(page: Page): Promise<string> {
  await page.goto("/items/new");
  await page.getByLabel(disguised("Title"), { exact: true }).fill(TITLE);
  await page.getByLabel(disguised("Skill"), { exact: true }).selectOption("db.query-optimization");
  await page.getByRole("radio", { name: disguised("single choice"), exact: true }).check();
  await page.getByRole("button", { name: disguised("Make it and open the editor") }).click();
  await page.waitForURL(/\/edit$/);
  const path = new URL(page.url()).pathname;
  await page.goto(`${path}?file=1`);
  const code = path.split("/")[2];
  await page.getByLabel(disguised("Item file")).fill(source(CODES.single).replace(/^id = .*$/m, `id = "${code}"`));
  await page.getByRole("button", { name: disguised("Send to review") }).click();
  await page.waitForURL(/done=submitted/);
  return path.replace(/\/edit$/, "");
}

/** What kind of page an address leads to: without ids and without values. */
function shape(url: URL): string {
  const path = url.pathname
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "#")
    // Items of one's own have more on their pages than shipped ones.
    .replace(/^\/items\/[a-z]+-x\d+[^/]*/, "/items/own")
    .replace(/^\/(catalog|items)\/(?!new$|own)[^/]+/, "/$1/#");
  return `${path}?${[...url.searchParams.keys()].sort().join("&")}`;
}

test("pages of the staff: everything that links lead to", async ({ pseudo, stranger }) => {
  // A hundred pages in a row.
  test.setTimeout(360_000);
  const page = await stranger({ baseURL: pseudo.url });
  await enter(page, "owner@demo.example");
  const own = await writeItem(page);
  const seen = new Set<string>();
  const todo = ["/", own].map((path) => new URL(path, pseudo.url));
  for (let url = todo.shift(); url; url = todo.shift()) {
    if (seen.has(shape(url))) continue;
    seen.add(shape(url));
    const answer = await page.goto(url.href);
    expect(answer?.status(), url.href).toBe(200);
    await speaks(page);
    for (const href of await page.getByRole("link").evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href))) {
      const next = new URL(href);
      next.hash = "";
      if (next.origin === pseudo.url && !seen.has(shape(next))) todo.push(next);
    }
  }
  // The walk must have come around: a page of each place, and one deep inside.
  for (const place of ["/assessments?", "/assessments/#?", "/assessments/#/invite?", "/assessments/#/export?", "/results/#?", "/people/#?", "/outbox/#?", "/items/#?", "/items/new?", "/items/own?", "/items/own/edit?", "/items/own/edit?file", "/items/own/history?", "/catalog/#?", "/audit?", "/audit?about"]) {
    expect([...seen], `the walk never came to ${place}`).toContain(place);
  }
});

test("refusals of the staff's forms", async ({ pseudo, stranger }) => {
  const page = await stranger({ baseURL: pseudo.url });
  await page.goto("/sign-in");
  await page.getByLabel(disguised("Email")).fill("owner@demo.example");
  await page.getByLabel(disguised("Password")).fill("a wrong one");
  await page.getByRole("button", { name: disguised("Sign in") }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await speaks(page);
  await page.goto("/reset");
  await speaks(page);
  const missing = await page.goto(`/i/${"A".repeat(43)}`);
  expect(missing?.status()).toBeGreaterThanOrEqual(400);
  await speaks(page);

  await enter(page, "recruiter@demo.example");
  await page.goto("/nowhere");
  await speaks(page);
  await page.goto("/assessments");
  await page.getByRole("link", { name: "Back-end developer, first round" }).click();
  const path = new URL(page.url()).pathname;
  await page.getByLabel(disguised("Time limit")).fill("0");
  await page.getByRole("button", { name: disguised("Publish") }).first().click();
  await expect(page.getByRole("alert")).toBeVisible();
  await speaks(page);
  await page.goto(`${path}/invite`);
  await page.getByRole("textbox", { name: disguised("Who should get an invitation?") }).fill("candidate1@demo.example\nyou@nowhere\n1@example.org, 9");
  await page.getByRole("button", { name: disguised("Check the lines") }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await speaks(page);
});

test("pages of the candidate, from the link to the receipt", async ({ pseudo, stranger }) => {
  test.slow();
  const page = await stranger({ baseURL: pseudo.url });
  await page.goto(pseudo.printed);
  await speaks(page);
  await page.getByRole("button", { name: new RegExp(`^${disguised("Start")}`) }).click();
  await expect(page.locator("[data-item]").first()).toBeVisible();
  await speaks(page);
  const next = page.getByRole("button", { name: disguised("Next"), exact: true });
  const review = page.locator("[data-item]:visible").getByRole("button", { name: disguised("Review and submit") });
  for (let number = 2; await next.isVisible(); number += 1) {
    await next.click();
    await expect(page.getByRole("heading", { level: 1, name: new RegExp(disguised(`Question ${number} of`)) })).toBeVisible();
    await speaks(page);
  }

  const second = await stranger({ baseURL: pseudo.url });
  await second.goto(pseudo.printed);
  await speaks(second);
  await second.getByRole("link", { name: disguised("Only look") }).click();
  await speaks(second);

  await review.click();
  await expect(page.getByRole("button", { name: disguised("Submit the assessment") })).toBeVisible();
  await speaks(page);
  await page.getByRole("button", { name: disguised("Submit the assessment") }).click();
  await expect(page.locator(".receipt-code")).toBeVisible();
  await speaks(page);
});
