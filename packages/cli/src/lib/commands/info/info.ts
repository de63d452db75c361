import { readSummary } from "@cassette/core/reader";
import { isUrl, openSource } from "@cassette/terminal/recordings";
import {
  type CassetteFacts,
  factsOf,
  type SummaryFacts,
  summaryFactsOf,
} from "../../facts/cassette-facts.js";
import { factLines } from "../../facts/fact-lines.js";
import { escapeJson, escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { openRecording } from "../../recordings/open-recording.js";

/** Prints a summary of a cassette, on one screen or as one JSON object. */
export async function info(
  dir: string,
  { json }: { json?: boolean },
  { stdout, stderr }: Streams,
): Promise<number> {
  if (isUrl(dir)) return summary(dir, { json }, { stdout, stderr });
  const cassette = await openRecording(dir, stderr);
  try {
    const facts = await factsOf(cassette);
    stdout.write(`${json ? escapeJson(JSON.stringify(facts)) : asScreen(facts)}\n`);
    return EXIT.success;
  } finally {
    await cassette.close();
  }
}

/** Reads only a little of an archive on a server, and verifies nothing. */
async function summary(
  url: string,
  { json }: { json?: boolean },
  { stdout, stderr }: Pick<Streams, "stdout" | "stderr">,
): Promise<number> {
  const source = await openSource(url);
  try {
    const facts = summaryFactsOf(await readSummary(source));
    const text = json ? escapeJson(JSON.stringify(facts)) : asScreen(facts);
    stdout.write(`${text}\n`);
    stderr.write("not verified; counts are omitted: cassette verify reads all of it\n");
    return EXIT.success;
  } finally {
    await source.close();
  }
}

function asScreen(facts: CassetteFacts | SummaryFacts): string {
  const body = factLines(facts).map(([name, value]) => `  ${name.padEnd(10)} ${escapeText(value)}`);
  return [escapeText(facts.path), ...body].join("\n");
}
