// How charts write amounts, days and tooltips.

/** The value of a colour or size of tokens.css. */
export const css = name => getComputedStyle(document.documentElement).getPropertyValue(`--ds-${name}`).trim();

const number = (value, digits) => value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const money = value => (value > 0 && value < 0.01 ? "<$0.01" : `${value < 0 ? "\u2212" : ""}$${number(Math.abs(value), 2)}`);
/** How each unit is written in full, and on an axis of a given step. */
export const units = {
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

/** A day as the number that a time axis has for it. */
export const stamp = day => Date.parse(`${day}T00:00:00Z`);
const shortDay = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
const shortMonth = new Intl.DateTimeFormat("en-US", { month: "short", year: "numeric", timeZone: "UTC" });
const longMonth = new Intl.DateTimeFormat("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
const longDay = new Intl.DateTimeFormat("en-US", { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" });

// Every day has a place on the axis and few have a label: the first with its month, then each fifth day of a month, or each
// seventh day where the range spans months.
export function dayLabels(days, width, step = "day") {
  const parsed = days.map(day => new Date(stamp(day)));
  const oneMonth = days.length > 0 && days[0].slice(0, 7) === days.at(-1).slice(0, 7);
  const room = Math.max(2, Math.floor(width / 70));
  const every = step !== "day" ? Math.ceil(days.length / room) : Math.max(7, Math.ceil(days.length / room / 7) * 7);
  const monthEvery = width < 360 ? 10 : 5;
  return parsed.map((day, index) => {
    if (oneMonth && step === "day") {
      const number = day.getUTCDate();
      return index === 0 ? shortDay.format(day) : number % monthEvery === 0 ? String(number) : "";
    }
    return (days.length - 1 - index) % every === 0 ? (step === "month" ? shortMonth : shortDay).format(day) : "";
  });
}

/** What a day says. Built from elements and text, never from markup: names come from transcripts. */
export function tooltip(options, index) {
  const unit = units[options.unit];
  const box = document.createElement("div");
  box.className = "tooltip";
  const title = document.createElement("h5");
  const start = new Date(stamp(options.days[index]));
  title.textContent = options.step === "month" ? longMonth.format(start) : `${options.step === "week" ? "Week from " : ""}${longDay.format(start)}`;
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
