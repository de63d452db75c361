import { ARTIFACT, type Manifest, type ScrubReport } from "@cassette/format";
import { encodeScrubReport } from "@cassette/format/schema";
import type { Verified } from "../reader/verify.js";
import type { SealOptions } from "../seal/seal-options.js";
import { sealSpool } from "../seal/seal-spool.js";
import { renameIntoPlace, syncRenames } from "../spool/commit.js";
import { completeDirectory, completeProvisionally } from "../spool/complete-directory.js";
import type { FileSystem } from "../spool/file-system.js";
import { writeGitAttributes } from "../spool/git-attributes.js";
import { removeSpool, type SpoolPaths } from "../spool/spool.js";
import type { SpoolWriter } from "../spool/spool-writer.js";

/** What closing needs. */
export interface FinalizerParts {
  fs: FileSystem;
  spool: SpoolPaths;
  writer: SpoolWriter;
  target: string;
  manifest: Manifest;
  overwrite: boolean;
  integrity: boolean;
  gitAttributes: boolean;
  /** Called with the complete cassette before it gets its name; if it fails, nothing gets a name. */
  beforeNaming?: (dir: string) => Promise<void>;
}

/** The Go writer's default. */
const UNSTATED_REPORT: ScrubReport = { status: "clean", rules: null, hit_counts: {} };

/**
 * Turns a spool into a cassette step by step, sealed if there are options for it. After a failure the next call resumes at that
 * step.
 * @returns a function that does so; it returns the scrub report of a sealed cassette.
 */
export function createFinalizer(parts: FinalizerParts): (seal?: SealOptions) => Promise<ScrubReport | null> {
  const { fs, spool, writer, target, overwrite, gitAttributes } = parts;
  let report: ScrubReport | null = null;
  let verified: Verified | undefined;
  let isProvisional = false;
  const directory = { ...parts, dir: spool.cassette };
  const steps: ((seal?: SealOptions) => unknown)[] = [
    () => writeOut(writer),
    async (seal) => {
      isProvisional = seal !== undefined;
      verified = await (isProvisional ? completeProvisionally : completeDirectory)(directory);
    },
    async (seal) => {
      if (seal) report = await sealSpool({ ...parts, verified }, seal);
      // It was to be sealed, and that failed.
      else if (isProvisional) verified = await completeDirectory(directory);
    },
    () => gitAttributes && writeGitAttributes(fs, spool.cassette),
    () => parts.beforeNaming?.(spool.cassette),
    () => renameIntoPlace(fs, spool, target, overwrite),
    () => syncRenames(fs, spool, target),
    () => writer.close(),
    () => removeSpool(fs, spool),
  ];
  let done = 0;
  return async (seal) => {
    for (const step of steps.slice(done)) {
      await step(seal);
      done++;
    }
    return report;
  };
}

async function writeOut({ documents, flush }: SpoolWriter): Promise<void> {
  if (!documents.has(ARTIFACT.scrubReport)) {
    documents.put(ARTIFACT.scrubReport, encodeScrubReport(UNSTATED_REPORT));
  }
  await flush();
}
