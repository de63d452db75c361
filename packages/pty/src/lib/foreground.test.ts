import { setTimeout as sleep } from "node:timers/promises";
import type { PtySession } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createPtyDriver } from "./driver.js";
import { foregroundIn, readForeground } from "./foreground.js";
import { findInputWait } from "./input-wait.js";

const IS_LINUX = process.platform === "linux";
const LOOKS = 400;
const LOOK_MS = 25;
/** While a program starts, any result is possible for a moment. */
const IN_A_ROW = 12;

/** Runs a program until `look` holds for a while. */
async function comesTo(argv: [string, ...string[]], look: (session: PtySession) => Promise<boolean>) {
  await using session = await createPtyDriver().start({ argv, rows: 24, cols: 80 });
  for (let looks = 0, inARow = 0; looks < LOOKS; looks++) {
    inARow = (await look(session)) ? inARow + 1 : 0;
    if (inARow === IN_A_ROW) return true;
    await sleep(LOOK_MS);
  }
  return false;
}

const sh = (script: string): [string, ...string[]] => ["sh", "-c", script];
const isStopped = async ({ pid }: PtySession) =>
  (await readForeground(pid)).some((process) => process.isStopped);

describe("readForeground", () => {
  it.runIf(IS_LINUX).each([
    ["the program", "kill -STOP $$"],
    ["a process it waits for", "sh -c 'kill -STOP $$; :'; :"],
  ])("sees that %s is stopped", async (_, script) => {
    expect(await comesTo(sh(script), isStopped)).toBe(true);
  });

  it.runIf(IS_LINUX)("leaves out what is stopped in the background", async () => {
    const look = async ({ pid }: PtySession) => {
      const foreground = await readForeground(pid);
      return foreground.length === 1 && foreground[0]?.isStopped === false;
    };
    expect(await comesTo(["bash", "-c", "set -m; sh -c 'kill -STOP $$' & sleep 60"], look)).toBe(true);
  });

  it("finds nothing where the program is gone", async () => {
    expect(await readForeground(2 ** 22 + 1)).toEqual([]);
  });
});

describe("foregroundIn", () => {
  it("reads the BSD ps", () => {
    const text = ["  10     1    10    12 Ss", "  12    10    12    12 T+", "  13    12    12    12 S+"];
    const others = ["  14    10    14    12 T", "  90     1    12    12 S", ""];
    expect(foregroundIn([...text, ...others].join("\n"), 10)).toMatchObject([
      { pid: 12, isStopped: true },
      { pid: 13, isStopped: false },
    ]);
  });
});

describe("findInputWait", () => {
  const node = process.execPath;
  const waits = (wanted: string) => async (session: PtySession) =>
    findInputWait(await readForeground(session.pid)) === wanted;

  it.runIf(IS_LINUX).each<[string, string, [string, ...string[]]]>([
    ["awaited", "reads", ["cat"]],
    ["awaited", "reads in a process of its own", sh("cat; :")],
    ["awaited", "listens for input", [node, "-e", "process.stdin.resume()"]],
    ["none", "sleeps", sh("sleep 60; :")],
    ["none", "listens for something else", [node, "-e", "setTimeout(() => {}, 60_000)"]],
    ["none", "reads a file that is no terminal", sh("sleep 60 | cat")],
    ["possible", "polls", ["python3", "-c", "import select, sys; select.select([sys.stdin], [], [], 60)"]],
  ])("is %j of a program that %s", async (wanted, _, argv) => {
    expect(await comesTo(argv, waits(wanted))).toBe(true);
  });
});
