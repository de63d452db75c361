import type { ReadableBytes } from "@cassette/format";
import { parseArchiveUrl } from "./archive-url.js";
import { type ProxyEnvironment, proxyAgent } from "./proxy-agent.js";
import { openRangedBytes } from "./ranged-bytes.js";
import { requestRange } from "./request-range.js";

/** How a resource is read over HTTP. */
export interface HttpOptions {
  /** Milliseconds without a byte after which a request fails. Default: 15,000. */
  timeoutMs?: number;
  /** Where HTTPS_PROXY and NO_PROXY are found. Default: `process.env`. */
  env?: ProxyEnvironment;
  signal?: AbortSignal;
}

/**
 * Opens a resource that a server serves in parts. Its end is read at once.
 * @throws CassetteError CASSETTE_URL_INVALID, CASSETTE_DOWNLOAD_FAILED, CASSETTE_RANGES_UNSUPPORTED; `signal.reason` when aborted.
 */
export async function openHttpBytes(address: string, options: HttpOptions = {}): Promise<ReadableBytes> {
  const { timeoutMs = 15_000, env = process.env, signal } = options;
  const agentFor = (to: URL) => proxyAgent(to, env);
  return openRangedBytes(parseArchiveUrl(address), (request) =>
    requestRange({ ...request, timeoutMs, signal, agentFor }),
  );
}
