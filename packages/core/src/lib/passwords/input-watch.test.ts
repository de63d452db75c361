import type { InputRecord, PtyEvent, Screen } from "@cassette/format";
import { describe, expect, it } from "vitest";
import type { HeldOutcome } from "./held-input.js";
import { createInputWatch } from "./input-watch.js";

const RAW = { canonical: false, echo: false };

/** A watch over a screen of a few rows, which the test draws by hand. */
function setUp(...first: string[]) {
  return setUpOn({ alternate: false }, ...first);
}

function setUpOn({ alternate }: { alternate: boolean }, ...first: string[]) {
  const records: string[] = [];
  let rows = first;
  const screen = (): Screen => {
    const row = rows.length - 1;
    const text = [...rows.map((line) => line.trimEnd()), "", ""];
    const cursor = { Row: row, Col: (rows[row] ?? "").length, Visible: true };
    return { size: { Rows: text.length, Cols: 60 }, text, cursor, title: "", alternate };
  };
  let seq = 0;
  const watch = createInputWatch({
    recorder: {
      recordSessionEvent(event) {
        records.push(`${event.kind} ${Buffer.from(event.bytes ?? []).toString()}`);
        const record = { seq: ++seq, t_ms: 0, bytes: event.bytes };
        return {
          ...record,
          ...(event.kind === "output" ? { sha256: "" } : { kind: "input" }),
        } as InputRecord;
      },
      holdInput(event) {
        const at = records.push("held") - 1;
        return {
          settle(outcome: HeldOutcome) {
            records[at] = outcome === "typed" ? `typed ${Buffer.from(event.bytes ?? [])}` : outcome;
          },
        };
      },
      overwrite: async () => {},
    },
    snapshot: async () => screen(),
    isDistinct: (text) => text.length >= 8,
  });
  let t_ms = 0;
  const event = (fields: object) => ({ seq: 1, t_ms, ...fields }) as unknown as PtyEvent;
  return {
    records,
    watch,
    pass: (ms: number) => {
      t_ms += ms;
    },
    type: (text: string, modes: unknown = RAW) =>
      watch.record(event({ kind: "input", bytes: Buffer.from(text), origin: "typed", modes })),
    async print(text: string, ...drawn: string[]) {
      const output = event({ kind: "output", offset: 0, bytes: Buffer.from(text) });
      await watch.record(output);
      rows = drawn;
      await watch.shown(output);
    },
    end: () => watch.record(event({ kind: "exit", exit: { code: 0, signal: null } })),
  };
}

const inputs = (records: string[]) => records.filter((record) => !record.startsWith("output"));

