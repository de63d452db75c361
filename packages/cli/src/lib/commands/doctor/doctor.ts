import { listSpools } from "@cassette/core";
import { CHECKS, type Finding } from "../../doctor/checks.js";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { spoolLine } from "../../output/spool-line.js";
import { requireFolder } from "../recover/find-named-spools.js";

/**
 * Checks everything that recording needs on this machine and prints a remedy for what is missing.
 * @param folders where to look for spools of interrupted recordings.
 */
export async function doctor(
  folders: readonly string[],
  { json }: { json?: boolean },
  { stdout }: Streams,
): Promise<number> {
  for (const folder of folders) await requireFolder(folder);
  let isWell = true;
  const print = (name: string, finding: Finding) => {
    isWell &&= finding.state !== "bad";
    stdout.write(`${json ? JSON.stringify({ check: name, ...finding }) : line(name, finding)}\n`);
  };
  for (const [name, check] of Object.entries(CHECKS)) print(name, await check());
  for (const finding of await checkSpools(folders.length === 0 ? ["."] : folders)) print("spools", finding);
  return isWell ? EXIT.success : EXIT.failure;
}

/** A recording that was not recovered takes space and may hold secrets. */
async function checkSpools(folders: readonly string[]): Promise<Finding[]> {
  const spools = (await Promise.all(folders.map(listSpools))).flat();
  if (spools.length === 0) return [{ state: "ok", what: "no recording was left unfinished" }];
  return spools.map((spool) => ({
    state: spool.state === "recording" ? "ok" : "note",
    what: spoolLine(spool),
    ...(spool.state !== "recording" && { remedy: "Recover or remove it: cassette recover --help." }),
  }));
}

function line(name: string, { state, what, remedy }: Finding): string {
  const first = `${state.padEnd(4)} ${name}: ${escapeText(what)}`;
  return remedy === undefined ? first : `${first}\n     → ${remedy}`;
}
