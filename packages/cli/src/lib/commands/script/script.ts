import { basename } from "node:path";
import type { Cassette } from "@cassette/core/reader";
import { openCassetteAt } from "@cassette/terminal/recordings";
import { scenarioOf, scriptOf, scriptText } from "@cassette/terminal/script";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";

/** Options of `cassette script`. */
export interface ScriptOptions {
  scenario?: boolean;
}

/** Prints a script, or a scenario, made of a recording. */
export async function script(dir: string, { scenario }: ScriptOptions, { stdout }: Streams): Promise<number> {
  await using cassette = await openCassetteAt(dir);
  await createWriter(stdout).write(
    scenario ? await scenarioText(cassette) : scriptText(await scriptOf(cassette)),
  );
  return EXIT.success;
}

async function scenarioText(cassette: Cassette): Promise<string> {
  const { exit } = cassette.final;
  const exitCode = exit?.Exited ? exit.Code : null;
  return scenarioOf(await scriptOf(cassette), { name: basename(cassette.dir), path: cassette.dir, exitCode });
}
