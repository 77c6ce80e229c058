// A recruiter on an empty house: sets it up, builds, is refused where the plan is bad, publishes,
// invites many people, and copies a link that leads somewhere.
import type { Locator } from "@playwright/test";
import { expect, freshAddress, test as base } from "../support/house.ts";
import { startFresh } from "../support/server.ts";
import { invite, makeDraft, newLink, publish, section, signIn } from "../support/staff.ts";

const test = base.extend<{ bootstrap: string }>({
  bootstrap: async ({}, use) => {
    const server = await startFresh();
    await use(server.printed);
    await server.stop();
  },
});

const OWNER = { email: "vera@example.org", password: "three grey stones in a row" };

test("from the first start to the first candidate", async ({ bootstrap, stranger, javaScriptEnabled }) => {
  test.slow();
  const address = new URL(bootstrap);
  const page = await stranger({ baseURL: address.origin });

  await test.step("the printed address makes the first owner, once", async () => {
    await page.goto(bootstrap);
    await page.getByLabel("Organisation").fill("Kvarts Rederi");
    await page.getByLabel("Name", { exact: true }).fill("Vera Lund");
    await page.getByLabel("Email").fill(OWNER.email);
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Make organisation and owner" }).click();
    await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/Use at least 8 characters\./);
    await expect(page.getByLabel("Organisation")).toHaveValue("Kvarts Rederi");
    await page.getByLabel("Password").fill(OWNER.password);
    await page.getByRole("button", { name: "Make organisation and owner" }).click();
    await expect(page.getByRole("link", { name: "Vera Lund" })).toBeVisible();
    const again = await page.goto(bootstrap);
    expect(again?.status()).toBe(404);
  });

  await test.step("signs out and in again; a wrong password says nothing about the address", async () => {
    await page.goto("/");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByText("You are signed out.")).toBeVisible();
    await page.getByLabel("Email").fill(OWNER.email);
    await page.getByLabel("Password").fill("three grey stones in a hat");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toContainText("The email and the password do not match.");
    await signIn(page, OWNER.email, OWNER.password);
  });

  const data = section(page, 1);
  const settings = data.getByText(/^Return allowed · /);
  const draw = data.getByLabel("How many").first();
  const openFold = async (words: Locator, field: Locator) => {
    if (!(await field.isVisible())) await words.click();
  };

  await test.step("drafts from a role and changes a section", async () => {
    await makeDraft(page, /^20-minute broad screen/, "Deck hands who code");
    const items = async () => Number(/^(\d+) items/.exec(await data.getByText(/^\d+ items, /).innerText())?.[1]);
    const before = await items();
    await openFold(data.locator("details.pool > summary").first(), draw);
    await draw.fill(String(Number(await draw.inputValue()) + 1));
    if (javaScriptEnabled) {
      // The figures follow while somebody types.
      await expect(data.getByText(/^\d+ items, /)).toHaveText(new RegExp(`^${before + 1} items, `));
    }
    const name = data.getByLabel("Name of the section");
    await openFold(settings, name);
    await name.fill("Tables and queries");
    await page.getByRole("button", { name: "Save the draft" }).first().click();
    await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
    await expect(page.getByRole("heading", { level: 3, name: "1. Tables and queries" })).toBeVisible();
    expect(await items()).toBe(before + 1);
  });

  await test.step("a bad plan is refused with a sentence at the field, and keeps what was typed", async () => {
    const limit = page.getByLabel("Time limit");
    await limit.fill("0");
    await page.getByRole("button", { name: "Publish" }).first().click();
    await expect(page.getByRole("alert")).toContainText("Give at least one minute.");
    await expect(limit).toHaveAttribute("aria-invalid", "true");
    await expect(limit).toHaveAccessibleDescription(/Give at least one minute\./);
    await expect(limit).toHaveValue("0");
    await page.getByRole("alert").getByRole("link", { name: "Give at least one minute." }).click();
    await expect(limit).toBeFocused();
    await limit.fill("30");
    await openFold(data.locator("details.pool > summary").first(), draw);
    const count = await draw.inputValue();
    await draw.fill("90");
    await page.getByRole("button", { name: "Publish" }).first().click();
    await expect(data.getByText(/items fit this draw, and \d+ are wanted\.$/).first()).toBeVisible();
    for (const link of await page.getByRole("alert").getByRole("link").all()) {
      const target = (await link.getAttribute("href"))!.slice(1);
      await expect(page.locator(`[id="${target}"]`), `the summary leads to #${target}`).toBeVisible();
    }
    await draw.fill(count);
  });

  await test.step("publishes", async () => {
    await publish(page);
    await expect(page.getByText(/^Version 1, published/)).toBeVisible();
  });

  const people = Array.from({ length: 12 }, () => freshAddress(test.info().workerIndex));
  await test.step("one bad line keeps everybody back, and is named", async () => {
    const lines = people.map((person, n) => (n % 2 ? person : `Person ${n} <${person}>`));
    await invite(page, [...lines.slice(0, 7), "nobody.example.org", ...lines.slice(7)]);
    await expect(page.getByRole("alert")).toContainText("1 line needs a change. Nothing has been sent.");
    await expect(page.getByRole("alert")).toContainText("Line 8: “nobody.example.org” has no @ sign");
    await expect(page.getByLabel("Who should get an invitation?")).toHaveValue(/nobody\.example\.org/);
    const read = page.getByRole("table", { name: "How each line was read" });
    await expect(read.getByRole("row", { name: /Ready/ })).toHaveCount(people.length);
    // Nobody was invited.
    await page.goto(page.url());
    await expect(page.getByText("Nobody yet.")).toBeVisible();
    await invite(page, [...lines, lines[0]!]);
    await expect(page.getByText("12 invitations are on their way. 1 line was left out.")).toBeVisible();
    await expect(page.getByRole("table", { name: "Invitations" }).getByRole("row")).toHaveCount(1 + people.length);
  });

  await test.step("a copied link leads to the welcome page, and a newer one ends it", async () => {
    const person = people[1]!;
    const old = await newLink(page, person);
    expect(new URL(old).origin).toBe(address.origin);
    const guest = await stranger({ baseURL: address.origin });
    await guest.goto(old);
    await expect(guest.getByRole("heading", { level: 1, name: "Deck hands who code" })).toBeVisible();
    await expect(guest.getByText("Kvarts Rederi").first()).toBeVisible();
    await page.getByRole("button", { name: "New link" }).click();
    const fresh = await page.getByLabel("Personal link").inputValue();
    expect(fresh).not.toBe(old);
    const late = await stranger({ baseURL: address.origin });
    await late.goto(old);
    await expect(late.getByRole("heading", { level: 1, name: "This link does not lead anywhere" })).toBeVisible();
  });

  await test.step("the mail that was written has a link that works too", async () => {
    await page.goto("/outbox");
    await page.getByRole("link", { name: new RegExp(people[3]!) }).first().click();
    // A mail is written by the sender's next round.
    let link: string | undefined;
    await expect(async () => {
      await page.reload();
      link = /http:\/\/\S+\/i\/\S+/.exec(await page.getByRole("main").innerText())?.[0];
      expect(link).toBeTruthy();
    }).toPass({ timeout: 30_000 });
    const guest = await stranger({ baseURL: address.origin });
    await guest.goto(link!);
    await expect(guest.getByRole("heading", { level: 1, name: "Deck hands who code" })).toBeVisible();
  });
});

