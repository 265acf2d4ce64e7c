// What was typed and not saved, kept by the tab itself: a page whose server went away is loaded anew and offers it back. It goes with the tab, and when
// somebody signs out.
const prefix = "aiaiai-settings:";
const root = document.documentElement;
let signingOut = false;

/** Keeps a text under a name; null forgets it. Tells whether that was done: there may be no storage, or no room in it. */
export function keep(name, text) {
  try {
    if (text === null) {
      sessionStorage.removeItem(name);
    } else {
      sessionStorage.setItem(name, text);
    }
    return true;
  } catch {
    return false;
  }
}

/** The same for what stands in the fields now. js/reconnect.js reads at the root whether the tab has it. */
export function keepTyped(name, text) {
  const done = keep(name, text);
  root.toggleAttribute("data-typed-kept", done && text !== null);
  return done;
}

/** What is kept under a name, of at most `max` bytes; null without. */
export function kept(name, max) {
  try {
    const text = sessionStorage.getItem(name);
    return text !== null && new TextEncoder().encode(text).length <= max ? text : null;
  } catch {
    return null;
  }
}

function forgetAll() {
  root.removeAttribute("data-typed-kept");
  try {
    Object.keys(sessionStorage).filter(name => name.startsWith(prefix)).forEach(name => sessionStorage.removeItem(name));
  } catch {
    // No storage holds nothing.
  }
}

// Whoever signs in next in this tab may be somebody else. What was under way to the server may be kept once more before the page goes; who types again
// was asked, and stayed.
addEventListener("submit", event => {
  if (event.target instanceof Element && event.target.matches(".sign-out")) {
    signingOut = true;
    forgetAll();
  }
});
addEventListener("pagehide", () => {
  if (signingOut) {
    forgetAll();
  }
});
addEventListener("input", () => signingOut = false);
