import { randomUUID } from "node:crypto";
import { CassetteError, type Clock, FORMAT_VERSION, type Manifest } from "@cassette/format";
import { encodeManifest, parseManifest } from "@cassette/format/schema";
import { RECORDER_VERSION } from "./recorder-version.js";

/**
 * The known facts of a recording when it begins. All are optional; `version`, `content_digest` and the digests
 * of integrity are the recorder's.
 */
export interface DraftManifest
  extends Partial<
    Omit<Manifest, "version" | "content_digest" | "command" | "terminal" | "timing" | "provenance">
  > {
  command?: Partial<Manifest["command"]>;
  terminal?: Partial<Manifest["terminal"]>;
  timing?: Partial<Manifest["timing"]>;
  provenance?: Partial<Manifest["provenance"]>;
}

/** Go's words, where Node's differ. */
const GO_OS: Record<string, string> = { win32: "windows", sunos: "solaris" };
const GO_ARCH: Record<string, string> = { x64: "amd64", ia32: "386", ppc64: "ppc64le", mipsel: "mipsle" };
const NO_DIGEST = "0".repeat(64);

/**
 * Fills in the writer's defaults for absent, empty and zero values.
 * @throws CassetteError CASSETTE_VALUE_INVALID for values that no reader would take.
 */
export function completeManifest(draft: DraftManifest, clock: Clock): Manifest {
  const { command } = draft;
  const manifest: Manifest = {
    ...draft,
    version: FORMAT_VERSION,
    id: draft.id || randomUUID(),
    content_digest: { sha256: NO_DIGEST },
    harness: { ...draft.harness, name: draft.harness?.name ?? "" },
    command: { ...command, workdir_policy: command?.workdir_policy || "unspecified" },
    terminal: completeTerminal(draft.terminal),
    timing: completeTiming(draft.timing),
    provenance: completeProvenance(draft.provenance, clock),
  };
  return readBack(manifest);
}

function completeTerminal(terminal: DraftManifest["terminal"] = {}): Manifest["terminal"] {
  return {
    ...terminal,
    initial_rows: terminal.initial_rows || 24,
    initial_cols: terminal.initial_cols || 80,
    emulator: terminal.emulator ?? { name: "none", version: "none" },
  };
}

function completeTiming(timing: DraftManifest["timing"] = {}): Manifest["timing"] {
  return {
    resolution_ms: timing.resolution_ms || 100,
    clock_policy: timing.clock_policy || "monotonic-elapsed",
    replay_default: timing.replay_default || "collapsed",
  };
}

function completeProvenance(
  provenance: DraftManifest["provenance"] = {},
  clock: Clock,
): Manifest["provenance"] {
  return {
    ...provenance,
    os: provenance.os || (GO_OS[process.platform] ?? process.platform),
    arch: provenance.arch || (GO_ARCH[process.arch] ?? process.arch),
    recorded_at: provenance.recorded_at || wholeSeconds(clock.now()),
    recorder_version: provenance.recorder_version || RECORDER_VERSION,
  };
}

/** Checked at once: a manifest that cannot be read back must not fail at the end. */
function readBack(manifest: Manifest): Manifest {
  try {
    return parseManifest(encodeManifest(manifest), { file: "manifest" });
  } catch (error) {
    const message = error instanceof CassetteError ? error.message : "it cannot be encoded.";
    throw new CassetteError("CASSETTE_VALUE_INVALID", `The manifest cannot be written: ${message}`);
  }
}

/** RFC 3339, UTC, whole seconds. */
function wholeSeconds(epochMs: number): string {
  return `${new Date(Math.floor(epochMs / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}
