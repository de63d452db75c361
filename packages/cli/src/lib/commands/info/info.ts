import { type CassetteFacts, factsOf } from "../../facts/cassette-facts.js";
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
  const cassette = await openRecording(dir, stderr);
  try {
    const facts = await factsOf(cassette);
    stdout.write(`${json ? escapeJson(JSON.stringify(facts)) : asScreen(facts)}\n`);
    return EXIT.success;
  } finally {
    await cassette.close();
  }
}

function asScreen(facts: CassetteFacts): string {
  const body = factLines(facts).map(([name, value]) => `  ${name.padEnd(10)} ${escapeText(value)}`);
  return [escapeText(facts.path), ...body].join("\n");
}
