import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { openMaster } from "./master.js";
import { loadNativePty } from "./native.js";

/** A terminal whose program writes a word for each line, alternating between reading and writing. */
function startProgram() {
  const words = "stty -echo; for word in one two three four; do printf $word; read line; done";
  const terminal = loadNativePty().fork({
    file: "/bin/sh",
    args: ["-c", words],
    env: [`PATH=${process.env.PATH}`],
    cwd: "/",
    cols: 80,
    rows: 24,
    onExit: () => {},
  });
  const master = openMaster(terminal.fd);
  onTestFinished(() => {
    process.kill(terminal.pid, "SIGKILL");
    master.close();
  });
  return { master, next: () => writeSync(terminal.fd, "\n") };
}

describe("openMaster", () => {
  it("keeps apart what was pushed and what was pulled", async () => {
    const { master, next } = startProgram();
    const pushed: Uint8Array[] = [];
    const asked: Uint8Array[] = [];
    const ask = async () => {
      for (;;) {
        const result = master.readNow();
        if (result instanceof Uint8Array) return asked.push(result);
        await sleep(5);
      }
    };
    const listen = async (count: number) => {
      master.resume();
      while (pushed.length < count) await sleep(5);
      master.pause();
    };
    master.listen({
      onBytes: (bytes) => pushed.push(bytes) > 0,
      onHangup: () => {},
    });
    await listen(1);
    next();
    await ask();
    next();
    await listen(2);
    next();
    await ask();
    const text = (chunks: Uint8Array[]) => chunks.map((bytes) => Buffer.from(bytes).toString());
    expect([text(pushed), text(asked)]).toEqual([
      ["one", "three"],
      ["two", "four"],
    ]);
  });
});
