import { type Condition, openTerminal, type RecordingOutcome, recordProgram } from "@cassette/terminal";
import { openScript } from "@cassette/terminal/script";

const quiet: Condition = {
  name: "a quiet program",
  look: ({ quietMs }) => (quietMs > 500 ? "met" : { afterMs: 500 - quietMs }),
};

export async function record(target: string): Promise<RecordingOutcome> {
  // @ts-expect-error: a program is named
  await recordProgram({ target, argv: [] });
  await recordProgram({ target, argv: ["less", "a.txt"], input: await openScript("less.yaml") });
  return recordProgram({
    target,
    argv: ["less", "a.txt"],
    async input(terminal, signal) {
      await terminal.waitFor(/^a$/m, { in: "line", timeoutMs: 100, signal });
      // @ts-expect-error: a screen or a line
      await terminal.waitFor("a", { in: "row" });
      await terminal.press("q");
    },
  });
}

export async function drive(): Promise<number | null> {
  await using terminal = await openTerminal({ argv: ["less", "a.txt"], size: { rows: 10, cols: 40 } });
  (await terminal.wait(quiet)) satisfies "met" | "timeout" | "ended";
  return (await terminal.waitForExit()).code;
}
