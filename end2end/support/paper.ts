// What a candidate does. The same words work with and without scripts: without them every act is a
// page load, with them the answer is saved when the mark at the top says so.
import { expect, type Locator, type Page } from "@playwright/test";

/** Opens the link and presses Start. */
export async function start(page: Page, link: string, name?: string): Promise<void> {
  await page.goto(link);
  if (name) await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: /^Start/ }).click();
  await at(page, 1);
}

/** Waits until a question is on the screen. */
export async function at(page: Page, number: number): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(`^Question ${number} of `) })).toBeVisible();
}

/** The question on the screen; the others of the section are in the page, but hidden. */
export function question(page: Page): Locator {
  return page.locator("[data-item]:visible");
}

export async function next(page: Page, to: number): Promise<void> {
  await question(page).getByRole("button", { name: "Next" }).click();
  await at(page, to);
}

/** The number of a question in the list of all. */
export function spot(page: Page, number: number): Locator {
  return page
    .getByRole("navigation", { name: "All questions" })
    .getByRole("button", { name: new RegExp(`^${number} ?,`) });
}

/** With scripts: waits until the server has everything. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^\s*Saved \d\d:\d\d:\d\d/)).toBeVisible();
  await expect(page.getByText(/^\s*Saving/)).toBeHidden();
}

/** The words of the steps, from the top. */
export function steps(page: Page): Locator {
  return question(page).getByRole("list").getByRole("listitem");
}

/** Moves a step up by one. */
export async function moveUp(page: Page, step: string): Promise<void> {
  await question(page).getByRole("button", { name: `Move up: ${step}` }).click();
}

export async function review(page: Page): Promise<void> {
  await question(page).getByRole("button", { name: "Review and submit" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Review and submit" })).toBeVisible();
}

export async function handIn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Submit the assessment" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Submitted. Thank you." })).toBeVisible();
}
