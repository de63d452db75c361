import { createLossTally, LOST_EVENTS, type LossTally } from "../recording/losses.js";
import { reportLostFacts } from "../recording/lost-facts.js";
import type { RecordingEvent, TerminalRecording } from "../recording/recording.js";
import type { Written } from "../recording/written.js";

const HEADER_BYTES = 12;
/** Players read seconds as a signed number of 32 bits. */
const MOST_US = 2 ** 31 * 1_000_000;

/** What writing keeps between events. */
interface Writing {
  losses: LossTally;
  /** Time of the beginning, since the epoch. */
  startUs: number;
  /** Time of the last record; null before the first. */
  lastUs: number | null;
}

/** Writes a ttyrec: output only, its bytes exactly. */
export function writeTtyrec(recording: TerminalRecording): Written<Uint8Array> {
  const losses = createLossTally(recording.losses);
  async function* pieces() {
    const { facts } = recording;
    reportLostFacts({ ...facts, startedAtMs: undefined }, losses, []);
    const startUs = (facts.startedAtMs ?? 0) * 1_000;
    const writing: Writing = { losses, startUs: startUs < MOST_US / 2 ? startUs : 0, lastUs: null };
    for await (const batch of recording.events()) {
      const bytes = Buffer.concat(batch.flatMap((event) => recordOf(event, writing)));
      if (bytes.length > 0) yield bytes;
    }
  }
  return { losses, pieces };
}

function recordOf(event: RecordingEvent, writing: Writing): Uint8Array[] {
  const { losses, lastUs, startUs } = writing;
  if (event.kind !== "output" || event.bytes.length === 0) {
    reportLost(event, writing);
    return [];
  }
  if (lastUs === null && event.atUs > 0) losses.add("leading-pause");
  writing.lastUs = event.atUs;
  return [headerOf(startUs + event.atUs, event.bytes.length), event.bytes];
}

/** Counts an event that is not written. */
function reportLost(event: RecordingEvent, { losses, lastUs }: Writing): void {
  if (event.kind === "output") losses.add("empty-output");
  else if (event.kind !== "end") losses.add(LOST_EVENTS[event.kind]);
  else {
    if (event.exit) losses.add("exit");
    if (event.atUs > (lastUs ?? 0)) losses.add("end-time");
  }
}

function headerOf(us: number, length: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(Math.floor(us / 1_000_000), 0);
  header.writeUInt32LE(us % 1_000_000, 4);
  header.writeUInt32LE(length, 8);
  return header;
}
