// The world of a test: pages of signed-in colleagues, and a published paper with a question of
// every kind. Signing in and building happen once per worker; what a test changes, it makes.
import { test as base, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { source } from "./catalog.ts";
import { addItem, invite, makeDraft, newLink, publish, signIn, startItem, type Role } from "./staff.ts";

/** A question of every kind, in the order of the paper. */
export const CODES = {
  single: "db-0001-tenant-index",
  multiple: "sec-0041-upload-endpoint-review",
  numeric: "ops-0054-error-budget-minutes",
  ordering: "prog-0066-order-use-a-debugger",
  rating: "soft-0054-delegate-critical-migration",
  bestWorst: "soft-0002-late-pull-request",
  diagnosis: "soft-0056-worker-not-started",
} as const;

/** A published assessment. */
export interface Published {
  title: string;
  /** `/assessments/…` */
  path: string;
}

type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

export interface WorkerHouse {
  /** The cookies of a colleague. */
  session: (role: Role) => Promise<Session>;
  /** A question of every kind in one section with free movement. */
  everyKind: Published;
  /** The path of an item that the recruiter has written and sent to review; its second revision. */
  ownItem: () => Promise<string>;
}

interface House {
  /** A new window of a colleague, with or without scripts as the project says. */
  as: (role: Role, options?: BrowserContextOptions) => Promise<Page>;
  /** Invites somebody new and gives the link, and the address that was invited. */
  invited: (name?: string) => Promise<{ link: string; email: string }>;
  /** Another browser, which knows nobody. */
  stranger: (options?: BrowserContextOptions) => Promise<Page>;
}

let guests = 0;

/** An address that no other test has used. */
export function freshAddress(worker: number): string {
  guests += 1;
  return `guest-${process.pid}-${worker}-${guests}@example.org`;
}

async function window(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  return context.newPage();
}

export const test = base.extend<House, WorkerHouse>({
  session: [
    async ({ browser }, use, info) => {
      const sessions = new Map<Role, Promise<Session>>();
      const baseURL = info.project.use.baseURL;
      const begin = async (role: Role): Promise<Session> => {
        const page = await window(browser, { baseURL });
        await signIn(page, `${role}@demo.example`);
        const session = await page.context().storageState();
        await page.context().close();
        return session;
      };
      await use((role) => {
        const session = sessions.get(role) ?? begin(role);
        sessions.set(role, session);
        return session;
      });
    },
    { scope: "worker" },
  ],

  everyKind: [
    async ({ browser, session }, use, info) => {
      // On the pictures of README.md it should look like one of somebody.
      const title = process.env.TOUCHSTONE_SCREENSHOTS ? "Back-end developer, second round" : `Every kind ${process.pid}`;
      const page = await window(browser, {
        baseURL: info.project.use.baseURL,
        storageState: await session("recruiter"),
      });
      await makeDraft(page, /^Nothing: I choose/, title);
      await page.getByLabel("Time limit").fill("45");
      await page.getByRole("button", { name: "Add a section" }).click();
      await page.getByLabel("Name of the section").fill("One of each");
      await page.getByLabel("Items in random order").uncheck();
      await page.getByRole("button", { name: /^Remove draw/ }).click();
      for (const code of Object.values(CODES)) await addItem(page, code);
      await publish(page);
      const path = new URL(page.url()).pathname.replace(/\/invite$/, "");
      await page.context().close();
      await use({ title, path });
    },
    { scope: "worker" },
  ],

  ownItem: [
    async ({ browser, session }, use, info) => {
      const write = async (): Promise<string> => {
        const page = await window(browser, { baseURL: info.project.use.baseURL, storageState: await session("recruiter") });
        await startItem(page, `Our own index ${process.pid}`, "single choice");
        const path = new URL(page.url()).pathname.replace(/\/edit$/, "");
        await page.goto(`${path}/edit?file=1`);
        const whole = source(CODES.single).replace(/^id = .*$/m, `id = "${path.replace("/items/", "")}"`);
        await page.getByLabel("Item file").fill(whole);
        await page.getByRole("button", { name: "Send to review" }).click();
        await page.waitForURL(/done=submitted/);
        await page.context().close();
        return path;
      };
      let written: Promise<string> | undefined;
      await use(() => (written ??= write()));
    },
    { scope: "worker" },
  ],

  as: async ({ browser, session, contextOptions, javaScriptEnabled, viewport, baseURL }, use) => {
    const opened: Page[] = [];
    await use(async (role, options = {}) => {
      const storageState = await session(role);
      const all = { ...contextOptions, baseURL, viewport, javaScriptEnabled, storageState, ...options };
      const page = await window(browser, all);
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
  },

  stranger: async ({ browser, contextOptions, javaScriptEnabled, viewport, baseURL }, use) => {
    const opened: Page[] = [];
    await use(async (options = {}) => {
      const page = await window(browser, { ...contextOptions, baseURL, viewport, javaScriptEnabled, ...options });
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
  },

  invited: async ({ as, everyKind }, use, info) => {
    await use(async (name) => {
      const page = await as("recruiter");
      const email = freshAddress(info.workerIndex);
      await page.goto(`${everyKind.path}/invite`);
      await invite(page, [name ? `${name} <${email}>` : email]);
      const link = await newLink(page, name ?? email);
      await page.context().close();
      return { link, email };
    });
  },
});

export { expect } from "@playwright/test";
