// Drag and keyboard on the board. The server owns the cards: this module only shows where a card would go, and says where it was dropped.
// Mouse: press and move. Touch and pen: hold a card, or pull at its grip at once, so that a swipe still scrolls the page.

const moveSlop = 5;
const holdSlop = 10;
const holdTime = 260;
const tabTime = 500;
const edge = 72;
const arrows = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/**
 * Watches a board and its menu. `component` answers `Drop(id, status, after, before)`, `Key(id, key)` and `Choose(id, choice)`.
 * Returns an object with `dispose()`.
 */
export function watch(board, menu, component) {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  let press = null;
  let drag = null;
  let lifted = null;
  let keys = Promise.resolve();
  let waiting = 0;

  const cardsOf = list => [...list.querySelectorAll("[data-card]")].filter(c => c !== drag?.card);

  // ---- pointer ---------------------------------------------------------------------
  function onDown(e) {
    const card = e.target.closest("[data-card]");
    for (const open of board.querySelectorAll("details[open]")) {
      if (!open.contains(e.target)) open.open = false;
    }
    if (lifted) key(lifted, "Escape");
    const grip = e.target.closest("[data-grip]");
    if (!card || drag || !e.isPrimary || (e.pointerType === "mouse" && e.button !== 0)) return;
    if (!grip && e.target.closest("button, input, select, summary, label, [data-menu]")) return;
    press = { card, id: e.pointerId, x: e.clientX, y: e.clientY, touch: e.pointerType !== "mouse", grip: !!grip };
    if (press.touch && !press.grip) press.timer = setTimeout(() => press && lift(press.x, press.y), holdTime);
  }

  function onMove(e) {
    if (press && e.pointerId === press.id && !drag) {
      const far = Math.hypot(e.clientX - press.x, e.clientY - press.y);
      if (press.touch && !press.grip) {
        if (far > holdSlop) unpress();
        return;
      }
      if (far < moveSlop) return;
      lift(e.clientX, e.clientY);
    }
    if (drag && e.pointerId === drag.id) {
      drag.x = e.clientX;
      drag.y = e.clientY;
      follow();
    }
  }

  function onUp(e) {
    if (drag && e.pointerId === drag.id) {
      if (drag.x !== e.clientX || drag.y !== e.clientY) onMove(e);
      swallowClick();
      drop();
    }
    unpress();
  }

  function unpress() {
    clearTimeout(press?.timer);
    press = null;
  }

  function lift(x, y) {
    const { card, id } = press;
    const box = card.getBoundingClientRect();
    unpress();
    for (const open of board.querySelectorAll("details[open]")) open.open = false;
    menu.hidePopover();
    const ghost = card.cloneNode(true);
    for (const part of [ghost, ...ghost.querySelectorAll("*")]) {
      for (const name of ["id", "data-testid", "data-card", "data-project-id", "tabindex"]) part.removeAttribute(name);
    }
    ghost.classList.add("board-ghost");
    ghost.setAttribute("aria-hidden", "true");
    ghost.style.width = `${box.width}px`;
    // Over everything, for the cursor: a rule for all elements of the page would have all of them styled anew.
    const shield = document.createElement("div");
    shield.className = "board-shield";
    document.body.append(ghost, shield);
    const slot = document.createElement("div");
    slot.className = "board-slot";
    slot.style.height = `${box.height}px`;
    card.before(slot);
    card.dataset.lifted = "true";
    getSelection()?.removeAllRanges();
    drag = { card, id, x, y, dx: x - box.left, dy: y - box.top, ghost, shield, slot, home: card.parentElement, homeNext: nextCard(card) };
    follow();
    scroll();
  }

  function nextCard(element) {
    let next = element.nextElementSibling;
    while (next && !next.matches("[data-card]")) next = next.nextElementSibling;
    return next;
  }

  function follow() {
    const { ghost, shield, slot, x, y, dx, dy } = drag;
    ghost.style.transform = `translate(${x - dx}px, ${y - dy}px) rotate(-1.2deg)`;
    const under = document.elementsFromPoint(x, y).find(e => e !== shield);
    overTab(under?.closest("[data-board-tab]") ?? null);
    const column = under?.closest("[data-status]");
    const list = column && board.contains(column) ? column.querySelector("[data-cards]") : null;
    if (list) {
      place(slot, list, cardAt(list, x, y));
    } else if (drag.rest) {
      place(slot, drag.rest, cardsOf(drag.rest)[0]);
    } else if (slot.parentElement !== drag.home || nextCard(slot) !== drag.homeNext) {
      drag.card.before(slot);
    }
    const target = slot.closest("[data-status]");
    for (const each of board.querySelectorAll("[data-status]")) each.toggleAttribute("data-over", each === target && !drag.tab);
  }

  function place(slot, list, before) {
    const last = cardsOf(list).at(-1);
    if (before) before.before(slot);
    else if (last) last.after(slot);
    else list.prepend(slot);
  }

  // The card that the pointer is before, in reading order; a list may have two cards in a row.
  function cardAt(list, x, y) {
    const cards = cardsOf(list);
    const wide = getComputedStyle(list).gridTemplateColumns.split(" ").length > 1;
    return cards.find(card => {
      const box = card.getBoundingClientRect();
      return y < box.top || (y <= box.bottom && (wide ? x < box.left + box.width / 2 : y < box.top + box.height / 2));
    });
  }

  function overTab(tab) {
    if (tab === drag.tab) return;
    clearTimeout(drag.tabTimer);
    drag.tab?.removeAttribute("data-over");
    drag.tab = tab;
    tab?.setAttribute("data-over", "");
    // Held over a tab the card goes to the top of that column, and on from there.
    if (tab) {
      drag.tabTimer = setTimeout(() => {
        drag.rest = board.querySelector(`[data-status="${tab.dataset.boardTab}"] [data-cards]`);
        tab.click();
      }, tabTime);
    }
  }

  function scroll() {
    if (!drag) return;
    const by = drag.tab ? 0 : drag.y < edge + 56 ? -1 : drag.y > innerHeight - edge ? 1 : 0;
    if (by) {
      window.scrollBy(0, by * 12);
      follow();
    }
    drag.frame = requestAnimationFrame(scroll);
  }

  async function drop() {
    const { card, slot, tab } = drag;
    const id = card.dataset.projectId;
    let status = slot.closest("[data-status]")?.dataset.status;
    let siblings = [...slot.parentElement.children].filter(c => c === slot || (c.matches("[data-card]") && c !== card));
    let at = siblings.indexOf(slot);
    let after = siblings[at - 1]?.dataset.projectId ?? null;
    let before = siblings[at + 1]?.dataset.projectId ?? null;
    if (tab) {
      status = tab.dataset.boardTab;
      const first = cardsOf(board.querySelector(`[data-status="${status}"]`))[0];
      [after, before] = [null, first?.dataset.projectId ?? null];
    }
    const moved = tab || slot.parentElement !== drag.home || nextCard(slot) !== drag.homeNext;
    clear();
    try {
      // The slot stays until the server has put the card there: nothing jumps.
      if (moved) await component.invokeMethodAsync("Drop", id, status, after, before);
    } finally {
      slot.remove();
      delete card.dataset.lifted;
    }
  }

  function cancel() {
    unpress();
    if (!drag) return;
    const { slot, card } = drag;
    clear();
    slot.remove();
    delete card.dataset.lifted;
  }

  function clear() {
    cancelAnimationFrame(drag.frame);
    clearTimeout(drag.tabTimer);
    drag.tab?.removeAttribute("data-over");
    drag.ghost.remove();
    drag.shield.remove();
    for (const each of board.querySelectorAll("[data-over]")) each.removeAttribute("data-over");
    drag = null;
  }

  // The click that follows a drag must not open the project.
  function swallowClick() {
    const swallow = e => { e.preventDefault(); e.stopPropagation(); };
    document.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 50);
  }

  // ---- menu ------------------------------------------------------------------------
  let menuOf = null;

  const lines = () => [...menu.querySelectorAll("button:enabled")].filter(b => !b.parentElement.hidden);

  function openMenu(grip) {
    const card = grip.closest("[data-card]");
    const cards = cardsOf(card.parentElement);
    const status = card.closest("[data-status]").dataset.status;
    for (const choice of menu.querySelectorAll("[data-choice]")) {
      choice.parentElement.hidden = choice.dataset.choice === status;
      const last = card.closest("[data-status]").querySelector("[data-more]") ? null : cards.at(-1);
      choice.disabled = card === { up: cards[0], down: last }[choice.dataset.choice];
    }
    menuOf = card.dataset.projectId;
    menu.showPopover();
    const box = grip.getBoundingClientRect();
    const below = box.bottom + 4 + menu.offsetHeight <= innerHeight;
    menu.style.top = `${below ? box.bottom + 4 : Math.max(4, box.top - 4 - menu.offsetHeight)}px`;
    menu.style.left = `${Math.max(4, box.right - menu.offsetWidth)}px`;
    lines()[0].focus({ preventScroll: true });
  }

  function onClick(e) {
    const grip = e.target.closest("[data-grip]");
    if (grip) openMenu(grip);
  }

  function onChoose(e) {
    const choice = e.target.closest("[data-choice]");
    if (!choice) return;
    const id = menuOf;
    menu.hidePopover();
    if (choice.dataset.choice === "open") {
      board.querySelector(`[data-card][data-project-id="${CSS.escape(id)}"] a`)?.click();
      return;
    }
    component.invokeMethodAsync("Choose", id, choice.dataset.choice).then(() => show(id), () => { });
  }

  function onMenuKey(e) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (!by) return;
    e.preventDefault();
    const all = lines();
    all[(all.indexOf(document.activeElement) + by + all.length) % all.length].focus();
  }

  // ---- keyboard --------------------------------------------------------------------
  // While a card is lifted keys are taken wherever the focus is: moving an element in the page takes the focus from it for a moment.
  function onKey(e) {
    if (drag && e.key === "Escape") {
      e.preventDefault();
      cancel();
      return;
    }
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const open = e.key === "Escape" && e.target.closest?.("details[open]");
    if (open && board.contains(open)) {
      open.open = false;
      open.querySelector("summary").focus();
      return;
    }
    const card = e.target.matches?.("[data-card]") && board.contains(e.target) ? e.target : null;
    const id = lifted ?? card?.dataset.projectId;
    if (!id) return;
    if (e.key === " ") {
      e.preventDefault();
      if (e.repeat) return;
      lifted = lifted ? null : id;
      key(id, "Space");
    } else if (lifted && (arrows.includes(e.key) || e.key === "Escape" || e.key === "Tab")) {
      e.preventDefault();
      if (e.key === "Tab") return;
      if (e.key === "Escape") lifted = null;
      key(id, e.key);
    } else if (!lifted && e.key === "Enter") {
      card.querySelector("a").click();
    }
  }

  function key(id, name) {
    if (name === "Escape") lifted = null;
    waiting++;
    keys = keys.then(() => component.invokeMethodAsync("Key", id, name)).then(now => {
      if (--waiting === 0) lifted = now;
      show(id);
    }, () => { waiting--; lifted = null; });
  }

  // A card that went to another column is another element, without the focus.
  function show(id) {
    const card = board.querySelector(`[data-card][data-project-id="${CSS.escape(id)}"]`);
    if (card && document.activeElement !== card) card.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  }

  board.addEventListener("pointerdown", onDown, options);
  board.addEventListener("click", onClick, options);
  menu.addEventListener("click", onChoose, options);
  menu.addEventListener("keydown", onMenuKey, options);
  window.addEventListener("scroll", () => menu.hidePopover(), { ...options, passive: true });
  document.addEventListener("pointermove", onMove, options);
  document.addEventListener("pointerup", onUp, options);
  document.addEventListener("pointercancel", cancel, options);
  document.addEventListener("keydown", onKey, { ...options, capture: true });
  board.addEventListener("dragstart", e => e.preventDefault(), options);
  board.addEventListener("touchmove", e => drag && e.cancelable && e.preventDefault(), { ...options, passive: false });
  board.addEventListener("contextmenu", e => (drag || press?.touch) && e.preventDefault(), options);
  window.addEventListener("blur", cancel, options);
  board.dataset.ready = "true";
  return { dispose() { cancel(); stop.abort(); } };
}
