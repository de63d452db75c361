import { describe, expect, it } from "vitest";
import { createPtyDriver } from "../src/index.js";
import { transcribe } from "../src/lib/suite/transcript.js";
import { eventually, isAlive, nameOf } from "./processes.js";

const driver = createPtyDriver({ killGraceMs: 300, exitGraceMs: 300 });
const size = { rows: 24, cols: 80 };
const onLinux = process.platform === "linux";

/** Runs a script that prints process ids and a full stop; returns them with the session. */
async function startFamily(script: string) {
  const session = await driver.start({ argv: ["bash", "-c", script], ...size });
  const transcript = transcribe(session);
  await transcript.sees(".");
  const pids = (transcript.text.match(/\d+/g) ?? []).map(Number);
  // What starts through another program, such as nohup, is itself only then.
  await eventually(() => pids.every((pid) => nameOf(pid) === "sleep"));
  return { session, transcript, pids };
}

describe.runIf(onLinux)("PtySession: kill", () => {
  it("ends grandchildren that ignore the hang-up", async () => {
    const { session, pids } = await startFamily("(trap '' HUP; sleep 600 & echo $!.; wait) & wait");
    await eventually(() => pids.every(isAlive));
    expect(await session.kill()).toEqual({ forced: true, survivors: [] });
    expect(pids.some(isAlive)).toBe(false);
    await session.close();
  });

  it("ends jobs in process groups of their own", async () => {
    const { session, pids } = await startFamily("set -m; sleep 600 & sleep 601 & jobs -p; echo .; wait");
    expect(pids).toHaveLength(2);
    expect((await session.kill()).survivors).toEqual([]);
    expect(pids.some(isAlive)).toBe(false);
    await session.close();
  });

  it("kills a program that nohup protects from the hang-up", async () => {
    const { session, pids } = await startFamily("nohup sleep 600 >/dev/null 2>&1 & echo $!.; wait");
    expect(await session.kill()).toEqual({ forced: true, survivors: [] });
    expect(pids.some(isAlive)).toBe(false);
    await session.close();
  });

  it("ends stopped processes without force", async () => {
    // Stopped a moment too soon it would still be bash.
    const isSleeping = 'until [ "$(cat /proc/$!/comm)" = sleep ]; do :; done';
    const script = `sleep 600 & ${isSleeping}; kill -STOP $!; echo $!.; kill -STOP $$`;
    const { session, pids } = await startFamily(script);
    expect(await session.kill()).toEqual({ forced: false, survivors: [] });
    expect(pids.some(isAlive)).toBe(false);
    await session.close();
  });

  it("leaves alone what has left the session by setsid, and reports it", async () => {
    const { session, pids } = await startFamily("setsid sleep 600 & echo $!.; wait");
    const { survivors } = await session.kill();
    expect(survivors).toEqual(pids);
    await session.close();
    for (const pid of pids) process.kill(pid, "SIGKILL");
  });

  it("ends the program although its output is not read", async () => {
    const session = await driver.start({ argv: ["yes"], ...size });
    expect((await session.kill()).survivors).toEqual([]);
    await session.close();
  });
});

describe.runIf(onLinux)("PtySession: close", () => {
  it("ends the job that held the terminal after the program's exit", async () => {
    const { session, transcript, pids } = await startFamily("trap '' HUP; sleep 600 & echo $!.; exit 3");
    expect(await session.wait()).toEqual({ code: 3, signal: null });
    await transcript.ended;
    expect(transcript.events.at(-1)).toMatchObject({ kind: "end", reason: "held" });
    expect(pids.every(isAlive)).toBe(true);
    await session.close();
    expect(pids.some(isAlive)).toBe(false);
  });

  it("gives the terminal back while a process outside the session still has it open", async () => {
    const { session, transcript, pids } = await startFamily("setsid sleep 600 & echo $!.; wait");
    await session.close();
    await transcript.ended;
    expect(transcript.events.at(-1)).toMatchObject({ kind: "end", reason: "closed" });
    expect(pids.every(isAlive)).toBe(true);
    for (const pid of pids) process.kill(pid, "SIGKILL");
  });
});

describe("PtySession: right after the start", () => {
  // The new process does not lead its session and group from its first moment on.
  it("can be signalled, killed and closed", async () => {
    for (let count = 0; count < 5; count++) {
      const sessions = await Promise.all(
        Array.from({ length: 3 }, () => driver.start({ argv: ["sleep", "600"], ...size })),
      );
      const [signalled, killed, closed] = sessions;
      await Promise.all([signalled?.signal("SIGTERM"), killed?.kill(), closed?.close()]);
      const exits = await Promise.all(sessions.map((session) => session.wait()));
      expect(exits.map(({ signal }) => signal)).toEqual(["SIGTERM", "SIGHUP", "SIGHUP"]);
      await Promise.all(sessions.map((session) => session.close()));
    }
  });
});
