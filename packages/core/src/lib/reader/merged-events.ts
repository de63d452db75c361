import type { CassetteEvent, FinalRecord } from "@cassette/format";
import type { ReaderLimits } from "./limits.js";
import type { CassetteFiles } from "./open-files.js";
import { LINE_KINDS, type LineKind } from "./record-kinds.js";
import { createRecordSource, type RecordSource } from "./record-source.js";

const BATCH_WEIGHT = 64 * 1024;

interface Lane {
  kind: LineKind;
  source: RecordSource<LineKind>;
  /** `seq` of the source's head; infinite at its end. */
  seq: number;
}

/** All events of a cassette in the order of `seq`, in batches. Holds one block of each file at a time. */
export async function* mergeEvents(
  files: CassetteFiles,
  limits: ReaderLimits,
  final: FinalRecord,
): AsyncGenerator<CassetteEvent[], void> {
  const lanes: Lane[] = LINE_KINDS.map((kind) => ({
    kind,
    source: createRecordSource(files, limits, kind) as RecordSource<LineKind>,
    seq: 0,
  }));
  for (const lane of lanes) await load(lane);

  let pendingFinal: CassetteEvent | null = {
    seq: final.seq,
    t_ms: final.t_ms,
    kind: "final",
    record: final,
  };
  let batch: CassetteEvent[] = [];
  let weight = 0;
  for (;;) {
    const lane = earliest(lanes);
    if (pendingFinal && pendingFinal.seq < lane.seq) {
      batch.push(pendingFinal);
      pendingFinal = null;
      continue;
    }
    const record = lane.source.head;
    if (record === null) break;
    const event = { seq: record.seq, t_ms: record.t_ms, kind: lane.kind, record };
    batch.push(event as CassetteEvent);
    weight += lane.source.weight;
    const stepped = step(lane);
    if (stepped && weight < BATCH_WEIGHT) continue;
    yield batch;
    batch = [];
    weight = 0;
    if (!stepped) await load(lane);
  }
  yield batch;
}

function earliest(lanes: readonly Lane[]): Lane {
  return lanes.reduce((first, lane) => (lane.seq < first.seq ? lane : first));
}

function step(lane: Lane): boolean {
  if (!lane.source.step()) return false;
  lane.seq = lane.source.head?.seq ?? Number.POSITIVE_INFINITY;
  return true;
}

async function load(lane: Lane): Promise<void> {
  await lane.source.load();
  lane.seq = lane.source.head?.seq ?? Number.POSITIVE_INFINITY;
}
