// Runs before the first paint: sets the theme and the width of the sidebar from what this browser remembers. Opens the drawer of small screens.
// A classic script of its own, because the content security policy allows no inline script.
(() => {
  "use strict";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: light)");
  const narrow = window.matchMedia("(max-width: 1279px)");
  const themeKey = "aiaiai-theme";
  const sidebarKey = "aiaiai-sidebar";

  // Storage throws where the browser blocks it; the page then follows the system and forgets.
  const read = key => { try { return localStorage.getItem(key); } catch { return null; } };
  const write = (key, value) => { try { localStorage.setItem(key, value); } catch { /* not remembered */ } };

  let choice = read(themeKey);
  let printing = false;
  const apply = () => {
    const chosen = choice === "light" || choice === "dark";
    const theme = printing ? "light" : chosen ? choice : system.matches ? "light" : "dark";
    root.dataset.themeChoice = chosen ? choice : "system";
    if (root.dataset.theme !== theme) {
      root.dataset.theme = theme;
      document.dispatchEvent(new CustomEvent("aiaiai:theme", { detail: { printing } }));
    }
  };

  delete root.dataset.theme;
  apply();
  if (read(sidebarKey) === "rail") {
    root.dataset.sidebar = "rail";
  }

  system.addEventListener("change", apply);
  // Paper is white: charts are drawn anew in the light colours before, and as they were after.
  window.addEventListener("beforeprint", () => { printing = true; apply(); });
  window.addEventListener("afterprint", () => { printing = false; apply(); });
  window.addEventListener("storage", () => { choice = read(themeKey); apply(); });

  // The drawer of narrow screens is a copy of the sidebar, made when it opens: the server need not hold it twice for every tab.
  const fill = drawer => {
    const [brand, ...rest] = document.querySelector(".sidebar").cloneNode(true).children;
    const [first, last] = ["brand", "nav"].map(name => drawer.querySelector(`[data-copy="${name}"]`));
    first.replaceChildren(brand);
    last.replaceChildren(...rest);
    for (const name of ["id", "aria-labelledby"]) {
      last.querySelectorAll(`[${name}]`).forEach(element => element.setAttribute(name, `drawer-${element.getAttribute(name)}`));
    }
  };

  const openDrawer = drawer => {
    if (drawer && !drawer.open) {
      fill(drawer);
      drawer.showModal();
    }
  };

  document.addEventListener("click", event => {
    const target = event.target instanceof Element ? event.target.closest("[data-action]") : null;
    const drawer = document.getElementById("drawer");
    switch (target?.dataset.action) {
      case "toggle-theme":
        choice = root.dataset.theme === "light" ? "dark" : "light";
        write(themeKey, choice);
        apply();
        break;
      case "theme-system":
      case "theme-light":
      case "theme-dark":
        choice = target.dataset.action.slice("theme-".length);
        write(themeKey, choice);
        apply();
        break;
      case "toggle-sidebar":
        // Below this width there is no room beside the page: the whole sidebar opens over it.
        if (narrow.matches) {
          openDrawer(drawer);
          break;
        }

        if (root.dataset.sidebar === "rail") {
          delete root.dataset.sidebar;
        } else {
          root.dataset.sidebar = "rail";
        }
        write(sidebarKey, root.dataset.sidebar ?? "full");
        break;
      case "open-drawer":
        openDrawer(drawer);
        break;
      case "close-drawer":
        drawer?.close();
        break;
    }

    // A link in the drawer navigates, and a click beside the drawer hits the dialog itself: both close it.
    if (drawer?.open && (event.target === drawer || (event.target instanceof Element && drawer.contains(event.target) && event.target.closest("a")))) {
      drawer.close();
    }
  });

  narrow.addEventListener("change", () => !narrow.matches && document.getElementById("drawer")?.close());
})();
