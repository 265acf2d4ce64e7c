// What the server cannot know about the browser: its time zone and its theme.

/** IANA name of the browser's zone, and its present offset for the case that the server does not know that name. */
export function timeZone() {
  return { name: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "", offsetMinutes: -new Date().getTimezoneOffset() };
}

/** Calls `OnThemeChanged(isDark)` now and whenever the theme changes. Returns an object with `dispose()`. */
export function watchTheme(component) {
  const tell = () => component.invokeMethodAsync("OnThemeChanged", document.documentElement.dataset.theme !== "light");
  document.addEventListener("aiaiai:theme", tell);
  tell();
  // From here on the page answers to clicks: what tests and screen shots wait for.
  document.documentElement.dataset.interactive = "true";
  return { dispose: () => document.removeEventListener("aiaiai:theme", tell) };
}
