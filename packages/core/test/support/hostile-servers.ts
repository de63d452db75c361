import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Server as NetServer } from "node:net";
import { join } from "node:path";
import { pipeline, Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { cassettePath } from "./conformance-data.js";
import { buildZip, type ZipEntry } from "./zip-builder.js";

/** The query of each address. */
const SECRET = "X-Amz-Signature=0123456789abcdef";

/** A sound archive, larger than what is read at once. */
export function archiveOf(padding = 200_000, change: Partial<ZipEntry> = {}, listOffset?: number): Buffer {
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

/** Answers the nth request. */
export type Handler = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

/** Serves a part as it should be served, with other headers or another body where a test wants that. */
export function sendPart(
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

/** Listens on this machine. @returns the port. */
export async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Serves until the end of the test. @returns the address, with a query. */
export async function serve(handler: Handler): Promise<string> {
  let nth = 0;
  const server = createServer((request, response) => handler(request, response, ++nth));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${await listen(server)}/it.zip?${SECRET}`;
}

const FAILED = "CASSETTE_DOWNLOAD_FAILED";
const INVALID = "CASSETTE_URL_INVALID";
const CHANGED = "CASSETTE_ARTIFACT_CHANGED";
/** Redirects every request. */
export const redirect =
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

/** What is wrong with each server, the code of its error, and how it answers. */
export const HOSTILE_SERVERS: [string, string, Handler][] = [
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
