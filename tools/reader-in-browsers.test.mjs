import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createRecorder, openCassette } from "@cassette/core";
import { openArchive, openDirectory, packArchive } from "@cassette/core/archive";
import { buildSync } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from "vitest";
import {
  cassetteNames,
  cassettePath,
  layOut,
  readCases,
} from "../packages/core/test/support/conformance-data.ts";
import { HOSTILE_ARCHIVES } from "../packages/core/test/support/hostile-archives.ts";
import {
  archiveOf,
  HOSTILE_SERVERS,
  listen,
  sendPart,
  serve,
} from "../packages/core/test/support/hostile-servers.ts";
import { HAS_NGINX, serveByNginx, servedBytes } from "../packages/core/test/support/nginx.ts";
import { findBrowser, openChromium, openFirefox } from "./pictures/browsers.mjs";

const MIB = 1024 ** 2;
const folder = mkdtempSync(join(tmpdir(), "cassette-browser-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a page has: the reader, and a hash library. */
const PAGE = `
import * as reader from "@cassette/core/browser";
import { sha256 } from "@noble/hashes/sha2.js";
globalThis.reader = reader;
globalThis.createHash = () => sha256.create();
`;

/** Bundles a module for pages. What only Node has is an error, or gets the name NODE_ONLY. */
function bundle(contents) {
  const nodeOnly = ["Buffer", "process", "global", "require", "setImmediate", "__dirname"];
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    platform: "browser",
    format: "iife",
    write: false,
    logLevel: "silent",
    define: Object.fromEntries(nodeOnly.map((name) => [name, "NODE_ONLY"])),
  });
  return outputFiles[0].text;
}

describe("@cassette/core/browser", () => {
  it("bundles for a browser without anything that only Node has", () => {
    const code = bundle(PAGE);
    expect(code).toContain("CASSETTE_DIGEST_MISMATCH");
    expect(code).not.toContain("NODE_ONLY");
  });

  it("is needed: the reader for Node does not bundle", () => {
    expect(() => bundle('export * from "@cassette/core/reader"')).toThrow(/Could not resolve "fs"/);
    expect(bundle("console.log(Buffer.alloc(1))")).toContain("NODE_ONLY");
  });
});

/** Reads all that a cassette has. Bytes are given as their digest. Runs in Node and in pages. */
async function observe(cassette) {
  const { manifest, final, scrubReport, integrity, counts, rawSize } = cassette;
  const digestOf = async (bytes) =>
    Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))).join();
  const [events, frames, raw] = [[], [], []];
  for await (const event of cassette.events()) {
    events.push(event);
    if (event.kind === "output") raw.push(await digestOf(await cassette.bytes(event.record)));
  }
  for await (const frame of cassette.frames()) frames.push(frame);
  for await (const bytes of cassette.raw()) raw.push(await digestOf(bytes));
  await cassette.close();
  const plain = (_key, value) => (value instanceof Uint8Array ? Array.from(value) : value);
  const observed = { manifest, final, scrubReport, integrity, counts, rawSize, raw, events, frames };
  return JSON.stringify(observed, plain);
}

/** What an error says, without where the cassette is: the code, and the place in it. */
function factsOf({ code = "", message, file = "", line, seq }) {
  return { code, message, file: file.split("/").pop(), line, seq };
}

async function observeInNode(from) {
  try {
    return await observe(await openCassette(from));
  } catch (error) {
    return factsOf(error);
  }
}

const BROWSERS = [
  ["Chromium", "chromium", openChromium],
  ["Firefox", "firefox", openFirefox],
];

/** Every fifth of what Chromium has to refuse is enough for Firefox, unless there is time for all. */
const partFor = (name, all) =>
  name === "chromium" || process.env.CASSETTE_SOAK ? all : all.filter((_, index) => index % 5 === 0);