describe("createInputWatch", () => {
  it("withholds keys that are masked, up to the line end", async () => {
    const { records, watch, type, print, pass } = setUp("Password: ");
    for (const [index, key] of [..."hunter2X"].entries()) {
      await type(key);
      await print("*", `Password: ${"*".repeat(index + 1)}`);
      pass(80);
    }
    await type("\r");
    expect(inputs(records)).toEqual([...Array(8).fill("withheld-part"), "withheld-line"]);
    expect(watch.secrets).toEqual(["hunter2X"]);
  });

  it("records keys that are shown, as soon as they are", async () => {
    const { records, type, print } = setUp("API key: ");
    await type("a");
    expect(records).toEqual(["held"]);
    await print("a", "API key: a");
    expect(inputs(records)).toEqual(["typed a"]);
  });

  it("records keys that move the cursor elsewhere", async () => {
    const { records, type, print, pass } = setUp("one", "password: ");
    await type("y");
    pass(80);
    await type("y");
    pass(80);
    await print("j", "one", "password:", "PIN:", "x");
    pass(80);
    await type("k");
    expect(inputs(records)).toEqual(["typed y", "typed y", "input k"]);
  });

  it("withholds a number of keys that no line end follows", async () => {
    const { records, type, print, end } = setUp("Password: ");
    await type("hunter2X");
    await print("\r\ndone\r\n", "Password:", "done", "");
    await end();
    expect(inputs(records)).toEqual(["withheld", "exit "]);
  });

  it("records one key that a program asks for", async () => {
    const { records, type, print, end } = setUp("Enter key: ");
    await type("q");
    await print("\r\ndone\r\n", "Enter key:", "done", "");
    await end();
    expect(inputs(records)).toEqual(["typed q", "exit "]);
  });

  it("withholds both lines that are sent before the program reacts", async () => {
    const { records, type, print } = setUp("Password: ");
    for (const keys of ["secret1", "\r", "secret2", "\r"]) await type(keys);
    await print("\r\nAgain: \r\n", "Password:", "Again:", "");
    expect(inputs(records)).toEqual(["withheld-part", "withheld-line", "withheld-part", "withheld-line"]);
  });

  it("masks a withheld password that is printed later", async () => {
    const { records, type, print, pass } = setUp("Password: ");
    await type("hunter2X");
    pass(80);
    await type("\r");
    await print("you typed hunter2X\r\n", "");
    expect(records.at(-1)).toBe("output you typed ********\r\n");
  });

  it("records what is typed where there is no prompt, and what the terminal shows", async () => {
    const { records, type } = setUp("$ ");
    await type("l");
    await type("s", { canonical: true, echo: true });
    await type("x", null);
    // Before the first key the program may not have drawn its prompt.
    expect(records).toEqual(["typed l", "input s", "input x"]);
  });

  it("withholds keys typed in raw mode before the prompt is drawn", async () => {
    const { records, type, print } = setUp("");
    for (const key of "hunter2X") await type(key);
    await print("\x1b[2J", "");
    await print("Password: ", "Password: ");
    await type("\r");
    await print("\r\n", "Password:", "");
    expect(inputs(records)).toEqual([...Array(8).fill("withheld-part"), "withheld-line"]);
  });

  it("records keys typed in raw mode before anything is drawn that asks for no password", async () => {
    const { records, type, print } = setUp("");
    await type("j");
    await type("\r");
    expect(records).toEqual(["held", "held"]);
    await print("$ j\r\n", "$ j", "");
    await print("$ ", "$ j", "$ ");
    await print("k", "$ j", "$ k");
    await print("l", "$ j", "$ kl");
    expect(inputs(records)).toEqual(["typed j", "typed \r"]);
  });

  it("sees a mask that a slow program prints together with what follows its end", async () => {
    const { records, type, print, pass } = setUp("  Enter your password", "");
    await type("hunter2X");
    pass(300);
    await type("\r");
    const masks = Array.from(
      "hunter2X",
      (_, at) => `\x1b[2A\x1b[J  Enter your password\r\n  ${"▪".repeat(at + 1)}_\r\n`,
    );
    await print(`${masks.join("")}done\r\n`, "  Enter your password", "  ▪▪▪▪▪▪▪▪_", "done", "");
    await print("more\r\n", "  Enter your password", "  ▪▪▪▪▪▪▪▪_", "done", "more", "");
    pass(300);
    await type("x");
    expect(inputs(records).slice(0, 2)).toEqual(["withheld-part", "withheld-line"]);
  });

  it("does not take a screen that is half drawn for an answer", async () => {
    const { records, type, print, pass } = setUp("one", "two", "Password: ");
    await type("h");
    await print("\x1b[2J", "", "", "");
    await type("unter2X");
    await print("Password: ********", "one", "two", "Password: ********");
    pass(80);
    await type("\r");
    expect(inputs(records)).toEqual(["withheld-part", "withheld-part", "withheld-line"]);
  });

  it("records what is typed before a shell has drawn its prompt below output that looks like one", async () => {
    const { records, type, print, pass } = setUp("$ cat notes", "password:", "");
    await type("head -2 notes\r");
    await print("\x1b[?2004h", "$ cat notes", "password:", "");
    await print("$ ", "$ cat notes", "password:", "$ ");
    await print("head -2 notes\r\n", "$ cat notes", "password:", "$ head -2 notes", "");
    pass(80);
    await type("l");
    expect(inputs(records)[0]).toBe("typed head -2 notes\r");
  });

  it("records keys that are echoed and erased again before the line ends", async () => {
    const { records, type, print, pass } = setUp("prompt key> ");
    await type("hello\x15");
    await print("hello\b\b\b\b\b\x1b[K", "prompt key> ");
    pass(80);
    await type("\r");
    expect(inputs(records)[0]).toBe("typed hello\x15");
  });

  it("records a line in quotation marks whose echo comes in two reads", async () => {
    const { records, type, print } = setUp("'token:'", "> ");
    await type("'token:'\r");
    await print("'", "'token:'", "> '");
    await print("token:'\r\n", "'token:'", "> 'token:'", "");
    expect(inputs(records)).toEqual(["typed 'token:'\r"]);
  });

  it("withholds a pasted password that begins with the sign of its mask", async () => {
    const { records, type, print, end } = setUp("Password: ");
    await type("*hunter2X\r");
    await print("*", "Password: *");
    await print("********\r\nwelcome\r\n", "Password: *********", "welcome", "");
    await end();
    expect(inputs(records)[0]).not.toContain("hunter2X");
  });

  it("records the first line that a shell shows, also if it ends with a word for a secret", async () => {
    const { records, type, print } = setUp("vm# ");
    await type("token\r");
    await print("t\btoken", "vm# token");
    expect(inputs(records)).toEqual(["typed token\r"]);
    const other = setUp("");
    await other.type("echo token\r");
    await other.print("vm# echo token\r\n", "vm# echo token");
    expect(inputs(other.records)).not.toContain("withheld-line");
  });

  it.each([
    ["few keys", "~", "\x04"],
    ["the command of an editor", "\x06pass", "\r"],
  ])("records %s over a row that looks like a prompt", async (_what, keys, end) => {
    const { records, type, print, end: over } = setUpOn({ alternate: true }, "OTP?");
    await type(keys);
    await type(end);
    await print("elsewhere", "OTP?", "another row", "x");
    await over();
    expect(inputs(records).some((record) => record.startsWith("withheld"))).toBe(false);
  });

  it("records a quick line that was erased before it ended", async () => {
    const { records, type, print, pass, end } = setUp("key> ");
    await type("passport");
    await type("\x15");
    await type("\r");
    pass(80);
    await print("\r\n$ ", "", "$ ");
    await end();
    expect(inputs(records)[0]).toBe("typed passport");
  });

  it("keeps a password together when the modes cannot be read in its middle", async () => {
    const { records, watch, type, pass } = setUp("Password: ");
    await type("hunt");
    pass(80);
    await type("er2X", "unreadable");
    pass(80);
    await type("\r");
    expect(records).toEqual(["withheld-part", "withheld-part", "withheld-line"]);
    expect(watch.isUnreadable).toBe(true);
  });

  it("withholds text typed before a prompt that it then answers", async () => {
    const { watch, type, print, pass, end } = setUp("");
    await type("hunter2X\r", { canonical: true, echo: true });
    await print("hunter2X\r\n", "hunter2X", "");
    pass(500);
    await print("Password: \r\nwelcome\r\n", "hunter2X", "Password:", "welcome", "");
    await end();
    expect([...watch.typedAhead.values()]).toMatchObject([{ withheld: true }]);
    expect(watch.secrets).toEqual(["hunter2X"]);
  });

  it("keeps a command typed ahead that the shell shows again below a prompt in a file", async () => {
    const { watch, type, print, pass, end } = setUp("$ ");
    await type("ls -la\r", { canonical: true, echo: true });
    await print("ls -la\r\n", "ls -la", "");
    pass(500);
    await print("password: \r\n", "ls -la", "password:", "");
    pass(20);
    await print("$ ls -la\r\n", "ls -la", "password:", "$ ls -la", "");
    await end();
    expect(watch.typedAhead.size).toBe(0);
  });

  it("keeps a command whose output names passwords at once", async () => {
    const { watch, type, print } = setUp("$ ");
    await type("cat t\r", { canonical: true, echo: true });
    await print("cat t\r\npassword:\r\n$ ", "$ cat t", "password:", "$ ");
    expect(watch.typedAhead.size).toBe(0);
  });
});
