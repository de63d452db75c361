import type { CassetteEvent, InputRecord } from "@cassette/format";
import { describe, expect, it } from "vitest";
import type { Cassette } from "../reader/cassette.js";
import { createStub } from "./stub.js";

/** A recording of one input. */
function recordingOf(input: Partial<InputRecord>): Cassette {
  const record: InputRecord = { seq: 1, t_ms: 0, kind: "input", ...input };
  async function* events(): AsyncGenerator<CassetteEvent> {
    yield { seq: 1, t_ms: 0, kind: "input", record };
  }
  return { manifest: {}, final: { seq: 2, t_ms: 0, duration_ms: 1 }, events } as unknown as Cassette;
}

/** The report's actual input when only this was typed. */
async function reported(input: Partial<InputRecord>, typed: string): Promise<string> {
  const stub = createStub(recordingOf(input), { write() {} });
  stub.receive(Buffer.from(typed));
  stub.hangUp();
  const outcome = await stub.run();
  return outcome.ok ? "met" : Buffer.from(outcome.report.got).toString();
}

describe("createStub", () => {
  it("reports nothing that was typed where the recording is masked or withheld", async () => {
    const masked = { bytes: Buffer.from("key=****!"), masked: [[4, 8]] as [number, number][] };
    expect(await reported(masked, "key=abcd!")).toBe("met");
    expect(await reported(masked, "key=abcd?")).toBe("key=****?");
    expect(await reported(masked, "key=ab")).toBe("key=**");
    expect(await reported({ withheld: true }, "hunter2")).toBe("*******");
  });

  it("skips answers that arrive in pieces, and drops nothing that only begins like one", async () => {
    const typed = async (recorded: string, ...pieces: string[]) => {
      const stub = createStub(recordingOf({ bytes: Buffer.from(recorded) }), {
        write() {},
        timeoutMs: 1_000,
      });
      const outcome = stub.run();
      for (const piece of pieces) {
        // Each piece arrives separately while the stub waits.
        await new Promise(setImmediate);
        stub.receive(Buffer.from(piece));
      }
      await new Promise(setImmediate);
      stub.hangUp();
      return (await outcome).ok;
    };
    expect(await typed("q", "\x1b[?62;c\x1b[3", "1;3Rq")).toBe(true);
    expect(await typed("\x1b[", "\x1b[")).toBe(true);
    expect(await typed("\x1b[1;2R", "\x1b[1", ";2R")).toBe(true);
    expect(await typed("q", "\x1b[3")).toBe(false);
  });

  it("runs until its driver goes away, if the recorded driver did", async () => {
    const hungUp = () =>
      createStub(recordingOf({ kind: "signal", signal: "SIGHUP" }), { write() {}, timeoutMs: 20 });
    expect(await hungUp().run()).toMatchObject({ ok: false, report: { reason: "silent" } });
    const left = hungUp();
    left.hangUp();
    expect(await left.run()).toMatchObject({ ok: true });
    const typedAt = hungUp();
    typedAt.receive(Buffer.from("q"));
    expect(await typedAt.run()).toMatchObject({ ok: false, report: { reason: "unexpected-input" } });
  });
});
