// What a candidate typed, kept on this device until the server has it. The page and worker.js share
// this file. One database per invitation; everything in it is sealed with a key that cannot leave
// the browser, and all of it goes away at the end.
self.keep = (() => {
  const isAble = !!(self.isSecureContext && self.indexedDB && self.crypto?.subtle);
  const strict = { durability: "strict" };
  const bases = {};
  const keys = {};
  const result = (request) =>
    new Promise((yes, no) => {
      request.onsuccess = () => yes(request.result);
      request.onerror = () => no(request.error);
    });
  const complete = (tx) =>
    new Promise((yes, no) => {
      tx.oncomplete = () => yes();
      tx.onerror = tx.onabort = () => no(tx.error);
    });
  const forget = (id) => {
    delete bases[id];
    delete keys[id];
  };

  function base(id) {
    bases[id] ??= (async () => {
      const asking = indexedDB.open(`touchstone-${id}`, 1);
      asking.onupgradeneeded = () => {
        for (const store of ["key", "unsent", "page"]) asking.result.createObjectStore(store);
      };
      const db = await result(asking);
      // Another window empties it: let go, so that it can.
      db.onversionchange = () => {
        db.close();
        forget(id);
      };
      db.onclose = () => forget(id);
      return db;
    })();
    bases[id].catch(() => forget(id));
    return bases[id];
  }

  async function write(id, stores, act) {
    const tx = (await base(id)).transaction(stores, "readwrite", strict);
    act((store) => tx.objectStore(store));
    await complete(tx);
  }

  function key(id) {
    keys[id] ??= (async () => {
      const shape = { name: "AES-GCM", length: 256 };
      const made = await crypto.subtle.generateKey(shape, false, ["encrypt", "decrypt"]);
      const store = (await base(id)).transaction("key", "readwrite", strict).objectStore("key");
      // Another window may have been first: its key stays.
      const held = await result(store.get(0));
      if (held) return held;
      store.put(made, 0);
      await complete(store.transaction);
      return made;
    })();
    keys[id].catch(() => delete keys[id]);
    return keys[id];
  }

  async function seal(id, text) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(text);
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(id), plain) };
  }

  async function unseal(id, { iv, data }) {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(id), data);
    return new TextDecoder().decode(plain);
  }

  async function put(id, store, name, text) {
    const box = await seal(id, text);
    await write(id, [store], (at) => at(store).put(box, name));
  }

  // The server has it: what was unsent goes, and the cached page learns what was acknowledged.
  async function settle(id, unsent, known, text) {
    const box = await seal(id, text);
    await write(id, ["unsent", "page"], (at) => {
      at("unsent").delete(unsent);
      at("page").put(box, known);
    });
  }

  const drop = (id, store, name) => write(id, [store], (at) => at(store).delete(name));

  async function get(id, store, name) {
    const box = await result((await base(id)).transaction(store).objectStore(store).get(name));
    return box && unseal(id, box);
  }

  // Names and texts in turn: [name, text, name, text].
  async function all(id, store) {
    const at = (await base(id)).transaction(store).objectStore(store);
    const [names, boxes] = await Promise.all([result(at.getAllKeys()), result(at.getAll())]);
    const list = [];
    for (const [index, name] of names.entries()) {
      if (name === "document") continue;
      try {
        list.push(name, await unseal(id, boxes[index]));
      } catch {
        // Sealed with a key that is gone: nobody can read it any more.
      }
    }
    return list;
  }

  // The windows of this house that are open, after saying that this one is.
  async function windows(own) {
    if (!navigator.locks) return [];
    const name = (tab) => `touchstone-${tab}`;
    await new Promise((yes) => {
      navigator.locks.request(name(own), () => new Promise(() => yes())).catch(yes);
    });
    return (await navigator.locks.query()).held.map((lock) => lock.name.slice(name("").length));
  }

  // Lets worker.js answer for the network while that is away.
  async function watch(id) {
    const scope = `/take/${id}/`;
    const registration = await navigator.serviceWorker?.register("/worker.js", { scope });
    const worker = registration?.active ?? registration?.waiting ?? registration?.installing;
    const files = performance.getEntriesByType("resource").map((entry) => entry.name);
    const isSeen = !!navigator.serviceWorker?.controller || !location.pathname.startsWith(scope);
    worker?.postMessage({ files, page: isSeen ? null : location.href });
  }

  async function send(change) {
    const answer = await fetch("/do/save", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ change }),
    });
    if (answer.ok) {
      const { version } = await answer.json();
      if (Number.isInteger(version)) return version;
    } else if ([404, 409, 422].includes(answer.status)) {
      return change.base;
    }
    throw new Error("no answer of ours");
  }

  // The attempt is over. What never arrived is sent once more: the server keeps it beside the answers.
  async function end(id) {
    if (!isAble) return;
    const unsent = await all(id, "unsent");
    for (let index = 0; index < unsent.length; index += 2) {
      // A flag is `true` or `false`, which has no parts and no more use.
      const { attempt, position, base, flight, draft } = JSON.parse(unsent[index + 1]);
      const change = { invitation: id, attempt, position, base };
      if (flight) change.base = await send({ ...change, ...flight });
      if (draft) await send({ ...change, save: crypto.randomUUID(), fields: draft });
      await drop(id, "unsent", unsent[index]);
    }
    (await bases[id])?.close();
    forget(id);
    await result(indexedDB.deleteDatabase(`touchstone-${id}`));
    await self.caches?.delete(`touchstone-${id}`);
    const registration = await navigator.serviceWorker?.getRegistration(`/take/${id}/`);
    if (registration?.scope.endsWith(`/take/${id}/`)) await registration.unregister();
  }

  const over = self.document?.currentScript?.dataset.end;
  // Without a line it is tried again with the next visit.
  if (over) end(over).catch(() => {});
  return { isAble, put, settle, drop, get, all, windows, watch };
})();
