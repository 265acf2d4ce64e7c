// What was typed and not saved, kept by the tab itself: a page whose server went away is loaded anew and offers it back. It goes with the tab.

/** Keeps a text under a name; null forgets it. */
export function keep(name, text) {
  try {
    if (text === null) {
      sessionStorage.removeItem(name);
    } else {
      sessionStorage.setItem(name, text);
    }
  } catch {
    // No storage, or no room in it: nothing is kept, and nothing else is lost.
  }
}

/** What is kept under a name, of at most `max` characters; null without. */
export function kept(name, max) {
  try {
    const text = sessionStorage.getItem(name);
    return text !== null && text.length <= max ? text : null;
  } catch {
    return null;
  }
}
