import type { PtyEvent } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createFakeDriver } from "./fake-driver.js";
import type { FakeProgram } from "./fake-terminal.js";

const size = { rows: 24, cols: 80 };

async function eventsOf(program: FakeProgram): Promise<PtyEvent[]> {
  await using session = await createFakeDriver(program).start({ argv: ["fake"], ...size });
  const events: PtyEvent[] = [];
  for await (const event of session.events()) events.push(event);
  return events;
}

describe("createFakeDriver", () => {
  it("gives each write as a chunk, at its virtual time, without waiting", async () => {
    const events = await eventsOf(async (terminal) => {
      await terminal.write("one");
      await terminal.sleep(3_600_000);
      await terminal.write("two");
    });
    expect(events).toEqual([
      { seq: 1, t_ms: 0, kind: "output", offset: 0, bytes: Buffer.from("one") },
      { seq: 2, t_ms: 3_600_000, kind: "output", offset: 3, bytes: Buffer.from("two") },
      { seq: 3, t_ms: 3_600_000, kind: "exit", exit: { code: 0, signal: null } },
      { seq: 4, t_ms: 3_600_000, kind: "end", reason: "eof", totalBytes: 6 },
    ]);
  });

  it("is the same every time", async () => {
    const program: FakeProgram = async (terminal) => {
      for (let count = 0; count < 20; count++) {
        await terminal.write(`${count}`);
        await terminal.sleep(count);
      }
      terminal.exit(3);
    };
    expect(await eventsOf(program)).toEqual(await eventsOf(program));
  });

  it("shows the program its arguments, environment and size", async () => {
    let seen: unknown;
    const driver = createFakeDriver(async ({ argv, env, size: { rows, cols } }) => {
      seen = { argv, env, rows, cols };
    });
    await using session = await driver.start({ argv: ["a", "b"], env: { C: "d" }, rows: 5, cols: 6 });
    await session.wait();
    expect(seen).toEqual({ argv: ["a", "b"], env: { C: "d" }, rows: 5, cols: 6 });
  });

  it("makes a program that throws exit with 1, and one that is killed stop where it is", async () => {
    const thrown = await eventsOf(async () => {
      throw new Error("oops");
    });
    expect(thrown[0]).toMatchObject({ kind: "exit", exit: { code: 1, signal: null } });

    let went = "nowhere";
    await using session = await createFakeDriver(async (terminal) => {
      try {
        await terminal.read();
        went = "on";
      } finally {
        went = went === "on" ? "on" : "to its end";
      }
    }).start({ argv: ["fake"], ...size });
    await session.kill();
    expect(await session.wait()).toEqual({ code: null, signal: "SIGHUP" });
    expect(went).toBe("to its end");
  });

  it("times out when the time is moved there", async () => {
    const driver = createFakeDriver(async (terminal) => {
      await terminal.read();
    });
    await using session = await driver.start({ argv: ["fake"], ...size, timeoutMs: 86_400_000 });
    await driver.advance(86_400_000);
    expect(await session.wait()).toEqual({ code: null, signal: "SIGHUP", timedOut: true });
    expect(driver.clock.monotonic()).toBeGreaterThanOrEqual(86_400_000);
  });
});
