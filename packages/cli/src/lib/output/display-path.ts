/**
 * How messages and reports name what the user named: without the query of a URL, which may be a secret that gives access. A URL that was
 * taken for a path has lost a slash.
 */
export function displayPath(path: string): string {
  const [, before] = /^((?:.*\/)?https?:\/[^?#]*)[?#]/is.exec(path) ?? [];
  return before ?? path;
}
