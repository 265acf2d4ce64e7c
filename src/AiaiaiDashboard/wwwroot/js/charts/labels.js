// What is written into a plot: the last value of each line, the budget, "Today". Places are chosen in pixels once the plot is drawn: no text over another, none cut off.
import { css, units } from "./words.js";

const Gap = 3;

/**
 * Finds a place for each of some texts. They come in the order of their importance, each with its size and the places it may have (left upper corners), best first.
 * Of the places that are free and inside, the one that hides the least of the lines is taken; a text without any gets none.
 * @param {{ width: number, height: number, places: { x: number, y: number }[] }[]} texts
 * @param {{ left: number, top: number, right: number, bottom: number }} area
 * @param {{ left: number, top: number, right: number, bottom: number }[]} taken What no text may cover.
 * @param {{ x: number, y: number }[][]} lines What a text should not cover.
 * @returns {({ left: number, top: number, right: number, bottom: number } | null)[]}
 */
export function place(texts, area, taken = [], lines = []) {
  const boxes = [...taken];
  return texts.map(({ width, height, places }) => {
    const free = places
      .map(({ x, y }) => ({ left: x, top: y, right: x + width, bottom: y + height }))
      .filter(box => box.left >= area.left && box.right <= area.right && box.top >= area.top && box.bottom <= area.bottom)
      .filter(box => boxes.every(other => box.right + Gap <= other.left || other.right + Gap <= box.left || box.bottom <= other.top || other.bottom <= box.top));
    const hidden = free.map(box => lines.reduce((sum, line) => sum + crossings(line, box), 0));
    const best = free[hidden.indexOf(Math.min(...hidden))] ?? null;
    if (best) {
      boxes.push(best);
    }
    return best;
  });
}

// How many pieces of a line go through a box.
function crossings(line, box) {
  let count = 0;
  for (let index = 1; index < line.length; index++) {
    const [from, to] = [line[index - 1], line[index]];
    const [start, end] = [Math.max(from.x, box.left), Math.min(to.x, box.right)];
    if (start <= end) {
      const at = x => (to.x === from.x ? from.y : from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x));
      const [one, other] = [at(start), at(end)];
      count += Math.max(one, other) >= box.top && Math.min(one, other) <= box.bottom ? 1 : 0;
    }
  }
  return count;
}

/** Writes the texts of a plot of lines into its drawing, which they are part of, also in a picture of it. */
export function write(element, globals, options) {
  const svg = element.querySelector("svg.apexcharts-svg");
  if (!svg) {
    return;
  }
  const [width, height] = [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
  // With a view box, print.css can scale it to the paper.
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  if (options.kind !== "lines") {
    return;
  }
  const grid = { left: globals.translateX, top: globals.translateY, right: globals.translateX + globals.gridWidth, bottom: globals.translateY + globals.gridHeight };
  const x = day => grid.left + ((day + 0.5) / options.days.length) * globals.gridWidth;
  const y = value => grid.bottom - ((value - globals.minY) / (globals.maxY - globals.minY)) * globals.gridHeight;
  const marked = options.series.filter(series => series.mark && series.values.some(value => value !== null)).map(series => {
    const last = series.values.findLastIndex(value => value !== null);
    return { series, value: series.values[last], x: x(last), y: y(series.values[last]) };
  });
  const wanted = [
    // What is measured comes before what is expected.
    ...marked.toSorted((one, other) => one.series.expected - other.series.expected).map(point => {
      const text = textOf(svg, units[options.unit].full(point.value), "text", 12, 600);
      return { ...text, places: besides(point, text, point.series.expected) };
    }),
    ...(options.reference ? [textOf(svg, options.reference.label, "warn", 11, 520)].map(text => ({ ...text, places: along(y(options.reference.value), grid, text) })) : []),
    ...(options.today !== null && element.clientWidth >= 480 ? [textOf(svg, "Today", "text-2", 11, 420)].map(text => ({ ...text, places: above(x(options.today), grid, text) })) : []),
  ];
  const dots = marked.map(point => ({ left: point.x - 5, top: point.y - 5, right: point.x + 5, bottom: point.y + 5 }));
  const rules = options.reference ? [[{ x: grid.left, y: y(options.reference.value) }, { x: grid.right, y: y(options.reference.value) }]] : [];
  const paths = options.series.map(series => series.values.map((value, day) => (value === null ? null : { x: x(day), y: y(value) })).filter(point => point));
  const boxes = place(wanted, { left: grid.left, top: 0, right: width, bottom: grid.bottom }, dots, [...paths, ...rules]);
  wanted.forEach(({ node }, index) => {
    const box = boxes[index];
    if (!box) {
      node.remove();
      return;
    }
    node.setAttribute("x", box.left);
    node.setAttribute("y", box.top + wanted[index].height * 0.78);
  });
}

function textOf(svg, words, colour, size, weight) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", "text");
  node.textContent = words;
  node.setAttribute("class", "chart-label");
  node.setAttribute("font-family", css("font"));
  node.setAttribute("font-size", `${size}px`);
  node.setAttribute("font-weight", weight);
  node.setAttribute("fill", css(colour));
  // Lines that pass behind leave the letters readable.
  node.setAttribute("stroke", css("surface"));
  node.setAttribute("stroke-width", 4);
  node.setAttribute("stroke-linejoin", "round");
  node.setAttribute("paint-order", "stroke");
  svg.append(node);
  return { node, width: node.getComputedTextLength(), height: size + 4 };
}

// Beside a point: what is expected rather above the end of its line, what is measured rather below.
function besides({ x, y }, { width, height }, expected) {
  const [left, right, middle] = [x - 8 - width, x + 8, x - width / 2];
  const [over, under, level] = [y - 6 - height, y + 6, y - height / 2];
  const near = expected
    ? [[left, over], [left, under], [middle, over], [middle, under], [right, level], [left, level], [right, over], [right, under]]
    : [[right, under], [left, over], [right, level], [right, over], [middle, over], [middle, under], [left, under], [left, level]];
  const far = near.map(([at, to]) => [at, to + Math.sign(to - level) * height]);
  return [...near, ...far].map(([at, to]) => ({ x: at, y: to }));
}

// Along a level line: over it, else under it, from the left on.
function along(y, grid, { width, height }) {
  const steps = [0, 1, 2, 3, 4].map(step => grid.left + 4 + ((grid.right - grid.left - width - 8) * step) / 4);
  return [y - 2 - height, y + 3].flatMap(to => steps.map(at => ({ x: at, y: to })));
}

// At the upper end of an upright line, else at its lower end.
function above(x, grid, { width, height }) {
  return [grid.top - 1, grid.bottom - height - 2].flatMap(y => [x - width / 2, x + 5, x - 5 - width].map(at => ({ x: at, y })));
}
