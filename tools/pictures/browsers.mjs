import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * A browser with one page. `evaluate` runs a function in the page.
 * @typedef {object} Browser
 * @property {(file: string, hash?: string) => Promise<void>} open opens a file, at a place in it
 * @property {(url: string) => Promise<unknown>} visit opens a page of a server
 * @property {(selector: string, path: string) => Promise<void>} choose chooses a file or folder in a field
 * @property {<A, R>(code: (argument: A) => R, argument?: A) => Promise<Awaited<R>>} evaluate
 * @property {() => Promise<Uint8Array>} screenshot
 * @property {(key: string) => Promise<void>} press presses a key
 * @property {(width: number, height: number) => Promise<void>} resize
 * @property {string[]} faults what a page must not do: requests but for itself, dialogs, errors, other pages
 * @property {() => Promise<void>} close
 */

const PLACES = {
  chromium: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  firefox: ["/usr/bin/firefox-esr", "/usr/bin/firefox"],
};

/**
 * The path of an installed browser.
 * @param {"chromium" | "firefox"} name
 */
export function findBrowser(name) {
  return PLACES[name].find((path) => existsSync(path));
}

/**
 * @param {string[]} [settings] options of the browser's command line
 * @param {"light" | "dark"} [colorScheme] what the reader prefers
 * @returns {Promise<Browser>}
 */
export async function openChromium(settings = [], colorScheme = "light") {
  const { chromium } = await import("playwright-core");
  const args = ["--no-sandbox", ...settings];
  const browser = await chromium.launch({ executablePath: findBrowser("chromium"), args });
  const page = await browser.newPage({ viewport: { width: 1_300, height: 900 }, colorScheme });
  const faults = watch(page, (listener) => page.on("popup", listener));
  return {
    faults,
    open: async (file, hash = "") => {
      // Going to another place of the same page would not load it again.
      await page.goto("about:blank");
      await page.goto(pathToFileURL(file).href + hash);
    },
    visit: (url) => page.goto(url),
    choose: (selector, path) => page.setInputFiles(selector, path),
    evaluate: (code, argument) => page.evaluate(code, argument),
    screenshot: () => page.screenshot(),
    press: (key) => page.keyboard.press(key),
    resize: (width, height) => page.setViewportSize({ width, height }),
    close: () => browser.close(),
  };
}

/** @returns {Promise<Browser>} */
export async function openFirefox() {
  const { default: puppeteer } = await import("puppeteer-core");
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: findBrowser("firefox"),
    headless: true,
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1_300, height: 900 });
  const faults = watch(page, (listener) => page.on("popup", listener));
  return {
    faults,
    open: async (file, hash = "") => {
      // Going to another place of the same page would not load it again.
      await page.goto("about:blank");
      await page.goto(pathToFileURL(file).href + hash);
    },
    visit: (url) => page.goto(url),
    choose: async (selector, path) => (await page.$(selector)).uploadFile(path),
    evaluate: (code, argument) => page.evaluate(code, argument),
    screenshot: () => page.screenshot(),
    press: (key) => page.keyboard.press(key),
    resize: (width, height) => page.setViewport({ width, height }),
    close: () => browser.close(),
  };
}

function watch(page, onPopup) {
  const faults = [];
  page.on("request", (request) => {
    if (request.url() !== page.url() && !request.isNavigationRequest())
      faults.push(`request ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => faults.push(`error ${error.message}`));
  page.on("console", (message) => faults.push(`console ${message.text()}`));
  onPopup(() => faults.push("popup"));
  return faults;
}
