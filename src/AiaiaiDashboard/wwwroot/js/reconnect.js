// Shows Blazor's connection states in the bar under the header. The page stays readable meanwhile.
const bar = document.getElementById("components-reconnect-modal");

async function retry() {
  document.removeEventListener("visibilitychange", retryWhenVisible);
  try {
    // false: the server answered but no longer knows this page; an exception: the server was not reached.
    if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit())) {
      location.reload();
    }
  } catch {
    document.addEventListener("visibilitychange", retryWhenVisible);
  }
}

function retryWhenVisible() {
  if (document.visibilityState === "visible") {
    retry();
  }
}

bar.addEventListener("components-reconnect-state-changed", event => {
  if (event.detail.state === "failed") {
    document.addEventListener("visibilitychange", retryWhenVisible);
  } else if (event.detail.state === "rejected") {
    location.reload();
  }
});
bar.querySelector("button").addEventListener("click", retry);
