import { type Agent, get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { displayUrl, parseArchiveUrl } from "./archive-url.js";
import { downloadFailed } from "./download-failed.js";

/** A request for a part of a resource. */
export interface RangeRequest {
  url: URL;
  /** As in the header `Range`. */
  range: string;
  /** Most bytes that the answer may have. */
  maxBytes: number;
  /** The part is wanted only of this version. */
  ifRange?: string;
  /** Milliseconds without a byte after which the request fails. */
  timeoutMs: number;
  agentFor: (url: URL) => Promise<Agent | undefined>;
  signal?: AbortSignal;
}

/** The answer. */
export interface RangeResponse {
  /** Where it came from, after redirects. */
  url: URL;
  status: number;
  headers: IncomingMessage["headers"];
  /** Empty unless the status is 206. */
  body: Buffer;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Slower than this a server counts as one that does not answer. */
const SLOWEST_BYTES_PER_MS = 16;

/**
 * Requests a part, following at most three redirects, each to an address that is allowed. Sends no header but those that the request needs.
 * @throws CassetteError CASSETTE_DOWNLOAD_FAILED, CASSETTE_URL_INVALID; `signal.reason` when aborted.
 */
export async function requestRange(request: RangeRequest): Promise<RangeResponse> {
  let { url } = request;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await requestOnce({ ...request, url });
    const { location } = response.headers;
    if (!REDIRECTS.includes(response.status) || location === undefined) return response;
    url = parseArchiveUrl(location, url);
  }
  throw downloadFailed(displayUrl(request.url), `The server redirects more than ${MAX_REDIRECTS} times.`);
}

async function requestOnce(request: RangeRequest): Promise<RangeResponse> {
  const { url, timeoutMs, maxBytes, signal } = request;
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs + Math.ceil(maxBytes / SLOWEST_BYTES_PER_MS));
  const aborts = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    const response = await send(request, await request.agentFor(url), aborts);
    const { statusCode: status = 0, headers } = response;
    if (status === 206) return { url, status, headers, body: await readBody(response, request) };
    response.destroy();
    return { url, status, headers, body: Buffer.alloc(0) };
  } catch (error) {
    signal?.throwIfAborted();
    if ((error as Error).name === "CassetteError") throw error;
    if (deadline.aborted) throw downloadFailed(displayUrl(url), "The server is too slow.");
    const { code } = error as NodeJS.ErrnoException;
    throw downloadFailed(
      displayUrl(url),
      `The server could not be read${code === undefined ? "" : ` (${code})`}.`,
    );
  }
}

function send(
  { url, range, ifRange, timeoutMs }: RangeRequest,
  agent: Agent | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const get = url.protocol === "https:" ? getHttps : getHttp;
  const headers = {
    range,
    "accept-encoding": "identity",
    ...(ifRange !== undefined && { "if-range": ifRange }),
  };
  return new Promise((resolve, reject) => {
    const sent = get(url, { headers, agent, signal, timeout: timeoutMs }, resolve);
    sent.on("error", reject);
    sent.on("timeout", () => sent.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })));
  });
}

async function readBody(response: IncomingMessage, { url, maxBytes }: RangeRequest): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response) {
    length += piece.length;
    if (length > maxBytes) {
      response.destroy();
      throw downloadFailed(displayUrl(url), "The server sends more than it was asked for.");
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
