import { isAbsolute, relative } from "node:path";

/** A path as a person in the working directory would write it. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}
