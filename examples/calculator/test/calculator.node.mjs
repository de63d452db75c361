import { describe, it } from "node:test";
import { assertHolds, assertScreen } from "@cassette/testing";

const RECORDING = "cassettes/python.cassette";

describe("what Python shows", () => {
  it("is the answer below the question", async (test) => {
    await assertScreen(test, RECORDING, { at: { mark: "text" } });
  });

  it("says what went wrong", async () => {
    await assertHolds(
      RECORDING,
      { type: "frame_eventually_contains", text: "ZeroDivisionError" },
      { type: "input_bytes", key: "ctrl-d" },
      { type: "exit_status", exit_code: 0 },
    );
  });
});
