// A whole assessment without a mouse: Tab, arrows, Space and Enter, and where the focus is after each.
import type { Locator, Page } from "@playwright/test";
import { item } from "../support/catalog.ts";
import { parse } from "../support/csv.ts";
import { CODES, expect, test } from "../support/house.ts";
import { at, question, steps } from "../support/paper.ts";
import { bytes, takeFile } from "../support/staff.ts";

/** Presses Tab until something has the focus; the focus must be visible on the way. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const ring = await page.evaluate(() => {
      const one = document.activeElement!;
      // A native box shows the ring on its row.
      return [one, ...[one.closest("label"), one.closest("li")].filter((row) => row !== null)].some((row) => {
        const style = getComputedStyle(row);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
      });
    });
    const where = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120));
    expect(ring, `focus can be seen on ${where}`).toBe(true);
    if (await target.evaluate((one) => one === document.activeElement)) return;
  }
  throw new Error(`Tab never came to ${String(target)}`);
}

async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

const button = (page: Page, name: string | RegExp) => question(page).getByRole("button", { name, exact: true });

test("from the link to the receipt by keyboard alone", async ({ stranger, invited, as, everyKind }) => {
  test.slow();
  const { link, email } = await invited();
  const page = await stranger();
  await page.goto(link);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await tabTo(page, page.getByLabel("Your name"));
  await page.keyboard.type("Kim Keys");
  await page.keyboard.press("Enter");
  await at(page, 1);
  const wanted: Record<string, string> = {};

  await test.step("radio buttons: arrows choose", async () => {
    await press(page, question(page).getByRole("radio").first(), "Space");
    await page.keyboard.press("ArrowDown");
    const second = question(page).getByRole("radio").nth(1);
    await expect(second).toBeChecked();
    await expect(second).toBeFocused();
    wanted[CODES.single] = await second.inputValue();
    await press(page, button(page, "Next"));
    await at(page, 2);
  });

  await test.step("boxes: Space ticks", async () => {
    const boxes = question(page).getByRole("group").getByRole("checkbox");
    await press(page, boxes.first(), "Space");
    await press(page, boxes.nth(1), "Space");
    wanted[CODES.multiple] = [await boxes.first().inputValue(), await boxes.nth(1).inputValue()].sort().join("; ");
    await press(page, question(page).getByRole("checkbox", { name: "Flag for later" }), "Space");
    await press(page, button(page, "Next"));
    await at(page, 3);
  });

  await test.step("a number; Enter in the field saves and stays", async () => {
    await tabTo(page, question(page).getByRole("textbox"));
    await page.keyboard.type("42.5");
    await page.keyboard.press("Enter");
    await at(page, 3);
    await expect(question(page).getByRole("textbox")).toHaveValue("42.5");
    wanted[CODES.numeric] = "42.5";
    await press(page, button(page, "Next"));
    await at(page, 4);
  });

  await test.step("order: the focus follows the step", async () => {
    const words = await steps(page).nth(2).locator("span").first().innerText();
    const up = question(page).getByRole("button", { name: `Move up: ${words}` });
    await press(page, up);
    await expect(steps(page).nth(1)).toContainText(words);
    await expect(up).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(steps(page).nth(0)).toContainText(words);
    await expect(up).toBeFocused();
    const ids = await steps(page).evaluateAll((all) => all.map((step) => step.getAttribute("data-step")));
    wanted[CODES.ordering] = ids.join(" > ");
    await press(page, button(page, "Next"));
    await at(page, 5);
  });

  await test.step("rating: one stop per response", async () => {
    const rows = question(page).getByRole("radiogroup");
    for (let n = 0; n < (await rows.count()); n += 1) {
      await press(page, rows.nth(n).getByRole("radio").first(), "Space");
      await page.keyboard.press("ArrowRight");
      await expect(rows.nth(n).getByRole("radio").nth(1)).toBeChecked();
    }
    wanted[CODES.rating] = item(CODES.rating).choices.map(({ id }) => `${id}=2`).join("; ");
    await press(page, button(page, "Next"));
    await at(page, 6);
  });

  await test.step("the palette leads to the last question, and back to a flagged one", async () => {
    const palette = page.getByRole("navigation", { name: "All questions" });
    const spot = (n: number) => palette.getByRole("button", { name: new RegExp(`^${n} ?,`) });
    // The list stands before the question.
    await page.reload();
    await press(page, spot(7));
    await at(page, 7);
    const log = question(page).getByRole("checkbox", { name: /^L\d/ });
    await tabTo(page, log.first());
    await page.keyboard.press("Space");
    await expect(log.first()).toBeChecked();
    await press(page, button(page, "Review and submit"));
    await expect(page.getByRole("heading", { level: 1, name: "Review and submit" })).toBeVisible();
  });

  await test.step("hand in", async () => {
    await press(page, page.getByRole("button", { name: "Submit the assessment" }));
    await expect(page.getByRole("heading", { level: 1, name: "Submitted. Thank you." })).toBeVisible();
  });

  await test.step("what was pressed is what arrived", async () => {
    const hr = await as("hr");
    await hr.goto(`${everyKind.path}/export`);
    const rows = parse(await bytes(await takeFile(hr, "Answers", "Programs"))).filter((row) => row.email === email);
    const answered = rows.filter((row) => row.response_state === "complete");
    expect(Object.fromEntries(answered.map((row) => [row.item, row.response]))).toEqual(wanted);
    expect(new Set(rows.map((row) => row.last_name))).toEqual(new Set(["Kim Keys"]));
  });
});
