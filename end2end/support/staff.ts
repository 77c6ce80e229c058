// What colleagues do, one function per thing that a person would name.
import { expect, type Download, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";

export const PASSWORD = "stones of the demo";
export type Role = "owner" | "recruiter" | "rater" | "hr";

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
}

/** Makes a draft and opens the builder. */
export async function makeDraft(page: Page, from: RegExp, title: string): Promise<void> {
  await page.goto("/assessments");
  await page.getByRole("radio", { name: from }).check();
  await page.getByLabel("Name", { exact: true }).fill(title);
  await page.getByRole("button", { name: "Make the draft" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** The section of the builder with this number. */
export function section(page: Page, number: number) {
  return page.getByRole("region", { name: new RegExp(`^${number}\\. `) });
}

/** Adds an item that everybody gets to the only section. */
export async function addItem(page: Page, code: string): Promise<void> {
  const field = page.getByLabel("Code of the item");
  if (!(await field.isVisible())) await page.getByText("Add an item that everybody gets").click();
  await field.fill(code);
  await page.getByRole("button", { name: "Add this item" }).click();
  await expect(section(page, 1).getByRole("row").filter({ hasText: code })).toBeVisible();
}

/** Makes an item of one's own with nothing in it and opens its editor. */
export async function startItem(page: Page, title: string, kind: string): Promise<void> {
  await page.goto("/items/new");
  await page.getByLabel("Title", { exact: true }).fill(title);
  await page.getByLabel("Skill", { exact: true }).selectOption("db.query-optimization");
  await page.getByRole("radio", { name: kind, exact: true }).check();
  await page.getByRole("button", { name: "Make it and open the editor" }).click();
  await expect(page.getByRole("button", { name: "Send to review" })).toBeVisible();
}

/** Publishes from the builder; the page of invitations follows. */
export async function publish(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Publish" }).first().click();
  await expect(page.getByLabel("Who should get an invitation?")).toBeVisible();
}

/** Sends invitations from the page of invitations. */
export async function invite(page: Page, lines: string[]): Promise<void> {
  await page.getByLabel("Who should get an invitation?").fill(lines.join("\n"));
  await page.getByRole("button", { name: "Send invitations" }).click();
}

/** Makes a new personal link and reads it off the page. */
export async function newLink(page: Page, person: string): Promise<string> {
  await page.getByRole("button", { name: `New link for ${person}`, exact: true }).click();
  return page.getByLabel("Personal link").inputValue();
}

/** The bytes of a file that the browser was given. */
export async function bytes(download: Download): Promise<Buffer> {
  return readFileSync(await download.path());
}

export type File = "Results" | "Skills" | "Answers";

/** Takes a file away from the page of exports, which must be open. */
export async function takeFile(page: Page, file: File, madeFor: "Programs" | "Spreadsheets"): Promise<Download> {
  await page.getByRole("radio", { name: new RegExp(`^${file} `) }).check();
  await page.getByRole("radio", { name: new RegExp(`^${madeFor} `) }).check();
  await page.getByRole("button", { name: "Show what I get" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Download/ }).click();
  return download;
}
