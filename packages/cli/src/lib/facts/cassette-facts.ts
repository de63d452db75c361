import type { Cassette } from "@cassette/core/reader";
import { readMarks, type Summary } from "@cassette/core/reader";
import { cassetteExtras, type FinalRecord, type Manifest } from "@cassette/format";

/** The output of `cassette info --json`, with the names of the wire format. */
export interface CassetteFacts {
  path: string;
  id: string;
  sha256: string;
  title: string | null;
  program: { name: string; argv: string[]; version: string | null };
  terminal: { rows: number; cols: number; term: string | null; locale: string | null };
  emulator: string;
  recorded_at: string;
  recorder_version: string;
  os: string;
  arch: string;
  duration_ms: number;
  /** How the program ended, in words. */
  ended: string;
  exit: FinalRecord["exit"] | null;
  events: { output: number; input: number; frame: number; "service-event": number };
  bytes: number;
  marks: { t_ms: number; label: string }[];
  scrub: { status: string; rules: string[] | null; hits: Record<string, number> };
  integrity: "verified" | "absent";
  /** Where a part of another recording comes from. */
  cut: { of: string; from_ms: number; to_ms: number } | null;
}

/** Gathers the facts of an open cassette. */
export async function factsOf(cassette: Cassette): Promise<CassetteFacts> {
  const { dir, counts, rawSize, integrity } = cassette;
  const { verified: _, scrub, cut, ...facts } = summaryFactsOf({ ...cassette, path: dir });
  return {
    ...facts,
    events: {
      output: counts.output,
      input: counts.input,
      frame: counts.frame,
      "service-event": counts["service-event"],
    },
    bytes: rawSize,
    marks: await readMarks(cassette),
    scrub,
    integrity,
    cut,
  };
}

/** What a cassette says of itself, of which nothing was verified or counted. */
export interface SummaryFacts extends Omit<CassetteFacts, "events" | "bytes" | "marks" | "integrity"> {
  verified: false;
}

/** Gathers the facts of a cassette of which little was read. */
export function summaryFactsOf({ path, manifest, final, scrubReport }: Summary): SummaryFacts {
  const { harness, command, terminal, provenance } = manifest;
  return {
    path,
    id: manifest.id,
    sha256: manifest.content_digest.sha256,
    title: titleOf(manifest),
    program: { name: harness.name, argv: command.argv ?? [], version: harness.binary_version ?? null },
    terminal: {
      rows: terminal.initial_rows,
      cols: terminal.initial_cols,
      term: terminal.term ?? null,
      locale: terminal.locale ?? null,
    },
    emulator: `${terminal.emulator.name}@${terminal.emulator.version}`,
    recorded_at: provenance.recorded_at,
    recorder_version: provenance.recorder_version,
    os: provenance.os,
    arch: provenance.arch,
    duration_ms: final.duration_ms || final.t_ms,
    ended: endOf(final),
    exit: final.exit ?? null,
    scrub: { status: scrubReport.status, rules: scrubReport.rules, hits: scrubReport.hit_counts ?? {} },
    cut: cutOf(manifest),
    verified: false,
  };
}

/** How a recording ended, in words. */
function endOf({ exit, metadata }: FinalRecord): string {
  const how = !exit ? "no exit recorded" : exit.Signaled ? `signal: ${exit.Signal}` : `exit ${exit.Code}`;
  const why = (["interrupted", "timed_out"] as const).filter((word) => metadata?.[word] === true);
  return [how, ...why.map((word) => word.replace("_", " "))].join(", ");
}

function titleOf(manifest: Manifest): string | null {
  const { title } = cassetteExtras(manifest);
  return typeof title === "string" ? title : null;
}

function cutOf(manifest: Manifest): CassetteFacts["cut"] {
  const { cut } = cassetteExtras(manifest) as { cut?: Partial<Record<string, unknown>> };
  const { of, from_ms, to_ms } = cut ?? {};
  if (typeof of !== "string" || typeof from_ms !== "number" || typeof to_ms !== "number") return null;
  return { of, from_ms, to_ms };
}
