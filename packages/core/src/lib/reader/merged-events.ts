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
  const isWanted = (kind: EventKind) => kinds === undefined || kinds.includes(kind);
  const lanes: Lane[] = LINE_KINDS.filter(isWanted).map((kind) => ({
    kind,
    source: createRecordSource(files, limits, kind, marks[kind].before(afterSeq)) as RecordSource<LineKind>,
    seq: 0,
  }));
  await skipTo(afterSeq, lanes);
  let pendingFinal = isWanted("final") ? eventAfter(afterSeq, final) : null;
  let batch: CassetteEvent[] = [];
  let weight = 0;
  for (;;) {
    const lane = earliest(lanes);
    if (isNext(pendingFinal, lane)) {
      batch.push(pendingFinal);
      pendingFinal = null;
      continue;
    }
    const event = lane && headOf(lane);
    if (!event) break;
    batch.push(event);
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

async function skipTo(afterSeq: number, lanes: readonly Lane[]): Promise<void> {
  for (const lane of lanes) {
    while (lane.seq <= afterSeq) if (!step(lane)) await load(lane);
  }
}

function eventAfter(afterSeq: number, final: FinalRecord): CassetteEvent | null {
  return final.seq > afterSeq ? { seq: final.seq, t_ms: final.t_ms, kind: "final", record: final } : null;
}

/** Whether the final record comes before all others, of which there may be none. */
function isNext(final: CassetteEvent | null, lane: Lane | undefined): final is CassetteEvent {
  return final !== null && final.seq < (lane?.seq ?? Number.POSITIVE_INFINITY);
}

/** The next event of a lane; null at its end. */
function headOf({ kind, source }: Lane): CassetteEvent | null {
  const { head: record } = source;
  return record && ({ seq: record.seq, t_ms: record.t_ms, kind, record } as CassetteEvent);
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
