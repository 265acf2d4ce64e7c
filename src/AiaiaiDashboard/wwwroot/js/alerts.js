// Notifications of the browser. One per alert and browser: what was shown is remembered in the browser's storage, under a lock that its tabs share.
const shownKey = "aiaiai-shown-alerts";
const maxShown = 500;

const read = () => {
  try {
    const known = JSON.parse(localStorage.getItem(shownKey) ?? "[]");
    return Array.isArray(known) ? known : [];
  } catch {
    return [];
  }
};

// Throws where nothing can be remembered: a notification then would come again with every reload.
const write = known => localStorage.setItem(shownKey, JSON.stringify(known.slice(-maxShown)));

const remembers = () => {
  try {
    write(read());
    return true;
  } catch {
    return false;
  }
};

const permission = () =>
  !("Notification" in window) || !window.isSecureContext ? "unsupported" : !remembers() ? "forgetful" : Notification.permission;

/**
 * Calls `OnPermission(state)` now and whenever it changes. Asks the person only when they click an element with
 * data-action="allow-notifications": here and not on the server, because browsers want the question to follow the click directly.
 */
export function watch(component) {
  let disposed = false;
  const tell = () => disposed || component.invokeMethodAsync("OnPermission", permission()).catch(() => { });
  const onClick = async event => {
    if (event.target instanceof Element && event.target.closest("[data-action='allow-notifications']") && permission() === "default") {
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
  const run = () => {
    if (permission() !== "granted") {
      return [];
    }

    const known = read();
    const fresh = alerts.filter(alert => !known.includes(alert.id));
    if (fresh.length === 0) {
      return [];
    }

    // Remembered first: a tab that dies in between must not lead to a second one.
    write([...known, ...fresh.map(alert => alert.id)]);
    for (const alert of fresh) {
      const note = new Notification(alert.title, { body: alert.body, tag: alert.id, icon: "/favicon.svg", requireInteraction: alert.critical });
      note.onclick = () => {
        window.focus();
        note.close();
        Blazor.navigateTo(alert.href);
      };
    }

    return fresh.map(alert => alert.key);
  };
  return navigator.locks ? await navigator.locks.request("aiaiai-alerts", run) : run();
}
