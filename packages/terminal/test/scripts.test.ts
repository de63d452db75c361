import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { describe, expect, it, onTestFinished } from "vitest";
import { recordProgram } from "../src/index.js";
import { openScript } from "../src/script.js";

function folderWith(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), "cassette-script-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, "common"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

/** Records a shell program with a script. @returns what it printed. */
async function printed(program: string, script: string, more: Record<string, string> = {}): Promise<string> {
  const dir = folderWith({ "s.yaml": script, ...more });
  const target = join(dir, "it.cassette");
  const input = await openScript(join(dir, "s.yaml"));
  await recordProgram({ target, argv: ["sh", "-c", program], input });
  return readFileSync(join(target, "output.raw"), "utf8");
}

const READ_ALL = 'while read line; do echo "got $line"; done';

describe("a script", () => {
  it("repeats steps, and includes those of another file", async () => {
    const script = "- repeat: { times: 2, steps: [{ include: common/say.yaml }] }\n- press: Ctrl+D\n";
    const say = {
      "common/say.yaml": "- include: word.yaml\n- wait: got",
      "common/word.yaml": '- type: "x\\r"',
    };
    expect((await printed(READ_ALL, script, say)).match(/got x/g)).toHaveLength(2);
  });

  it("skips optional steps whose text does not appear or that come too late", async () => {
    const script = [
      "- { wait: { screen: never, timeoutMs: 100 }, optional: true }",
      '- type: "x\\r"',
      "- wait: { ended: true }",
      "- { press: q, optional: true }",
      "- { wait: never, optional: true }",
    ].join("\n");
    expect(await printed('read line; echo "got $line"', script)).toContain("got x");
  });

  it("does not sleep longer than the program runs", async () => {
    const begin = performance.now();
    await printed("true", "- sleep: 1m\n");
    expect(performance.now() - begin).toBeLessThan(30_000);
  });

  it("waits for what the program says, not for the echo of what was typed", async () => {
    const script = '- wait: ready\n- type: "done\\r"\n- wait: done\n- mark: answered\n';
    const program = 'echo ready; read line; sleep 0.4; echo "$line indeed"';
    const dir = folderWith({ "s.yaml": script });
    const target = join(dir, "it.cassette");
    await recordProgram({
      target,
      argv: ["sh", "-c", program],
      input: await openScript(join(dir, "s.yaml")),
    });
    await using cassette = await openCassette(target);
    const kinds: string[] = [];
    for await (const event of cassette.events({ kinds: ["output", "service-event"] }))
      kinds.push(
        event.kind === "output" ? Buffer.from(await cassette.bytes(event.record)).toString() : "mark",
      );
    expect(kinds.indexOf("mark")).toBeGreaterThan(kinds.findIndex((text) => text.includes("done indeed")));
  });

  it.each(["hangup", "kill", "wait"])("ends a program as atEnd says: %s", async (atEnd) => {
    const program = atEnd === "wait" ? "echo begun; sleep 0.5; echo over" : "echo begun; sleep 600";
    const out = await printed(program, `atEnd: ${atEnd}\nsize: 40x5\nsteps:\n  - wait: begun\n`);
    expect(out.includes("over")).toBe(atEnd === "wait");
  });

  it("sets size and variables", async () => {
    const script = "size: 33x7\nenv: { GREETING: hello there }\nsteps: [{ wait: { ended: true } }]\n";
    expect(await printed('stty size; echo "$GREETING"', script)).toBe("7 33\r\nhello there\r\n");
  });

  it("names the innermost step that fails, and the row that comes closest", async () => {
    const script =
      "- repeat:\n    times: 2\n    steps:\n      - wait: { screen: Ready to go, timeoutMs: 200 }\n";
    await expect(printed("echo; echo 'ready to start'; sleep 5", script)).rejects.toMatchObject({
      code: "CASSETTE_WAIT_FAILED",
      message: 'Step 1: "Ready to go" did not appear within 200 ms.',
      line: 4,
      hint: "Row 2 of the screen comes closest to it.",
    });
  });

  it("includes nothing outside its folder, and not itself", async () => {
    const dir = folderWith({
      "common/up.yaml": "- include: ../outside.yaml",
      "common/link.yaml": "- include: link-to-outside.yaml",
      "common/loop.yaml": "- include: loop.yaml",
      "common/none.yaml": "- type: a\n- include: none-such.yaml",
      "outside.yaml": "- type: a",
    });
    symlinkSync(join(dir, "outside.yaml"), join(dir, "common/link-to-outside.yaml"));
    const opened = (name: string) => openScript(join(dir, "common", name));
    const outside = "Step 1: a script includes only scripts in its own folder or below.";
    await expect(opened("up.yaml")).rejects.toMatchObject({ message: outside, line: 1 });
    await expect(opened("link.yaml")).rejects.toMatchObject({ message: outside });
    await expect(opened("loop.yaml")).rejects.toThrow("Step 1: this script is included by itself.");
    await expect(opened("none.yaml")).rejects.toMatchObject({
      message: "Step 2: there is no such script to include.",
      line: 2,
    });
  });
});
