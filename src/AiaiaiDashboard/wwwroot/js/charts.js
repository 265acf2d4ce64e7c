// The only code that knows ApexCharts. The server sends data and kinds (Components/Charts/ChartOptions.cs); axes, formatters,
// colours and tooltips are made here. Colours are read from the CSS variables at each draw, so a theme change is a redraw.

import { placeLabels } from "./chart-labels.js";

const MaxBar = 56;
const charts = new Map();
let library;

const css = name => getComputedStyle(document.documentElement).getPropertyValue(`--ds-${name}`).trim();
const number = (value, digits) => value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const money = value => (value > 0 && value < 0.01 ? "<$0.01" : `${value < 0 ? "\u2212" : ""}$${number(Math.abs(value), 2)}`);
const units = {
  usd: { full: money, axis: step => value => `${value < -step / 1e6 ? "\u2212" : ""}$${step >= 20_000 ? short(Math.abs(value), 0) : number(Math.abs(value), step >= 1 ? 0 : 2)}` },
  tokens: { full: value => short(value, 1), axis: () => value => short(value, 1) },
  percent: { full: value => `${number(value, 1)}%`, axis: () => value => `${number(value, 0)}%` },
};

// 547.8 k, 3.0 M, 1.2 B; with `digits` 0 decimals only where they say something: $500 k, $1.5 M.
function short(value, digits) {
  for (const [size, letter] of [[1e9, "B"], [1e6, "M"], [1e3, "k"]]) {
    if (value >= size) {
      return `${number(value / size, digits || (value % size === 0 ? 0 : 1))} ${letter}`;
    }
  }
  return number(value, 0);
}

/** Draws, or draws again, the chart of an element. `json` is a ChartOptions of the server. */
export async function draw(element, json, libraryUrl) {
  const options = JSON.parse(json);
  await loadLibrary(libraryUrl);
  if (!element.isConnected) {
    return;
  }
  const held = charts.get(element) ?? {};
  held.options = options;
  held.surplus = 0;
  if (!charts.has(element)) {
    listen(element, held);
    held.frame = element.parentElement;
    widths.observe(held.frame);
  }
  charts.set(element, held);
  build(element, held);
  align(options.group);
}

/** Ends the chart of an element; safe when there is none. */
export function dispose(element) {
  const held = charts.get(element);
  if (held) {
    held.chart?.destroy();
    held.unlisten.abort();
    widths.unobserve(held.frame);
    charts.delete(element);
  }
}

