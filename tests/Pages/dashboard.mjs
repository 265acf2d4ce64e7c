// The published dashboard with sample data, and the browser that looks at it.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

export const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Every page a person can open, as paths of the sample data. */
export const pages = ["/", "/projects", "/kanban", "/tokens", "/analytics", "/quality", "/alerts", "/settings", "/projects/rag-evaluator", "/projects/not-there"];

const browserPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const startLimit = 60_000;

/** Publishes and starts the dashboard, opens a browser, calls `look(address, browser)` and ends both, whatever comes of it. */
export async function withDashboard(look) {
  const folder = mkdtempSync(join(tmpdir(), "aiaiai-pages-"));
  let server;
  let browser;
  try {
    const program = process.env.AIAIAI_PROGRAM ?? publish(folder);
    server = spawn(program, ["--demo", "--urls", "http://127.0.0.1:0"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    const address = await addressOf(server);
    const executablePath = process.env.CHROME_PATH ?? browserPlaces.find(existsSync);
    if (!executablePath) {
      throw new Error("No Chromium or Chrome was found. Name one in CHROME_PATH.");
    }

    browser = await puppeteer.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
    return await look(address, browser);
  } finally {
    await browser?.close();
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until the page answers to clicks. */
export const interactive = page => page.waitForFunction(() => document.documentElement.dataset.interactive === "true", { timeout: startLimit });

/** Median of numbers. */
export const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function publish(folder) {
  const output = join(folder, "dashboard");
  execFileSync("dotnet", ["publish", join(repository, "src", "AiaiaiDashboard"), "-c", "Release", "-o", output, "-v", "quiet", "-nologo"], { stdio: ["ignore", "inherit", "inherit"] });
  return join(output, process.platform === "win32" ? "AiaiaiDashboard.exe" : "AiaiaiDashboard");
}

function addressOf(server) {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`The dashboard named no address within ${startLimit / 1000} s: ${text}`)), startLimit);
    server.stdout.on("data", data => {
      text += data;
      const found = text.match(/AIAIAI Dashboard: (http:\S+)/);
      // Its last line: from then on it answers.
      if (found && text.includes("Press Ctrl+C")) {
        clearTimeout(timer);
        resolve(found[1]);
      }
    });
    server.once("error", reject);
    server.once("exit", code => reject(new Error(`The dashboard ended with ${code}: ${text}`)));
  });
}

function stop(server) {
  return !server || server.exitCode !== null ? undefined : new Promise(resolve => {
    server.once("exit", resolve);
    server.kill("SIGTERM");
  });
}
