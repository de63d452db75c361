import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { eventually, isAlive } from "./processes.js";

const recorder = fileURLToPath(new URL("programs/recorder.mjs", import.meta.url));

/** Starts a recorder of several programs and ends it with a signal; returns the programs' ids. */
async function killRecorder(signal: NodeJS.Signals, scripts: string[]): Promise<number[]> {
  const child = spawn(process.execPath, [recorder, ...scripts], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const text of child.stdout.setEncoding("utf8")) {
    said += text;
    if (said.includes("started")) break;
  }
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
  return (said.match(/\d+/g) ?? []).map(Number);
}

describe.runIf(process.platform === "linux")("createPtyDriver: the recorder's own death", () => {
  it.each(["SIGKILL", "SIGTERM"] as const)("by %s ends the programs of all its sessions", async (signal) => {
    const pids = await killRecorder(signal, [
      "echo; exec sleep 600",
      "echo; sleep 600; true",
      "echo; exec cat",
      "echo; while :; do :; done",
    ]);
    expect(pids).toHaveLength(4);
    expect(await eventually(() => !pids.some(isAlive))).toBe(true);
  });

  it("leaves processes alone that would have outlived their terminal", async () => {
    const [pid = 0] = await killRecorder("SIGKILL", ["trap '' HUP; echo; exec sleep 5"]);
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, "SIGKILL");
  });
});
