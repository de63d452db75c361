export type { HttpOptions } from "./lib/http/http-bytes.js";
export { openHttpArchive } from "./lib/http/open-http-archive.js";
export type { ProxyEnvironment } from "./lib/http/proxy-agent.js";