describe.each(BROWSERS)("@cassette/core/browser in %s", (_title, name, openBrowser) => {
  const it = test.skipIf(!findBrowser(name));
  // The protocol that drives Firefox chooses no folders, so that these are tests of Chromium only.
  const itChoosesFolders = name === "firefox" ? () => {} : it;
  let browser;
  let server;
  let origin;
  /** Bodies that the server of the page has, by their path. */
  const served = new Map();

  beforeAll(async () => {
    if (!findBrowser(name)) return;
    const html = `<!doctype html><input id="folder" type="file" webkitdirectory>
<script>${bundle(PAGE)}; ${observe} ${factsOf}</script>`;
    server = createServer((request, response) => {
      const body = served.get(request.url);
      if (body === undefined) response.writeHead(200, { "content-type": "text/html" }).end(html);
      else if (request.headers.range === undefined) response.end(body);
      else sendPart(request, response, { archive: body });
    });
    origin = `http://127.0.0.1:${await listen(server)}`;
    browser = await openBrowser();
    await browser.visit(`${origin}/page`);
  });
  afterEach(() => served.clear());
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  /** Opens what a source in the page gives. @param source code of it, an expression that may await */
  function observeInPage(source, address = "") {
    return browser.evaluate(
      async ([code, url]) => {
        const open = new Function("url", `return (async () => ${code})()`);
        try {
          return await observe(await reader.openCassette(await open(url), { createHash }));
        } catch (error) {
          return factsOf(error);
        }
      },
      [source, address],
    );
  }

  const BLOB = "reader.openArchive(await (await fetch(url)).blob(), 'it.zip')";
  const FETCH = "reader.openHttpArchive(url, { timeoutMs: 300 })";

  /** The archive as a Blob. */
  function observeBlob(archive) {
    served.set("/it.zip", archive);
    return observeInPage(BLOB, `${origin}/it.zip`);
  }

  /** The files of a directory, as the user chooses it. */
  async function observeFolder(dir) {
    await browser.choose("#folder", dir);
    return observeInPage("reader.openDirectory(document.querySelector('#folder').files)");
  }

  itChoosesFolders("reads a folder that the user chose as Node reads the directory", async () => {
    for (const name of cassetteNames())
      expect(await observeFolder(cassettePath(name)), name).toEqual(await observeInNode(cassettePath(name)));
  });

  itChoosesFolders("refuses what the Go implementation refused, for the reason that Node gives", async () => {
    const cases = readCases("invalid.json").filter(({ directories = [] }) => directories.length === 0);
    expect(cases.length).toBeGreaterThan(50);
    for (const [n, damaged] of cases.entries()) {
      const dir = join(folder, `invalid-${n}`);
      mkdirSync(dir);
      layOut(damaged, dir);
      if (readdirSync(dir).length === 0) continue;
      expect(await observeFolder(dir), damaged.name).toEqual(await observeInNode(dir));
    }
  });

  itChoosesFolders("refuses a cassette whose bytes were changed, as Node does", async () => {
    const dir = join(folder, "changed");
    cpSync(cassettePath("real-less"), dir, { recursive: true });
    const raw = readFileSync(join(dir, "output.raw"));
    raw[raw.length >> 1] ^= 1;
    writeFileSync(join(dir, "output.raw"), raw);
    const found = await observeFolder(dir);
    expect(found).toMatchObject({ code: "CASSETTE_DIGEST_MISMATCH", file: "output.raw" });
    expect(found).toEqual(await observeInNode(dir));
    const packed = await observeBlob(await pack(dir));
    expect(packed).toMatchObject({ code: "CASSETTE_DIGEST_MISMATCH", file: "output.raw" });
  });

  describe("archives", () => {
    const dir = join(folder, `large-${name}`);
    beforeAll(async () => {
      const recorder = await createRecorder(dir, { manifest: { id: "large" }, integrity: true });
      for (let n = 0; n < 60; n++) recorder.recordOutput(Buffer.from(`line ${n} `.repeat(8_000)));
      recorder.recordInput({ bytes: Buffer.from("é\r"), key: "enter" });
      await recorder.drain();
      recorder.recordFinal({ exit: { Code: 0, Signal: "", Exited: true, Signaled: false } });
      await recorder.close();
      expect(readFileSync(join(dir, "output.raw")).length).toBeGreaterThan(3 * MIB);
    });

    it.each([0, 1, 9])("of level %i gives, as a Blob and by fetch, what Node reads", async (level) => {
      const expected = await observeInNode(dir);
      const archive = await pack(dir, level);
      expect(await observeBlob(archive)).toEqual(expected);
      expect(await observeInPage(FETCH, `${origin}/it.zip`)).toEqual(expected);
    });

    it.skipIf(spawnSync("zip", ["-v"]).status !== 0)("of zip gives what Node reads", async () => {
      const path = join(folder, `by-zip-${name}.zip`);
      spawnSync("zip", ["-qr", path, basename(dir)], { cwd: dirname(dir) });
      expect(await observeBlob(readFileSync(path))).toEqual(await observeInNode(dir));
    });

    it("is refused with a byte changed, as in Node", async () => {
      const archive = await pack(dir, 6);
      const path = join(folder, "changed.zip");
      for (const at of [archive.length >> 3, archive.length >> 2, archive.length >> 1, archive.length - 20]) {
        const changed = Buffer.from(archive);
        changed[at] ^= 0x10;
        writeFileSync(path, changed);
        const inNode = await openArchive(path).then(observeInNode, factsOf);
        const { code } = await observeBlob(changed);
        expect(code, `byte ${at}`).toMatch(/^CASSETTE_/);
        expect(code, `byte ${at}`).toBe(inNode.code);
      }
    });
  });

  it.each(partFor(name, HOSTILE_ARCHIVES))("refuses %s", async (_what, code, make) => {
    expect(await observeBlob(make())).toMatchObject({ code });
  });

  it("does what the README shows", async () => {
    const readme = readFileSync(join(import.meta.dirname, "../packages/core/README.md"), "utf8");
    const example = /```js\n(.*?@cassette\/core\/browser.*?)```/s.exec(readme)?.[1] ?? "";
    served.set("/readme.js", bundle(example));
    await browser.visit(`${origin}/page`);
    await browser.evaluate(() => {
      document.body.innerHTML = '<input id="archive" type="file"><pre></pre>';
    });
    await browser.evaluate(async () => new Function(await (await fetch("/readme.js")).text())());
    const path = join(folder, "readme.zip");
    writeFileSync(path, await pack(cassettePath("real-top")));
    const shown = () => browser.evaluate(() => document.querySelector("pre").textContent);
    await browser.choose("#archive", path);
    const frames = readFileSync(join(cassettePath("real-top"), "frames.jsonl"), "utf8").trim();
    const last = JSON.parse(frames.split("\n").at(-1) ?? "").text.join("\n");
    await expect.poll(shown).toBe(last);
    const text = join(folder, "text.zip");
    writeFileSync(text, "not an archive");
    await browser.choose("#archive", text);
    await expect.poll(shown).toMatch(/^CASSETTE_ARCHIVE_INVALID: /);
    await browser.visit(`${origin}/page`);
  });

  it("reads an archive on another server that allows it, in parts of one version", async () => {
    const seen = [];
    const url = await serve(
      allowing((request, response) => {
        seen.push(request.headers);
        sendPart(request, response);
      }),
    );
    expect(await observeInPage(FETCH, url)).toEqual(await observeInNode(cassettePath("minimal")));
    expect(seen.every(({ range }) => /^bytes=/.test(range))).toBe(true);
    expect(seen.slice(1).every((headers) => headers["if-range"] === '"one"')).toBe(true);
    expect(seen.some(({ cookie, referer }) => cookie || referer)).toBe(false);
  });

  it("says what a server lacks that does not allow it", async () => {
    const refused = await observeInPage(FETCH, await serve(sendPart));
    expect(refused).toMatchObject({ code: "CASSETTE_DOWNLOAD_FAILED" });
  });

  // The browser follows redirects itself and does not say why one failed; it takes 20 kB of headers.
  const byBrowser = (what, code) => (/redirects/.test(what) ? "CASSETTE_DOWNLOAD_FAILED" : code);
  it.each(
    partFor(
      name,
      HOSTILE_SERVERS.filter(([what]) => !/kB of headers/.test(what)),
    ).map(([what, code, handler]) => [what, byBrowser(what, code), handler]),
  )("refuses a server %s", async (what, code, handler) => {
    const found = await observeInPage(FETCH, await serve(allowing(handler)));
    expect(found, what).toMatchObject({ code });
    expect(JSON.stringify(found)).not.toMatch(/Signature|secret/);
  });

  it.skipIf(!HAS_NGINX)(
    "reads the summary of an archive of 32 MiB that nginx serves for less than 200 kB",
    async () => {
      const root = join(folder, `nginx-${name}`);
      mkdirSync(join(root, "www"), { recursive: true });
      writeFileSync(join(root, "www/it.zip"), archiveOf(32 * MIB));
      writeFileSync(join(root, "www/index.html"), `<script>${bundle(PAGE)}</script>`);
      const address = await serveByNginx(root);
      await browser.visit(address);
      const before = (await servedBytes(root)).length;
      const manifest = await browser.evaluate(async () => {
        const source = await reader.openHttpArchive(new URL("it.zip", location.href));
        return (await reader.readSummary(source)).manifest;
      });
      await browser.visit(`${origin}/page`);
      expect(manifest.version).toBe(1);
      const bytes = (await servedBytes(root)).slice(before);
      expect(bytes.length).toBeLessThanOrEqual(3);
      expect(bytes.reduce((sum, count) => sum + count, 0)).toBeLessThan(200_000);
    },
  );
});

async function pack(dir, level = 6) {
  const pieces = [];
  for await (const piece of packArchive(openDirectory(dir), { level })) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The same for pages of other servers (CORS). */
function allowing(handler) {
  let nth = 0;
  return (request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "range, if-range");
    response.setHeader("access-control-expose-headers", "content-range, content-encoding, etag");
    if (request.method === "OPTIONS") response.writeHead(204).end();
    else handler(request, response, ++nth);
  };
}