test("skills chosen in the catalog become a draft, through filters and without scripts", async ({ as }) => {
  const page = await as("recruiter");
  await page.goto("/catalog");
  const tray = page.getByRole("button", { name: "Start an assessment" });
  await expect(tray).toBeHidden();
  await page.getByRole("checkbox", { name: "Choose SQL querying" }).check();
  await expect(tray).toBeVisible();

  await page.getByRole("searchbox", { name: "Search skills" }).fill("api");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByRole("checkbox", { name: "Choose SQL querying" })).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: "SQL querying" })).toBeChecked();
  await page.getByRole("checkbox", { name: "Choose REST API design" }).check();

  await tray.click();
  await expect(page.getByRole("heading", { level: 1, name: "SQL querying, REST API design" })).toBeVisible();
  await expect(section(page, 1).getByText("4 items, ")).toBeVisible();
  await expect(section(page, 2).getByText("4 items, ")).toBeVisible();
  // Nothing stands in its way: what begins here can be asked at once.
  await publish(page);
});

test("nobody starts an assessment from nothing, and who may not build sees no boxes", async ({ as }) => {
  const page = await as("recruiter");
  await page.goto("/catalog?skill=db.sql-querying&q=sql");
  await page.getByRole("checkbox", { name: "Choose SQL querying" }).uncheck();
  const answer = await page.request.post("/catalog", { form: { q: "sql" }, headers: { origin: new URL(page.url()).origin } });
  expect(answer.status()).toBe(422);
  expect(await answer.text()).toContain("Choose at least one skill.");
  const rater = await as("rater");
  await rater.goto("/catalog");
  await expect(rater.getByRole("row").filter({ hasText: "SQL querying" })).toBeVisible();
  await expect(rater.getByRole("checkbox", { name: /^Choose / })).toHaveCount(0);
});
