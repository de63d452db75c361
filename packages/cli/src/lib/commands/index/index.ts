import { indexRecordings, type Shard } from "@cassette/corpus";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createProgressLine } from "../../sealing/progress.js";
import { listenForSignals, signalStatus } from "../../signals.js";

/** Options of `cassette index`, as the command line gives them. */
export interface IndexCommandOptions {
  output: string;
  shard?: Shard;
  includeUnscrubbed?: boolean;
}

/** Indexes recordings and prints what was done. */
export async function index(
  paths: string[],
  { output, shard, includeUnscrubbed }: IndexCommandOptions,
  streams: Streams,
): Promise<number> {
  const signals = listenForSignals();
  const progress = createProgressLine(streams.stderr);
  try {
    const outcome = await indexRecordings(paths, {
      tables: output,
      shard,
      includeUnscrubbed,
      signal: signals.interrupt,
      onProgress: (done, total) => progress.update({ pass: "indexing", done, total }),
      onRefused: ({ path, code, message }) => {
        progress.clear();
        streams.stderr.write(`${escapeText(`${path}: ${message}`)} [${code}]\n`);
      },
    });
    progress.clear();
    const { indexed, unchanged, removed, refused } = outcome;
    streams.stdout.write(
      `${indexed} indexed, ${unchanged} unchanged, ${removed} rows removed, ${refused} refused\n`,
    );
    if (signals.received) return signalStatus(signals.received);
    return refused > 0 ? EXIT.negative : EXIT.success;
  } catch (error) {
    if (signals.received && signals.interrupt.reason === error) return signalStatus(signals.received);
    throw error;
  } finally {
    progress.clear();
    signals.stop();
  }
}
