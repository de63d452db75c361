import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Loss, SourceFormat } from "@cassette/convert";
import { type Cassette, type OpenOptions, openCassette } from "@cassette/core/reader";
import { ARTIFACT } from "@cassette/format";
import { importIntoCassette } from "./import-into-cassette.js";
import { isArchive, openCassetteAt } from "./open-source.js";

/** Options of {@link openRecording}. */
export interface OpenedRecordingOptions extends OpenOptions {
  /** Called when the recording is of another tool and was converted. */
  onConverted?: (converted: ConvertedRecording) => void;
}

/** A recording of another tool that is read as a cassette. */
export interface ConvertedRecording {
  path: string;
  format: SourceFormat;
  losses: readonly Loss[];
}

/**
 * Opens a recording by its path: a cassette, a zip archive of one, or a recording of another tool, such as a `.cast`. The latter is converted into a private
 * temporary folder, unscrubbed, which is removed as soon as it is open.
 * @throws CassetteError of opening the cassette or of reading the other format; `signal.reason` when aborted.
 */
export async function openRecording(path: string, options: OpenedRecordingOptions = {}): Promise<Cassette> {
  const { onConverted, ...opening } = options;
  if (!(await isRecordingOfAnotherTool(path))) return openCassetteAt(path, opening);
  // Reading a cassette loads no emulator and no scrubber.
  const [{ openTerminalRecording }, { sealOptions }] = await Promise.all([
    import("@cassette/convert"),
    import("../scrubbing/seal-options.js"),
  ]);
  const folder = await mkdtemp(join(tmpdir(), "cassette-"));
  try {
    const target = join(folder, "converted.cassette");
    await using source = await openTerminalRecording(path, { signal: opening.signal });
    const seal = { ...sealOptions(null), signal: opening.signal };
    const { losses } = await importIntoCassette(source, { target, seal });
    const cassette = await openCassette(target, opening);
    onConverted?.({ path, format: source.format, losses });
    return { ...cassette, dir: path };
  } finally {
    // Its files are open: they can be read until they are closed.
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether a path is a file other than an archive, or a log directory of sudo: a cassette is neither. */
export async function isRecordingOfAnotherTool(path: string): Promise<boolean> {
  if (isArchive(path)) return false;
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return found?.isFile() === true;
  if ((await stat(join(path, ARTIFACT.manifest)).catch(() => null)) !== null) return false;
  return (await import("@cassette/convert")).isSudoLog(path);
}
