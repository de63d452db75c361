import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { type SessionBehaviour, withSession } from "./harness.js";
import { countedOutput, counts, exitsWithSeven, FLOOD_BYTES, floods, leavesJob } from "./programs.js";

export const outputBehaviours: readonly SessionBehaviour[] = [
  {
    name: "delivers every byte once, numbered, timed and at its offset",
    check: (harness) =>
      withSession(harness, counts, async (_, transcript) => {
        await transcript.ended;
        ok(transcript.text === countedOutput(), "The output differs from what was written.");
        let offset = 0;
        let before = 0;
        for (const [index, event] of transcript.events.entries()) {
          equal(event.seq, index + 1);
          ok(event.t_ms >= before);
          before = event.t_ms;
          if (event.kind !== "output") continue;
          equal(event.offset, offset);
          offset += event.bytes.length;
        }
      }),
  },
  {
    name: "ends with the exit after the program's own output, and with the end as the last event",
    check: (harness) =>
      withSession(harness, counts, async (_, transcript) => {
        await transcript.ended;
        const [exit, end] = transcript.events.slice(-2);
        deepEqual(exit?.kind === "exit" && exit.exit, { code: 0, signal: null });
        deepEqual(end?.kind === "end" && [end.reason, end.totalBytes], ["eof", countedOutput().length]);
      }),
  },
  {
    name: "keeps the output for a reader who comes after the exit",
    async check(harness) {
      const session = await harness.start(counts);
      await session.wait();
      let length = 0;
      for await (const { bytes } of session.output()) length += bytes.length;
      equal(length, countedOutput().length);
      await session.close();
    },
  },
  {
    name: "stops the program while there is no reader, and loses nothing",
    async check(harness) {
      const session = await harness.start(floods);
      let exited = false;
      void session.wait().then(() => {
        exited = true;
      });
      await harness.elapse(500);
      equal(exited, false);
      let length = 0;
      for await (const { bytes } of session.output()) length += bytes.length;
      equal(length, FLOOD_BYTES);
      await session.close();
    },
  },
  {
    name: "takes a background job's output until the grace ends, and says that the terminal was held",
    check: (harness) =>
      withSession(harness, leavesJob, async (_, transcript) => {
        await transcript.ended;
        equal(transcript.text, "earlylate");
        const end = transcript.events.at(-1);
        equal(end?.kind === "end" && end.reason, "held");
        deepEqual(
          transcript.events.map(({ kind }) => kind),
          ["output", "exit", "output", "end"],
        );
      }),
  },
  {
    name: "can be read once",
    async check(harness) {
      const session = await harness.start(exitsWithSeven);
      session.output();
      throws(() => session.events(), TypeError);
      throws(() => session.output(), TypeError);
      await session.close();
    },
  },
];
