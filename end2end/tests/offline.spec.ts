// Nothing that a candidate enters is lost: the line cut, the page closed, the browser killed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, type Page, chromium, expect, test } from "@playwright/test";

test.describe.configure({ timeout: 120_000 });

/** Invites somebody new to an assessment and gives their personal link. */
async function invite(browser: Browser, baseURL: string): Promise<string> {
  const staff = await browser.newContext({ baseURL });
  const page = await staff.newPage();
  await page.goto("/sign-in");
  await page.locator("input[type=email]").fill("recruiter@demo.example");
  await page.locator("input[type=password]").fill("stones of the demo");
  await page.locator("main form button").first().click();
  await page.goto("/assessments");
  const hrefs = await page
    .locator("a[href^='/assessments/']")
    .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const ids = new Set(hrefs.map((href) => /^\/assessments\/([0-9a-f-]{36})/.exec(href)?.[1]));
  for (const id of ids) {
    if (!id) continue;
    await page.goto(`/assessments/${id}/invite`);
    const lines = page.locator("textarea").first();
    if (!(await lines.count())) continue;
    const address = `kept-${Math.random().toString(36).slice(2)}@demo.example`;
    await lines.fill(address);
    await page.locator("button[name=do][value=send]").first().click();
    await page.goto(`/assessments/${id}/invite?q=${encodeURIComponent(address)}`);
    await page.locator(`a[href^='/assessments/${id}/invitations/']`).first().click();
    await page.locator("form[action$='/link'] button").click();
    const link = await page.locator("input[name=link]").inputValue();
    await staff.close();
    return new URL(link).pathname;
  }
  throw new Error("no assessment of the demo can be used");
}

/** Opens the link and starts. */
async function start(page: Page, link: string) {
  await page.goto(link);
  await page.locator("form[action$='/start'] button").click();
  await awake(page);
}

/** The page saves by itself from now on, and the worker answers for the network. */
async function awake(page: Page) {
  await page.waitForURL(/\/section/);
  await expect(page.locator("[data-settings]")).toHaveCount(1);
  await expect(page.locator("[data-settings] button")).toBeHidden();
}

const shown = (page: Page) => page.locator("[data-item]:not([hidden])");
const mark = (page: Page) => page.locator("[data-saved]:not([hidden])");

/** Changes the question on the screen by its first control that can be chosen; gives its name and value. */
async function choose(page: Page, nth = 0): Promise<string> {
  const input = shown(page).locator("input[type=radio], input[type=checkbox]:not([name^='flag'])").nth(nth);
  await input.check({ force: true });
  return input.evaluate((one: HTMLInputElement) => `${one.name}=${one.value}`);
}

/** Goes to the first question from here on that has something to choose. */
async function toChoice(page: Page) {
  for (let tries = 0; tries < 20; tries += 1) {
    if (await shown(page).locator("input[type=radio]").count()) return;
    await shown(page).locator(".ways .btn-main").click();
  }
}

