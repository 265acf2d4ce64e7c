// What ApexCharts is told: axes, colours and shapes of the two kinds of plot. Where the words of a line plot stand in the end is up to labels.js.
import { css, dayLabels, stamp, tooltip, units } from "./words.js";

const MaxBar = 56;

/** The configuration of the plot that a ChartOptions of the server asks for. */
export const configOf = (element, options) => (options.kind === "lines" ? lines(element, options) : bars(element, options));

// A round upper end and step for 3 to 5 grid lines: steps of 1, 2 or 5 times a power of ten.
function niceScale(highest, lines) {
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
      custom: ({ dataPointIndex }) => tooltip(options, dataPointIndex).outerHTML,
    },
  };
}

function lines(element, options) {
  const base = common(element, options);
  const stamps = options.days.map(stamp);
  const font = css("font");
  const step = stamps.length > 1 ? stamps[1] - stamps[0] : 864e5;
  const texts = dayLabels(options.days, element.clientWidth, options.step);
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
      ...base.xaxis, type: "datetime", min: stamps[0] - step / 2, max: stamps.at(-1) + step / 2,
      // One tick a point, of which few have a text.
      tickAmount: stamps.length, labels: { ...base.xaxis.labels, datetimeUTC: true, formatter: (_, at) => texts[Math.round((at - stamps[0]) / step)] ?? "" },
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

function bars(element, options) {
  const base = common(element, options);
  const labels = dayLabels(options.days, element.clientWidth, options.step);
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

