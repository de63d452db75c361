import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createInputWatch, type SessionEvent } from "@cassette/core";
import type { InputRecord, OutputRecord, PtySession } from "@cassette/format";
import { createTrailingEmulator, createXtermEmulator } from "@cassette/frames";
import { createPtyDriver } from "@cassette/pty";
import { isDistinctSecret } from "@cassette/scrub";
import { describe, expect, it } from "vitest";
import { seeded } from "../../scrub/test/kinds.js";
import { temporaryDirectory } from "./cassette.js";
import { NO_PROMPTS, type NoPrompt, TEXT } from "./programs/no-prompts.js";

const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const KEYS = IS_SOAK ? 5_000 : 120;
/** The first are those that other tests need too. */
const PROGRAMS = Object.entries(NO_PROMPTS).slice(0, IS_SOAK ? undefined : 9);
const SIZE = { rows: 24, cols: 80 };
const TIMEOUT_MS = IS_SOAK ? 900_000 : 60_000;

describe("a program that asks for no password", () => {
  for (const [name, program] of PROGRAMS) {
    const isMissing = spawnSync("sh", ["-c", `command -v ${program.program}`]).status !== 0;
    it.skipIf(isMissing)(
      `has all of its keys recorded: ${name}`,
      // On a busy machine a shell may lag by seconds; a line typed ahead may then be taken for an answer.
      { timeout: TIMEOUT_MS, retry: IS_SOAK ? 0 : 2 },
      async () => {
        const dir = temporaryDirectory();
        for (const file of ["text", "password:", "token"]) writeFileSync(join(dir, file), TEXT);
        const withheld: string[] = [];
        const next = seeded(1);
        const random = (below: number) => Math.floor(below * next());
        for (let typed = 0; typed < KEYS; ) {
          const more = await typeTo(program, { dir, random, keys: KEYS - typed, withheld });
          expect(more).toBeGreaterThan(0);
          typed += more;
        }
        expect(withheld).toEqual([]);
      },
    );
  }
});

interface Typing {
  dir: string;
  /** Between 0 and a number, without it. */
  random: (below: number) => number;
  keys: number;
  /** Takes what was withheld. */
  withheld: string[];
}

/** Types to a program until it ends or has enough. @returns the number of keys. */
async function typeTo({ argv, tokens }: NoPrompt, { dir, random, keys, withheld }: Typing): Promise<number> {
  const { PATH } = process.env;
  const env = { PATH, HOME: dir, TERM: "xterm-256color", LC_ALL: "C.UTF-8" };
  await using session = await createPtyDriver().start({ argv, env, cwd: dir, ...SIZE });
  const ended = follow(session, withheld);
  let isOver = false;
  ended.finally(() => {
    isOver = true;
  });
  await sleep(700);
  let typed = 0;
  while (!isOver && typed < keys) {
    const token = tokens[random(tokens.length)] ?? "";
    const isBurst = token.startsWith("\x1b") || random(4) === 0;
    for (const unit of isBurst ? [token] : token) {
      if (isOver) break;
      await session.send(Buffer.from(unit)).catch(() => {});
      typed += unit.length;
      await sleep(random(20) === 0 ? 60 + random(60) : random(8));
    }
  }
  await session.close();
  await ended;
  return typed;
}

/** Watches the input of a session as a recording does. */
async function follow(session: PtySession, withheld: string[]): Promise<void> {
  using emulator = createTrailingEmulator({ createEmulator: () => createXtermEmulator(SIZE) });
  let seq = 0;
  const note = (bytes?: Uint8Array) => void withheld.push(Buffer.from(bytes ?? []).toString());
  const watch = createInputWatch({
    snapshot: () => emulator.snapshot(),
    isDistinct: isDistinctSecret,
    recorder: {
      recordSessionEvent({ kind, bytes }: SessionEvent) {
        const record = { seq: ++seq, t_ms: 0, bytes };
        if (kind === "output") return { ...record, sha256: "" } as unknown as OutputRecord;
        return kind === "input" ? ({ ...record, kind } as InputRecord) : null;
      },
      holdInput: ({ bytes }) => ({ settle: (outcome) => (outcome === "typed" ? undefined : note(bytes)) }),
      overwrite: async (inputs) => {
        for (const { bytes } of inputs) note(bytes);
      },
    },
  });
  for await (const event of session.events()) {
    await watch.record(event);
    if (event.kind === "output") await emulator.feed(event.bytes);
    for (const reply of emulator.takeReplies()) session.send(reply, "answer").catch(() => {});
    await watch.shown(event);
  }
}
