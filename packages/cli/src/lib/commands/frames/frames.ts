import type { Cassette } from "@cassette/core/reader";
import { CassetteError, type FrameRecord } from "@cassette/format";
import { encodeFrameRecord } from "@cassette/format/schema";
import { escapeJson, escapeText, screenText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { openRecording } from "../../recordings/open-recording.js";
import { formatSeconds } from "../../time-text.js";

/** Options of `cassette frames`, as the command line gives them. */
export interface FramesOptions {
  last?: boolean;
  /** Only the frame shown at this time, in milliseconds. */
  at?: number;
  json?: boolean;
  svg?: boolean;
}

/** Prints the recorded screens, or one of them. */
export async function frames(
  dir: string,
  options: FramesOptions,
  { stdout, stderr }: Streams,
): Promise<number> {
  const { json, svg } = options;
  const at = timeOf(options);
  if (svg && at === undefined)
    throw new CassetteError("CASSETTE_USAGE", "A picture shows one frame: choose it with --at or --last.");
  const cassette = await openRecording(dir, stderr);
  try {
    const writer = createWriter(stdout);
    const wanted = at === undefined ? cassette.frames() : lastUntil(at, cassette);
    let shown = 0;
    for await (const frame of wanted) {
      if (!json && at === undefined) await writer.line(heading(frame));
      await writer.write(svg ? await pictureOf(frame, cassette) : `${textOf(frame, json)}\n`);
      shown++;
    }
    if (shown > 0) return EXIT.success;
    stderr.write(`${escapeText(cassette.dir)}: ${await whyNone(cassette)}\n`);
    return EXIT.negative;
  } finally {
    await cassette.close();
  }
}

/** The time of the one frame that is wanted; undefined for all. */
function timeOf({ at, last }: FramesOptions): number | undefined {
  return at ?? (last ? Number.POSITIVE_INFINITY : undefined);
}

function textOf(frame: FrameRecord, json?: boolean): string {
  return json ? escapeJson(encodeFrameRecord(frame)) : screenText(frame.text);
}

/** Frames do not hold all that a picture shows: it is drawn from the output again. */
async function pictureOf({ seq }: FrameRecord, cassette: Cassette): Promise<string> {
  const [{ screensOf }, { renderSvg }] = await Promise.all([
    import("@cassette/terminal/parts"),
    import("@cassette/render"),
  ]);
  const screens = screensOf(cassette);
  try {
    return renderSvg((await screens.at({ seq }, { cells: true, details: true })).screen);
  } finally {
    screens.close();
  }
}

async function whyNone(cassette: Cassette): Promise<string> {
  for await (const { t_ms } of cassette.frames())
    return `No frame yet: the first is at ${formatSeconds(t_ms)}.`;
  return "The cassette has no frames.";
}

async function* lastUntil(t_ms: number, cassette: Cassette): AsyncIterable<FrameRecord> {
  let last: FrameRecord | undefined;
  for await (const frame of cassette.frames()) {
    if (frame.t_ms > t_ms) break;
    last = frame;
  }
  if (last) yield last;
}

function heading({ seq, t_ms, size, title }: FrameRecord): string {
  const named = title ? ` "${escapeText(title)}"` : "";
  return `── ${formatSeconds(t_ms)}  seq ${seq}  ${size.Cols}x${size.Rows}${named} ──`;
}
