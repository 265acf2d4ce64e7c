// The only code that knows ApexCharts, with what is in charts/. The server sends data and kinds (Components/Charts/ChartOptions.cs); axes, formatters,
// colours and tooltips are made here. Colours are read from the CSS variables at each draw, so a theme change is a redraw.

import { arrange } from "./charts/labels.js";
import { listen } from "./charts/notes.js";
import { configOf } from "./charts/plots.js";

const charts = new Map();
const wanted = new WeakMap();
const waiting = [];
let library;
let isDrawing = false;

/** Draws, or draws again, the chart of an element. `json` is a ChartOptions of the server. */
async function draw(element, json) {
  const options = JSON.parse(json);
  wanted.set(element, options);
  await loadLibrary();
  await turn(options);
  // Meanwhile the chart may have ended, or been asked for anew.
  if (wanted.get(element) !== options || !element.isConnected) {
    return;
  }
  const held = charts.get(element) ?? {};
  held.options = options;
  held.surplus = options.kind === "lines" ? insetOfBars(options.group) : 0;
  if (!charts.has(element)) {
    listen(element, held);
    held.frame = element.parentElement;
    widths.observe(held.frame);
  }
  charts.set(element, held);
  build(element, held);
  align(options.group);
}

window.aiaiaiCharts = { draw, dispose };

// One chart a task: a click does not wait for all of a page, nor does what the server says meanwhile. Lines over bars come after these, whose right end they take.
function turn(options) {
  return new Promise(begin => {
    waiting.push({ isLast: options.kind === "lines" && options.group, begin });
    if (!isDrawing) {
      isDrawing = true;
      drawInTurn();
    }
  });
}

async function drawInTurn() {
  while (waiting.length > 0) {
    await new Promise(done => setTimeout(done));
    const next = Math.max(0, waiting.findIndex(chart => !chart.isLast));
    waiting.splice(next, 1)[0].begin();
  }
  isDrawing = false;
}

/** Ends the chart of an element; safe when there is none. */
function dispose(element) {
  wanted.delete(element);
  const held = charts.get(element);
  if (held) {
    held.chart?.destroy();
    held.unlisten.abort();
    widths.unobserve(held.frame);
    charts.delete(element);
  }
}

function loadLibrary() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.getElementById("chart-library").href;
    script.onload = resolve;
    script.onerror = () => { library = undefined; reject(new Error("The chart library did not load.")); };
    document.head.append(script);
  });
  return library;
}

// Paper does not wait. On screen the colours around the charts are painted first, and then one chart after the other, so that no click hangs for all of them.
let redraws = 0;
document.addEventListener("aiaiai:theme", async event => {
  const turn = ++redraws;
  for (const [element, held] of [...charts]) {
    if (!event.detail.printing) {
      await painted();
    }
    if (turn !== redraws) {
      return;
    }
    if (charts.get(element) === held) {
      redraw(element, held);
    }
  }
});

// Which days have a label depends on the width, so another width is another chart. The frame is watched and not the chart, which gets a margin when it is aligned.
const widths = new ResizeObserver(entries => {
  const frames = new Set(entries.map(entry => entry.target));
  const changed = [...charts].filter(([, held]) => frames.has(held.frame) && held.frame.clientWidth > 0 && held.width !== held.frame.clientWidth);
  for (const [element, held] of changed) {
    held.surplus = 0;
    build(element, held);
  }
  // Not before all of a group have their new width.
  new Set(changed.map(([, held]) => held.options.group)).forEach(align);
});

function redraw(element, held) {
  held.surplus = 0;
  build(element, held);
  align(held.options.group);
}

const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));

// A page that comes with charts has its library by the time the server asks for them, but never before it is seen.
if (document.querySelector(".chart")) {
  painted().then(loadLibrary).catch(() => { /* The chart that asks for it again says so. */ });
}

function build(element, held) {
  held.chart?.destroy();
  element.replaceChildren();
  element.style.marginRight = `${held.surplus ?? 0}px`;
  held.note = undefined;
  held.width = held.frame.clientWidth;
  const options = held.options;
  const config = configOf(element, options);
  // ApexCharts makes markup of the names it is given, even where it shows none, and these come from transcripts and folders: it never gets one.
  config.series = config.series.map((series, index) => ({ ...series, name: `series ${index + 1}` }));
  const scale = config.yaxis;
  const chart = new ApexCharts(element, config);
  held.chart = chart;
  // With a view box, print.css can scale it to the paper.
  chart.render().then(() => {
    const svg = element.querySelector("svg.apexcharts-svg");
    svg?.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    if (options.kind === "lines" && held.chart === chart) {
      arrange(chart, options, scale);
    }
  });
}

// A bar plot on a category axis comes out narrower than a line plot on a time axis, and its padding does not change that. Charts of
// one group share their days, so the wider ones get a margin until the right ends of all grids stand below each other.
const membersOf = group => [...charts].filter(([, held]) => group && held.options.group === group && held.chart?.w);
const right = ([, held]) => held.chart.w.globals.translateX + held.chart.w.globals.gridWidth;

function insetOfBars(group) {
  return Math.max(0, ...membersOf(group).filter(([, held]) => held.options.kind !== "lines").map(member => member[1].width - right(member)));
}

function align(group) {
  const members = membersOf(group);
  const narrowest = Math.min(...members.map(right));
  for (const member of members) {
    const surplus = right(member) - narrowest;
    if (surplus > 0.5) {
      const [element, held] = member;
      held.surplus += surplus;
      build(element, held);
    }
  }
}
