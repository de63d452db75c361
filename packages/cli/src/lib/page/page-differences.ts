import { type Cassette, compareRecordings, type InputStep } from "@cassette/core/reader";
import type { PageDifference } from "@cassette/render/page";
import { createScrubber } from "@cassette/scrub";
import { createEmulator } from "@cassette/terminal/parts";
import { typedWords } from "@cassette/terminal/script";
import { escapeText } from "../output/escape-text.js";

/** Where the screens of two recordings differ, as `cassette diff` compares them: each before the next input. */
export async function pageDifferences(a: Cassette, b: Cassette): Promise<PageDifference[]> {
  const normalise = createScrubber().normalise;
  const { differences } = await compareRecordings(a, b, { createEmulator, normalise });
  const [inputsA, inputsB] = [await inputsOf(a), await inputsOf(b)];
  return differences.flatMap((difference): PageDifference[] => {
    if (difference.kind !== "screen") return [];
    const { after, screen } = difference;
    const label = after.a ? `after ${inputsA.get(after.a.seq) ?? after.a.what}` : "before the first input";
    const rows = screen.rows.map(({ row }) => row - 1);
    return [
      { label: escapeText(label), seq: endOf(after.a, inputsA), otherSeq: endOf(after.b, inputsB), rows },
    ];
  });
}

/** The `seq` before the next input. */
function endOf(step: InputStep | null, inputs: ReadonlyMap<number, string>): number {
  const next = [...inputs.keys()].find((seq) => seq > (step?.seq ?? 0));
  return next === undefined ? Number.MAX_SAFE_INTEGER : next - 1;
}

/** Inputs in words by their `seq`. The terminal's own replies are left out. */
async function inputsOf(cassette: Cassette): Promise<Map<number, string>> {
  const inputs = new Map<number, string>();
  for await (const record of cassette.inputs())
    if (!record.answer) inputs.set(record.seq, typedWords(record));
  return inputs;
}
