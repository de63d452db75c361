import { appendFileSync, writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { Cassette, InputDifference, Performance } from "@cassette/core/reader";
import type { InputRecord } from "@cassette/format";
import { escapeText } from "../output/escape-text.js";

/** So much of what arrived is shown. */
const SHOWN_BYTES = 200;

/** What went wrong with a performance. */
export type StubFault = Exclude<Performance, { kind: "ended" }> & { silent?: boolean };

/** Says in a few lines what was expected and what came, scrubbed, and shows the screen it happened on. */
export async function describeFault(cassette: Cassette, fault: StubFault): Promise<string> {
  const seq = fault.kind === "unused" ? cassette.final.seq : fault.record.seq;
  const lines = [
    `cassette stub: ${sentence(fault)}`,
    `  recording: ${escapeText(cassette.dir)}`,
    `  seq:       ${seq}`,
    `  expected:  ${fault.kind === "unused" ? "nothing more" : await expectedWords(fault.record)}`,
    `  got:       ${await gotWords(fault)}`,
    ...(fault.kind === "differs" ? [`  at byte:   ${fault.at}`] : []),
    "  screen:",
    ...(await nearestScreen(cassette, seq)).map((row) => `    ${escapeText(row)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function sentence(fault: StubFault): string {
  if (fault.kind === "differs") return "other input came than was recorded";
  if (fault.kind === "unused") return "the recording ends before the input does";
  return fault.silent
    ? "the driver is silent where input was recorded"
    : "the driver went where input was recorded";
}

async function expectedWords(record: InputRecord): Promise<string> {
  return record.withheld ? "a line that was withheld" : await quote(record.bytes ?? new Uint8Array());
}

async function gotWords(fault: StubFault): Promise<string> {
  if (fault.got.length === 0) return "nothing";
  return await quote(fault.kind === "differs" ? hideMasked(fault) : fault.got);
}

/** What came where the recording is masked is as secret. */
function hideMasked({ got, record }: InputDifference): Uint8Array {
  const shown = Uint8Array.from(got);
  for (const [start, end] of record.masked ?? []) shown.fill(0x2a, start, end);
  return shown;
}

async function quote(bytes: Uint8Array): Promise<string> {
  const { createScrubber } = await import("@cassette/scrub");
  const { text } = createScrubber().scrubText(Buffer.from(bytes).toString("utf8"));
  return `"${escapeText(text.slice(0, SHOWN_BYTES))}"${text.length > SHOWN_BYTES ? " …" : ""}`;
}

/** The last screen drawn before a record. */
async function nearestScreen(cassette: Cassette, seq: number): Promise<string[]> {
  let text: string[] = [];
  for await (const frame of cassette.frames()) {
    if (frame.seq > seq) break;
    text = frame.text;
  }
  return text;
}

/**
 * Puts a report where it was asked for: a file, or "fd:N". Without either it goes to standard error, unless that is a terminal:
 * it may be the one that is being driven.
 */
export function deliverReport(text: string, to: string | undefined): void {
  const fd = to === undefined ? 2 : /^fd:\d+$/.test(to) ? Number(to.slice(3)) : null;
  if (to !== undefined && fd === null) appendFileSync(to, text, { mode: 0o600 });
  else if (fd !== null && !isatty(fd)) writeSync(fd, text);
}
