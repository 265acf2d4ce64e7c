// The note that the arrow keys move from day to day over a chart.
import { tooltip } from "./words.js";

// The frame of a chart has the focus. Arrow keys go from day to day, Home and End to the first and last; Escape puts the note away. It is the tooltip of the pointer, and what it
// says is read out.
/** Makes the frame of a chart answer to the keyboard, until `held.unlisten` is aborted. */
export function listen(element, held) {
  const frame = element.parentElement;
  held.unlisten = new AbortController();
  const { signal } = held.unlisten;
  frame.addEventListener("keydown", event => {
    const days = held.options.days.length;
    const known = held.options.series.reduce((last, series) => Math.max(last, series.values.findLastIndex(value => value !== null)), 0);
    const day = { ArrowLeft: (held.day ?? known + 1) - 1, ArrowRight: (held.day ?? known - 1) + 1, Home: 0, End: days - 1 }[event.key];
    if (event.key === "Escape" && held.note) {
      event.stopPropagation();
      hideNote(held);
    } else if (day !== undefined && days > 0 && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      showNote(element, held, Math.min(Math.max(day, 0), days - 1));
    }
  }, { signal });
  frame.addEventListener("blur", () => hideNote(held), { signal });
  frame.addEventListener("pointerenter", () => hideNote(held), { signal });
}

function showNote(element, held, day) {
  hideNote(held);
  held.day = day;
  const { globals } = held.chart.w;
  const days = held.options.days.length;
  // Both kinds of plot give every day the same width, half of it on each side of its middle.
  const left = globals.translateX + ((day + 0.5) / days) * globals.gridWidth;
  const note = document.createElement("div");
  note.className = "chart-note";
  const mark = document.createElement("i");
  mark.style.left = `${left}px`;
  const box = document.createElement("div");
  box.className = "chart-note-box";
  box.append(tooltip(held.options, day));
  note.append(mark, box);
  element.append(note);
  held.note = note;
  spoken(element).textContent = [...box.querySelectorAll("h5, .tooltip > div")].map(row => [...row.children].map(part => part.textContent).filter(text => text).join(" ") || row.textContent).join(", ");
  const room = element.clientWidth;
  const right = left + 12 + box.offsetWidth <= room;
  box.style.left = `${right ? left + 12 : Math.max(0, left - 12 - box.offsetWidth)}px`;
}

const spoken = element => element.parentElement.querySelector("[aria-live]");

function hideNote(held) {
  held.note?.remove();
  held.note = undefined;
  held.day = undefined;
}

