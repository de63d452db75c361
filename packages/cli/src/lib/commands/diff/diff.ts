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
    await writer.line(json ? escapeJson(JSON.stringify({ grade, ...difference })) : asText(difference));
  }
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

function asText(difference: RecordingDifference): string {
  switch (difference.kind) {
    case "manifest":
      return escapeText(
        `manifest ${difference.field}: ${difference.a ?? "absent"} → ${difference.b ?? "absent"}`,
      );
    case "exit":
      return escapeText(`exit: ${difference.a} → ${difference.b}`);
    case "input": {
      const [a, b] = [difference.a, difference.b].map((step) => (step ? inWords(step) : "nothing more"));
      return escapeText(`input: ${a} → ${b}; later screens were not compared`);
    }
    case "screen":
      return screenText(difference);
  }
}

function screenText({ after, screen }: RecordingDifference & { kind: "screen" }): string {
  const { a, b } = after;
  const place =
    a && b ? `after ${inWords(a)} (${formatSeconds(a.t_ms)}, ${formatSeconds(b.t_ms)})` : "at the beginning";
  const parts = (["size", "cursor", "title"] as const).flatMap((part) => {
    const change = screen[part];
    return change ? [`  ${part} ${change.a || "none"} → ${change.b || "none"}`] : [];
  });
  const rows = screen.rows.flatMap(({ row, part, a: was, b: is }) =>
    part === "style" ? [`  ~ ${row} ${is}`] : [`  - ${row} ${was}`, `  + ${row} ${is}`],
  );
  return [`${place}:`, ...parts, ...rows].map(escapeText).join("\n");
}

function inWords({ number, what }: InputStep): string {
  return `input ${number}, ${what}`;
}
