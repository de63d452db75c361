import type { CassetteEvent, EventKind, FinalRecord } from "@cassette/format";
import type { ReaderLimits } from "./limits.js";
import type { LineCheckpoints } from "./line-checkpoints.js";
import type { CassetteFiles } from "./open-files.js";
import { LINE_KINDS, type LineKind } from "./record-kinds.js";
import { BATCH_WEIGHT, createRecordSource, type RecordSource } from "./record-source.js";

interface Lane {
  kind: LineKind;
  source: RecordSource<LineKind>;
  /** `seq` of the source's head; infinite at its end. */
  seq: number;
}

/** Selects events of a cassette. */
export interface EventsOptions {
  /** Only those with a greater `seq`. Earlier ones are not read. */
  afterSeq?: number;
  /** Default: all. The files of other kinds are not read. */
  kinds?: readonly EventKind[];
}

/** The sources of events. */
export interface EventFiles {
  files: CassetteFiles;
  limits: ReaderLimits;
  marks: LineCheckpoints;
  final: FinalRecord;
}

/** The selected events of a cassette in the order of `seq`, in batches. Holds one block of each file at a time. */
export async function* mergeEvents(
  { files, limits, marks, final }: EventFiles,
  { afterSeq = 0, kinds }: EventsOptions = {},
): AsyncGenerator<CassetteEvent[], void> {
  const isWanted = (kind: EventKind) => kinds?.includes(kind) ?? true;
  const lanes: Lane[] = LINE_KINDS.filter(isWanted).map((kind) => ({
    kind,
    source: createRecordSource(files, limits, kind, marks[kind].before(afterSeq)) as RecordSource<LineKind>,
    seq: 0,
  }));
  for (const lane of lanes) {
    while (lane.seq <= afterSeq) if (!step(lane)) await load(lane);
  }

  let pendingFinal: CassetteEvent | null =
    isWanted("final") && final.seq > afterSeq
      ? { seq: final.seq, t_ms: final.t_ms, kind: "final", record: final }
      : null;
  let batch: CassetteEvent[] = [];
  let weight = 0;
  for (;;) {
    const lane = earliest(lanes);
    if (pendingFinal && pendingFinal.seq < (lane?.seq ?? Number.POSITIVE_INFINITY)) {
      batch.push(pendingFinal);
      pendingFinal = null;
      continue;
    }
    const record = lane?.source.head;
    if (!lane || !record) break;
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

function earliest(lanes: readonly Lane[]): Lane | undefined {
  return lanes.reduce<Lane | undefined>(
    (first, lane) => (first === undefined || lane.seq < first.seq ? lane : first),
    undefined,
  );
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
