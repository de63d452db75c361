import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRecorder, type Recorder } from "@cassette/core";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const PASSWORD = "hunter2Xy9";

/** A recorder of another program, which knows nothing of passwords. */
async function recorderAt(target: string) {
  let t_ms = 0;
  const clock = { now: () => 1_700_000_000_000 + t_ms, monotonic: () => t_ms };
  const recorder = await createRecorder(target, {
    clock,
    manifest: {
      command: { argv: ["login"] },
      terminal: { initial_rows: 10, initial_cols: 60 },
      timing: { resolution_ms: 1 },
    },
  });
  const pass = (ms: number) => {
    t_ms += ms;
  };
  return { recorder, pass };
}

/** A name that is shown, a password that is masked, and a note that is shown again. */
async function recordLogin(target: string): Promise<Recorder> {
  const { recorder, pass } = await recorderAt(target);
  const print = (text: string) => recorder.recordOutput(Buffer.from(text));
  const type = (text: string) => recorder.recordInput({ bytes: Buffer.from(text) });
  const typeSlowly = (text: string, echo: (key: string) => string) => {
    for (const key of text) {
      type(key);
      pass(2);
      print(echo(key));
      pass(80);
    }
    type("\r");
    pass(2);
    print("\r\n");
  };
  print("User: ");
  typeSlowly("alice", (key) => key);
  print("Password: ");
  typeSlowly(PASSWORD, () => "*");
  print(`Welcome. The key of the door: `);
  typeSlowly("under the mat", (key) => key);
  print(`debug: ${PASSWORD}\r\n`);
  return recorder;
}

function inputs(dir: string): string[] {
  const lines = readFileSync(join(dir, "input.jsonl"), "utf8").trim().split("\n");
  return lines
    .map((line) => JSON.parse(line))
    .map(({ bytes, withheld }) => (withheld ? "withheld" : Buffer.from(bytes, "base64").toString()));
}

function filesOf(dir: string): string {
  return readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), "latin1"))
    .join("\n");
}

const EXPECTED = [..."alice\r", "withheld", ..."under the mat\r"];

describe("a password in a recording that was not watched", () => {
  it("is withheld by `cassette scrub`, and masked where the program prints it", async () => {
    const dir = temporaryDirectory();
    const recorder = await recordLogin(join(dir, "it"));
    recorder.recordFinal();
    await recorder.close();
    expect(filesOf(join(dir, "it"))).toContain(PASSWORD);
    const outcome = await cassette(["scrub", "it", "--output", "clean"], { cwd: dir });
    expect(outcome).toMatchObject({ status: 0 });
    expect(inputs(join(dir, "clean"))).toEqual(EXPECTED);
    expect(filesOf(join(dir, "clean"))).not.toContain(PASSWORD);
    expect(await cassette(["verify", "clean"], { cwd: dir })).toMatchObject({ status: 0 });
  });

  it("is withheld by `cassette recover`", async () => {
    const dir = temporaryDirectory();
    const recorder = await recordLogin(join(dir, "it"));
    await recorder.abort({ keepSpool: true });
    const outcome = await cassette(["recover", "--force"], { cwd: dir });
    expect(outcome).toMatchObject({ status: 0 });
    expect(inputs(join(dir, "it"))).toEqual(EXPECTED);
    expect(filesOf(join(dir, "it"))).not.toContain(PASSWORD);
  });

  it("is withheld by `cassette recover` although the recording ends at the prompt", async () => {
    const dir = temporaryDirectory();
    const { recorder, pass } = await recorderAt(join(dir, "it"));
    recorder.recordOutput(Buffer.from("Password: "));
    for (const key of PASSWORD) {
      pass(80);
      recorder.recordInput({ bytes: Buffer.from(key) });
      pass(2);
      recorder.recordOutput(Buffer.from("*"));
    }
    await recorder.abort({ keepSpool: true });
    expect(await cassette(["recover", "--force"], { cwd: dir })).toMatchObject({ status: 0 });
    expect(inputs(join(dir, "it"))).toEqual(Array(PASSWORD.length).fill("withheld"));
  });
});