function loadLibrary(url) {
  library ??= window.ApexCharts ? Promise.resolve() : new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
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

function build(element, held) {
  held.chart?.destroy();
  element.replaceChildren();
  element.style.marginRight = `${held.surplus ?? 0}px`;
  held.note = undefined;
  held.width = held.frame.clientWidth;
  const options = held.options;
  const config = options.kind === "lines" ? lines(element, options) : bars(element, options);
  // ApexCharts makes markup of the names it is given, even where it shows none, and these come from transcripts and folders: it never gets one.
  config.series = config.series.map((series, index) => ({ ...series, name: `series ${index + 1}` }));
  const { min, max } = config.yaxis;
  held.chart = new ApexCharts(element, config);
  // With a view box, print.css can scale it to the paper.
  held.chart.render().then(() => {
    const svg = element.querySelector("svg.apexcharts-svg");
    svg?.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    if (options.kind === "lines") {
      arrange(held, min, max);
    }
  });
}

// The frame of a chart has the focus. Arrow keys go from day to day, Home and End to the first and last; Escape puts the note away. It is the tooltip of the pointer, and what it
// says is read out.
function listen(element, held) {
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
  box.append(tooltip(held.options, units[held.options.unit], day));
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

// A bar plot on a category axis comes out narrower than a line plot on a time axis, and its padding does not change that. Charts of
// one group share their days, so the wider ones get a margin until the right ends of all grids stand below each other.
function align(group) {
  const members = [...charts].filter(([, held]) => group && held.options.group === group && held.chart?.w);
  const right = ([, held]) => held.chart.w.globals.translateX + held.chart.w.globals.gridWidth;
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

/** A round upper end and step for 3 to 5 grid lines: steps of 1, 2 or 5 times a power of ten. */
export function niceScale(highest, lines) {
  const target = Math.max(highest, 0.01) / lines;
  const power = 10 ** Math.floor(Math.log10(target));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= target * 0.999);
  const count = Math.max(2, Math.ceil(highest / step - 1e-9));
  return { max: step * count, step, count };
}

// Bars and money begin at 0, or below it where values do; a line may begin at a floor, which its card then says.
function scaleOf(options, values, lines) {
  if (options.unit === "percent") {
    const step = (100 - options.floor) / 4;
    return { min: options.floor, max: 100, step, count: 4 };
  }
  const highest = Math.max(0, (options.reference?.value ?? 0) * 1.1, ...values);
  const lowest = Math.min(0, ...values);
  const nice = niceScale(Math.max(highest, -lowest), lines);
  const below = Math.ceil(-lowest / nice.step - 1e-9);
  const above = lowest < 0 ? Math.ceil(highest / nice.step - 1e-9) : nice.count;
  return { min: -below * nice.step || 0, max: above * nice.step, step: nice.step, count: below + above };
}

const stamp = day => Date.parse(`${day}T00:00:00Z`);
const shortDay = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
const longDay = new Intl.DateTimeFormat("en-US", { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" });

// Every day has a place on the axis and few have a label: the first with its month, then each fifth day of a month, or each
// seventh day where the range spans months.
function dayLabels(days, width, weekly) {
  const parsed = days.map(day => new Date(stamp(day)));
  const oneMonth = days.length > 0 && days[0].slice(0, 7) === days.at(-1).slice(0, 7);
  const room = Math.max(2, Math.floor(width / 70));
  const every = weekly ? Math.ceil(days.length / room) : Math.max(7, Math.ceil(days.length / room / 7) * 7);
  const monthEvery = width < 360 ? 10 : 5;
  return parsed.map((day, index) => {
    if (oneMonth && !weekly) {
      const number = day.getUTCDate();
      return index === 0 ? shortDay.format(day) : number % monthEvery === 0 ? String(number) : "";
    }
    return (days.length - 1 - index) % every === 0 ? shortDay.format(day) : "";
  });
}

function common(element, options) {
  const font = css("font");
  const label = { colors: css("axis"), fontSize: "11px", fontFamily: font, fontWeight: 420 };
  const unit = units[options.unit];
  const values = options.stacked
    ? options.days.map((_, day) => options.series.reduce((sum, series) => sum + (series.values[day] ?? 0), 0))
    : [...options.series.flatMap(series => series.values), ...(options.band?.high ?? [])].filter(value => value !== null);
  // A reference line keeps some room above it, where its label and "Today" stand.
  const scale = scaleOf(options, values, element.clientHeight > 170 ? 4 : 3);
  return {
    chart: {
      height: element.clientHeight, width: "100%", fontFamily: font, foreColor: css("axis"), background: "transparent",
      toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false }, animations: { enabled: false },
      parentHeightOffset: 0, redrawOnParentResize: false, redrawOnWindowResize: false,
    },
    colors: options.series.map(series => css(series.colour)),
    dataLabels: { enabled: false }, legend: { show: false },
    markers: { size: 0, hover: { size: 4 }, strokeWidth: 0 },
    states: { hover: { filter: { type: "none" } }, active: { filter: { type: "none" } } },
    grid: {
      borderColor: css("grid"), strokeDashArray: 0,
      xaxis: { lines: { show: false } }, yaxis: { lines: { show: true } },
      padding: { left: 0, right: 0, top: -18, bottom: options.dayLabels ? -6 : -10 },
    },
    xaxis: {
      labels: { show: options.dayLabels, style: label, rotate: 0, hideOverlappingLabels: false, trim: false, offsetY: -2 },
      axisBorder: { show: false }, axisTicks: { show: false }, tooltip: { enabled: false },
      crosshairs: { stroke: { color: css("line-strong"), width: 1, dashArray: 0 } },
    },
    yaxis: {
      min: scale.min, max: scale.max, tickAmount: scale.count, axisBorder: { show: false }, axisTicks: { show: false },
      labels: { style: label, offsetX: -8, minWidth: 40, maxWidth: 48, formatter: unit.axis(scale.step) },
    },
    tooltip: {
      shared: true, intersect: false, followCursor: false,
      custom: ({ dataPointIndex }) => tooltip(options, unit, dataPointIndex).outerHTML,
    },
  };
}

function lines(element, options) {
  const base = common(element, options);
  const stamps = options.days.map(stamp);
  const font = css("font");
  const half = 432e5;
  const texts = dayLabels(options.days, element.clientWidth);
  const clear = { background: "transparent", fontFamily: font, padding: { left: 0, right: 0, top: 0, bottom: 0 } };
  const points = options.series.filter(series => series.mark).map(series => lastPoint(series, options, stamps, clear)).filter(point => point);
  const plain = options.series.map(series => ({ name: series.name, type: "line", data: stamps.map((x, day) => ({ x, y: series.values[day] })) }));
  const width = options.series.map(series => (series.dashed ? 1.5 : series.expected ? 2 : 2.25));
  const dashArray = options.series.map(series => (series.dashed ? 3 : series.expected ? 5 : 0));
  // The interval lies behind the lines: first in every list. Days without one need a pair of nulls.
  const band = options.band && {
    name: options.band.name, type: "rangeArea",
    data: stamps.map((x, day) => ({ x, y: options.band.low[day] === null ? [null, null] : [options.band.low[day], options.band.high[day]] })),
  };
  return {
    ...base,
    chart: { ...base.chart, type: band ? "rangeArea" : "line" },
    series: band ? [band, ...plain] : plain,
    colors: band ? [css("accent"), ...base.colors] : base.colors,
    // Where there is no interval the key must be absent: a key that is there without a value takes ApexCharts' own away.
    ...(band && { fill: { type: "solid", opacity: [0.15, ...plain.map(() => 1)] } }),
    stroke: { lineCap: "round", curve: "straight", width: band ? [0, ...width] : width, dashArray: band ? [0, ...dashArray] : dashArray },
    xaxis: {
      ...base.xaxis, type: "datetime", min: stamps[0] - half, max: stamps.at(-1) + half,
      // One tick a day, of which few have a text.
      tickAmount: stamps.length, labels: { ...base.xaxis.labels, datetimeUTC: true, formatter: (_, at) => texts[Math.round((at - stamps[0]) / 864e5)] ?? "" },
    },
    annotations: {
      yaxis: options.reference ? [{
        y: options.reference.value, borderColor: css("warn"), strokeDashArray: 0, opacity: 0.9,
        label: { text: options.reference.label, position: "left", textAnchor: "start", borderWidth: 0, style: { ...clear, color: css("warn"), fontSize: "11px", fontWeight: 520 } },
      }] : [],
      xaxis: options.today !== null ? [{
        x: stamps[options.today], borderColor: css("line-strong"), strokeDashArray: 0,
        label: { text: element.clientWidth < 480 ? "" : "Today", orientation: "horizontal", position: "top", offsetY: 2, textAnchor: "middle", borderWidth: 0, style: { ...clear, color: css("text-2"), fontSize: "11px" } },
      }] : [],
      points,
    },
  };
}

// The last value of a line, written beside it.
function lastPoint(series, options, stamps, clear) {
  const last = series.values.findLastIndex(value => value !== null);
  if (last < 0) {
    return null;
  }
  return {
    x: stamps[last], y: series.values[last],
    marker: series.expected
      ? { size: 4, fillColor: css("surface"), strokeColor: css(series.colour), strokeWidth: 2 }
      : { size: 4, fillColor: css(series.colour), strokeColor: css("surface"), strokeWidth: 2 },
    label: {
      text: units[options.unit].full(series.values[last]), borderWidth: 0,
      style: { ...clear, background: css("surface"), color: css("text"), fontSize: "12px", fontWeight: 600 },
    },
  };
}

// Where the words of a line plot may stand depends on where its lines are: those that are read, not the dashed pace.
function arrange(held, min, max) {
  const { gridWidth: width, gridHeight: height, translateY } = held.chart.w.globals;
  const { days, series, reference } = held.options;
  const at = value => ((max - value) / (max - min)) * height;
  const paths = series.filter(line => !line.dashed).map(line =>
    line.values.map((value, day) => [((day + 0.5) / days.length) * width, value]).filter(([, value]) => value !== null).map(([x, value]) => [x, at(value)]));
  placeLabels(held.chart.el, { width, height, above: translateY, paths, reference: reference ? at(reference.value) : null });
}

function bars(element, options) {
  const base = common(element, options);
  const labels = dayLabels(options.days, element.clientWidth, options.weekly);
  const mixed = options.series.some(series => series.line);
  // The line between the parts of a bar would eat up a thin one.
  const gap = options.stacked && element.clientWidth / options.days.length > 14 ? 1 : 0;
  return {
    ...base,
    chart: { ...base.chart, type: mixed ? "line" : "bar", stacked: options.stacked },
    series: options.series.map(series => ({ name: series.name, type: series.line ? "line" : "bar", data: series.values.map(value => value || null) })),
    plotOptions: { bar: { columnWidth: `${Math.min(66, (MaxBar * options.days.length * 100) / Math.max(1, element.clientWidth))}%`, borderRadius: gap ? 2 : 0, borderRadiusApplication: "end", borderRadiusWhenStacked: "last" } },
    stroke: mixed
      ? { curve: "straight", width: options.series.map(series => (series.line ? 2.25 : 0)) }
      : { show: options.stacked, width: gap, colors: [css("surface")] },
    fill: { opacity: 1 },
    grid: { ...base.grid, padding: { ...base.grid.padding, top: -20 } },
    // The labels are made here and not by ApexCharts: a category axis keeps them on the days they belong to.
    xaxis: { ...base.xaxis, type: "category", categories: options.days, labels: { ...base.xaxis.labels, formatter: day => labels[options.days.indexOf(day)] ?? "" } },
  };
}

// Built from elements and text, never from markup: names come from transcripts.
function tooltip(options, unit, index) {
  const box = document.createElement("div");
  box.className = "tooltip";
  const title = document.createElement("h5");
  title.textContent = `${options.weekly ? "Week from " : ""}${longDay.format(new Date(stamp(options.days[index])))}`;
  box.append(title);
  const rows = options.series
    .map(series => ({ name: series.name, value: series.values[index], colour: series.colour }))
    .filter(row => row.value !== null && row.value !== undefined && (!options.stacked || row.value !== 0))
    .sort((left, right) => right.value - left.value);
  for (const row of rows) {
    box.append(line(row.name, unit.full(row.value), row.colour));
  }
  if (options.band && options.band.low[index] !== null) {
    box.append(line(options.band.name, `${unit.full(options.band.low[index])} to ${unit.full(options.band.high[index])}`));
  }
  if (options.stacked) {
    const total = line("Total", unit.full(rows.reduce((sum, row) => sum + row.value, 0)));
    total.className = "total";
    box.append(total);
  }
  return box;
}

function line(name, value, colour) {
  const row = document.createElement("div");
  if (colour) {
    const mark = document.createElement("i");
    mark.style.setProperty("--colour", `var(--ds-${colour})`);
    row.append(mark);
  }
  const text = document.createElement("span");
  text.textContent = name;
  const amount = document.createElement("b");
  amount.textContent = value;
  row.append(text, amount);
  return row;
}
