import { createScrubber, type TextFilter, type TextHit } from "@cassette/scrub";
import type { ScrubSettings } from "@cassette/terminal/scrubbing";
import { endBySignal } from "../../output/end-by-signal.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { type Piece, piecesAndPauses } from "./pieces-and-pauses.js";

/** The streams that text is read from and written to. */
export interface FilterStreams extends Streams {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
}

/** What is written: the text, how often each rule hit, or where. */
export type FilterOutput = "text" | "counts" | "places";

const PAUSES = { pauseMs: 200, signals: ["SIGINT", "SIGTERM", "SIGHUP"] } as const;

/**
 * Scrubs standard input to standard output, or prints the findings instead.
 * @returns an exit status: with findings printed, whether there are any.
 */
export async function scrubText(
  settings: ScrubSettings,
  output: FilterOutput,
  { stdin, stdout }: FilterStreams,
): Promise<number> {
  const counts = new Map<string, number>();
  let places: TextHit[] = [];
  const filter = createScrubber(settings).filterText((hit) => {
    counts.set(hit.rule, (counts.get(hit.rule) ?? 0) + 1);
    if (output === "places") places.push(hit);
  });
  const writer = createWriter(stdout);
  const write = async (ready: Uint8Array) => {
    if (output === "text") await writer.write(ready);
    const found = places;
    places = [];
    for (const { rule, line, column } of found) await writer.line(`found -:${line}:${column} ${rule}`);
  };
  for await (const piece of piecesAndPauses(stdin, PAUSES)) {
    await write(readyAfter(piece, filter));
    if (isSignal(piece)) return await ended(piece, stdout);
  }
  await write(filter.end());
  if (output === "text") return EXIT.success;
  if (output === "counts") for (const [rule, count] of counts) await writer.line(`found - ${rule} ${count}`);
  return counts.size > 0 ? EXIT.negative : EXIT.success;
}

function isSignal(piece: Piece): piece is NodeJS.Signals {
  return typeof piece === "string" && piece !== "pause";
}

function readyAfter(piece: Piece, filter: TextFilter): Uint8Array {
  return typeof piece === "string" ? filter.pause() : filter.push(piece);
}

/** Ends by the signal once all is written. */
async function ended(name: NodeJS.Signals, stdout: NodeJS.WriteStream): Promise<number> {
  await new Promise<void>((resolve) => stdout.write("", () => resolve()));
  endBySignal(name);
  return EXIT.success;
}
