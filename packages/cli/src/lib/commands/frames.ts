import { type Cassette, openCassette } from "@cassette/core/reader";
import type { FrameRecord } from "@cassette/format";
import { encodeFrameRecord } from "@cassette/format/schema";
import { escapeText } from "../output/escape-text.js";
import { EXIT } from "../output/exit-status.js";
import type { Streams } from "../output/report-error.js";
import { createWriter } from "../output/writer.js";

/** Shows the recorded screens, or only the last one. */
export async function frames(
  dir: string,
  { last, json }: { last?: boolean; json?: boolean },
  { stdout }: Streams,
): Promise<number> {
  const cassette = await openCassette(dir);
  try {
    const writer = createWriter(stdout);
    const wanted = last ? lastOf(cassette) : cassette.frames();
    let shown = 0;
    for await (const frame of wanted) {
      if (!json && !last) await writer.line(heading(frame));
      await writer.line(json ? encodeFrameRecord(frame) : screenText(frame.text));
      shown++;
    }
    return shown > 0 ? EXIT.done : EXIT.no;
  } finally {
    await cassette.close();
  }
}

/** Rows of a screen as safe text; empty rows at the end are left out. */
export function screenText(rows: readonly string[]): string {
  return rows.map(escapeText).join("\n").trimEnd();
}

async function* lastOf(cassette: Cassette): AsyncIterable<FrameRecord> {
  let last: FrameRecord | undefined;
  for await (const frame of cassette.frames()) last = frame;
  if (last) yield last;
}

function heading({ seq, t_ms, size, title }: FrameRecord): string {
  const named = title ? ` "${escapeText(title)}"` : "";
  return `── ${(t_ms / 1_000).toFixed(3)}s  seq ${seq}  ${size.Cols}x${size.Rows}${named} ──`;
}
