import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SampledEvent, TerminalSize } from "@cassette/format";

/** A real program's output with times and sizes; made by `fixtures/record.py`. */
export interface Recording {
  name: string;
  size: TerminalSize;
  output: Uint8Array;
  events: SampledEvent[];
}

const FOLDER = join(import.meta.dirname, "../fixtures/recordings");

type Line =
  | [t_ms: number, length: number]
  | [t_ms: number, "input"]
  | [t_ms: number, rows: number, cols: number];

/** Every recording there is. */
export const RECORDINGS: Recording[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".raw"))
  .sort()
  .map((file) => read(file.slice(0, -4)));

function read(name: string): Recording {
  const output = new Uint8Array(readFileSync(join(FOLDER, `${name}.raw`)));
  const { rows, cols, events } = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8"));
  return { name, size: { rows, cols }, output, events: toEvents(output, events) };
}

function toEvents(output: Uint8Array, lines: Line[]): SampledEvent[] {
  let offset = 0;
  const events = lines.map(([t_ms, what, cols], index): SampledEvent => {
    const at = { seq: index + 1, t_ms };
    if (what === "input") return { ...at, kind: "input" };
    if (cols !== undefined) return { ...at, kind: "resize", size: { Rows: what, Cols: cols } };
    const bytes = output.subarray(offset, offset + what);
    offset += what;
    return { ...at, kind: "output", bytes };
  });
  return [...events, { kind: "final", seq: lines.length + 1, t_ms: lines.at(-1)?.[0] ?? 0 }];
}
