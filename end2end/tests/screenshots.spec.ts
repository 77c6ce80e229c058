// The pictures of README.md, made from the demo's people. They are made only when asked for:
//   TOUCHSTONE_SCREENSHOTS=1 ONLY=browser make test
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { CODES, expect, test } from "../support/house.ts";
import { next, question, start } from "../support/paper.ts";

test.use({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });

const DEMO = "Back-end developer, first round";

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(import.meta.dirname, "../screenshots", `${name}.png`), animations: "disabled" });
}

test("builder", async ({ as }) => {
  const page = await as("recruiter");
  await page.goto("/assessments");
  await page.getByRole("link", { name: DEMO, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: DEMO })).toBeVisible();
  await picture(page, "builder");
});

test("a question", async ({ invited, stranger }) => {
  const { link } = await invited("Robin Vale");
  const page = await stranger();
  await start(page, link);
  await question(page).getByRole("radio").nth(1).check();
  for (let number = 2; number <= Object.values(CODES).indexOf(CODES.diagnosis) + 1; number += 1) await next(page, number);
  await question(page).getByRole("radio").first().check();
  await question(page).getByRole("checkbox", { name: /^L5 / }).check();
  await expect(page.getByText(/^\s*Saved \d\d:/)).toBeVisible();
  await picture(page, "question");
});

test("results", async ({ as }) => {
  const page = await as("hr");
  await page.goto("/assessments");
  await page.getByRole("link", { name: DEMO, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: DEMO })).toBeVisible();
  await picture(page, "results");
  await page.getByRole("table").getByRole("rowheader").first().getByRole("link").click();
  await expect(page.getByRole("region", { name: "Profile by skill" })).toBeVisible();
  await picture(page, "attempt");
});
