import { mkdirSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openArchive } from "../src/archive.js";
import { openHttpArchive } from "../src/http.js";
import { openCassette, readSummary } from "../src/reader.js";
import { HOSTILE_SERVERS, listen, redirect, sendPart, serve } from "./support/hostile-servers.js";
import { HAS_NGINX, serveByNginx, servedBytes } from "./support/nginx.js";
import { writeSparseArchive } from "./support/sparse-archive.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const MIB = 1024 ** 2;
const FAILED = "CASSETTE_DOWNLOAD_FAILED";
const INVALID = "CASSETTE_URL_INVALID";

/** Opens, and so verifies; the outcome in a word, and the text of the error. */
async function outcomeOf(url: string): Promise<{ code: string; text: string; file: string; ms: number }> {
  const start = performance.now();
  try {
    await (await openCassette(await openHttpArchive(url, { timeoutMs: 300, env: {} }))).close();
    return { code: "opened", text: "", file: "", ms: performance.now() - start };
  } catch (error) {
    const { code, message, file, hint, cause } = error as Error & Record<string, string>;
    return {
      code: code ?? "",
      text: `${message} ${hint} ${cause}`,
      file: file ?? "",
      ms: performance.now() - start,
    };
  }
}

describe("openHttpArchive", () => {
  it("gives what verifies, in a few requests for parts", async () => {
    const seen: IncomingMessage["headers"][] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers);
      sendPart(request, response);
    });
    expect(await outcomeOf(url)).toMatchObject({ code: "opened" });
    expect(seen.every(({ range }) => range !== undefined)).toBe(true);
    expect(seen.slice(1).every((headers) => headers["if-range"] === '"one"')).toBe(true);
    expect(seen.length).toBe(2);
  });

  it.each(HOSTILE_SERVERS)(
    "refuses a server %s within a second, without naming the query",
    async (_what, code, handler) => {
      const found = await outcomeOf(await serve(handler));
      expect(found.code).toBe(code);
      // The slowest waits for its time-out, which grows with what was asked for.
      expect(found.ms).toBeLessThan(6000);
      expect(found.text + found.file).not.toMatch(/Signature|secret/);
    },
  );

  it("refuses what is not HTTP", async () => {
    const server = createTcpServer((socket) => socket.on("error", () => {}).end("hello\r\n\r\n"));
    onTestFinished(() => void server.close());
    expect(await outcomeOf(`http://127.0.0.1:${await listen(server)}/`)).toMatchObject({ code: FAILED });
  });

  it("follows three redirects", async () => {
    const url = await serve((request, response, nth) =>
      nth <= 3 ? redirect(`/${nth}`)(request, response, nth) : sendPart(request, response),
    );
    expect(await outcomeOf(url)).toMatchObject({ code: "opened" });
  });

  it.each([
    "http://example.com/x.zip",
    "http://127.0.0.1.example.com/x.zip",
    "ftp://127.0.0.1/x.zip",
    "https://user:secret@example.com/x.zip",
    "https://",
  ])("refuses %s before any request", async (url) => {
    await expect(openHttpArchive(url)).rejects.toMatchObject({ code: INVALID });
  });

  it("ends when it is aborted", async () => {
    const url = await serve(() => undefined);
    const reason = new Error("enough");
    const opening = openHttpArchive(url, { signal: AbortSignal.any([abortSoon(reason)]), env: {} });
    await expect(opening).rejects.toBe(reason);
  });

  it("goes through the proxy that HTTPS_PROXY names", async () => {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    onTestFinished(() => void proxy.close());
    const env = { HTTPS_PROXY: `http://127.0.0.1:${await listen(proxy)}`, NO_PROXY: "other.example" };
    const opening = openHttpArchive("https://cassettes.example/x.zip", { env, timeoutMs: 2000 });
    await expect(opening).rejects.toMatchObject({ code: FAILED });
    expect(asked).toEqual(["cassettes.example:443"]);
  });
});

function abortSoon(reason: Error): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 50);
  return controller.signal;
}

describe.skipIf(!HAS_NGINX)("an archive that nginx serves", () => {
  it("says what it is for less than 200 kB of a gigabyte, and verifies as the file does", async () => {
    const folder = temporaryDirectory();
    mkdirSync(join(folder, "www"));
    writeSparseArchive(join(folder, "www/it.zip"), 1000 * MIB);
    const url = `${await serveByNginx(folder)}/it.zip`;
    const source = await openHttpArchive(url, { env: {} });
    expect((await readSummary(source)).manifest.version).toBe(1);
    await source.close();
    const log = await servedBytes(folder);
    expect(log.length).toBeLessThanOrEqual(2);
    expect(log.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(200_000);
    await using remote = await openCassette(await openHttpArchive(url, { env: {} }));
    await using local = await openCassette(await openArchive(join(folder, "www/it.zip")));
    expect(remote.manifest).toEqual(local.manifest);
  }, 60_000);
});
