// Starts Blazor, and shows its connection states in the bar under the header. The page stays readable meanwhile, what can no longer be sent cannot be
// typed, and the page comes back by itself: it may hang on a wall.
const bar = document.getElementById("components-reconnect-modal");
const root = document.documentElement;
const retryEvery = 15_000;
const pauses = [0, 500, 1_000, 2_000, 4_000, 8_000];
let timer = 0;
let asleep = false;
let shut = [];
let typedIn = null;

Blazor.start({ circuit: { reconnectionOptions: { maxRetries: pauses.length, retryIntervalMilliseconds: attempt => pauses[attempt] ?? null } } });

// Controls that need the server; those of the browser alone, such as the theme, go on working.
const needServer = ".app :is(button:not([data-action]), input, select, textarea, [data-card])";

// inert and not disabled: Blazor never writes it, so nothing it believes about the page becomes untrue.
function show() {
  const lost = /-(show|retrying|failed|paused)\b/.test(bar.className);
  if (lost === (root.dataset.connection === "lost")) {
    return;
  }
  if (lost) {
    typedIn = document.activeElement;
    root.dataset.connection = "lost";
    shut = [...document.querySelectorAll(needServer)].filter(control => !control.inert && !control.closest("[popover]:popover-open, dialog[open]"));
  } else {
    delete root.dataset.connection;
  }
  for (const control of shut) {
    control.inert = lost;
  }
  // An inert field loses the focus: who was typing goes on where they were.
  if (!lost && typedIn?.isConnected && (document.activeElement ?? document.body) === document.body) {
    typedIn.focus({ preventScroll: true });
  }
}

// A link to another page of the app would change the address, and nothing else.
function isToAnotherPage(event) {
  const link = event.target.closest("a[href]:not([target])");
  return link && link.origin === location.origin && !event.ctrlKey && !event.metaKey && !event.shiftKey
    && (link.pathname !== location.pathname || link.search !== location.search || link.hash === "");
}

addEventListener("click", event => {
  if (root.dataset.connection === "lost" && event.target instanceof Element && isToAnotherPage(event)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);
new MutationObserver(show).observe(bar, { attributes: true, attributeFilter: ["class"] });

// A page that is left takes with it what was typed and not saved: the browser asks as soon as the page says so. Blazor's NavigationLock would ask only
// after one more message of the server, which may just be going down.
// Where the server no longer knows the page, it is loaded anew, by this script or by Blazor itself. The tab keeps what was typed, and the page offers it
// back: nobody need be asked, and whoever stayed would have a page that answers nothing. Where the tab could not keep it (js/drafts.js), the browser
// asks then as well: the text can still be copied out of the page.
let leaving = false;
addEventListener("beforeunload", event => {
  const isLoadedAnew = leaving || bar.classList.contains("components-reconnect-rejected");
  if (document.querySelector("[data-unsaved]") && !(isLoadedAnew && root.hasAttribute("data-typed-kept"))) {
    event.preventDefault();
    // What browsers of before 2023 look at.
    event.returnValue = true;
  }
});

function startAnew() {
  leaving = true;
  location.reload();
}

async function retry() {
  clearTimeout(timer);
  try {
    // false: the server answered but no longer knows this page; an exception: the server was not reached.
    if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit())) {
      startAnew();
    }
  } catch {
    retryLater();
  }
}

function retryLater() {
  clearTimeout(timer);
  timer = setTimeout(retry, retryEvery);
}

async function wake() {
  if (!asleep) {
    return;
  }

  asleep = false;
  try {
    if (!(await Blazor.resumeCircuit())) {
      startAnew();
    }
  } catch {
    retryLater();
  }
}

bar.addEventListener("components-reconnect-state-changed", event => {
  if (event.detail.state === "failed") {
    retryLater();
  } else if (event.detail.state === "rejected") {
    startAnew();
  }
});

for (const button of bar.querySelectorAll("button")) {
  button.addEventListener("click", () => asleep ? wake() : retry());
}

// What was under way when the connection went, an answer to the server or a click, can no longer be sent. The bar says so already: no error of its own.
const unsent = ["Cannot send data if the connection is not", "Invocation canceled due to the underlying connection", "The circuit associated with this dispatcher is no longer"];
addEventListener("unhandledrejection", event => {
  if (unsent.some(start => String(event.reason?.message).startsWith(start))) {
    event.preventDefault();
  }
});

// A browser that stops a tab in the background cuts its connection. Said in time, the server lets go of the page at once and keeps only what it
// needs to go on. A tab that is merely hidden stays connected: it still has to tell about alerts. What a person typed and did not save is no part of
// what is kept: such a page is not let go of, and the server keeps it for as long as it keeps pages that lost their connection.
document.addEventListener("freeze", () => {
  if (document.querySelector("[data-unsaved]")) {
    return;
  }
  asleep = true;
  Blazor.pauseCircuit();
});
document.addEventListener("resume", wake);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") {
    if (asleep) {
      wake();
    } else if (bar.classList.contains("components-reconnect-failed")) {
      retry();
    }
  }
});
