// Servers of a test's own: an empty one, as somebody starts it for the first time, or one in another
// language.
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");
export const binary = process.env.TOUCHSTONE_BIN ?? join(root, "target/debug/touchstone");

/** Where the built files of the browser lie. */
export const site = {
  LEPTOS_OUTPUT_NAME: "touchstone",
  LEPTOS_SITE_ROOT: join(root, "target/site"),
  LEPTOS_SITE_PKG_DIR: "pkg",
  LEPTOS_ENV: "PROD",
};

/** A folder that the database's account can reach too: as root, the server lends it another one. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-e2e-"));
  chmodSync(folder, 0o755);
  return folder;
}

export interface Server {
  url: string;
  /** The address that it prints: where the first owner signs up, or the open invitation of the demo. */
  printed: string;
  stop: () => Promise<void>;
}

/** Starts a server of its own on an empty folder and waits until it has said where to go. */
export async function startFresh(settings: Record<string, string> = {}): Promise<Server> {
  const data = dataFolder();
  const port = await freePort();
  const { DATABASE_URL: _, ...env } = process.env;
  const server = spawn(binary, ["serve"], {
    cwd: root,
    env: { ...env, ...site, RUST_LOG: "warn", TOUCHSTONE_DATA: data, TOUCHSTONE_LISTEN: `127.0.0.1:${port}`, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // Also when a test gives up before the server is there: then nobody calls `stop`.
  const withUs = () => server.kill("SIGTERM");
  process.once("exit", withUs);
  const ended = new Promise<void>((done) => server.once("exit", () => done()));
  const stop = async () => {
    process.off("exit", withUs);
    server.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const printed = await said(server, /http:\S+\/(bootstrap|i)\/\S+/);
    return { url: `http://127.0.0.1:${port}`, printed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for words on the server's standard output. */
function said(server: ChildProcess, words: RegExp): Promise<string> {
  return new Promise((found, failed) => {
    let text = "";
    server.stdout?.on("data", (piece: Buffer) => {
      text += piece.toString();
      const match = words.exec(text);
      if (match) found(match[0]);
    });
    server.once("exit", (code) => failed(new Error(`the server ended with ${code} and had said: ${text}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address ? found(address.port) : failed(new Error("no port"))));
    });
  });
}
