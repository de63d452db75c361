import { setTimeout as sleep } from "node:timers/promises";
import type { PtySession } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createPtyDriver } from "../src/index.js";
import { readAll } from "./bytes.js";
import { countDescriptors, eventually, mastersOf, zombies } from "./processes.js";

const SOAK = process.env.CASSETTE_SOAK !== undefined;
const SEQUENTIAL = SOAK ? 200 : 40;
const CONCURRENT = SOAK ? 50 : 20;

const driver = createPtyDriver();
const size = { rows: 24, cols: 80 };
const onLinux = process.platform === "linux";

async function runOne(): Promise<string> {
  await using session = await driver.start({ argv: ["sh", "-c", "echo some output"], ...size });
  return (await readAll(session)).toString();
}

describe.runIf(onLinux)("createPtyDriver: many sessions", () => {
  it("leaves no descriptor, process or listener after sessions one after the other", async () => {
    await runOne();
    const descriptors = countDescriptors();
    for (let count = 0; count < SEQUENTIAL; count++) expect(await runOne()).toBe("some output\r\n");
    expect(await eventually(() => countDescriptors() <= descriptors)).toBe(true);
    expect(zombies()).toEqual([]);
  });

  it("leaves none after sessions at once, and shows no program another's terminal", async () => {
    const descriptors = countDescriptors();
    const sessions: PtySession[] = [];
    for (let count = 0; count < CONCURRENT; count++) {
      sessions.push(await driver.start({ argv: ["sleep", "600"], ...size }));
    }
    // The last one started has gone through the closer; it may still be on its way.
    expect(await eventually(() => sessions.every(({ pid }) => mastersOf(pid).length === 0))).toBe(true);
    await Promise.all(sessions.map((session) => session.close()));
    expect(await eventually(() => countDescriptors() <= descriptors)).toBe(true);
    expect(zombies()).toEqual([]);
  });

  it("serves many busy sessions at once, each with all of its own output", async () => {
    const lengths = await Promise.all(
      Array.from({ length: CONCURRENT }, async (_, index) => {
        await using session = await driver.start({
          argv: ["sh", "-c", `head -c ${100_000 + index} /dev/zero`],
          ...size,
        });
        return (await readAll(session, () => sleep(1))).length;
      }),
    );
    expect(lengths).toEqual(Array.from({ length: CONCURRENT }, (_, index) => 100_000 + index));
  });

  it("hangs up one session's program although another was started later", async () => {
    const first = await driver.start({ argv: ["sh", "-c", "echo $$; exec sleep 600"], ...size });
    const second = await driver.start({ argv: ["sleep", "600"], ...size });
    expect(await eventually(() => mastersOf(second.pid).length === 0)).toBe(true);
    await first.close();
    expect((await first.wait()).signal).toBe("SIGHUP");
    await second.close();
  });
});
