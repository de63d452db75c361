import { CassetteError } from "@cassette/format";

/** Location of a record. */
export interface RecordPlace {
  file: string;
  line?: number;
}

/** An error in the order of records, with its place, or the `seq` whose place to look up. */
export interface OrderProblem {
  code: "CASSETTE_SEQ_NOT_CONTIGUOUS" | "CASSETTE_TIME_REGRESSED";
  message: string;
  seq: number;
  place?: RecordPlace;
}

/**
 * Collects `seq` and `t_ms` of all records, of every file, and checks their order once all are known. Eight
 * bytes for each record: the time is in the slot of its `seq`.
 */
export interface Timeline {
  /** @param previousSeq of the record before it in the same file; 0 for the first. */
  add(seq: number, t_ms: number, previousSeq: number, place: RecordPlace): void;
  /** The first gap or repetition of `seq`, else the first fall of `t_ms`, else null. */
  problem(): OrderProblem | null;
  /** How many records were added. */
  readonly count: number;
}

const PAGE = 1 << 16;
const PAGE_MASK = PAGE - 1;

/** @param maxSeq upper limit for the number of records; a larger `seq` takes no memory. */
export function createTimeline(maxSeq: number): Timeline {
  const pages: (Float64Array | undefined)[] = [];
  let count = 0;
  let first: OrderProblem | null = null;
  return {
    get count() {
      return count;
    },
    add(seq, t_ms, previousSeq, place) {
      count++;
      const slot = seq - 1;
      if (slot < 0 || seq > maxSeq) {
        first ??= seqProblem(seq, "is out of the range 1…N", { ...place });
        return;
      }
      const page = pageOf(slot);
      if (!Number.isNaN(page[slot & PAGE_MASK])) first ??= seqProblem(seq, "occurs twice", { ...place });
      else if (seq < previousSeq) first ??= seqProblem(seq, "comes after a later one", { ...place });
      page[slot & PAGE_MASK] = t_ms;
    },
    problem() {
      return first ?? findGap() ?? findRegression();
    },
  };

  function pageOf(slot: number): Float64Array {
    const number = Math.floor(slot / PAGE);
    const page = pages[number] ?? new Float64Array(PAGE).fill(Number.NaN);
    pages[number] = page;
    return page;
  }

  function timeOf(seq: number): number {
    const slot = seq - 1;
    return pages[Math.floor(slot / PAGE)]?.[slot & PAGE_MASK] ?? Number.NaN;
  }

  function findGap(): OrderProblem | null {
    for (let seq = 1; seq <= count; seq++) {
      if (Number.isNaN(timeOf(seq))) return seqProblem(seq, "is missing");
    }
    return null;
  }

  function findRegression(): OrderProblem | null {
    let before = 0;
    for (let seq = 1; seq <= count; seq++) {
      const t_ms = timeOf(seq);
      if (t_ms < before) {
        const message = `t_ms falls from ${before} to ${t_ms}.`;
        return { code: "CASSETTE_TIME_REGRESSED", message, seq };
      }
      before = t_ms;
    }
    return null;
  }
}

function seqProblem(seq: number, what: string, place?: RecordPlace): OrderProblem {
  return { code: "CASSETTE_SEQ_NOT_CONTIGUOUS", message: `The seq ${seq} ${what}.`, seq, place };
}

/** The error for a problem, at its place. */
export function orderError(problem: OrderProblem, place: RecordPlace): CassetteError {
  return new CassetteError(problem.code, problem.message, { ...place, seq: problem.seq });
}
