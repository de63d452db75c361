import {
  type CompareOptions,
  compareRecordings,
  GRADES,
  type Grade,
  gradeDifference,
  type InputStep,
  type Recording,
  type RecordingDifference,
} from "@cassette/core/reader";
import { createScrubber } from "@cassette/scrub";
import { maskScreen, maskText, readConfig } from "@cassette/terminal/masks";
import { createEmulator } from "@cassette/terminal/parts";
import { escapeJson, escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { openRecording } from "../../recordings/open-recording.js";
import { formatSeconds } from "../../time-text.js";

/** Compares two recordings and prints the differences. */
export async function diff(
  dirA: string,
  dirB: string,
  { json, exact, failOn = "info" }: { json?: boolean; exact?: boolean; failOn?: Grade },
  { stdout, stderr }: Streams,
): Promise<number> {
  await using a = await openRecording(dirA, stderr);
  await using b = await openRecording(dirB, stderr);
  const { differences, screens, worst } = await printDifferences(a, b, { json, exact }, stdout);
  if (worst !== null && GRADES.indexOf(worst) >= GRADES.indexOf(failOn)) return EXIT.negative;
  if (differences > 0) return EXIT.success;
  if (stderr.isTTY) stderr.write(`same: ${screens} screens compared\n`);
  return EXIT.success;
}

/** Compares two open recordings. @returns how many differences were printed, the worst grade, and how many screens were compared. */
export async function printDifferences(
  a: Recording,
  b: Recording,
  { json, exact }: { json?: boolean; exact?: boolean },
  stdout: Streams["stdout"],
): Promise<{ differences: number; screens: number; worst: Grade | null }> {
  const { differences, screens } = await compareRecordings(a, b, {
    createEmulator,
    ...(!exact && (await ignoring())),
  });
  const writer = createWriter(stdout);
  const grades = new Set<Grade>();
  for (const difference of differences) {
    const grade = gradeDifference(difference);
    grades.add(grade);
    if (json) await writer.line(escapeJson(JSON.stringify({ grade, ...difference })));
  }
  if (!json) for (const text of differenceTexts(differences)) await writer.line(text);
  const worst = GRADES.findLast((grade) => grades.has(grade)) ?? null;
  return { differences: differences.length, screens, worst };
}

/** What differs from run to run: clocks, ids, and the masks of the project. */
async function ignoring(): Promise<Pick<CompareOptions, "normalise" | "mask">> {
  const { masks } = await readConfig();
  const { normalise } = createScrubber();
  return {
    normalise: (text) => normalise(maskText(text, masks)),
    mask: (screen) => maskScreen(screen, masks),
  };
}

type ScreenChange = RecordingDifference & { kind: "screen" };

/** The differences for people. What a screen has in common with the one before it is not repeated. */
function* differenceTexts(differences: readonly RecordingDifference[]): Generator<string> {
  let before: ReadonlySet<string> = new Set();
  let repeated: ScreenChange[] = [];
  for (const difference of differences) {
    if (difference.kind !== "screen") {
      yield* repetition(repeated);
      repeated = [];
      yield escapeText(asText(difference));
      continue;
    }
    const changes = changesOf(difference);
    const fresh = changes.filter((change) => !before.has(change));
    before = new Set(changes);
    if (fresh.length === 0) repeated.push(difference);
    else {
      yield* repetition(repeated);
      repeated = [];
      const known = changes.length - fresh.length;
      const rest =
        known === 0 ? [] : [`  and ${known} ${known === 1 ? "difference" : "differences"} as before`];
      yield [`${placeOf(difference)}:`, ...fresh.flatMap((change) => change.split("\n")), ...rest]
        .map(escapeText)
        .join("\n");
    }
  }
  yield* repetition(repeated);
}

/** One line for screens that differ as the screen before them does. */
function* repetition(screens: readonly ScreenChange[]): Generator<string> {
  const [first, last] = [screens[0], screens.at(-1)];
  if (first === undefined || last === undefined) return;
  const [from, to] = [first.after.a?.number, last.after.a?.number];
  yield escapeText(from === to ? `${placeOf(first)}: as before` : `after inputs ${from} to ${to}: as before`);
}

function asText(difference: Exclude<RecordingDifference, ScreenChange>): string {
  switch (difference.kind) {
    case "manifest":
      return `manifest ${difference.field}: ${difference.a ?? "absent"} → ${difference.b ?? "absent"}`;
    case "exit":
      return `exit: ${difference.a} → ${difference.b}`;
    case "input": {
      const [a, b] = [difference.a, difference.b].map((step) => (step ? inWords(step) : "nothing more"));
      return `input: ${a} → ${b}; later screens were not compared`;
    }
  }
}

function placeOf({ after: { a, b } }: ScreenChange): string {
  if (!a || !b) return "at the beginning";
  return `after ${inWords(a)} (A at ${formatSeconds(a.t_ms)}, B at ${formatSeconds(b.t_ms)})`;
}

/** What differs on a screen, each on lines of its own. */
function changesOf({ screen }: ScreenChange): string[] {
  const parts = (["size", "cursor", "title"] as const).flatMap((part) => {
    const change = screen[part];
    return change ? [`  ${part} ${change.a || "none"} → ${change.b || "none"}`] : [];
  });
  const rows = screen.rows.map(({ row, part, a: was, b: is }) =>
    part === "style" ? `  ~ ${row} ${is}` : `  - ${row} ${was}\n  + ${row} ${is}`,
  );
  return [...parts, ...rows];
}

function inWords({ number, what }: InputStep): string {
  return `input ${number}, ${what}`;
}
