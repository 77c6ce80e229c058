// The browser tests start the server themselves: the binary that `make test` built, with demo
// data in a folder of its own. `TOUCHSTONE_URL` tests a server that already runs instead.
import { defineConfig, devices } from "@playwright/test";
import { binary, dataFolder, root, site } from "./support/server.ts";

const port = Number(process.env.TOUCHSTONE_TEST_PORT ?? 3111);
const running = process.env.TOUCHSTONE_URL;
const baseURL = running ?? `http://127.0.0.1:${port}`;
// Workers load this file again: the first one to do so makes the folder for all.
const data = (process.env.TOUCHSTONE_TEST_DATA ??= dataFolder());

const PICTURES = "**/screenshots.spec.ts";

export default defineConfig({
  testDir: "./tests",
  outputDir: "./test-results",
  // All specs share one server and its demo data; each makes what it changes.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL,
    // Without these, one click on what is not there waits for the whole time of its test and says nothing.
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: [
        // Chromium's sandbox refuses to run as root, where CI often is.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  // Every spec runs with and without scripts, unless scripts change nothing of what it asks.
  projects: [
    { name: "scripts", use: { ...devices["Desktop Chrome"], javaScriptEnabled: true }, testIgnore: PICTURES },
    {
      name: "plain",
      use: { ...devices["Desktop Chrome"], javaScriptEnabled: false },
      // axe is a script itself, the words are the same, and only scripts keep anything on a device.
      testIgnore: [PICTURES, ...["looks", "pseudo", "cuts", "offline", "weight"].map((name) => `**/${name}.spec.ts`)],
    },
    // The pictures of README.md are made only when asked for.
    ...(process.env.TOUCHSTONE_SCREENSHOTS
      ? [{ name: "pictures", use: { ...devices["Desktop Chrome"], javaScriptEnabled: true }, testMatch: PICTURES }]
      : []),
  ],
  webServer: running
    ? undefined
    : {
        command: `exec "${binary}" serve --demo`,
        url: `${baseURL}/readyz`,
        cwd: root,
        env: {
          RUST_LOG: process.env.RUST_LOG ?? "warn",
          TOUCHSTONE_DATA: data,
          TOUCHSTONE_LISTEN: `127.0.0.1:${port}`,
          ...site,
        },
        stdout: "ignore",
        stderr: "pipe",
        timeout: 180_000,
        // It stops its own PostgreSQL.
        gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
      },
});
