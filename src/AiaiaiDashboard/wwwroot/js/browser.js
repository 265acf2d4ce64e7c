// What the server cannot know about the browser: its time zone.

/** IANA name of the browser's zone, and its present offset for the case that the server does not know that name. */
export function timeZone() {
  return { name: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "", offsetMinutes: -new Date().getTimezoneOffset() };
}

/** From here on the page answers to clicks: what tests and screen shots wait for. */
export function markInteractive() {
  document.documentElement.dataset.interactive = "true";
}
