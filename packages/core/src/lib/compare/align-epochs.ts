import type { Epoch } from "./epochs.js";
import type { InputStep } from "./input-step.js";

/** Two epochs after the same inputs, whose screens can be compared; by their indices. */
export interface EpochPair {
  a: number;
  b: number;
}

/** The inputs that both recordings share, and where they diverge. */
export interface Alignment {
  pairs: EpochPair[];
  /** The first inputs that differ, null for one that is missing; null when all are the same. */
  parting: { a: InputStep | null; b: InputStep | null } | null;
}

/**
 * Finds the epochs that follow the same inputs. The same keys may have arrived in other pieces. If only one of
 * two recordings printed something before the next input, that input came too early to compare: the next screens decide.
 */
export function alignEpochs(a: readonly Epoch[], b: readonly Epoch[]): Alignment {
  const pairs: EpochPair[] = [];
  const [left, right] = [startSide(a), startSide(b)];
  for (;;) {
    if (left.trace !== right.trace) {
      if (catchUp(left, right)) continue;
      return { pairs, parting: { a: lastInput(left), b: lastInput(right) } };
    }
    const isSame = left.isPrinted === right.isPrinted;
    const isEnd = [left, right].every(isOver);
    if (isEnd || isSame) pairs.push({ a: left.taken - 1, b: right.taken - 1 });
    if (isEnd) return { pairs, parting: null };
    if ([left, right].some(isOver)) return { pairs, parting: { a: nextInput(left), b: nextInput(right) } };
    for (const side of [left, right]) goOn(side, isSame);
  }
}

/** How far one recording has been aligned. */
interface Side {
  readonly epochs: readonly Epoch[];
  taken: number;
  /** The inputs since the last pair. */
  trace: string;
  /** Whether anything was printed since both printed alike. */
  isPrinted: boolean;
}

function startSide(epochs: readonly Epoch[]): Side {
  const side = { epochs, taken: 0, trace: "", isPrinted: false };
  take(side);
  return side;
}

function take(side: Side): void {
  const epoch = side.epochs[side.taken];
  side.trace += epoch?.trace ?? "";
  side.isPrinted ||= epoch?.isPrinted ?? false;
  side.taken++;
}

function goOn(side: Side, isSame: boolean): void {
  if (isSame) side.isPrinted = false;
  side.trace = "";
  take(side);
}

/** Takes more of the side that has less. @returns false if the inputs differ, or that side is over. */
function catchUp(left: Side, right: Side): boolean {
  const side = mayCatchUp(left, right) ? left : mayCatchUp(right, left) ? right : null;
  if (side) take(side);
  return side !== null;
}

function mayCatchUp(less: Side, more: Side): boolean {
  return more.trace.startsWith(less.trace) && !isOver(less);
}

function isOver({ epochs, taken }: Side): boolean {
  return taken === epochs.length;
}

function lastInput({ epochs, taken }: Side): InputStep | null {
  return epochs[taken - 1]?.input ?? null;
}

function nextInput({ epochs, taken }: Side): InputStep | null {
  return epochs[taken]?.input ?? null;
}
