import { type Agent, get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { displayUrl, parseArchiveUrl } from "./archive-url.js";
import { downloadFailed } from "./download-failed.js";
import { deadlineOf, readBody } from "./limited-body.js";
import type { PartRequest, PartResponse } from "./ranged-bytes.js";

/** How a part is requested. */
export interface RangeRequest extends PartRequest {
  /** Milliseconds without a byte after which the request fails. */
  timeoutMs: number;
  agentFor: (url: URL) => Promise<Agent | undefined>;
  signal?: AbortSignal;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Requests a part, following at most three redirects, each to an address that is allowed. Sends no header but those that the request needs.
 * @throws CassetteError CASSETTE_DOWNLOAD_FAILED, CASSETTE_URL_INVALID; `signal.reason` when aborted.
 */
export async function requestRange(request: RangeRequest): Promise<PartResponse> {
  let { url } = request;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await requestOnce({ ...request, url });
    const { location } = response.headers;
    if (!REDIRECTS.includes(response.status) || location === undefined) return response;
    url = parseArchiveUrl(location, url);
  }
  throw downloadFailed(displayUrl(request.url), `The server redirects more than ${MAX_REDIRECTS} times.`);
}

async function requestOnce(request: RangeRequest): Promise<PartResponse> {
  const { url, timeoutMs, maxBytes, signal } = request;
  signal?.throwIfAborted();
  const deadline = deadlineOf(timeoutMs, maxBytes);
  const aborts = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    const response = await send(request, await request.agentFor(url), aborts);
    const { statusCode: status = 0, headers } = response;
    if (status === 206) return { url, status, headers, body: await readBody(response, url, maxBytes) };
    response.destroy();
    return { url, status, headers, body: new Uint8Array(0) };
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
