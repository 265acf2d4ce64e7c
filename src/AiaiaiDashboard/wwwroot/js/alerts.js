// Notifications of the browser. One per alert and browser: what was shown is remembered in a database of the browser. Tabs may be processes of their
// own, and only its transactions are the same for all of them: what one tab wrote to localStorage another may not see for a while, lock or no lock.
const databaseName = "aiaiai-dashboard";
const storeName = "shown-alerts";
const maxShown = 500;

const done = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const open = () => {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName, { autoIncrement: true }).createIndex("id", "id", { unique: true });
  return done(request);
};

// Nothing can be remembered in some private windows: a notification then would come again with every reload.
const remembers = async () => {
  try {
    (await open()).close();
    return true;
  } catch {
    return false;
  }
};

const permission = async () =>
  !("Notification" in window) || !window.isSecureContext ? "unsupported" : !await remembers() ? "forgetful" : Notification.permission;

// Those of the alerts that no tab of this browser has claimed before; from now on this tab has, even if it dies before it shows them.
const claim = async alerts => {
  const database = await open();
  try {
    const transaction = database.transaction(storeName, "readwrite");
    const committed = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const store = transaction.objectStore(storeName);
    const fresh = [];
    for (const alert of alerts) {
      if (await done(store.index("id").count(alert.id)) === 0) {
        store.add({ id: alert.id });
        fresh.push(alert);
      }
    }

    const keys = await done(store.getAllKeys());
    for (const old of keys.slice(0, -maxShown)) {
      store.delete(old);
    }

    await committed;
    return fresh;
  } finally {
    database.close();
  }
};

/**
 * Calls `OnPermission(state)` now and whenever it changes. Asks the person only when they click an element with
 * data-action="allow-notifications": here and not on the server, because browsers want the question to follow the click directly.
 */
export function watch(component) {
  let disposed = false;
  const tell = async () => {
    const state = await permission();
    return disposed || component.invokeMethodAsync("OnPermission", state).catch(() => { });
  };
  const onClick = async event => {
    if (event.target instanceof Element && event.target.closest("[data-action='allow-notifications']") && "Notification" in window && Notification.permission === "default") {
      await Notification.requestPermission();
      tell();
    }
  };
  document.addEventListener("click", onClick);
  let status;
  navigator.permissions?.query({ name: "notifications" }).then(found => {
    status = found;
    status.onchange = tell;
  }).catch(() => { });
  tell();
  return {
    dispose: () => {
      disposed = true;
      document.removeEventListener("click", onClick);
      if (status) {
        status.onchange = null;
      }
    },
  };
}

/** Shows the alerts this browser has not shown yet; returns the keys of those. */
export async function show(alerts) {
  if (await permission() !== "granted") {
    return [];
  }

  const fresh = await claim(alerts);
  for (const alert of fresh) {
    const note = new Notification(alert.title, { body: alert.body, tag: alert.id, icon: "/favicon.svg", requireInteraction: alert.critical });
    note.onclick = () => {
      window.focus();
      note.close();
      Blazor.navigateTo(alert.href);
    };
  }

  return fresh.map(alert => alert.key);
}
