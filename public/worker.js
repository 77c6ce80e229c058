// Answers for the network while it is away: the page of the section, sealed, and the files that it
// needs. It only ever reads; everything else goes straight to the server.
importScripts("/keep.js");

const scope = new URL(registration.scope).pathname;
const id = scope.split("/")[2];
const store = `touchstone-${id}`;
const PATIENCE = 5000;
const SPREAD = 15000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// The window that registered this worker was loaded without it: take in what it was made of.
addEventListener("message", (event) => event.waitUntil(prepare(event.data)));

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(page(event, pathname));
  else if (isFile(pathname)) event.respondWith(file(event));
});

const isFile = (path) => /^\/(pkg\/.+|keep\.js|\w+\.svg)$/.test(path);
// A sign-in page of a hotel is not ours, whatever its status says.
const isOurs = (answer) => !!answer.headers.get("content-security-policy")?.includes("'strict-dynamic'");
const isWorking = (answer) => answer && answer.status < 500 && answer.status !== 429;

async function soon(request) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    return await fetch(request, { signal: giveUp.signal });
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function page(event, path) {
  const answer = await soon(event.request);
  const isSection = path === `${scope}section`;
  if (isWorking(answer)) {
    if (answer.type === "opaqueredirect" || !isSection) return answer;
    if (isOurs(answer)) {
      if (answer.ok) event.waitUntil(take(answer.clone()));
      return answer;
    }
  }
  const held = await keep.get(id, "page", "document").catch(() => undefined);
  if (!held) return answer ?? Response.error();
  if (!isSection) return Response.redirect(`${scope}section`);
  const { at, headers, body } = JSON.parse(held);
  const age = `<meta name="kept-for" content="${Math.max(0, Date.now() - at)}">`;
  return new Response(body.replace("<head>", `<head>${age}`), { headers });
}

async function take(answer) {
  const body = await answer.text();
  // A page that only looks, or asks, is not worth keeping.
  if (!body.includes("data-answers")) return;
  const names = ["content-type", "content-security-policy"];
  const headers = names.map((name) => [name, answer.headers.get(name)]);
  await keep.put(id, "page", "document", JSON.stringify({ at: Date.now(), headers, body }));
}

async function file(event) {
  const cache = await caches.open(store);
  const answer = await soon(event.request);
  if (answer?.ok) event.waitUntil(cache.put(event.request, answer.clone()));
  else if (!isWorking(answer)) {
    const held = await cache.match(event.request, { ignoreVary: true });
    if (held) return held;
  }
  return answer ?? Response.error();
}

async function prepare({ files, page }) {
  const cache = await caches.open(store);
  for (const url of files) {
    const { origin, pathname } = new URL(url);
    if (origin === location.origin && isFile(pathname) && !(await cache.match(url))) {
      await cache.add(url).catch(() => {});
    }
  }
  if (page) {
    // A whole room starts at once: spread the second reading.
    await new Promise((done) => setTimeout(done, Math.random() * SPREAD));
    const answer = await soon(page);
    if (answer?.ok && isOurs(answer)) await take(answer);
  }
}
