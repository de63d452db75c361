import { deepEqual, equal, rejects } from "node:assert/strict";
import { type SessionBehaviour, withSession } from "./harness.js";
import { echoes, exitsWithSeven, ignoresHangup, waits } from "./programs.js";

const CLOSED = { code: "CASSETTE_SESSION_CLOSED" };

export const lifecycleBehaviours: readonly SessionBehaviour[] = [
  {
    name: "reports an exit code",
    check: (harness) =>
      withSession(harness, exitsWithSeven, async (session) => {
        deepEqual(await session.wait(), { code: 7, signal: null });
      }),
  },
  {
    name: "reports the signal that ended the program, and no code",
    check: (harness) =>
      withSession(harness, waits, async (session, transcript) => {
        await transcript.sees("ready");
        await rejects(session.signal("SIGNONE"), { code: "CASSETTE_SIGNAL_UNKNOWN" });
        await session.signal("SIGTERM");
        deepEqual(await session.wait(), { code: null, signal: "SIGTERM" });
        await transcript.ended;
        deepEqual(
          transcript.events.map(({ kind }) => kind),
          ["output", "signal", "exit", "end"],
        );
      }),
  },
  {
    name: "hangs up when it is killed",
    check: (harness) =>
      withSession(harness, waits, async (session, transcript) => {
        await transcript.sees("ready");
        deepEqual(await session.kill(), { forced: false, survivors: [] });
        deepEqual(await session.wait(), { code: null, signal: "SIGHUP" });
      }),
  },
  {
    name: "ends by force what ignores the hang-up, for several callers at once",
    check: (harness) =>
      withSession(harness, ignoresHangup, async (session, transcript) => {
        await transcript.sees("ready");
        const reports = await Promise.all([session.kill(), session.kill()]);
        deepEqual(reports, Array(2).fill({ forced: true, survivors: [] }));
        deepEqual(await session.wait(), { code: null, signal: "SIGKILL" });
        await transcript.ended;
        const signals = transcript.events.filter((event) => event.kind === "signal");
        deepEqual(
          signals.map(({ signal }) => signal),
          ["SIGHUP", "SIGKILL"],
        );
      }),
  },
  {
    name: "ends the program at the timeout, and says so",
    async check(harness) {
      await withSession(
        harness,
        waits,
        async (session) => {
          await harness.elapse(400);
          deepEqual(await session.wait(), { code: null, signal: "SIGHUP", timedOut: true });
        },
        { timeoutMs: 300 },
      );
    },
  },
  {
    name: "ends the program when it is aborted",
    async check(harness) {
      const abort = new AbortController();
      await withSession(
        harness,
        waits,
        async (session, transcript) => {
          await transcript.sees("ready");
          abort.abort();
          deepEqual(await session.wait(), { code: null, signal: "SIGHUP" });
        },
        { signal: abort.signal },
      );
    },
  },
  {
    name: "does not start when it is aborted already",
    async check(harness) {
      const reason = new Error("changed my mind");
      await rejects(harness.start(waits, { signal: AbortSignal.abort(reason) }), reason);
    },
  },
  {
    name: "refuses impossible sizes and arguments before anything starts",
    async check(harness) {
      await rejects(harness.start(waits, { rows: 0 }), { code: "CASSETTE_SIZE_INVALID" });
      await rejects(harness.start(waits, { cols: 1_001 }), { code: "CASSETTE_SIZE_INVALID" });
      await rejects(harness.start(waits, { argv: ["sh", "a\0b"] }), TypeError);
      await rejects(harness.start(waits, { env: { "A=B": "c" } }), TypeError);
      await rejects(harness.start(waits, { timeoutMs: 0 }), TypeError);
    },
  },
  {
    name: "closes once, for several callers, and refuses everything afterwards",
    async check(harness) {
      const session = await harness.start(echoes);
      await Promise.all([session.close(), session.close(), session[Symbol.asyncDispose]()]);
      await session.close();
      equal((await session.wait()).signal, "SIGHUP");
      await rejects(session.sendText("x"), CLOSED);
      await rejects(session.sendKey("enter"), CLOSED);
      await rejects(session.paste("x"), CLOSED);
      await rejects(session.resize({ rows: 30, cols: 90 }), CLOSED);
      await rejects(session.signal("SIGTERM"), CLOSED);
      deepEqual((await session.kill()).survivors, []);
    },
  },
  {
    name: "refuses input, sizes and signals after the exit",
    check: (harness) =>
      withSession(harness, exitsWithSeven, async (session) => {
        await session.wait();
        await rejects(session.sendText("x"), CLOSED);
        await rejects(session.resize({ rows: 30, cols: 90 }), CLOSED);
        await rejects(session.signal("SIGTERM"), CLOSED);
        deepEqual(await session.kill(), { forced: false, survivors: [] });
      }),
  },
  {
    name: "ends its stream when it is closed before the first read",
    async check(harness) {
      const session = await harness.start(waits);
      await session.close();
      const kinds: string[] = [];
      for await (const { kind } of session.events()) kinds.push(kind);
      deepEqual(kinds.slice(-2), ["exit", "end"]);
    },
  },
];
