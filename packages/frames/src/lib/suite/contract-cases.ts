import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Emulator, EmulatorFactory } from "@cassette/format";
import type { ConformanceFeature } from "./conformance-cases.js";

/** A case before an emulator is chosen. */
export interface CaseDefinition {
  feature: ConformanceFeature;
  name: string;
  check(createEmulator: EmulatorFactory): Promise<void>;
}

const SIZE = { rows: 4, cols: 10 };
const encode = (text: string) => new TextEncoder().encode(text);

async function withEmulator(
  create: EmulatorFactory,
  use: (emulator: Emulator) => Promise<void>,
): Promise<void> {
  const emulator = create(SIZE);
  try {
    await use(emulator);
  } finally {
    emulator.close();
  }
}

/** What the port promises for every emulator. */
export const CONTRACT_CASES: CaseDefinition[] = [
  {
    feature: "screen",
    name: "names itself and its version",
    check: (create) =>
      withEmulator(create, async ({ identity }) => {
        ok(identity.name !== "" && identity.version !== "");
      }),
  },
  {
    feature: "screen",
    name: "shows an empty screen of its size before it is fed",
    check: (create) =>
      withEmulator(create, async (emulator) => {
        deepStrictEqual(emulator.snapshot(), {
          size: { Rows: 4, Cols: 10 },
          text: ["", "", "", ""],
          cursor: { Row: 0, Col: 0, Visible: true },
          title: "",
          alternate: false,
        });
      }),
  },
  {
    feature: "screen",
    name: "shows the same however the bytes are split",
    check: (create) =>
      withEmulator(create, async (whole) => {
        const output = encode("one\r\ntwo — three four five six\r\n\tü");
        await whole.feed(output);
        await withEmulator(create, async (split) => {
          for (const byte of output) await split.feed(Uint8Array.of(byte));
          deepStrictEqual(split.snapshot(), whole.snapshot());
        });
      }),
  },
  {
    feature: "screen",
    name: "keeps the order of what is fed without waiting",
    check: (create) =>
      withEmulator(create, async (emulator) => {
        await Promise.all(["a", "b", "c"].map((text) => emulator.feed(encode(text))));
        strictEqual(emulator.snapshot().text[0], "abc");
      }),
  },
  {
    feature: "screen",
    name: "counts the bytes of an unfinished character",
    check: (create) =>
      withEmulator(create, async (emulator) => {
        const [first = 0, ...rest] = encode("—");
        await emulator.feed(Uint8Array.of(first));
        strictEqual(emulator.pendingBytes, 1);
        await emulator.feed(Uint8Array.from(rest));
        strictEqual(emulator.pendingBytes, 0);
      }),
  },
  {
    feature: "screen",
    name: "has cells when asked for, one for each position, and none when not",
    check: (create) =>
      withEmulator(create, async (emulator) => {
        const { cells } = emulator.snapshot({ cells: true });
        deepStrictEqual(
          cells?.map((row) => row.length),
          [10, 10, 10, 10],
        );
        strictEqual(emulator.snapshot().cells, undefined);
      }),
  },
  {
    feature: "screen",
    name: "changes its size",
    check: (create) =>
      withEmulator(create, async (emulator) => {
        await emulator.feed(encode("a"));
        emulator.resize({ rows: 2, cols: 5 });
        const { size, text } = emulator.snapshot();
        deepStrictEqual({ size, text }, { size: { Rows: 2, Cols: 5 }, text: ["a", ""] });
      }),
  },
  {
    feature: "replies",
    name: "answers each query once, in order",
    check: (create) =>
      withEmulator(create, async (emulator) => {
        await emulator.feed(encode("\x1b[2;3H\x1b[6n\x1b[5n"));
        const text = Buffer.concat(emulator.takeReplies()).toString("latin1");
        strictEqual(text, "\x1b[2;3R\x1b[0n");
        deepStrictEqual(emulator.takeReplies(), []);
      }),
  },
  {
    feature: "replies",
    name: "never lets more than 64 KiB of replies wait",
    check: (create) =>
      withEmulator(create, async (emulator) => {
        await emulator.feed(encode("\x1b[c".repeat(50_000)));
        ok(Buffer.concat(emulator.takeReplies()).length <= 65_536);
      }),
  },
  {
    feature: "modes",
    name: "reports when synchronised output is active",
    check: (create) =>
      withEmulator(create, async (emulator) => {
        await emulator.feed(encode("\x1b[?2026h"));
        strictEqual(emulator.synchronized, true);
        await emulator.feed(encode("\x1b[?2026l"));
        strictEqual(emulator.synchronized, false);
      }),
  },
  {
    feature: "guards",
    name: "survives repeat counts, endless strings and heaps of marks",
    check: (create) =>
      withEmulator(create, async (emulator) => {
        for (const final of "bSTLMIZ@PX") await emulator.feed(encode(`x\x1b[2147483647${final}`));
        await emulator.feed(encode(`\x1b]2;${"t".repeat(1_000_000)}\x07a${"\u0301".repeat(100_000)}`));
        const { title, text } = emulator.snapshot();
        ok(title.length <= 4_096);
        ok(text.every((row) => row.length <= SIZE.cols * 32));
        await emulator.feed(encode("\x1bcright"));
        strictEqual(emulator.snapshot().text[0], "right");
      }),
  },
];
