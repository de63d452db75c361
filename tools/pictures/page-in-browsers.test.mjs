import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderPage } from "@cassette/render/page";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findBrowser, openChromium, openFirefox } from "./browsers.mjs";
import { HOSTILE } from "./hostile.mjs";
import { hostileScreen } from "./screens.mjs";

const COMMAND = join(import.meta.dirname, "../../packages/cli/dist/main.cjs");
const PROGRAM = `
printf 'name? '; read name
printf '\\033[2J\\033[Hhello \\033[1;31m%s\\033[m 漢字 👍 ok\\r\\n' "$name"
for i in 1 2 3; do sleep 0.1; echo "step $i of $1"; done
read again; echo "failed: no such file"; exit 3
`;
const SCRIPT = [
  { wait: "name?" },
  { type: "Ada\r" },
  { wait: "step 3" },
  { mark: "half way" },
  { sleep: 300 },
  { type: "more" },
  { resize: "90x20" },
  { press: "Enter" },
];

const folder = mkdtempSync(join(tmpdir(), "cassette-pages-"));
afterAll(() => rmSync(folder, { recursive: true }));

function cassette(...args) {
  const { status, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

const hasBrowser = findBrowser("chromium") || findBrowser("firefox");

beforeAll(async () => {
  if (!hasBrowser) return;
  writeFileSync(join(folder, "script.json"), JSON.stringify(SCRIPT));
  for (const name of ["one", "two"])
    cassette(
      "record",
      "-q",
      "--headless",
      "--script",
      "script.json",
      name,
      "--",
      "sh",
      "-c",
      PROGRAM,
      "sh",
      name,
    );
  cassette("view", "one", "-o", "one.html", "--evidence");
  cassette("view", "one", "-o", "diff.html", "--diff", "two");
  writeFileSync(join(folder, "hostile.html"), await hostilePage());
}, 120_000);

/** A page that has what could act in every field. */
async function hostilePage() {
  const screens = await Promise.all(HOSTILE.map((text) => hostileScreen(text)));
  const all = HOSTILE.join(" ");
  const events = HOSTILE.flatMap((text, index) =>
    ["input", "mark", "service", "resize", "exit"].map((kind) => ({
      ...{ t_ms: index * 20, seq: index, kind, text },
      detail: JSON.stringify({ [text]: text }),
    })),
  );
  const recording = {
    ...{ title: all, summary: all, durationMs: 2_000, events },
    facts: HOSTILE.map((text) => [text, text]),
    screens: () => screens.map((screen, index) => ({ screen, t_ms: index * 20, seq: index })),
  };
  const differences = HOSTILE.map((label, index) => ({ label, seq: index, otherSeq: index, rows: [0] }));
  const evidence = HOSTILE.map((name) => ({ name, bytes: Buffer.from(name), sha256: name }));
  const failure = { seq: 9, message: all, expected: HOSTILE };
  let html = "";
  for await (const piece of renderPage(recording, { failure, evidence, other: { recording, differences } }))
    html += piece;
  return html;
}

const BROWSERS = { chromium: openChromium, firefox: openFirefox };

describe.each(Object.entries(BROWSERS))("a page of a recording, in %s", (name, open) => {
  if (!findBrowser(name)) {
    it.skip(`${name} is not installed`, () => {});
    return;
  }
  /** @type {import("./browsers.mjs").Browser} */
  let browser;
  beforeAll(async () => {
    browser = await open();
  }, 120_000);
  afterAll(() => browser.close());
  beforeEach(() => {
    browser.faults.length = 0;
  });

  async function openPage(file, hash = "") {
    await browser.open(join(folder, file), hash);
    await browser.evaluate(complete);
  }
  const rows = () => browser.evaluate(shownRows);

  it("shows the recording from a file, without any request or error", async () => {
    await openPage("one.html");
    expect((await rows())[0]).toBe("name?");
    const events = await browser.evaluate(texts, ".events .what");
    expect(events.slice(0, 3)).toEqual(['"Ada" Enter', "half way", '"more"']);
    expect(events.at(-1)).toBe("exit 3");
    expect(await browser.evaluate(texts, "h1")).toEqual([expect.stringContaining("sh -c")]);
    expect(browser.faults).toEqual([]);
  });

  it("seeks with keys, by an event and by links", async () => {
    await openPage("one.html");
    await browser.press("End");
    expect(await rows()).toContain("failed: no such file");
    await browser.press("Home");
    await browser.press("j");
    expect((await rows())[0]).toBe("name?");
    await browser.evaluate(clickEvent, "half way");
    expect(await rows()).toContain("step 3 of one");
    await openPage("one.html", "#mark=half%20way");
    expect(await rows()).toContain("step 3 of one");
    await openPage("one.html", "#t=999");
    expect(await rows()).toContain("failed: no such file");
    await openPage("one.html", "#seq=1");
    expect((await rows())[0]).toBe("name?");
    expect(browser.faults).toEqual([]);
  });

  it("plays to the end", async () => {
    await openPage("one.html");
    await browser.press("+");
    await browser.press(" ");
    expect(await browser.evaluate(untilRow, "failed: no such file")).toBe(true);
    expect(browser.faults).toEqual([]);
  });

  it("finds text on all screens, and shows where", async () => {
    await openPage("one.html");
    await browser.press("/");
    for (const key of "step") await browser.press(key);
    expect(await browser.evaluate(texts, ".hits .what")).toEqual([
      "step 1 of one",
      "step 2 of one",
      "step 3 of one",
    ]);
    await browser.press("Enter");
    await browser.press("Enter");
    expect(await browser.evaluate(texts, ".row.marked")).toEqual(["step 2 of one"]);
    expect(browser.faults).toEqual([]);
  });

  it("has wide characters in their columns", async () => {
    await openPage("one.html", "#t=999");
    expect(await browser.evaluate(worstColumn)).toBeLessThan(0.5);
  });

  it("shows the screens before and after an input, and where another recording differs", async () => {
    await openPage("one.html", "#mark=half%20way");
    await browser.press("b");
    const captions = await browser.evaluate(texts, "figcaption");
    expect(captions).toEqual([
      expect.stringContaining('Before "Ada" Enter'),
      expect.stringContaining("After"),
    ]);
    await openPage("diff.html");
    const sides = await browser.evaluate(texts, "figure .row.marked");
    expect(sides).toEqual(expect.arrayContaining(["step 1 of one", "step 1 of two"]));
    expect(browser.faults).toEqual([]);
  });

  it("verifies the files that it has", async () => {
    await openPage("one.html");
    expect(await browser.evaluate(verifyEvidence)).toEqual({
      said: "Every file is as the manifest says.",
      files: true,
    });
    expect(browser.faults).toEqual([]);
  });

  it("fits on a screen of 360 pixels", async () => {
    await browser.resize(360, 740);
    await openPage("one.html");
    expect(await browser.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await browser.resize(1_300, 900);
  });

  it("lets nothing run, load or navigate that was recorded", async () => {
    await openPage("hostile.html");
    for (const key of [".", "b", "Escape", "End", "j", "k", "]", "?"]) await browser.press(key);
    expect(await browser.evaluate(strangers)).toEqual([]);
    expect(browser.faults).toEqual([]);
  });

  it("has no fault that axe finds", async () => {
    // It would be stopped by the page's own policy.
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const html = readFileSync(join(folder, "one.html"), "utf8").replace(
      /<meta http-equiv="Content-Security-Policy"[^>]*>/,
      "",
    );
    writeFileSync(
      join(folder, "axe.html"),
      html.replace("</body>", () => `<script>${axe}</script></body>`),
    );
    await openPage("axe.html");
    const { violations, passes } = await browser.evaluate(runAxe);
    expect(violations).toEqual([]);
    expect(passes).toBeGreaterThan(15);
  });
});

// These run in the page.

function complete() {
  return new Promise((resolve) => {
    const look = () =>
      document.querySelector("[data-state=complete]") ? resolve(true) : setTimeout(look, 10);
    look();
  });
}

function shownRows() {
  return [...document.querySelectorAll(".screen .row")].map((row) => row.textContent.trimEnd());
}

function texts(selector) {
  return [...document.querySelectorAll(selector)].map((element) => element.textContent.trim());
}

function clickEvent(text) {
  const events = [...document.querySelectorAll(".events button")];
  events.find((button) => button.textContent.includes(text)).click();
}

function untilRow(text) {
  return new Promise((resolve) => {
    const start = performance.now();
    const look = () => {
      if (document.querySelector(".rows").textContent.includes(text)) resolve(true);
      else if (performance.now() - start > 20_000) resolve(false);
      else setTimeout(look, 20);
    };
    look();
  });
}

/** How far the text after wide characters is from its column, in pixels. */
function worstColumn() {
  const row = [...document.querySelectorAll(".row")].find((found) => found.textContent.includes("漢字"));
  const left = row.getBoundingClientRect().left;
  const cell = row.parentElement.getBoundingClientRect().width / 90;
  const last = [...row.querySelectorAll("span")].at(-1);
  const columns = "hello Ada 漢字 👍".length + 2;
  return Math.abs(last.getBoundingClientRect().left - left - columns * cell);
}

async function verifyEvidence() {
  const buttons = [...document.querySelectorAll("section button")];
  const button = buttons.find(({ textContent }) => textContent === "Verify");
  button.click();
  const status = button.nextElementSibling;
  while (status.textContent === "") await new Promise((resolve) => setTimeout(resolve, 10));
  const states = [...document.querySelectorAll("table tr")].map((row) => row.lastElementChild.textContent);
  return {
    said: status.textContent,
    files: states.length > 5 && states.slice(1).every((state) => state === "✓"),
  };
}

/** What no page of ours has. */
function strangers() {
  const known =
    "html head meta title style body noscript script div header h1 h2 p button strong main section canvas input span output label select option aside ol li time details summary pre dl dt dd kbd dialog form figure figcaption table tbody tr td";
  const elements = [...document.querySelectorAll("*")];
  return [
    ...elements.map(({ localName }) => localName).filter((name) => !known.split(" ").includes(name)),
    ...elements.flatMap((element) =>
      element.getAttributeNames().filter((name) => /^on|^href|^src/i.test(name)),
    ),
    ...elements
      .filter(({ localName }) => localName === "script")
      .slice(0)
      .flatMap(({ type }) => (/^(|application\/(json|octet-stream))$/.test(type) ? [] : [type])),
  ];
}

async function runAxe() {
  const { violations, passes } = await window.axe.run(document);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`),
  );
  return { violations: found, passes: passes.length };
}
