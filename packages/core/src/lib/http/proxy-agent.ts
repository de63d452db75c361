import type { Agent } from "node:http";
import { CassetteError } from "@cassette/format";

/** The variables that name a proxy, and the hosts that do without. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * An agent for the proxy that HTTPS_PROXY names, unless NO_PROXY lists the host; undefined without a proxy. Loads the library on use.
 * @throws CassetteError CASSETTE_PROXY_LIBRARY_MISSING.
 */
export async function proxyAgent(url: URL, env: ProxyEnvironment): Promise<Agent | undefined> {
  const proxy = env.HTTPS_PROXY || env.https_proxy;
  if (!proxy || url.protocol !== "https:" || isExcepted(url, env.NO_PROXY ?? env.no_proxy ?? "")) return;
  try {
    const { HttpsProxyAgent } = await import("https-proxy-agent");
    return new HttpsProxyAgent(proxy);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
    // The value may have a password.
    if (!isMissing) throw new CassetteError("CASSETTE_URL_INVALID", "HTTPS_PROXY is not the URL of a proxy.");
    throw new CassetteError("CASSETTE_PROXY_LIBRARY_MISSING", "https-proxy-agent is not installed.", {
      hint: "npm install https-proxy-agent",
    });
  }
}

function isExcepted({ hostname }: URL, list: string): boolean {
  const hosts = list.toLowerCase().split(/[\s,]+/);
  return hosts.some((entry) => {
    const host = entry.replace(/^\*?\./, "");
    return entry === "*" || (host !== "" && (hostname === host || hostname.endsWith(`.${host}`)));
  });
}
