import { isCassetteError } from "@cassette/format";
import { displayUrl, parseArchiveUrl } from "../http/archive-url.js";
import { downloadFailed } from "../http/download-failed.js";
import { deadlineOf, readBody } from "../http/limited-body.js";
import type { PartRequest, PartResponse } from "../http/ranged-bytes.js";

/** How a page reads an archive on a server. */
export interface FetchOptions {
  /** Milliseconds that a request may take, and one second more for each 16 kB it asks for. Default: 15,000. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Default: the one of the page, without cookies and referrer. One that adds a header can give access. */
  fetch?: typeof fetch;
}

const CORS_HINT =
  "A server of another site must allow the headers Range and If-Range, and expose Content-Range and ETag (CORS).";

/**
 * Requests a part. Redirects are followed by the browser; the last address must be one that is allowed.
 * @throws CassetteError CASSETTE_DOWNLOAD_FAILED, CASSETTE_URL_INVALID; `signal.reason` when aborted.
 */
export async function fetchPart(request: PartRequest, options: FetchOptions): Promise<PartResponse> {
  const { timeoutMs = 15_000, signal, fetch = globalThis.fetch } = options;
  const path = displayUrl(request.url);
  signal?.throwIfAborted();
  const deadline = deadlineOf(timeoutMs, request.maxBytes);
  const aborts = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    return await partOf(await fetch(request.url, settings(request, aborts)), request);
  } catch (error) {
    signal?.throwIfAborted();
    if (isCassetteError(error)) throw error;
    if (deadline.aborted) throw downloadFailed(path, "The server is too slow.");
    throw downloadFailed(path, "The server could not be read.", CORS_HINT);
  }
}

function settings({ range, ifRange }: PartRequest, signal: AbortSignal): RequestInit & { cache: "no-store" } {
  const headers = { range, ...(ifRange !== undefined && { "if-range": ifRange }) };
  return { headers, signal, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
}

async function partOf(response: Response, { url: asked, maxBytes }: PartRequest): Promise<PartResponse> {
  const url = response.url === "" ? asked : parseArchiveUrl(response.url, asked);
  const headerOf = (name: string) => response.headers.get(name) ?? undefined;
  const headers = {
    "content-range": headerOf("content-range"),
    "content-encoding": headerOf("content-encoding"),
    etag: headerOf("etag"),
    "last-modified": headerOf("last-modified"),
  };
  const { status } = response;
  if (status !== 206) {
    await response.body?.cancel();
    return { url, status, headers, body: new Uint8Array(0) };
  }
  if (headers["content-range"] === undefined) {
    await response.body?.cancel();
    throw downloadFailed(displayUrl(url), "The server does not say which part it sends.", CORS_HINT);
  }
  return { url, status, headers, body: await readBody(piecesOf(response), url, maxBytes) };
}

/** Bodies are not iterable in every browser. */
async function* piecesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
