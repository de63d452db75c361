import { isAbsolute, relative } from "node:path";

/** A path relative to the working directory, if it is below it. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}
