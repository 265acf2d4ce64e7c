// Shows Blazor's connection states in the bar under the header. The page stays readable meanwhile, and comes back by itself: it may hang on a wall.
const bar = document.getElementById("components-reconnect-modal");
const retryEvery = 15_000;
let timer = 0;
let asleep = false;

async function retry() {
  clearTimeout(timer);
  try {
    // false: the server answered but no longer knows this page; an exception: the server was not reached.
    if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit())) {
      location.reload();
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
      location.reload();
    }
  } catch {
    retryLater();
  }
}

bar.addEventListener("components-reconnect-state-changed", event => {
  if (event.detail.state === "failed") {
    retryLater();
  } else if (event.detail.state === "rejected") {
    location.reload();
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
// needs to go on. A tab that is merely hidden stays connected: it still has to tell about alerts.
document.addEventListener("freeze", () => {
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
