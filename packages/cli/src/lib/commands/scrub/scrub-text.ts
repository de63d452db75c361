import { createScrubber } from "@cassette/scrub";
import type { ScrubSettings } from "@cassette/terminal/scrubbing";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { createTextFilter } from "../../sealing/text-filter.js";

/** The streams that text is read from and written to. */
export interface FilterStreams extends Streams {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
}

/**
 * Scrubs standard input to standard output; with `check` prints the findings instead.
 * @returns an exit status: with `check`, whether there are findings.
 */
export async function scrubText(
  settings: ScrubSettings,
  { check = false }: { check?: boolean },
  { stdin, stdout }: FilterStreams,
): Promise<number> {
  const filter = createTextFilter(createScrubber(settings));
  const writer = createWriter(stdout);
  stdin.setEncoding("utf8");
  for await (const piece of stdin) {
    const ready = filter.push(String(piece));
    if (!check && ready !== "") await writer.write(ready);
  }
  const rest = filter.end();
  if (!check) {
    await writer.write(rest);
    return EXIT.success;
  }
  for (const [rule, count] of filter.hits) await writer.line(`found - ${rule} ${count}`);
  return filter.hits.size > 0 ? EXIT.negative : EXIT.success;
}
