import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server as NetServer,
} from "node:net";
import { join } from "node:path";
import { pipeline, Readable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { openArchive } from "../src/archive.js";
import { openHttpArchive } from "../src/http.js";
import { openCassette, readSummary } from "../src/reader.js";
import { cassettePath } from "./support/conformance-data.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { buildZip, type ZipEntry } from "./support/zip-builder.js";

const MIB = 1024 ** 2;
const SECRET = "X-Amz-Signature=0123456789abcdef";

/** A sound archive, larger than what is read at once. */
function archiveOf(padding = 200_000, change: Partial<ZipEntry> = {}, listOffset?: number): Buffer {
  const dir = cassettePath("minimal");
  const files = readdirSync(dir).map((name) => ({ name, data: readFileSync(join(dir, name)) }));
  return buildZip([...files, { name: "padding", data: Buffer.alloc(padding, "padding"), ...change }], {
    listOffset,
  });
}

const ARCHIVE = archiveOf();

interface Part {
  start: number;
  end: number;
}

function partOf({ headers }: IncomingMessage, size: number): Part {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? "") ?? [];
  if (first === "") return { start: Math.max(0, size - Number(last)), end: size };
  return { start: Number(first), end: Math.min(size, Number(last) + 1) };
}

type Handler = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

/** Serves a part as it should be served, with other headers or another body where a test wants that. */
function sendPart(
  request: IncomingMessage,
  response: ServerResponse,
  change: { headers?: Record<string, string>; body?: Buffer; status?: number; archive?: Buffer } = {},
): void {
  const archive = change.archive ?? ARCHIVE;
  const { start, end } = partOf(request, archive.length);
  const body = change.body ?? archive.subarray(start, end);
  response.writeHead(change.status ?? 206, {
    etag: '"one"',
    "content-range": `bytes ${start}-${end - 1}/${archive.length}`,
    ...change.headers,
  });
  response.end(body);
}

