import { CHECKS, type Finding } from "../doctor/checks.js";
import { escapeText } from "../output/escape-text.js";
import { EXIT } from "../output/exit-status.js";
import type { Streams } from "../output/report-error.js";

/** Looks at everything that recording needs on this machine, and says what to do about what is missing. */
export async function doctor({ json }: { json?: boolean }, { stdout }: Streams): Promise<number> {
  let isWell = true;
  for (const [name, check] of Object.entries(CHECKS)) {
    const finding = await check();
    isWell &&= finding.state !== "bad";
    stdout.write(`${json ? JSON.stringify({ check: name, ...finding }) : line(name, finding)}\n`);
  }
  return isWell ? EXIT.success : EXIT.failure;
}

function line(name: string, { state, what, remedy }: Finding): string {
  const first = `${state.padEnd(4)} ${name}: ${escapeText(what)}`;
  return remedy === undefined ? first : `${first}\n     → ${remedy}`;
}
