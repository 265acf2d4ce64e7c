// Keeps the keyboard's place. Where the server takes away, disables or redraws what has the focus, the browser drops it on the page's body and the
// next Tab starts from the top. Here it goes to what took its place, else back to where it was before, as it does in a program of the desktop.

const reachable = "a[href], button:not(:disabled), input:not(:disabled):not([type=hidden]), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]:not([tabindex='-1']), [data-rest]";
// Toasts go by themselves: their neighbours are no place to go on.
const passing = ".mud-snackbar-provider, .scrim";
const maxBefore = 20;
const settleMs = 120;

/** Where the focus was: the element, its names, and its ancestors with the place of each among its siblings. */
let spot = null;
let before = [];
let byTouch = false;
let byKey = false;
let late = 0;

const isShown = element => element.checkVisibility({ visibilityProperty: true });
const isReachable = element => element.isConnected && element.matches(reachable) && isShown(element) && !element.closest("[inert]");
const within = element => [...(isReachable(element) ? [element] : []), ...element.querySelectorAll(reachable)].filter(isReachable);

function remember(element) {
  const chain = [];
  for (let child = element; child.parentElement && child.parentElement !== document.body; child = child.parentElement) {
    chain.push({ parent: child.parentElement, at: [...child.parentElement.children].indexOf(child) });
  }
  const owner = element.closest("[data-project-id], [data-alert-key]");
  return {
    element, chain, path: location.pathname, id: element.id, hook: element.dataset.testid,
    owner: owner && (owner.dataset.projectId ? `[data-project-id="${CSS.escape(owner.dataset.projectId)}"]` : `[data-alert-key="${CSS.escape(owner.dataset.alertKey)}"]`),
    isOwner: owner === element, passing: !!element.closest(passing),
  };
}

// The same thing drawn anew, such as a card that changed its column.
function twin({ element, id, hook, owner, isOwner }) {
  if (isReachable(element)) {
    return element;
  }
  const byName = id ? document.getElementById(id)
    : isOwner ? document.querySelector(`${element.localName}${owner}`)
    : owner && hook ? document.querySelector(`${owner} [data-testid="${hook}"]`) : null;
  return byName && isReachable(byName) ? byName : null;
}

// What stands now where it stood: from the nearest ancestor that is still there outwards, up to the page itself.
function successor({ chain, hook }) {
  for (const { parent, at } of chain) {
    if (parent.matches("main, .app, body")) {
      return null;
    }
    if (!parent.isConnected) {
      continue;
    }
    const found = within(parent);
    if (found.length === 0) {
      continue;
    }
    const here = [parent.children[at], parent.children[at - 1]].filter(Boolean).flatMap(child => within(child));
    return here.find(e => e.matches("[data-rest]")) ?? (hook && here.find(e => e.dataset.testid === hook)) ?? here[0] ?? found[0];
  }
  return null;
}

function go(element) {
  element.focus({ preventScroll: true });
  if (document.activeElement === element) {
    // Who scrolls with the wheel is looking elsewhere.
    if (byKey) {
      element.scrollIntoView({ block: "nearest" });
    }
    return true;
  }
  return false;
}

// A list that is about to grow: the first of what comes has the focus, so that Tab goes on through it. Whoever presses another key meanwhile stays.
let grown = null;

function enterMore() {
  const items = grown ? [...document.querySelectorAll(grown.list)].flatMap(within) : [];
  const next = items[items.indexOf(grown?.last) + 1];
  if (next && items.includes(grown.last)) {
    grown = null;
    go(next);
  }
}

function restore() {
  // While the connection is lost, what needs the server is shut; js/reconnect.js gives the focus back.
  if (!spot || byTouch || document.documentElement.dataset.connection === "lost" || document.activeElement !== document.body || !document.hasFocus() || document.querySelector("dialog[open]")) {
    return;
  }
  clearTimeout(late);
  // A button that is disabled while its command runs has the focus back once that ended.
  if (spot.element.isConnected && spot.element.matches(":disabled")) {
    return;
  }
  if (spot.path !== location.pathname) {
    // Another page: Blazor puts the focus on its heading, unless it is the same kind of page.
    late = setTimeout(() => document.activeElement === document.body && document.querySelector("h1")?.focus({ preventScroll: true }), settleMs);
    return;
  }
  const lost = spot;
  const places = [() => twin(lost), () => lost.passing ? null : successor(lost), ...before.map(earlier => () => twin(earlier)), () => document.getElementById("main")];
  for (const place of places) {
    const next = place();
    if (next && go(next)) {
      return;
    }
  }
}

document.addEventListener("focusin", event => {
  if (event.target instanceof HTMLElement && event.target !== document.body) {
    if (spot && spot.element !== event.target) {
      before = [spot, ...before].slice(0, maxBefore);
    }
    spot = remember(event.target);
  }
});

document.addEventListener("pointerdown", event => {
  byTouch = event.pointerType !== "mouse";
  byKey = false;
  // A click on nothing takes the focus away on purpose.
  setTimeout(() => {
    if (document.activeElement === document.body && spot && isReachable(spot.element)) {
      spot = null;
    }
  });
}, true);
document.addEventListener("keydown", () => {
  byTouch = false;
  byKey = true;
  grown = null;
}, true);

// A line of a menu was chosen: the menu has done its part. What opens from it gives the focus back to its button.
document.addEventListener("click", event => {
  const menu = event.target instanceof Element && event.target.closest("[data-menu] button:not([type=submit])")?.closest("details.menu");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus({ preventScroll: true });
  }
});

document.addEventListener("click", event => {
  const more = event.target instanceof Element && event.target.closest("[data-more]");
  grown = more && !byTouch ? { list: more.dataset.more, last: [...document.querySelectorAll(more.dataset.more)].flatMap(within).at(-1) } : null;
});

new MutationObserver(changes => {
  // What asks for the focus as it appears: the first field of a form that was opened.
  for (const change of changes) {
    for (const node of change.addedNodes) {
      const first = node instanceof HTMLElement ? (node.matches("[data-takes-focus]") ? node : node.querySelector("[data-takes-focus]")) : null;
      if (first && document.documentElement.dataset.interactive === "true" && go(first)) {
        return;
      }
    }
  }
  enterMore();
  restore();
}).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled"] });

// The reader's place: going back, the browser restores it at once, before the server has drawn the page, and so no further down than the page that is left
// goes. Here it is tried again as the page grows, until it is reached or the reader does something themselves.
const places = new Map();
const returnMs = 3000;
let returning = null;

function settle() {
  if (!returning) {
    return;
  }
  scrollTo({ top: returning.place, behavior: "instant" });
  if (performance.now() > returning.until) {
    returning = null;
  }
}

// Blazor numbers the entries of the history.
addEventListener("popstate", event => {
  const place = places.get(event.state?._index ?? 0);
  returning = place > 0 ? { place, until: performance.now() + returnMs } : null;
});
addEventListener("scroll", () => {
  if (!returning) {
    places.set(history.state?._index ?? 0, scrollY);
  }
}, { passive: true });
for (const own of ["wheel", "touchstart", "pointerdown", "keydown"]) {
  addEventListener(own, () => { returning = null; }, { passive: true, capture: true });
}
new ResizeObserver(settle).observe(document.body);

/** Puts the focus on the first match, in the middle of the window. */
export function first(selector) {
  const element = document.querySelector(selector);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "center" });
}
