// The README's pictures, made anew from sample data: docs/<page>-<theme>.png, and docs/home-mobile.png.
import { join } from "node:path";
import { interactive, repository, withDashboard } from "./dashboard.mjs";

const shots = [
  ["home-dark.png", "/", "dark", 1440, 1020],
  ["home-light.png", "/", "light", 1440, 1020],
  ["project-dark.png", "/projects/storefront-api", "dark", 1440, 1020],
  ["kanban-dark.png", "/kanban", "dark", 1440, 1020],
  ["tokens-light.png", "/tokens", "light", 1440, 1020],
  ["analytics-dark.png", "/analytics", "dark", 1440, 1020],
  ["quality-light.png", "/quality", "light", 1440, 1020],
  ["home-mobile.png", "/", "dark", 390, 844],
];

await withDashboard(async (address, browser) => {
  for (const [file, path, theme, width, height] of shots) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width, height, deviceScaleFactor: 1, isMobile: width < 768, hasTouch: width < 768 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }, { name: "prefers-reduced-motion", value: "reduce" }]);
    await page.goto(address + path, { waitUntil: "networkidle2" });
    await interactive(page);
    await page.waitForFunction(() => document.fonts.status === "loaded" && !document.querySelector("[aria-busy=true]"));
    await page.screenshot({ path: join(repository, "docs", file) });
    await context.close();
    console.log(`docs/${file}`);
  }
});
