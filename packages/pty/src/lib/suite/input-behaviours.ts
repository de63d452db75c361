import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { PtyEvent } from "@cassette/format";
import { type SessionBehaviour, withSession } from "./harness.js";
import { asksForModes, asksForPassword, echoes, neverReads, printsSize, readsLines } from "./programs.js";

const RAW = { canonical: false, echo: false };

function inputsOf(events: readonly PtyEvent[]) {
  return events.filter((event) => event.kind === "input");
}

export const inputBehaviours: readonly SessionBehaviour[] = [
  {
    name: "puts an input before the output that it causes, both with the terminal's modes",
    check: (harness) =>
      withSession(harness, echoes, async (session, transcript) => {
        await transcript.sees("ready");
        await session.sendText("größe");
        await transcript.sees(Buffer.from("größe").toString("latin1"));
        const [input, output] = transcript.events.slice(-2);
        equal(input?.kind, "input");
        equal(output?.kind, "output");
        const modes = harness.knowsNoModes ? null : RAW;
        deepEqual(input?.kind === "input" && [input.origin, input.modes], ["typed", modes]);
        deepEqual(output?.kind === "output" && output.modes, modes);
      }),
  },
  {
    name: "shows a password prompt by its modes",
    check: (harness) =>
      withSession(harness, asksForPassword, async (session, transcript) => {
        await transcript.sees("ready");
        await session.sendText("x\n");
        await transcript.sees("done");
        deepEqual(inputsOf(transcript.events)[0]?.modes, { canonical: true, echo: false });
      }),
  },
  {
    name: "sends in the order of the calls of all callers",
    check: (harness) =>
      withSession(harness, echoes, async (session, transcript) => {
        await transcript.sees("ready");
        await Promise.all([
          session.sendText("a"),
          session.send(Buffer.from("b"), "answer"),
          session.sendKey("Ctrl+C"),
          session.paste("d\n"),
        ]);
        await transcript.sees("ab\x03d\r");
        deepEqual(
          inputsOf(transcript.events).map(({ origin, key }) => [origin, key]),
          [
            ["typed", undefined],
            ["answer", undefined],
            ["typed", "ctrl-c"],
            ["typed", undefined],
          ],
        );
      }),
  },
  {
    name: "encodes keys and pastes as the program has asked",
    check: (harness) =>
      withSession(harness, asksForModes, async (session, transcript) => {
        await transcript.sees("ready");
        await session.sendKey("up");
        await session.paste("x");
        await transcript.sees("\x1bOA\x1b[200~x\x1b[201~");
      }),
  },
  {
    name: "quotes data in canonical mode, and ends it",
    check: (harness) =>
      withSession(harness, readsLines, async (session, transcript) => {
        await transcript.sees("ready");
        await session.sendData(Buffer.from("a\x03b"));
        ok(await session.sendEndOfFile({ isMidLine: true }), "No end of file was sent.");
        equal((await session.wait()).code, 0);
        await transcript.ended;
        const sent = inputsOf(transcript.events).map(({ bytes }) => Buffer.from(bytes).toString());
        deepEqual(sent, ["a\x16\x03b", "\x04\x04"]);
      }),
  },
  {
    name: "sends data as it is in raw mode, where nothing can end it",
    async check(harness) {
      if (harness.knowsNoModes) return;
      await withSession(harness, echoes, async (session, transcript) => {
        await transcript.sees("ready");
        await session.sendData(Buffer.from("a\x03b"));
        equal(await session.sendEndOfFile(), false);
        await session.sendText("!");
        await transcript.sees("a\x03b!");
        equal(inputsOf(transcript.events).length, 2);
      });
    },
  },
  {
    name: "sends a large input whole and in order",
    check: (harness) =>
      withSession(harness, echoes, async (session, transcript) => {
        await transcript.sees("ready");
        const text = Array.from({ length: 40_000 }, (_, index) => `${index} `).join("");
        await session.sendText(`${text}!`);
        await transcript.sees("!");
        ok(transcript.text === `ready${text}!`, "What came back differs from what was sent.");
        const sent = Buffer.concat(inputsOf(transcript.events).map(({ bytes }) => bytes));
        ok(sent.toString() === `${text}!`, "The events differ from what was sent.");
      }),
  },
  {
    name: "refuses more input than may wait, and drops what waits when it closes",
    check: (harness) =>
      withSession(harness, neverReads, async (session, transcript) => {
        await transcript.sees("ready");
        const queued = session.send(new Uint8Array(3_000_000));
        const refused = session.send(new Uint8Array(3_000_000));
        await rejects(refused, { code: "CASSETTE_INPUT_OVERFLOW" });
        const dropped = rejects(queued, { code: "CASSETTE_SESSION_CLOSED" });
        await session.close();
        await dropped;
      }),
  },
  {
    name: "resizes the terminal, and puts the resize before the output that it causes",
    check: (harness) =>
      withSession(harness, printsSize, async (session, transcript) => {
        await transcript.sees("ready");
        await session.resize({ rows: 33, cols: 101 });
        await transcript.sees("33 101");
        const [resize] = transcript.events.filter(({ kind }) => kind === "resize");
        deepEqual(resize?.kind === "resize" && resize.size, { rows: 33, cols: 101 });
        ok(transcript.events.findIndex(({ kind }) => kind === "resize") < transcript.events.length - 1);
      }),
  },
  {
    name: "refuses unknown keys and impossible sizes",
    check: (harness) =>
      withSession(harness, echoes, async (session) => {
        await rejects(session.sendKey("hyper-space"), { code: "CASSETTE_KEY_UNKNOWN" });
        await rejects(session.resize({ rows: 0, cols: 80 }), { code: "CASSETTE_SIZE_INVALID" });
        await rejects(session.resize({ rows: 24, cols: 65_536 }), { code: "CASSETTE_SIZE_INVALID" });
        await rejects(session.resize({ rows: 24.5, cols: 80 }), { code: "CASSETTE_SIZE_INVALID" });
      }),
  },
];
