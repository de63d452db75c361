import { type Kept, pruneRecordings } from "@cassette/corpus";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import { humanSize } from "../../output/human-size.js";
import type { Streams } from "../../output/report-error.js";
import { listenForSignals, signalStatus } from "../../signals.js";

/** Options of `cassette prune`, as the command line gives them. */
export interface PruneCommandOptions {
  root: string;
  olderThan: number;
  keep?: Kept;
  yes?: boolean;
}

/** Deletes old recordings, or prints which it would delete. */
export async function prune(
  tables: string,
  { root, olderThan, keep, yes = false }: PruneCommandOptions,
  streams: Streams,
): Promise<number> {
  const signals = listenForSignals();
  let bytes = 0;
  try {
    const { pruned, refused } = await pruneRecordings({
      tables,
      root,
      olderThanMs: olderThan,
      keep: keep ? [keep] : [],
      isReal: yes,
      signal: signals.interrupt,
      onPruned: ({ path, output_bytes }) => {
        bytes += output_bytes;
        streams.stdout.write(`${escapeText(path)}\n`);
      },
      onRefused: ({ path, code, message }) =>
        streams.stderr.write(`${escapeText(`${path}: ${message}`)} [${code}]\n`),
    });
    const done = yes ? "deleted" : "would be deleted; add --yes to delete them";
    streams.stderr.write(
      `${pruned} recordings (${humanSize(bytes)} of output) ${done}, ${refused} kept because they changed\n`,
    );
    if (signals.received) return signalStatus(signals.received);
    return refused > 0 ? EXIT.negative : EXIT.success;
  } finally {
    signals.stop();
  }
}
