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
  return { final: { seq: 2, t_ms: 0, duration_ms: 1 }, events } as unknown as Cassette;
}

/** What the report says came when this was typed and nothing more. */
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
});
