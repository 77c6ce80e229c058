// The way to the first question is light: few bytes on an empty cache, and painted on a slow line
// before any program has arrived.
import type { CDPSession, Page } from "@playwright/test";
import { expect, test } from "../support/house.ts";
import { at, question } from "../support/paper.ts";

/** Everything from the link to the first question, as it goes over the line. */
const BUDGET = 250_000;
/** What browsers' own tools call slow 3G. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

/** Counts what comes over the line from now on. */
async function weigh(page: Page): Promise<{ cdp: CDPSession; sizes: Map<string, number> }> {
  const cdp = await page.context().newCDPSession(page);
  const paths = new Map<string, string>();
  const sizes = new Map<string, number>();
  const add = (id: string, size: number) => {
    const path = paths.get(id) ?? "?";
    sizes.set(path, (sizes.get(path) ?? 0) + size);
  };
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => {
    const path = new URL(request.url).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "#").replace(/^\/i\/.*/, "/i/#");
    paths.set(requestId, `${request.method} ${path}`);
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => add(requestId, encodedDataLength));
  await cdp.send("Network.enable");
  return { cdp, sizes };
}

test("the first question comes within its bytes", async ({ stranger, invited }) => {
  const { link } = await invited();
  const page = await stranger();
  const { sizes } = await weigh(page);
  await page.goto(link);
  // All of the welcome page, with its program.
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: /^Start/ }).click();
  await at(page, 1);
  await expect(page.locator("[data-settings] button")).toBeHidden();
  // The page itself is the answer to a form, whose size only the page knows.
  const own = await page.evaluate(() => (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming).transferSize);
  expect(own, "the page of the question was weighed").toBeGreaterThan(1_000);
  sizes.set("GET /take/#/section", own);
  const all = [...sizes].sort(([, a], [, b]) => b - a);
  const total = all.reduce((sum, [, size]) => sum + size, 0);
  for (const [path, size] of all) console.log(`  ${path.padEnd(40)} ${String(size).padStart(8)} bytes`);
  console.log(`  ${"together".padEnd(40)} ${String(total).padStart(8)} of ${BUDGET} bytes`);
  expect(total).toBeGreaterThan(1_000);
  expect(total).toBeLessThanOrEqual(BUDGET);
});

test("on a slow line the question is painted without waiting for the program", async ({ stranger, invited }) => {
  const { link } = await invited();
  const page = await stranger();
  // It never arrives.
  await page.route("**/*.wasm", () => {});
  await page.goto(link, { waitUntil: "domcontentloaded" });
  await expect(page.getByRole("button", { name: /^Start/ })).toBeVisible();
  const { cdp } = await weigh(page);
  await cdp.send("Network.emulateNetworkConditions", SLOW);
  await page.getByRole("button", { name: /^Start/ }).click();
  await at(page, 1);
  const [arrived, painted] = await page.evaluate(
    () =>
      new Promise<[number, number]>((yes) => {
        const [way] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
        new PerformanceObserver((list) => yes([way!.responseEnd, list.getEntries().at(-1)!.startTime])).observe({
          type: "largest-contentful-paint",
          buffered: true,
        });
      }),
  );
  console.log(`  slow 3G: the page had arrived after ${Math.round(arrived)} ms, the largest paint came ${Math.round(painted - arrived)} ms later (goal: below 1000)`);
  // It works like a page without scripts.
  await question(page).getByRole("radio").first().check();
  await question(page).getByRole("button", { name: "Next" }).click({ noWaitAfter: true });
  await at(page, 2);
});
