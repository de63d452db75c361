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
  let [i, j] = [0, 0];
  let [doneA, doneB] = ["", ""];
  let [printedA, printedB] = [false, false];
  const takeA = () => {
    doneA += a[i]?.trace ?? "";
    printedA ||= a[i]?.isPrinted ?? false;
    i++;
  };
  const takeB = () => {
    doneB += b[j]?.trace ?? "";
    printedB ||= b[j]?.isPrinted ?? false;
    j++;
  };
  takeA();
  takeB();
  for (;;) {
    const isEnd = i === a.length && j === b.length;
    if (doneA === doneB) {
      if (isEnd || printedA === printedB) pairs.push({ a: i - 1, b: j - 1 });
      if (isEnd) return { pairs, parting: null };
      if (i === a.length || j === b.length) break;
      if (printedA === printedB) [printedA, printedB] = [false, false];
      [doneA, doneB] = ["", ""];
      takeA();
      takeB();
    } else if (doneB.startsWith(doneA) && i < a.length) takeA();
    else if (doneA.startsWith(doneB) && j < b.length) takeB();
    else return { pairs, parting: { a: a[i - 1]?.input ?? null, b: b[j - 1]?.input ?? null } };
  }
  return { pairs, parting: { a: a[i]?.input ?? null, b: b[j]?.input ?? null } };
}
