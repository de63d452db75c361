import { basename } from "node:path";

/** The default name of a recording: the program's name and the time, `top-20261123-142530.cassette`. */
export function targetName(program: string, now: Date): string {
  const name = basename(program).replace(/[^\w.-]+/g, "-") || "recording";
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `${name}-${day}-${time}.cassette`;
}
