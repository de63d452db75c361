import type { CellProvenance, FrameDeriver, Redactor, ScrubReport } from "@cassette/format";
import type { SealOptions } from "../../src/index.js";

const SECRET = /s3cret/g;

function report(hits: number, skipped?: boolean): ScrubReport {
  return {
    status: hits > 0 ? "redacted" : "clean",
    rules: ["toy"],
    hit_counts: hits > 0 ? { toy: hits } : {},
    ...(skipped && { skipped: { "output.raw": "unseen" } }),
  };
}

function mask(text: string): { text: string; hits: number } {
  const hits = text.match(SECRET)?.length ?? 0;
  return { text: text.replace(SECRET, "******"), hits };
}

/** Knows one secret, in one piece. */
const toyRedactor: Redactor = {
  scrubText: (text) => ({ text: mask(text).text, report: report(mask(text).hits) }),
  scrubJson(value) {
    const { text, hits } = mask(JSON.stringify(value));
    return { value: hits > 0 ? JSON.parse(text) : value, report: report(hits) };
  },
  scrubInputs(records) {
    const typed = records.map(({ bytes }) => Buffer.from(bytes ?? []).toString("latin1")).join("");
    const masked = Buffer.from(mask(typed).text, "latin1");
    let offset = 0;
    const scrubbed = records.map((record) => {
      const { length } = record.bytes ?? [];
      offset += length ?? 0;
      return record.bytes
        ? { ...record, bytes: masked.subarray(offset - record.bytes.length, offset) }
        : record;
    });
    return { records: scrubbed, report: report(mask(typed).hits) };
  },
  async scrubStream(events, { provenance } = {}) {
    const pieces: Uint8Array[] = [];
    for await (const event of events) if ("bytes" in event) pieces.push(event.bytes);
    const text = Buffer.concat(pieces).toString("latin1");
    const ranges = [...text.matchAll(SECRET)].map(({ index }, nth) => [index, index + 6, 6 * nth] as const);
    const jumps = text.includes("\x1b[") && provenance === undefined;
    return {
      mask: { ranges, bytes: new Uint8Array(6 * ranges.length).fill(0x2a) },
      report: report(ranges.length, jumps),
    };
  },
  scanScreen: (rows) =>
    mask(rows.join("\n")).hits > 0 ? [{ rule: "toy", places: [{ row: 0, start: 0, end: 6 }] }] : [],
};

/** A frame after every output: all that was printed, in one row. It is known when the next event comes. */
const toyFrames: FrameDeriver = async function* ({ size, events }) {
  let printed = Buffer.alloc(0);
  let due: { seq: number; t_ms: number } | null = null;
  let raw_start = 0;
  for await (const event of events) {
    if (due) {
      yield {
        afterSeq: due.seq,
        frame: {
          t_ms: due.t_ms,
          size: { Rows: size.rows, Cols: size.cols },
          text: [printed.toString("latin1").replace(/\x1b\[C/g, "")],
          cursor: { Row: 0, Col: 0, Visible: true },
          raw_start,
          raw_end: printed.length,
          parser_offset: printed.length,
        },
      };
      raw_start = printed.length;
      due = null;
    }
    if (event.kind !== "output") continue;
    printed = Buffer.concat([printed, event.bytes]);
    due = event;
  }
};

/** Nothing is ever painted. */
function blankProvenance(): CellProvenance {
  return { feed: async () => {}, resize() {}, offsets: () => [], close() {} };
}

/** Seals with the toys. */
export const toySeal: SealOptions = {
  redactor: toyRedactor,
  deriveFrames: toyFrames,
  emulator: { name: "toy", version: "1" },
  createProvenance: blankProvenance,
};
