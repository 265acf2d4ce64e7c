// Keyboard shortcuts, the command palette's opening and closing, and the sheet that lists them.
// The palette's content is the server's; this knows only keys and dialogs.
const storeKey = "aiaiai-single-keys";
const sequenceMs = 1200;
const palette = () => document.getElementById("palette");
const sheet = () => document.getElementById("shortcuts");

const read = () => { try { return localStorage.getItem(storeKey); } catch { return null; } };
const write = value => { try { localStorage.setItem(storeKey, value); } catch { /* not remembered */ } };
let singleKeys = read() !== "off";
let firstKey = "";
let firstAt = 0;

function openPalette() {
  const dialog = palette();
  if (!dialog || dialog.open) {
    return;
  }

  sheet()?.close();
  const input = dialog.querySelector("input");
  input.value = "";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  dialog.showModal();
  input.focus();
}

function openSheet() {
  const dialog = sheet();
  if (dialog && !dialog.open) {
    dialog.querySelector("#shortcut-keys").checked = singleKeys;
    dialog.showModal();
  }
}

const clickOn = selector => document.querySelector(selector)?.click();

const actions = {
  ToggleTheme: () => clickOn("[data-action='toggle-theme']"),
  ToggleSidebar: () => clickOn("[data-action='toggle-sidebar']"),
  ShowShortcuts: openSheet,
};

window.aiaiai = {
  closePalette: () => palette()?.close(),
  run: name => actions[name]?.(),
};

// A page is opened through its own link, so that the project filter is kept.
const openPage = keys => clickOn(`.sidebar .nav a[data-keys="${CSS.escape(keys)}"]`);

const isTyping = target => target instanceof Element && target.closest("input, select, textarea, [contenteditable='true'], [role='grid'], [data-own-keys]") !== null;

function onSingleKey(event) {
  const key = event.key;
  if (firstKey && event.timeStamp - firstAt < sequenceMs) {
    const keys = `${firstKey} ${key}`;
    firstKey = "";
    openPage(keys);
    return true;
  }

  firstKey = "";
  switch (key) {
    case "g":
      firstKey = key;
      firstAt = event.timeStamp;
      return false;
    case "r":
      clickOn("[data-testid='sync-now']");
      return true;
    case "t":
      actions.ToggleTheme();
      return true;
    case "[":
      actions.ToggleSidebar();
      return true;
    case "?":
      openSheet();
      return true;
    case "/": {
      const search = document.querySelector("main input[type='search'], main .search input");
      search?.focus();
      return search !== null;
    }
    default:
      return false;
  }
}

document.addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }

  // The caret of a search field above a list stays where it is; the list moves.
  if (event.target instanceof Element && event.target.closest(".palette-search") && (event.key === "ArrowDown" || event.key === "ArrowUp" || event.key === "Enter")) {
    event.preventDefault();
  }

  if (palette()?.open) {
    return;
  }

  if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")
    || document.documentElement.dataset.connection === "lost") {
    return;
  }

  if (onSingleKey(event)) {
    event.preventDefault();
  }
});

document.addEventListener("click", event => {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("[data-action='open-palette']")) {
    openPalette();
  } else if (target?.closest("[data-action='close-shortcuts']") || target === sheet()) {
    sheet()?.close();
  } else if (target === palette()) {
    // Beside the box: the dialog itself is its backdrop.
    palette().close();
  }
});

document.addEventListener("change", event => {
  if (event.target.id === "shortcut-keys") {
    singleKeys = event.target.checked;
    write(singleKeys ? "on" : "off");
  }
});

// The entry the arrow keys are on stays in view, in the palette and in the project filter.
new MutationObserver(changes => changes.forEach(({ target }) => {
  if (target.matches(".palette-entry[aria-selected='true']")) {
    target.scrollIntoView({ block: "nearest" });
  }
})).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["aria-selected"] });
