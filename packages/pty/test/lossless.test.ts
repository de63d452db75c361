import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { PtySession } from "@cassette/format";
import { afterAll, describe, expect, it } from "vitest";
import { createPtyDriver } from "../src/index.js";
import { fileOf, noise, readAll, sha256, temporaryDirectory } from "./bytes.js";

const SOAK = process.env.CASSETTE_SOAK !== undefined;
const RUNS = SOAK ? 100 : 3;
const SLOW_MS = SOAK ? 20 : 2;
const SIZES = [4_096, 5_000, 20_480, 65_536, 300_000, 5_242_880];

const directory = temporaryDirectory();
const driver = createPtyDriver();
const busy: ChildProcess[] = [];

function makeBusy(): void {
  for (let core = 0; core < availableParallelism(); core++) {
    busy.push(spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }));
  }
}

function calmDown(): void {
  for (const child of busy.splice(0)) child.kill("SIGKILL");
}

function block(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOW_MS);
}

async function readLate(session: PtySession): Promise<Buffer> {
  await session.wait();
  return readAll(session);
}

/** One run; the terminal changes nothing of what the program writes. */
async function run(file: string, read: (session: PtySession) => Promise<Buffer>): Promise<string> {
  await using session = await driver.start({
    argv: ["sh", "-c", 'stty -opost; exec cat "$0"', file],
    rows: 24,
    cols: 80,
  });
  return sha256(await read(session));
}

async function expectLossless(
  size: number,
  read: (session: PtySession) => Promise<Buffer>,
  atOnce: number,
  runs = RUNS,
): Promise<void> {
  const bytes = noise(size);
  const file = fileOf(directory, `noise-${size}`, bytes);
  const hashes: string[] = [];
  while (hashes.length < runs) {
    const batch = Math.min(atOnce, runs - hashes.length);
    hashes.push(...(await Promise.all(Array.from({ length: batch }, () => run(file, read)))));
  }
  expect(hashes.filter((hash) => hash !== sha256(bytes))).toEqual([]);
}

afterAll(calmDown);

describe.each(SIZES)("createPtyDriver: a program that writes %i bytes and exits", (size) => {
  const limit = SOAK ? 1_200_000 : 30_000;

  it("loses nothing on an idle machine", () => expectLossless(size, readAll, 1), limit);

  it(
    "loses nothing when every core is busy",
    async () => {
      makeBusy();
      try {
        // What it keeps busy, other tests wait for.
        await expectLossless(size, readAll, 1, SOAK ? RUNS : 1);
      } finally {
        calmDown();
      }
    },
    limit,
  );

  it(
    "loses nothing to a consumer that takes its time",
    // Blocking the whole process for megabytes would take an hour; there the consumer alone waits.
    () =>
      size > 1_000_000
        ? expectLossless(size, (session) => readAll(session, () => sleep(SLOW_MS)), 50)
        : expectLossless(size, (session) => readAll(session, block), 1),
    limit,
  );

  it("loses nothing to a consumer who comes after the exit", () => expectLossless(size, readLate, 1), limit);
});

describe("createPtyDriver: other ways of writing", () => {
  async function outputOf(script: string, ...args: string[]): Promise<Buffer> {
    await using session = await driver.start({
      argv: ["sh", "-c", script, "sh", ...args],
      rows: 24,
      cols: 80,
    });
    return await readAll(session);
  }

  it("delivers a text file through cat, its line ends as the terminal makes them", async () => {
    const text = Array.from({ length: 500 }, (_, line) => `${line} ${"lorem ipsum ".repeat(5)}`).join("\n");
    const file = fileOf(directory, "text", Buffer.from(text));
    for (let count = 0; count < RUNS; count++) {
      const output = await outputOf('exec cat "$1"', file);
      expect(sha256(output)).toBe(sha256(Buffer.from(text.replaceAll("\n", "\r\n"))));
    }
  });

  it("delivers writes of one byte", async () => {
    const bytes = noise(20_000);
    const file = fileOf(directory, "single", bytes);
    expect(sha256(await outputOf('stty -opost; exec dd if="$1" bs=1 status=none', file))).toBe(sha256(bytes));
  });

  it("delivers what is written to the terminal after every descriptor of it was closed", async () => {
    const output = await outputOf("exec </dev/null >/dev/null 2>&1; sleep 0.3; echo late >/dev/tty");
    expect(output.toString()).toBe("late\r\n");
  });

  it("delivers bursts between which the program is quiet, the last at its exit", async () => {
    const file = fileOf(directory, "burst", noise(30_000));
    const output = await outputOf(
      'stty -opost; for i in 1 2 3 4; do cat "$1"; sleep 0.05; done; cat "$1"',
      file,
    );
    expect(sha256(output)).toBe(sha256(Buffer.concat(Array(5).fill(noise(30_000)))));
  });

  // Around the exit, reading changes hands: bytes that have arrived by then are read by us, later ones by libuv.
  it("delivers a left-behind job's output whole, after the exit", async () => {
    const file = fileOf(directory, "job", noise(30_000));
    const patient = createPtyDriver({ exitGraceMs: 20_000 });
    const script = 'trap "" HUP; stty -opost; (for i in 1 2; do sleep 0.1; cat "$0"; done) & printf early';
    async function runJob(): Promise<string> {
      await using session = await patient.start({ argv: ["sh", "-c", script, file], rows: 24, cols: 80 });
      return sha256(await readAll(session));
    }
    const expected = sha256(Buffer.concat([Buffer.from("early"), noise(30_000), noise(30_000)]));
    expect(await Promise.all(Array.from({ length: 12 }, runJob))).toEqual(Array(12).fill(expected));
  });
});
