import { type Cassette, createTypedText, markLabel } from "@cassette/core/reader";
import { CassetteError, type InputRecord, type ServiceEventRecord } from "@cassette/format";
import { fingerprintOf, nameOf, openInput, readManifest } from "../inputs/inputs.js";
import { keyOf, type RowOrigin, recordingRow } from "./recording-row.js";
import type { AddRow } from "./rows.js";
import { addDrawnTexts } from "./screen-rows.js";
import { createSeenTexts, type SeenTexts } from "./seen-texts.js";

/** How to index a recording. */
export interface ExtractOptions {
  indexedAt: number;
  /** Names the run. */
  run: string;
  includeUnscrubbed: boolean;
}

/**
 * Verifies a recording and adds all its rows, the one of `recordings` last.
 * @throws CassetteError of the reader; CASSETTE_UNSCRUBBED; CASSETTE_ARTIFACT_CHANGED.
 */
export async function extractRecording(path: string, options: ExtractOptions, addRow: AddRow): Promise<void> {
  const name = nameOf(path);
  const fingerprint = await fingerprintOf(path);
  await using cassette = await openInput(path);
  const { status } = cassette.scrubReport;
  if (!options.includeUnscrubbed && status !== "clean" && status !== "redacted")
    throw new CassetteError("CASSETTE_UNSCRUBBED", "The recording was not scrubbed.", {
      file: name,
      hint: "Scrub it with `cassette scrub`, or index it with --include-unscrubbed.",
    });
  const manifest = await readManifest(path);
  const { indexedAt, run } = options;
  const origin: RowOrigin = { path: name, fingerprint: fingerprint ?? "", manifest, indexedAt, run };
  const recording = keyOf(cassette, origin);
  const texts = createSeenTexts(recording, addRow);
  await addEvents(cassette, recording, texts, addRow);
  const drawn = await addDrawnTexts(cassette, texts);
  for (const [rule, hits] of Object.entries(cassette.scrubReport.hit_counts ?? {}))
    addRow("findings", { recording, rule, hits });
  if (fingerprint === null || (await fingerprintOf(path)) !== fingerprint)
    throw new CassetteError("CASSETTE_ARTIFACT_CHANGED", "The recording changed while it was read.", {
      file: name,
    });
  addRow("recordings", { ...recordingRow(cassette, origin), recording, drawn });
}

async function addEvents(
  cassette: Cassette,
  recording: string,
  texts: SeenTexts,
  addRow: AddRow,
): Promise<void> {
  const typed = createTypedText();
  for await (const event of cassette.events({ kinds: ["input", "frame", "service-event", "final"] })) {
    const { seq, t_ms } = event;
    if (event.kind === "input") {
      addRow("inputs", { recording, ...inputRow(event.record) });
      for (const line of typed.add(event.record)) texts.add("input", line);
    } else if (event.kind === "frame") {
      const { size, title, text } = event.record;
      const { Rows: rows, Cols: cols } = size;
      addRow("screens", { recording, seq, t_ms, rows, cols, title: title ?? null, text: text.join("\n") });
    } else if (event.kind === "service-event") {
      addServiceEvent(recording, event.record, addRow);
      texts.add("event", { seq, t_ms, text: event.record.payload.json });
    } else if (event.kind === "final") texts.add("event", { seq, t_ms, text: JSON.stringify(event.record) });
  }
  for (const line of typed.finish()) texts.add("input", line);
}

function inputRow({ seq, t_ms, kind, bytes, key, signal, size, withheld, answer }: InputRecord) {
  return {
    seq,
    t_ms,
    kind,
    text: bytes ? Buffer.from(bytes).toString("utf8") : null,
    key: key ?? null,
    signal: signal ?? null,
    rows: size?.Rows ?? null,
    cols: size?.Cols ?? null,
    withheld: withheld === true,
    answer: answer === true,
  };
}

function addServiceEvent(recording: string, record: ServiceEventRecord, addRow: AddRow): void {
  const { seq, t_ms, payload } = record;
  const label = markLabel(record);
  addRow("service_events", { recording, seq, t_ms, payload: payload.json });
  if (label !== null) addRow("marks", { recording, seq, t_ms, label });
}
