import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KINDS, LITERAL, type Planted, seeded } from "../../scrub/test/kinds.js";
import { readings, rowReadings } from "../../scrub/test/readings.js";
import { WAYS } from "../../scrub/test/ways.js";
import { cassette, type Outcome } from "./cassette.js";

/** One secret in one way, as chunks of output. */
export interface Leak extends Planted {
  way: string;
  kind: string;
  chunks: Buffer[];
}

/** A recording of a program that leaks a secret in each of the ways, in its arguments, what is typed and a mark. */
export interface LeakyRecording {
  leaks: Leak[];
  target: string;
  outcome: Outcome;
  /** Path of the rules it is scrubbed by. */
  rules: string;
  /** Holds the target and the command's temporary files. */
  work: string;
}

const PRINT = join(import.meta.dirname, "programs/print-chunks.mjs");
const RULES = { secrets: [LITERAL.secret], rules: [{ name: "acme", pattern: "acme_[A-Za-z0-9]{20}" }] };
/** Full reset: each way begins on an empty screen. */
const RESET = "\x1bc";

/** Each way with another kind of secret; `round` decides with which. */
export function leaksOf(round: number): Leak[] {
  return Object.entries(WAYS).map(([way, bring], index) => {
    const random = seeded(round * 1_000 + index);
    const kind = KINDS[(round * 11 + index) % KINDS.length];
    if (!kind) throw new Error("There are no kinds.");
    const planted = kind.make(random);
    const chunks = bring(planted.carrier, random).map((chunk) => Buffer.from(chunk));
    return { ...planted, way, kind: kind.name, chunks: [Buffer.from(RESET), ...chunks] };
  });
}

/** Records it in a directory of its own, with the whole command. */
export async function recordLeaks(
  dir: string,
  round: number,
  options: readonly string[] = [],
): Promise<LeakyRecording> {
  const leaks = leaksOf(round);
  const [work, given] = [join(dir, "work"), join(dir, "given")];
  for (const each of [work, given, join(work, "tmp")]) mkdirSync(each, { recursive: true });
  const write = (name: string, value: unknown) => {
    const path = join(given, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  const chunks = write(
    "chunks.json",
    leaks.map((leak) => leak.chunks.map((chunk) => chunk.toString())),
  );
  const [argument, typed, marked] = [
    leaks[0]?.carrier ?? "",
    leaks[1]?.carrier ?? "",
    leaks[2]?.carrier ?? "",
  ];
  const steps = [{ wait: "READY" }, { mark: marked }, { type: typed }, { press: "Enter" }];
  const target = join(work, "it");
  const rules = write("rules.json", RULES);
  const args = ["record", ...options, "--rules", rules, "--script", write("type.json", steps)];
  // Without processing of its output the terminal hands on what is written byte for byte.
  const argv = ["sh", "-c", 'stty -opost; exec "$0" "$1" "$2"', process.execPath, PRINT, chunks, argument];
  const env = { ...process.env, TMPDIR: join(work, "tmp") };
  const outcome = await cassette([...args, target, "--", ...argv], { cwd: given, env });
  return { leaks, target, outcome, work, rules };
}

/** What `output.raw` holds of each leak, cut as it was written. */
export function recordedChunks({ leaks, target }: LeakyRecording): Buffer[][] {
  const raw = readFileSync(join(target, "output.raw"));
  let at = 0;
  return leaks.map(({ chunks }) =>
    chunks.map((chunk) => {
      at += chunk.length;
      return raw.subarray(at - chunk.length, at);
    }),
  );
}

/** All files of a recording, read as text in every way, with the drawings of its output. */
export async function textsOf(recording: LeakyRecording): Promise<string[]> {
  const texts: string[] = [];
  for (const path of filesBelow(recording.work)) {
    const bytes = readFileSync(path);
    texts.push(path, bytes.toString("latin1"), bytes.toString());
    if (path.endsWith(".jsonl")) texts.push(...decodedLines(bytes.toString()));
  }
  for (const chunks of recordedChunks(recording)) texts.push(...(await readings(chunks)));
  return texts;
}

/** What was typed, and what frames show over the ends of their rows. */
function decodedLines(text: string): string[] {
  const records = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const typed = records.map(({ bytes = "" }) => Buffer.from(bytes, "base64").toString()).join("");
  return [typed, ...records.flatMap(({ text: rows }) => (Array.isArray(rows) ? rowReadings(rows) : []))];
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
