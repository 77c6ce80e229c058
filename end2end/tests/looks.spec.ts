// Every page, for everybody: axe in light, dark and forced colours, a phone, and twice the size.
import { expect, test } from "../support/house.ts";
import { looksRight } from "../support/looks.ts";
import { PUBLIC, STAFF } from "../support/pages.ts";
import { at, handIn, next, question, review, start } from "../support/paper.ts";

for (const { name, path } of PUBLIC) {
  test(`public: ${name}`, async ({ page }) => {
    await page.goto(path);
    await looksRight(page);
  });
}

for (const { name, role, open } of STAFF) {
  test(`staff: ${name}`, async ({ as, everyKind, ownItem }) => {
    test.slow();
    const page = await as(role);
    await open(page, { everyKind, ownItem });
    await looksRight(page);
  });
}

test("candidate: from the welcome page to the receipt", async ({ stranger, invited }) => {
  // A dozen pages in a row.
  test.setTimeout(360_000);
  const { link } = await invited();
  const page = await stranger();
  await page.goto(link);
  await test.step("welcome", () => looksRight(page));
  await page.getByRole("link", { name: "Try the kinds of question" }).click();
  for (let number = 1; number <= 7; number += 1) {
    await expect(page.getByRole("heading", { level: 1, name: new RegExp(`^Practice ${number} of 7`) })).toBeVisible();
    await test.step(`practice ${number}`, () => looksRight(page));
    if (number < 7) await page.getByRole("link", { name: "Next", exact: true }).click();
  }
  await start(page, link);
  for (let number = 1; number <= 7; number += 1) {
    await test.step(`question ${number}`, () => looksRight(page));
    if (number < 7) await next(page, number + 1);
  }
  await question(page).getByRole("checkbox", { name: "Flag for later" }).check();
  await review(page);
  await test.step("review", () => looksRight(page));

  const second = await stranger();
  await second.goto(link);
  await test.step("the question of the second device", () => looksRight(second));
  await second.getByRole("link", { name: "Only look" }).click();
  await at(second, 1);
  await test.step("only looking", () => looksRight(second));
  await second.goto(link);
  await second.getByRole("button", { name: "Continue on this device" }).click();
  await at(second, 1);

  await page.getByRole("button", { name: /^7 ?,/ }).first().click();
  await expect(page.getByRole("heading", { name: "This assessment is open on another device" })).toBeVisible();

  await second.goto(`${new URL(second.url()).pathname.replace(/section$/, "review")}`);
  await handIn(second);
  await test.step("receipt", () => looksRight(second));
});
