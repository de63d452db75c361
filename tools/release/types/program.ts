import type { CellProvenanceFactory, EmulatorFactory, PtyDriver, Redactor } from "@cassette/format";
import { createProvenance, createXtermEmulator, deriveFrames } from "@cassette/frames";
import { createPtyDriver } from "@cassette/pty";
import { createScrubber } from "@cassette/scrub";

export const driver: PtyDriver = createPtyDriver();
export const emulator: EmulatorFactory = createXtermEmulator;
export const provenance: CellProvenanceFactory = createProvenance;
export const redactor: Redactor = createScrubber({ home: "/home/alice" });
// @ts-expect-error: go-v1 knows text only
export const full: Redactor = createScrubber({ ruleSet: "go-v1" });

export async function run(): Promise<number> {
  await using session = await driver.start({
    argv: ["true"],
    rows: 24,
    cols: 80,
    clock: { now: () => 0, monotonic: () => 0 },
  });
  for await (const event of session.events()) if (event.kind === "output") return event.bytes.length;
  for await (const { frame } of deriveFrames({ size: { rows: 1, cols: 1 }, events: [] })) return frame.t_ms;
  // @ts-expect-error: keys have names
  await session.sendKey(13);
  return 0;
}
