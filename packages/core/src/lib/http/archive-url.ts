import { CassetteError } from "@cassette/format";

/**
 * Parses the address of an archive: `https:`, or `http:` on this machine only, without a user's name or password.
 * @throws CassetteError CASSETTE_URL_INVALID.
 */
export function parseArchiveUrl(text: string | URL, base?: URL): URL {
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    throw urlInvalid("This is not a URL.");
  }
  if (url.username !== "" || url.password !== "")
    throw urlInvalid("A URL with a user's name or password is not used.", url);
  if (url.protocol === "https:") return url;
  if (url.protocol === "http:" && isLoopback(url.hostname) && base?.protocol !== "https:") return url;
  throw urlInvalid("Only https: is used, and http: on this machine.", url);
}

/** How messages name a URL: its query may be a secret that gives access. */
export function displayUrl({ origin, pathname }: URL): string {
  return origin + pathname;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

function urlInvalid(message: string, url?: URL): CassetteError {
  const isNamed = url?.protocol === "https:" || url?.protocol === "http:";
  return new CassetteError("CASSETTE_URL_INVALID", message, { file: isNamed ? displayUrl(url) : undefined });
}
