// How it feels: the slowest interaction to next paint and the layout shift of every page, while somebody uses it. Bars: 100 ms (median of the runs), no shift.
import { interactive, median, pages, withDashboard } from "./dashboard.mjs";

const runs = Number(process.env.RUNS ?? 5);
const slowest = 100;

// Shifts right after an input count as well: what moves under the pointer is worst of all.
const observe = () => {
  window.felt = { inputs: [], shifts: [] };
  new PerformanceObserver(list => list.getEntries().forEach(e => e.interactionId && window.felt.inputs.push({ name: e.name, ms: e.duration, target: e.target?.getAttribute("aria-label") ?? e.target?.outerHTML.slice(0, 90) })))
    .observe({ type: "event", durationThreshold: 16, buffered: true });
  new PerformanceObserver(list => list.getEntries().forEach(e => window.felt.shifts.push({ value: e.value, input: e.hadRecentInput, what: [...new Set(e.sources.map(s => s.node?.className ?? s.node?.nodeName))].join(" ") })))
    .observe({ type: "layout-shift", buffered: true });
};

const failed = await withDashboard(async (address, browser) => {
  const below = [];
  console.log("| page | slowest interaction, median of the runs | worst | layout shift of loading | things used |\n| --- | ---: | ---: | ---: | ---: |");
  for (const path of pages) {
    const worst = [];
    let shift = 0;
    let used = 0;
    for (let run = 0; run < runs; run++) {
      const felt = await use(browser, address + path);
      worst.push(Math.max(0, ...felt.inputs.map(i => i.ms)));
      felt.inputs.filter(i => i.ms > slowest).forEach(i => console.error(`${path}: ${i.ms} ms for ${i.name} on ${i.target}`));
      shift = Math.max(shift, felt.shifts.filter(s => !s.input).reduce((sum, s) => sum + s.value, 0));
      used = felt.used;
      felt.shifts.filter(s => !s.input).forEach(s => console.error(`${path}: ${s.what} moved by ${s.value}`));
    }

    console.log(`| \`${path}\` | ${median(worst)} ms | ${Math.max(...worst)} ms | ${shift.toFixed(3)} | ${used} |`);
    if (median(worst) > slowest || shift > 0) {
      below.push(`${path}: ${median(worst)} ms, shift ${shift}`);
    }
  }

  return below;
});
failed.forEach(line => console.error(line));
process.exitCode = failed.length === 0 ? 0 : 1;

async function use(browser, url) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  await page.evaluateOnNewDocument(observe);
  await page.goto(url, { waitUntil: "load" });
  await interactive(page);
  await settled(page);
  let used = 0;
  const act = async action => {
    await action();
    await settled(page);
    used++;
  };

  await act(() => page.click("[data-testid=theme-toggle]"));
  await act(() => page.click("[data-testid=theme-toggle]"));
  await act(() => page.click("[data-testid=alert-bell]"));
  await act(() => page.keyboard.press("Escape"));
  await act(() => page.click("[data-testid=project-filter]"));
  await act(() => page.keyboard.type("st"));
  await act(() => page.keyboard.press("Escape"));
  await page.keyboard.down("Control");
  await act(() => page.keyboard.press("k"));
  await page.keyboard.up("Control");
  await act(() => page.keyboard.type("tok"));
  await act(() => page.keyboard.press("Escape"));
  // What pages have of their own: toggles, sort heads, filters.
  for (const button of (await page.$$("main .segmented button, main th button")).slice(0, 10)) {
    if (await button.isIntersectingViewport().catch(() => false)) {
      await act(() => button.click().catch(() => { }));
    }
  }

  const field = await page.$("main input[type=search]");
  if (field) {
    await act(async () => {
      await field.click();
      await page.keyboard.type("ap");
    });
  }

  const felt = await page.evaluate(() => window.felt);
  await context.close();
  return { ...felt, used };
}

// Until nothing has been painted anew for a while.
function settled(page) {
  return page.evaluate(() => new Promise(done => {
    let timer = setTimeout(done, 250);
    const watcher = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(done, 250);
    });
    watcher.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    setTimeout(done, 3000);
  }));
}
