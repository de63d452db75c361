import { createHash } from "node:crypto";
import type { Cassette } from "@cassette/core/reader";
import { cassetteExtras, type FinalRecord } from "@cassette/format";
import { timeOf } from "../inputs/inputs.js";
import type { Row } from "../schema/tables.js";

/** What is known of a recording besides what is in it. */
export interface RowOrigin {
  path: string;
  fingerprint: string;
  /** Bytes of the manifest. */
  manifest: Uint8Array;
  /** Milliseconds since 1970. */
  indexedAt: number;
  /** Names the run that indexes it. */
  run: string;
}

/** The key that joins the rows of a recording. Another run that indexes it again uses another key, so that rows of both never mix. */
export function keyOf(cassette: Cassette, { path, manifest, run }: RowOrigin): string {
  const { id } = cassette.manifest;
  const facts = JSON.stringify([id, sha256(manifest), path, run]);
  return sha256(Buffer.from(facts)).slice(0, 32);
}

/** The row of a recording, without what depends on its events. */
export function recordingRow(cassette: Cassette, origin: RowOrigin): Row {
  const { manifest, final, counts, scrubReport, rawSize, integrity } = cassette;
  const { harness, command, terminal, provenance, content_digest } = manifest;
  const { title } = cassetteExtras(manifest);
  const argv = command.argv ?? [];
  return {
    id: manifest.id,
    sha256: content_digest.sha256,
    manifest_sha256: sha256(origin.manifest),
    path: origin.path,
    fingerprint: origin.fingerprint,
    indexed_at: origin.indexedAt,
    recorded_at: timeOf(provenance.recorded_at),
    title: typeof title === "string" ? title : null,
    program: harness.name,
    command: argv.join(" "),
    argv: JSON.stringify(argv),
    os: provenance.os,
    arch: provenance.arch,
    emulator: `${terminal.emulator.name}@${terminal.emulator.version}`,
    rows: terminal.initial_rows,
    cols: terminal.initial_cols,
    ...endOf(final),
    output_bytes: rawSize,
    outputs: counts.output,
    inputs: counts.input,
    frames: counts.frame,
    service_events: counts["service-event"],
    scrub_status: scrubReport.status,
    integrity,
    manifest: Buffer.from(origin.manifest).toString("utf8"),
    report: JSON.stringify(scrubReport),
  };
}

function endOf({ exit, metadata, duration_ms, t_ms, cost_usd, final_text }: FinalRecord): Row {
  return {
    exit_code: exit?.Code ?? null,
    exit_signal: exit?.Signaled ? exit.Signal : null,
    failed: exit ? exit.Signaled || exit.Code !== 0 : null,
    interrupted: metadata?.interrupted === true,
    timed_out: metadata?.timed_out === true,
    duration_ms: duration_ms || t_ms,
    cost_usd: cost_usd ?? null,
    final_text: final_text ?? null,
  };
}

/** A digest in hexadecimal. */
function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
