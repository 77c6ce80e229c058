// The browser tests start the server themselves: the binary that `make test` built, with demo
// data in a folder of its own. `TOUCHSTONE_URL` tests a server that already runs instead.
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defineConfig, devices } from "@playwright/test";

const port = Number(process.env.TOUCHSTONE_TEST_PORT ?? 3111);
const running = process.env.TOUCHSTONE_URL;
const baseURL = running ?? `http://127.0.0.1:${port}`;
const root = resolve(import.meta.dirname, "..");
// Workers load this file again: the first one to do so makes the folder for all.
const data = (process.env.TOUCHSTONE_TEST_DATA ??= makeDataFolder());

/** A folder that the database's account can reach too: as root, the server lends it another one. */
function makeDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-e2e-"));
  chmodSync(folder, 0o755);
  return folder;
}

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
  // Every spec runs with and without scripts; one that is about scripts alone says so with
  // `test.skip(({ javaScriptEnabled }) => …)`.
  projects: [
    { name: "scripts", use: { ...devices["Desktop Chrome"], javaScriptEnabled: true } },
    { name: "plain", use: { ...devices["Desktop Chrome"], javaScriptEnabled: false } },
  ],
  webServer: running
    ? undefined
    : {
        command: `exec "${process.env.TOUCHSTONE_BIN ?? join(root, "target/debug/touchstone")}" serve --demo`,
        url: `${baseURL}/readyz`,
        cwd: root,
        env: {
          RUST_LOG: process.env.RUST_LOG ?? "warn",
          TOUCHSTONE_DATA: data,
          TOUCHSTONE_LISTEN: `127.0.0.1:${port}`,
          LEPTOS_OUTPUT_NAME: "touchstone",
          LEPTOS_SITE_ROOT: join(root, "target/site"),
          LEPTOS_SITE_PKG_DIR: "pkg",
          LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
          LEPTOS_ENV: "PROD",
        },
        stdout: "ignore",
        stderr: "pipe",
        timeout: 180_000,
        // It stops its own PostgreSQL.
        gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
      },
});