async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function serve(handler: Handler): Promise<string> {
  let nth = 0;
  const server = createServer((request, response) => handler(request, response, ++nth));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${await listen(server)}/it.zip?${SECRET}`;
}

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

const FAILED = "CASSETTE_DOWNLOAD_FAILED";
const INVALID = "CASSETTE_URL_INVALID";
const CHANGED = "CASSETTE_ARTIFACT_CHANGED";
const redirect =
  (location: string | ((nth: number) => string)): Handler =>
  (_request, response, nth) =>
    response.writeHead(302, { location: typeof location === "string" ? location : location(nth) }).end();
/** The first answer is sound. */
const later =
  (handler: Handler): Handler =>
  (request, response, nth) =>
    nth === 1 ? sendPart(request, response) : handler(request, response, nth);
const withHeaders =
  (headers: Record<string, string>): Handler =>
  (request, response) =>
    sendPart(request, response, { headers });

const HOSTILE: [string, string, Handler][] = [
  ["that ignores ranges", "CASSETTE_RANGES_UNSUPPORTED", (_q, r) => r.writeHead(200).end(ARCHIVE)],
  [
    "that sends everything without an end",
    "CASSETTE_RANGES_UNSUPPORTED",
    (_q, r) => endless(r.writeHead(200)),
  ],
  ["that has no such file", FAILED, (_q, r) => r.writeHead(404).end("not found")],
  ["that refuses access", FAILED, (_q, r) => r.writeHead(403).end()],
  ["that fails", FAILED, (_q, r) => r.writeHead(500).end()],
  ["that asks for a password", FAILED, (_q, r) => r.writeHead(401, { "www-authenticate": "Basic" }).end()],
  ["that does not answer", FAILED, () => undefined],
  ["that stops in the middle of a body", FAILED, (q, r) => stall(q, r)],
  ["that closes the connection", FAILED, (_q, r) => r.socket?.destroy()],
  ["that closes the connection in the middle of a body", FAILED, (q, r) => cutOff(q, r)],
  [
    "that sends a part without an end",
    FAILED,
    (_q, r) => endless(r.writeHead(206, { "content-range": "bytes 0-65535/65536" })),
  ],
  ["that does not say which part it sends", FAILED, withHeaders({ "content-range": "" })],
  [
    "that sends several parts",
    FAILED,
    withHeaders({ "content-range": "", "content-type": "multipart/byteranges; boundary=x" }),
  ],
  ["that does not say how long the file is", FAILED, withHeaders({ "content-range": "bytes 0-65535/*" })],
  [
    "that says the file is shorter than its part",
    FAILED,
    withHeaders({ "content-range": "bytes 0-65535/100" }),
  ],
  [
    "that says the file has 10^300 bytes",
    FAILED,
    withHeaders({ "content-range": `bytes 0-65535/1${"0".repeat(300)}` }),
  ],
  ["that compresses", FAILED, withHeaders({ "content-encoding": "gzip" })],
  ["that sends 20 kB of headers", FAILED, withHeaders({ "x-large": "x".repeat(20_000) })],
  [
    "that sends another part later",
    FAILED,
    later((q, r) => sendPart(q, r, { headers: { "content-range": `bytes 1-65536/${ARCHIVE.length}` } })),
  ],
  [
    "that sends fewer bytes than it says later",
    FAILED,
    later((q, r) => sendPart(q, r, { body: Buffer.alloc(5) })),
  ],
  ["that has another version later", CHANGED, later((_q, r) => r.writeHead(200).end(ARCHIVE))],
  ["that has another version later, and serves its part", CHANGED, later(withHeaders({ etag: '"two"' }))],
  [
    "that has a longer file later",
    CHANGED,
    later((q, r) => sendPart(q, r, { archive: archiveOf(300_000), headers: { etag: '"one"' } })),
  ],
  [
    "that serves zeros",
    "CASSETTE_ARCHIVE_INVALID",
    (q, r) => sendPart(q, r, { archive: Buffer.alloc(200_000) }),
  ],
  [
    "that serves other bytes later",
    "CASSETTE_ARCHIVE_INVALID",
    later((q, r) => sendPart(q, r, { archive: Buffer.alloc(ARCHIVE.length) })),
  ],
  ["that redirects to itself", FAILED, redirect((nth) => `/${nth}?${SECRET}`)],
  ["that redirects to http", INVALID, redirect("http://example.com/x.zip?secret")],
  ["that redirects to a file", INVALID, redirect("file:///etc/passwd")],
  ["that redirects to a URL with a password", INVALID, redirect("https://user:secret@example.com/")],
  ["that redirects to nonsense", INVALID, redirect("http://[")],
];

function endless(response: ServerResponse): void {
  const blocks = (function* () {
    for (;;) yield Buffer.alloc(64 * 1024);
  })();
  pipeline(Readable.from(blocks), response, () => undefined);
}

function stall(request: IncomingMessage, response: ServerResponse): void {
  const { start, end } = partOf(request, ARCHIVE.length);
  response.writeHead(206, {
    "content-range": `bytes ${start}-${end - 1}/${ARCHIVE.length}`,
    "content-length": end - start,
  });
  response.write(ARCHIVE.subarray(start, start + 100));
}

function cutOff(request: IncomingMessage, response: ServerResponse): void {
  stall(request, response);
  setTimeout(() => response.socket?.destroy(), 20);
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

  it.each(HOSTILE)(
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

const HAS_NGINX = spawnSync("nginx", ["-v"], { stdio: "ignore" }).status === 0;

describe.skipIf(!HAS_NGINX)("an archive that nginx serves", () => {
  it("says what it is for less than 200 kB of a gigabyte, and verifies as the file does", async () => {
    const folder = temporaryDirectory();
    const port = await freePort();
    mkdirSync(join(folder, "www"));
    writeSparse(join(folder, "www/it.zip"), 1000 * MIB);
    startNginx(folder, port);
    const url = `http://127.0.0.1:${port}/it.zip`;
    await untilServed(port);
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

/** The same archive with much more padding, a hole on the disk. */
function writeSparse(path: string, bytes: number): void {
  const plain = archiveOf(0);
  const listOffset = plain.readUInt32LE(plain.length - 6);
  const large = archiveOf(0, { compressed: bytes, size: bytes }, listOffset + bytes);
  writeFileSync(path, large.subarray(0, listOffset));
  const file = openSync(path, "r+");
  writeSync(file, large.subarray(listOffset), 0, undefined, listOffset + bytes);
  closeSync(file);
}

async function freePort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function startNginx(folder: string, port: number): void {
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
http { log_format bytes "$body_bytes_sent"; access_log ${folder}/access.log bytes;
client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
server { listen 127.0.0.1:${port}; root ${folder}/www; } }`,
  );
  const nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], { stdio: "ignore" });
  onTestFinished(() => void nginx.kill());
}

async function untilServed(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.unref();
      setTimeout(() => socket.destroy(), 500).unref();
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nginx does not start");
}

/** Bytes of each body that was served, once the log is written. */
async function servedBytes(folder: string): Promise<number[]> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  return readFileSync(join(folder, "access.log"), "utf8").trim().split("\n").map(Number);
}