/** What the server has, read past everything that the device keeps. */
async function atTheServer(context: BrowserContext, address: string): Promise<string[]> {
  const answer = await context.request.get(address);
  const inputs = (await answer.text()).match(/<input[^>]*type="(?:radio|checkbox)"[^>]*>/g) ?? [];
  return inputs
    .filter((input) => /\schecked/.test(input) && /name="\d+\./.test(input))
    .map((input) => `${/name="([^"]+)"/.exec(input)?.[1]}=${/value="([^"]+)"/.exec(input)?.[1]}`);
}

/** Everything that lies in the databases of this origin, and whether any of it can be read. */
async function kept(page: Page) {
  return page.evaluate(async () => {
    const found: { unsent: number; readable: boolean }[] = [];
    for (const { name } of await indexedDB.databases()) {
      const open = indexedDB.open(name!);
      const db = await new Promise<IDBDatabase>((yes) => (open.onsuccess = () => yes(open.result)));
      const all = db.transaction("unsent").objectStore("unsent").getAll();
      const records = await new Promise<any[]>((yes) => (all.onsuccess = () => yes(all.result)));
      found.push({
        unsent: records.length,
        readable: records.some((record) => !(record.data instanceof ArrayBuffer)),
      });
      db.close();
    }
    return found;
  });
}

test("without a line everything goes on, and arrives when it is back", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await start(page, await invite(browser, baseURL!));
  const address = page.url();
  await toChoice(page);
  const saved = await choose(page);
  await expect(mark(page)).toHaveText(/Saved/);
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The worker takes the page in: a second reading through it.
  await page.reload();
  await awake(page);

  await context.setOffline(true);
  await expect(page.locator("[data-banner='offline-kept']")).toBeVisible({ timeout: 5_000 });
  await toChoice(page);
  const first = await choose(page, 1);
  await expect(mark(page)).toHaveText(/kept on this device/);
  await shown(page).locator(".ways .btn-main").click();
  await toChoice(page);
  const second = await choose(page);
  await expect(mark(page)).toHaveText(/2 kept on this device/);
  const position = await shown(page).getAttribute("data-item");
  expect(await kept(page)).toEqual([{ unsent: 2, readable: false }]);

  // Reloading works without the network and shows the newest texts.
  await page.reload();
  await awake(page);
  await expect(shown(page)).toHaveAttribute("data-item", position!);
  await expect(mark(page)).toHaveText(/2 kept on this device/);
  const [name, value] = second.split("=");
  await expect(page.locator(`input[name='${name}'][value='${value}']`)).toBeChecked();
  expect(saved).not.toEqual(first);

  // The tab is closed, and another one opened while the line is still away.
  await page.close();
  const again = await context.newPage();
  await again.goto(address);
  await awake(again);
  await expect(mark(again)).toHaveText(/2 kept on this device/);
  await context.setOffline(false);
  await expect(mark(again)).toHaveText(/Saved/, { timeout: 20_000 });
  await expect(again.locator("[data-banner^='offline']:not([hidden])")).toHaveCount(0);
  const there = await atTheServer(context, address);
  expect(there).toEqual(expect.arrayContaining([first, second]));
  await expect.poll(() => kept(again)).toEqual([{ unsent: 0, readable: false }]);

  // At the end nothing of it stays on the device.
  await again.goto(address.replace(/section.*/, "review"));
  await again.locator("form[action$='/submit'] button").click();
  await again.waitForURL(/receipt/);
  await expect.poll(() => again.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  expect(await again.evaluate(async () => (await caches.keys()).length)).toBe(0);
  expect(await again.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await context.close();
});

test("a browser that is killed without a line loses nothing", async ({ browser, baseURL }) => {
  const profile = mkdtempSync(join(tmpdir(), "touchstone-profile-"));
  const options = { baseURL: baseURL!, executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] };
  const link = await invite(browser, baseURL!);
  let context = await chromium.launchPersistentContext(profile, options);
  try {
    let page = await context.newPage();
    await start(page, link);
    const address = page.url();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await awake(page);
    await context.setOffline(true);
    await toChoice(page);
    const answer = await choose(page);
    await expect(mark(page)).toHaveText(/kept on this device/);
    const flag = shown(page).locator(".flag-toggle input");
    await flag.check({ force: true });
    const flagName = await flag.getAttribute("name");
    await page.waitForTimeout(300);

    kill(profile);
    await context.close().catch(() => {});
    context = await chromium.launchPersistentContext(profile, options);
    page = await context.newPage();
    await page.goto(link);
    // A browser that is killed within its first half minute has not written its cookies down yet.
    const takeOver = page.locator("form[action$='/take-over'] button");
    if (await takeOver.count()) await takeOver.click();
    await awake(page);
    await expect(mark(page)).toHaveText(/Saved/, { timeout: 20_000 });
    expect(await atTheServer(context, address)).toContain(answer);
    await expect
      .poll(async () => (await (await context.request.get(address)).text()).match(new RegExp(`<input[^>]*name="${flagName}"[^>]*>`))?.[0])
      .toContain("checked");
  } finally {
    await context.close().catch(() => {});
    rmSync(profile, { recursive: true, force: true });
  }
});

/** Ends the browser of a profile the hard way, all its processes at once. */
function kill(profile: string) {
  const list = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" });
  for (const line of list.split("\n")) {
    if (line.includes(`--user-data-dir=${profile}`)) process.kill(Number.parseInt(line, 10), "SIGKILL");
  }
}

test("a captive portal is not the server", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, serviceWorkers: "block" });
  const page = await context.newPage();
  await start(page, await invite(browser, baseURL!));
  await context.route("**/do/**", (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Welcome to our hotel</h1>" }),
  );
  await toChoice(page);
  const answer = await choose(page);
  await expect(mark(page)).toHaveText(/kept on this device/, { timeout: 6_000 });
  await context.unroute("**/do/**");
  await expect(mark(page)).toHaveText(/Saved/, { timeout: 25_000 });
  expect(await atTheServer(context, page.url())).toContain(answer);
  await context.close();
});

test("two windows without a line never overwrite each other", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL });
  const one = await context.newPage();
  await start(one, await invite(browser, baseURL!));
  await toChoice(one);
  const address = `${one.url().replace(/\?.*/, "")}?at=${await shown(one).getAttribute("data-item")}`;
  const two = await context.newPage();
  await two.goto(address);
  await awake(two);
  await context.setOffline(true);
  const first = await choose(one, 0);
  await expect(mark(one)).toHaveText(/kept on this device/);
  const second = await choose(two, 1);
  await expect(mark(two)).toHaveText(/kept on this device/);
  await context.setOffline(false);
  const notes = () => Promise.all([one, two].map((page) => page.locator("[data-contest]").count()));
  await expect.poll(async () => (await notes()).reduce((sum, count) => sum + count), { timeout: 20_000 }).toBe(1);
  const there = await atTheServer(context, address);
  expect(there.filter((answer) => answer === first || answer === second)).toHaveLength(1);
  const loser = (await one.locator("[data-contest]").count()) ? one : two;
  await loser.locator("[data-contest] [data-choose='mine']").click();
  await expect(mark(loser)).toHaveText(/Saved/);
  expect(await atTheServer(context, address)).toContain(loser === one ? first : second);
  await context.close();
});
