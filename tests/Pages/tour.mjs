// The README's pictures, made anew from sample data: docs/<page>-<theme>.png.
import { join } from "node:path";
import { interactive, repository, withDashboard } from "./dashboard.mjs";

const shots = [
  ["home-dark.png", "/", "dark"],
  ["project-dark.png", "/projects/storefront-api", "dark"],
  ["kanban-dark.png", "/kanban", "dark"],
  ["tokens-light.png", "/tokens", "light"],
  ["analytics-dark.png", "/analytics", "dark"],
];
const viewport = { width: 1440, height: 1020 };

await withDashboard(async (address, browser) => {
  for (const [file, path, theme] of shots) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport(viewport);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }, { name: "prefers-reduced-motion", value: "reduce" }]);
    await page.goto(address + path, { waitUntil: "networkidle2" });
    await interactive(page);
    await page.waitForFunction(() => document.fonts.status === "loaded" && !document.querySelector("[aria-busy=true]") && [...document.querySelectorAll(".chart")].every(chart => chart.querySelector(".apexcharts-svg")));
    await page.screenshot({ path: join(repository, "docs", file) });
    await context.close();
    console.log(`docs/${file}`);
  }
});
