import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

/** Asks twice, prints the contents of a file, and counts its runs. */
const PROGRAM = `echo ran >> runs
printf 'name? '; read name; echo "hello $name, $(cat version) at $(date +%T)"
printf 'more? '; read more; exit 3
`;
const SCRIPT = `- wait: "name? "
- type: Ada
- press: Enter
- wait: "more? "
- mark: asked
- resize: 90x30
- type: "no\\r"
`;

async function greeter() {
  const cwd = temporaryDirectory();
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  write("greet.sh", PROGRAM);
  write("script.yaml", SCRIPT);
  write("version", "one");
  const run = (...args: string[]) => cassette(["record", ...args], { cwd });
  expect(
    await run("--mode", "once", "it", "--env", "LANG", "--script", "script.yaml", "--", "sh", "greet.sh"),
  ).toMatchObject({
    status: 0,
  });
  return { cwd, write, run, runs: () => readFileSync(join(cwd, "runs"), "utf8").split("\n").length - 1 };
}

// Most of the time a screen is waited for that is to rest.
describe.concurrent("cassette record --mode", () => {
  it("once keeps an existing recording, and none never runs the program", async () => {
    const { run, runs } = await greeter();
    const kept = await run("--mode", "once", "it", "--return", "--", "sh", "greet.sh");
    expect(kept).toMatchObject({ status: 3, stderr: expect.stringContaining("it: kept, recorded 20") });
    expect(await run("--mode", "none", "it")).toMatchObject({ status: 0 });
    expect(await run("--mode", "none", "other", "--", "sh", "greet.sh")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("CASSETTE_NOT_FOUND"),
    });
    expect(runs()).toBe(1);
  });

  it("all says how to see what has changed when a script waits for just that", async () => {
    const { run, write } = await greeter();
    write("script.yaml", '- wait: { screen: "nme? ", timeoutMs: 300 }\n');
    const failed = await run("--mode", "all", "it", "--script", "script.yaml");
    expect(failed).toMatchObject({
      status: 4,
      stderr: expect.stringContaining("Without --script, the recorded"),
    });
    expect(failed.stderr).toContain("Row 1 of the screen comes closest to it.");
  });

  it("all asks for the rules of the recording, and for what was masked in its arguments", async () => {
    const cwd = temporaryDirectory();
    const run = (...args: string[]) => cassette(["record", ...args], { cwd });
    const secret = ["acme", "abcdefghij0123456789"].join("_");
    const token = ["ghp", "k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345"].join("_");
    writeFileSync(join(cwd, "rules.yaml"), "rules:\n  - name: acme\n    pattern: acme_[A-Za-z0-9]{20}\n");
    writeFileSync(join(cwd, "show.sh"), `echo ${secret}\n`);
    await run("--rules", "rules.yaml", "it", "--", "sh", "show.sh");
    const refused = await run("--mode", "all", "it");
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining("not given now: acme.") });
    expect(refused.stdout + refused.stderr).not.toContain(secret);
    expect(await run("--mode", "all", "it", "--rules", "rules.yaml")).toMatchObject({
      status: 0,
      stdout: "",
    });

    await run("masked", "--", "echo", token);
    expect(await run("--mode", "all", "masked")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Argument 1 of the recorded program is masked."),
    });
    expect(await run("--mode", "all", "masked", "--", "echo", token)).toMatchObject({ status: 0 });
  });

  it("all replays the input, and replaces a recording that differs only in its times", async () => {
    const { cwd, run, runs } = await greeter();
    const before = await openCassette(join(cwd, "it"));
    expect(await run("--mode", "all", "it")).toMatchObject({ status: 0, stdout: "" });
    expect(runs()).toBe(2);
    await using after = await openCassette(join(cwd, "it"), { integrity: "required" });
    expect(after.manifest.id).not.toBe(before.manifest.id);
    expect(after.manifest.command.env_allowlist).toEqual(["LANG"]);
    const typed = [];
    for await (const { kind, key, bytes, size } of after.inputs())
      typed.push(key ?? size ?? `${kind} ${Buffer.from(bytes ?? [])}`);
    expect(typed).toEqual(["input Ada", "enter", { Rows: 30, Cols: 90 }, "input no\r"]);
    let printed = "";
    const marks = [];
    for await (const { kind, record } of after.events()) {
      if (kind === "output") printed += Buffer.from(await after.bytes(record));
      if (kind === "service-event") marks.push({ ...JSON.parse(record.payload.json), printed });
    }
    expect(marks).toEqual([
      { type: "cassette.mark", label: "asked", printed: expect.stringMatching(/more\? $/) },
    ]);
    await before.close();
  });

  it("all shows the differences and replaces nothing without --overwrite", async () => {
    const { cwd, write, run } = await greeter();
    const manifest = () => readFileSync(join(cwd, "it/manifest.json"), "utf8");
    const before = manifest();
    write("version", "two");
    const refused = await run("--mode", "all", "it");
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("CASSETTE_RECORDING_DIFFERS"),
    });
    expect(refused.stdout).toMatch(/- 1 name\? Ada|- 2 hello Ada, one/);
    expect([manifest(), readdirSync(cwd).toSorted()]).toEqual([
      before,
      ["greet.sh", "it", "runs", "script.yaml", "version"],
    ]);
    expect(await run("--mode", "all", "it", "--overwrite")).toMatchObject({ status: 0 });
    expect(manifest()).not.toBe(before);
    expect(await run("--mode", "all", "it")).toMatchObject({ status: 0, stdout: "" });
  });

  it("all waits for a slower program, on the terminal that it had", async () => {
    const { cwd, write } = await greeter();
    write("slow.sh", 'sleep $(cat pace); echo "on $TERM"; read x; sleep $(cat pace); echo "said $x"; read y');
    write("slow.yaml", '- wait: "on"\n- type: "one\\r"\n- wait: "said one"\n- type: "two\\r"\n');
    write("pace", "0");
    const run = (TERM: string, ...args: string[]) =>
      cassette(["record", "slow", ...args], { cwd, env: { ...process.env, TERM } });
    await run("xterm", "--term", "vt220", "--script", "slow.yaml", "--", "sh", "slow.sh");
    write("pace", "1.5");
    expect(await run("dumb", "--mode", "all")).toMatchObject({ status: 0, stdout: "" });
    expect(JSON.parse(readFileSync(join(cwd, "slow/manifest.json"), "utf8")).terminal.term).toBe("vt220");
  });

  it("all keeps the existing recording when it is interrupted, even with --overwrite", async () => {
    const { cwd, write, run } = await greeter();
    const before = readFileSync(join(cwd, "it/manifest.json"), "utf8");
    write("greet.sh", "kill -INT $PPID; sleep 60");
    expect(await run("--mode", "all", "it", "--overwrite")).toMatchObject({
      status: 130,
      stderr: expect.stringContaining("The new recording was interrupted"),
    });
    expect(readFileSync(join(cwd, "it/manifest.json"), "utf8")).toBe(before);
    expect(readdirSync(cwd)).not.toContainEqual(expect.stringContaining("spool"));
  });

  it("warns of a recording that is old or whose program has changed, and fails with --stale fail", async () => {
    const { cwd, run } = await greeter();
    const program = join(cwd, "tool");
    const write = (text: string) => writeFileSync(program, `#!/bin/sh\necho ${text}\n`, { mode: 0o755 });
    write("one");
    await run("tooled", "--", "./tool");
    const fresh = await run("--mode", "none", "tooled", "--max-age", "1d", "--stale", "fail", "--", "./tool");
    expect(fresh).toMatchObject({ status: 0 });
    write("two");
    const args = ["--mode", "none", "tooled", "--", "./tool"];
    expect(await run(...args)).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("warning: tooled: The program's file has changed"),
    });
    expect(await run("--stale", "fail", ...args)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("CASSETTE_RECORDING_STALE"),
    });
    const state = (version: string) =>
      writeFileSync(join(cwd, "facts.json"), JSON.stringify({ harness: { binary_version: version } }));
    state("1.0");
    await run("stated", "--manifest", "facts.json", "--", "./tool");
    state("1.1");
    expect(await run("--mode", "once", "stated", "--manifest", "facts.json")).toMatchObject({
      stderr: expect.stringContaining("warning: stated: The program has another version"),
    });
    expect(await run("--max-age", "0s", "--mode", "once", "it")).toMatchObject({
      stderr: expect.stringMatching(/warning: it: It was recorded .* ago/),
    });
  });

  it("refuses to replay withheld input, and to add to a recording", async () => {
    const { cwd, write, run, runs } = await greeter();
    write("ask.sh", "stty -echo; printf 'password: '; read p; stty echo; echo; echo ran >> runs");
    write("secret.yaml", "- wait: 'password: '\n- type: \"hunter22\\r\"\n");
    await run("asked", "--script", "secret.yaml", "--", "sh", "ask.sh");
    const before = runs();
    expect(await run("--mode", "all", "asked")).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("CASSETTE_INPUT_UNKNOWN"),
    });
    expect(runs()).toBe(before);
    expect(await run("--mode", "all", "asked", "--script", "secret.yaml")).toMatchObject({ status: 0 });
    expect(runs()).toBe(before + 1);
    expect(readdirSync(cwd)).not.toContainEqual(expect.stringContaining("spool"));
    expect(await run("--mode", "new_episodes", "it")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("nothing can be added"),
    });
  });

  it("all keeps what differs only in what the project's settings mask", async () => {
    const { write, run } = await greeter();
    write("version", "req-2");
    write("cassette.config.yaml", "masks: [{ pattern: /req-2|one/ }]\n");
    expect(await run("--mode", "all", "it", "--script", "script.yaml")).toMatchObject({
      status: 0,
      stdout: "",
    });
  });
});
