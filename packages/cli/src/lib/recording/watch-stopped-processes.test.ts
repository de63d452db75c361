import { describe, expect, it } from "vitest";
import { watchStoppedProcesses } from "./watch-stopped-processes.js";

const process = (pid: number, isStopped: boolean) => ({ pid, isStopped, terminal: 1 });

describe("watchStops", () => {
  it("reports a stop once, and that it is over", async () => {
    const looks = [
      [process(1, false)],
      [process(1, false), process(2, true)],
      [process(1, true), process(2, true)],
      [process(1, false)],
      [],
    ];
    const over = new AbortController();
    const changes: (readonly number[])[] = [];
    const read = async () => {
      const look = looks.shift();
      if (looks.length === 0) over.abort();
      return look ?? [];
    };
    await watchStoppedProcesses(1, (pids) => changes.push(pids), over.signal, read);
    expect(changes).toEqual([[2], []]);
  });
});
