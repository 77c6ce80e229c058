// Every page of the house, as a person with the right role reaches it.
import { expect, type Page } from "@playwright/test";
import type { WorkerHouse } from "./house.ts";
import { startItem, type Role } from "./staff.ts";

/** What pages are about, made when the first of them asks for it. */
export type World = Pick<WorkerHouse, "everyKind" | "ownItem">;

/** A page of the staff: who looks, and how they get there. */
export interface StaffPage {
  name: string;
  role: Role;
  open: (page: Page, world: World) => Promise<unknown>;
}

const DEMO = "Back-end developer, first round";

/** Opens a page of the demo's large assessment. */
async function ofDemo(page: Page, rest: string): Promise<void> {
  await page.goto("/assessments");
  const path = await page.getByRole("link", { name: DEMO, exact: true }).getAttribute("href");
  await page.goto(path!.replace(/\/results$/, "") + rest);
  await expect(page.getByRole("heading", { level: 1, name: DEMO })).toBeVisible();
}

const at = (path: string) => (page: Page) => page.goto(path);

/** Follows the first row of the only table, and waits for what must be there then. */
async function ofFirstRow(page: Page, name?: string): Promise<void> {
  await page.getByRole("table", name ? { name } : {}).getByRole("rowheader").first().getByRole("link").click();
}

/** Opens one attempt of the demo's large assessment, once its responses stand there. */
function ofAttempt(query: string, responses: string) {
  return async (page: Page): Promise<void> => {
    await ofDemo(page, `/results${query}`);
    await ofFirstRow(page);
    await expect(page.getByRole("region", { name: responses })).toBeVisible();
  };
}

/** Kinds whose editors look different. */
const HALF_ITEMS = ["multiple response", "numeric", "ordering", "rating", "best and worst", "log diagnosis"];

export const STAFF: StaffPage[] = [
  { name: "assessments", role: "recruiter", open: at("/assessments") },
  { name: "archived assessments", role: "recruiter", open: at("/assessments?archived=1") },
  { name: "builder", role: "recruiter", open: (page) => ofDemo(page, "") },
  {
    name: "builder, refused",
    role: "recruiter",
    open: async (page, { everyKind: { path } }) => {
      await page.goto(path);
      await page.getByLabel("Time limit").fill("soon");
      await page.getByRole("button", { name: "Save the draft" }).first().click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  { name: "preview", role: "recruiter", open: (page, { everyKind }) => page.goto(`${everyKind.path}/preview`) },
  { name: "invite", role: "recruiter", open: (page) => ofDemo(page, "/invite") },
  {
    name: "invite, refused",
    role: "recruiter",
    open: async (page, { everyKind: { path } }) => {
      await page.goto(`${path}/invite`);
      await page.getByLabel("Who should get an invitation?").fill("a@example.org\nnobody at example.org");
      await page.getByRole("button", { name: "Check the lines" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "one invitation",
    role: "owner",
    open: async (page) => {
      await ofDemo(page, "/invite?status=submitted");
      await ofFirstRow(page, "Invitations");
      await expect(page.getByRole("heading", { name: "Attempt" })).toBeVisible();
    },
  },
  { name: "live", role: "owner", open: (page) => ofDemo(page, "/live") },
  { name: "results", role: "hr", open: (page) => ofDemo(page, "/results") },
  { name: "results, nobody found", role: "hr", open: (page) => ofDemo(page, "/results?q=zzzz") },
  { name: "one attempt, without keys", role: "hr", open: ofAttempt("", "Responses") },
  { name: "one attempt, with keys", role: "recruiter", open: ofAttempt("?sort=name", "Responses beside the key") },
  { name: "export", role: "hr", open: (page) => ofDemo(page, "/export") },
  { name: "exports", role: "hr", open: at("/exports") },
  { name: "catalog", role: "recruiter", open: at("/catalog") },
  { name: "skill", role: "recruiter", open: at("/catalog/db.sql-querying") },
  { name: "item bank", role: "recruiter", open: at("/items") },
  { name: "item with options", role: "recruiter", open: at("/items/db-0001-tenant-index") },
  { name: "item with a log", role: "recruiter", open: at("/items/soft-0056-worker-not-started") },
  { name: "item to rate", role: "recruiter", open: at("/items/soft-0054-delegate-critical-migration") },
  { name: "new item", role: "recruiter", open: at("/items/new") },
  {
    name: "new item, refused",
    role: "recruiter",
    open: async (page) => {
      await page.goto("/items/new");
      await page.getByLabel("Title", { exact: true }).fill("About nothing");
      await page.getByRole("button", { name: "Make it and open the editor" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  // Half an item: every rule has something to say.
  ...HALF_ITEMS.map((kind) => ({
    name: `editor, ${kind}`,
    role: "recruiter" as const,
    open: async (page: Page) => {
      await startItem(page, `Half of one, ${kind}`, kind);
    },
  })),
  {
    name: "editor, a number that is none",
    role: "recruiter",
    open: async (page) => {
      await startItem(page, "Seconds in words", "single choice");
      await page.getByLabel("Seconds").fill("long");
      await page.getByRole("button", { name: "Save", exact: true }).first().click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  { name: "editor, as a file", role: "recruiter", open: async (page, { ownItem }) => page.goto(`${await ownItem()}/edit?file=1`) },
  { name: "own item, by its author", role: "recruiter", open: async (page, { ownItem }) => page.goto(await ownItem()) },
  { name: "own item, by its reviewer", role: "rater", open: async (page, { ownItem }) => page.goto(await ownItem()) },
  {
    name: "history of an item",
    role: "recruiter",
    open: async (page, { ownItem }) => {
      await page.goto(`${await ownItem()}/history`);
      await expect(page.getByRole("region", { name: "From revision 1 to 2" })).toBeVisible();
    },
  },
  { name: "people", role: "owner", open: at("/people") },
  {
    name: "one colleague",
    role: "owner",
    open: async (page) => {
      await page.goto("/people");
      await page.getByRole("link", { name: "Henrik Dahl" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Henrik Dahl" })).toBeVisible();
    },
  },
  { name: "what candidates see", role: "owner", open: at("/people/candidates") },
  { name: "own account", role: "rater", open: at("/account") },
  { name: "log", role: "owner", open: at("/audit") },
  { name: "a rater's first page", role: "rater", open: at("/") },
  { name: "outbox", role: "owner", open: at("/outbox") },
  {
    name: "one mail",
    role: "owner",
    open: async (page) => {
      await page.goto("/outbox");
      await ofFirstRow(page);
      await expect(page).toHaveURL(/\/outbox\/./);
    },
  },
  { name: "not there", role: "hr", open: at("/assessments/nothing") },
];

/** What everybody can open. */
export const PUBLIC: { name: string; path: string }[] = [
  { name: "sign in", path: "/sign-in" },
  { name: "forgotten password", path: "/reset" },
  { name: "a link that leads nowhere", path: `/i/${"A".repeat(43)}` },
];
