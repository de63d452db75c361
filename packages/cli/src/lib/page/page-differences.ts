import { type Cassette, compareRecordings, type InputStep } from "@cassette/core/reader";
import type { PageDifference } from "@cassette/render/page";
import { createScrubber } from "@cassette/scrub";
import { createEmulator } from "@cassette/terminal/parts";
import { escapeText } from "../output/escape-text.js";

/** Where the screens of two recordings differ, as `cassette diff` compares them: each before the next input. */
export async function pageDifferences(a: Cassette, b: Cassette): Promise<PageDifference[]> {
  const normalise = createScrubber().normalise;
  const { differences } = await compareRecordings(a, b, { createEmulator, normalise });
  const [inputsA, inputsB] = [await inputSeqs(a), await inputSeqs(b)];
  return differences.flatMap((difference): PageDifference[] => {
    if (difference.kind !== "screen") return [];
    const { after, screen } = difference;
    const label = after.a ? `after input ${after.a.number}: ${after.a.what}` : "before the first input";
    const rows = screen.rows.map(({ row }) => row - 1);
    return [
      { label: escapeText(label), seq: endOf(after.a, inputsA), otherSeq: endOf(after.b, inputsB), rows },
    ];
  });
}

/** The `seq` before the next input. */
function endOf(step: InputStep | null, inputs: readonly number[]): number {
  const next = inputs.find((seq) => seq > (step?.seq ?? 0));
  return next === undefined ? Number.MAX_SAFE_INTEGER : next - 1;
}

/** The terminal's own replies are left out. */
async function inputSeqs(cassette: Cassette): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { seq, answer } of cassette.inputs()) if (!answer) seqs.push(seq);
  return seqs;
}
