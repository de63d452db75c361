import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareRecordings, openCassette } from "@cassette/core/reader";
import { createScrubber } from "@cassette/scrub";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { type InputSource, recordProgram } from "../src/index.js";
import { createEmulator } from "../src/parts.js";
import { openScript, scenarioOf, scriptOf, scriptText } from "../src/script.js";

type Argv = readonly [string, ...string[]];
const ENV = { ...process.env, TERM: "xterm-256color", PS1: "$ ", PASSWORD: "correct-horse-9" };

function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), "cassette-from-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Records a program, makes a script of that, and records it again with the script. */
async function recordTwice(argv: Argv, run: InputSource["run"], secrets: NodeJS.ProcessEnv = {}) {
  const dir = temporaryDirectory();
  const [first, second, file] = [join(dir, "first"), join(dir, "second"), join(dir, "script.yaml")];
  await recordProgram({ target: first, argv, env: ENV, input: run });
  await using a = await openCassette(first);
  const script = await scriptOf(a);
  const text = scriptText(script);
  writeFileSync(file, text);
  await recordProgram({
    target: second,
    argv,
    env: ENV,
    input: await openScript(file, { ...ENV, ...secrets }),
  });
  await using b = await openCassette(second);
  const { differences } = await compareRecordings(a, b, {
    createEmulator,
    normalise: createScrubber().normalise,
  });
  return { script, text, differences };
}

describe("a script made of a recording", () => {
  it("waits for what came before each input, and asks for what was withheld", async () => {
    const program =
      'printf "name? "; read n; stty -echo; printf "Password: "; read w; stty echo; echo; echo "hi $n"';
    const { text, differences } = await recordTwice(["sh", "-c", program], async (terminal) => {
      await terminal.waitFor("name? ");
      await terminal.type("Ada\r");
      await terminal.waitFor("Password: ");
      await terminal.mark("asked");
      await terminal.typeSecret("correct-horse-9\r");
      await terminal.waitForExit();
    });
    expect(text).toBe(
      [
        "# PASSWORD: a variable with what was typed where nothing is shown",
        "size: 80x24",
        "steps:",
        '  - wait: "name?"',
        '  - type: "Ada\\r"',
        '  - wait: "Password:"',
        "  - mark: asked",
        "  - secret: PASSWORD",
        '  - type: "\\r"',
        "  - wait: { ended: true }",
        "",
      ].join("\n"),
    );
    expect(differences).toEqual([]);
  });

  it("keeps resizes, signals, pastes and keys, and how a program that was killed ended", async () => {
    const dir = temporaryDirectory();
    const program = "trap 'echo signal seen' USR1; trap 'stty size' WINCH; echo ready; while :; do :; done";
    const target = join(dir, "it");
    const stop = new AbortController();
    await recordProgram({
      target,
      argv: ["sh", "-c", program],
      signal: stop.signal,
      async input(terminal) {
        await terminal.waitFor("ready");
        await terminal.resize({ rows: 30, cols: 90 });
        await terminal.waitFor("30 90");
        await terminal.signal("SIGUSR1");
        await terminal.waitFor("signal seen");
        await terminal.press("Up", "F5", "Escape", "Ctrl+L");
        await terminal.paste("two words");
        stop.abort();
      },
    });
    await using cassette = await openCassette(target);
    const { steps, atEnd } = await scriptOf(cassette);
    expect(atEnd).toBe("kill");
    expect(steps).toEqual([
      { wait: "ready" },
      { resize: "90x30" },
      { wait: "30 90" },
      { signal: "SIGUSR1" },
      { wait: "signal seen" },
      { press: "Up" },
      { press: "F5" },
      { press: "Escape" },
      { press: "Ctrl+L" },
      { type: "two words" },
    ]);
  });

  it("becomes a scenario with the text that its waits found and the exit status", () => {
    const script = {
      size: { rows: 1, cols: 1 },
      steps: [],
      secrets: [],
      lost: 0,
      texts: ["ready", "42", "ready"],
    };
    expect(parse(scenarioOf(script, { name: "it", path: "it.cassette", exitCode: 0 }))).toEqual({
      name: "it",
      cassette_path: "it.cassette",
      groups: {
        screens: [
          { type: "event_order", events: ["ready", "42", "ready"].map((text) => ({ kind: "frame", text })) },
        ],
        end: [{ type: "exit_status", exit_code: 0 }],
      },
    });
  });
});
